"""The bundled snapshot in a real store, ranked by the small deterministic encoder."""

import pytest

from matcher.service import Service


@pytest.fixture(scope="session")
def service(settings):
    service = Service(settings)
    yield service
    service.store.close()


@pytest.fixture
def funding(settings, monkeypatch, run_funding):
    """Runs the command line over the bundled snapshot: arguments in; exit code, output and error text out."""
    monkeypatch.setenv("FUNDING_HOME", str(settings.home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    return run_funding


@pytest.fixture
def run_funding(monkeypatch, capsys):
    """Runs the command line as a user does, in the home folder that the environment names."""
    from matcher import cli

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["funding", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run
