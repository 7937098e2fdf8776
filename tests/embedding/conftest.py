"""Calls, profiles and an encoder that counts its work."""

from collections.abc import Sequence
from datetime import date

import pytest

from matcher.embedding import HashingEncoder
from matcher.model import Call


class CountingEncoder(HashingEncoder):
    """Remembers every text it had to encode."""

    def __init__(self):
        self.encoded = []

    def _encode(self, texts: Sequence[str]):
        self.encoded.extend(texts)
        return super()._encode(texts)


@pytest.fixture
def counting():
    return CountingEncoder()


@pytest.fixture
def make_call():
    def make(reference="1", title="Homes for newcomers", **fields):
        fields = {"identifier": reference, "kind": "topic", "url": "https://example.org", "language": "en"} | fields
        return Call(source="test", reference=reference, title=title, as_of=date(2026, 10, 8), **fields)

    return make
