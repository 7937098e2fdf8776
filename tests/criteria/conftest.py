"""A text of a few lines as the reader of documents would hand it over, and what the rules find in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from crawler.criteria import find_criteria
from matcher.model import Basis, Criterion, DocumentText
from matcher.model.documents import DocumentRole

Find = Callable[..., tuple[Criterion, ...]]


@pytest.fixture
def find() -> Find:
    """The criteria of a text; those of at least `least` confidence."""

    def criteria(text: str, least: float = 0.8, place: str = "conditions") -> tuple[Criterion, ...]:
        found = find_criteria(document(text), Basis.TOPIC_CONDITIONS, place)
        return tuple(one for one in found if one.confidence >= least)

    return criteria


def document(text: str) -> DocumentText:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return DocumentText(sha256=digest, reader="test", role=DocumentRole.CALL_DOCUMENT, text=text, pages=())
