"""Lists read as a spider or an import reads them."""

from datetime import UTC, datetime

import pytest

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
