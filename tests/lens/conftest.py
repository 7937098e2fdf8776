"""The delivered lens, and calls in our own words."""

from datetime import date
from pathlib import Path

import pytest

from matcher.brief.lens_file import load_lens
from matcher.model import Call
from matcher.reference.files import load_reference

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture(scope="session")
def lens():
    return load_lens(REFERENCE)


@pytest.fixture(scope="session")
def reference():
    return load_reference(REFERENCE)


@pytest.fixture(scope="session")
def call():
    def make(title="A call", text="", **fields):
        named = {"source": "test", "reference": "1", "identifier": "1", "url": "https://example.org", "language": "en"}
        return Call(**(named | {"kind": "topic", "title": title, "text": text, "as_of": date(2026, 11, 1)} | fields))

    return make
