"""Calls with the criteria that were read from their texts and their documents. Reads no text itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from matcher.model import Call, Criterion
from matcher.store import Store

FIELDS = ("conditions", "text")
"""Texts of a call that are read for criteria."""


def reading_key(field: str, text: str) -> str:
    """Under which the criteria of a call's field are kept: the same words in the same field are read once."""
    return hashlib.sha256(f"{field}\0{text}".encode()).hexdigest()


def field_keys(call: Call) -> list[str]:
    """The keys of those fields of a call that hold a text."""
    return [reading_key(field, text) for field in FIELDS if (text := getattr(call, field))]


def with_readings(calls: Iterable[Call], store: Store) -> list[Call]:
    """The calls, each with what was read from its own texts and from the newest state of its documents."""
    calls = list(calls)
    linked = {page.url for call in calls for page in call.documents}
    newest = {one.url: one.sha256 for one in reversed(store.documents_at(linked))}
    keys = {call.id: _keys(call, newest) for call in calls}
    readings = store.readings({key for found in keys.values() for key in found})
    return [_with(call, [c for key in keys[call.id] for c in readings.get(key, ())]) for call in calls]


def _keys(call: Call, newest: Mapping[str, str]) -> list[str]:
    documents = (newest[page.url] for page in call.documents if page.url in newest)
    return [*field_keys(call), *dict.fromkeys(documents)]


def _with(call: Call, found: Iterable[Criterion]) -> Call:
    """Of a document that covers several topics only what holds for this one."""
    codes = {call.identifier.upper(), call.reference.upper()}
    own = [one for one in found if not one.topics or codes & {topic.upper() for topic in one.topics}]
    return call.model_copy(update={"criteria": tuple(dict.fromkeys((*call.criteria, *own)))}) if own else call
