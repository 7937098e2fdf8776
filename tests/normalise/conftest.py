"""Raw records to understand, the project's own reference data, and one call's understanding in one step."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.normalise import normalise
from crawler.normalise.issues import Issues
from crawler.source import RawCall, sources
from matcher.model import CallKind
from matcher.reference.files import load_reference

FETCHED = datetime(2026, 10, 8, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def reference():
    return load_reference(Path(__file__).parents[2] / "data" / "reference")


@pytest.fixture(scope="session")
def source():
    return sources()["funding_tenders"]


@pytest.fixture
def issues():
    return Issues("48400948TOPICSen")


@pytest.fixture(scope="session")
def make_raw():
    def make(**changes):
        facts = {
            "source": "funding_tenders",
            "reference": "48400948TOPICSen",
            "kind": CallKind.TOPIC,
            "url": "https://example.org/topic",
            "fetched_at": FETCHED,
            "identifier": "AMIF-2026-TF2-AG-INTE-01",
            "title": "Integration of women",
        }
        return RawCall(**facts | changes)

    return make


@pytest.fixture
def understand(make_raw, source, reference):
    """The call made of a raw call with these fields, and the fields and problems of its issues."""

    def understand(**changes):
        ((call, found),) = normalise([make_raw(**changes)], source, reference)
        return call, [(issue.field, issue.problem) for issue in found]

    return understand
