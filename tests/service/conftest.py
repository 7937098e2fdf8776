"""The bundled snapshot in a real store, ranked by the small deterministic encoder."""

import pytest

from matcher.service import Service


@pytest.fixture(scope="session")
def service(settings):
    service = Service(settings)
    yield service
    service.store.close()


@pytest.fixture
def funding(settings, monkeypatch, capsys):
    """Runs the command line as a user does: arguments in; exit code, output and error text out."""
    from matcher import cli

    monkeypatch.setenv("FUNDING_HOME", str(settings.home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["funding", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run
