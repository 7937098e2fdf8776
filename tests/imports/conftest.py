"""What a person sees of an import."""

import pytest
from typer.testing import CliRunner

from crawler.__main__ import app


@pytest.fixture
def funding(tmp_path, monkeypatch):
    """`funding …` in a home of its own, with the small encoder; gives exit code, output and errors."""
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")

    def run(*arguments: object) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, list(map(str, arguments)))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done.exit_code, done.stdout, done.stderr

    return run
