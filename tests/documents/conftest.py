"""Documents for the tests, drawn once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.documents.formats import read_here
from matcher.model import Call, CallKind, DocumentText, Run, RunOutcome
from tests.doubles.call_fiche import fiche

ADDRESS = (
    "https://ec.europa.eu/info/funding-tenders/opportunities/docs/2021-2027/town/wp-call/2026/call-fiche_town_en.pdf"
)


@pytest.fixture
def read(tmp_path):
    """Read a file of these bytes in this process."""

    def read_bytes(
        content: bytes, media_type: str = "application/pdf", url: str = ADDRESS, label: str = ""
    ) -> DocumentText:
        path = tmp_path / "document"
        path.write_bytes(content)
        return read_here(path, media_type, label, url)

    return read_bytes


@pytest.fixture(scope="session")
def fiches(tmp_path_factory) -> dict[int, Path]:
    """The first and the second edition of the invented call document."""
    folder = tmp_path_factory.mktemp("fiches")
    paths = {edition: folder / f"{edition}.pdf" for edition in (1, 2)}
    for edition, path in paths.items():
        path.write_bytes(fiche(edition))
    return paths


@pytest.fixture(scope="session")
def texts(fiches) -> dict[int, DocumentText]:
    return {edition: read_here(path, "application/pdf", "", ADDRESS) for edition, path in fiches.items()}


DAY = date(2026, 10, 8)


@pytest.fixture
def make_call():
    def make(**changes) -> Call:
        facts = {"source": "portal", "reference": "1", "identifier": "TOWN-2026", "title": "A call", "as_of": DAY}
        return Call(**{**facts, "kind": CallKind.TOPIC, "url": "https://example.org/1", **changes})

    return make


@pytest.fixture
def make_run():
    def make() -> Run:
        started = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=UTC)
        return Run(id="portal/1", source="portal", started=started, as_of=DAY, outcome=RunOutcome.OK)

    return make
