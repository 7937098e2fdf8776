"""Documents for the tests, drawn once."""

from pathlib import Path

import pytest

from crawler.documents.formats import read_here
from matcher.model import DocumentText
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
