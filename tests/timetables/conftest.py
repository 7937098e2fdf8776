"""Lists read as a spider or an import reads them, and what a person sees of an import."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from crawler.__main__ import app
from crawler.timetables.calls import File
from crawler.timetables.mapping import Mapping
from crawler.timetables.readers import read_list

FILE = File("poland", "plan.xlsx", "https://plan.example/", "0" * 64, datetime(2026, 11, 21, tzinfo=UTC))


@pytest.fixture(scope="session")
def read():
    """A list by the columns of a mapping, in Polish unless said otherwise."""

    def read(content: bytes | str, columns: dict, **more):
        mapping = Mapping(**{"country": "PL", "language": "pl", "columns": columns, **more})
        return read_list(content.encode() if isinstance(content, str) else content, mapping, FILE)

    return read


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
