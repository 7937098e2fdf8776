"""One call in words, for the plain page and the PDF: all that the dashboard tells of it and nobody can change."""

from __future__ import annotations

from typing import Any

from dashboard.plain.question import Question
from dashboard.told import kin, one_call, parts
from dashboard.told.calls import TITLE, told
from dashboard.told.changes import changes
from dashboard.told.reader import Reader
from dashboard.told.statements import Teller
from matcher.alerts.letters.voice import Voice
from matcher.documents.cited import as_linked
from matcher.model import Call

RELATED = 12
"""Calls of one sort that are named; how many more there are is told."""
LATER = 2
"""Later editions of a closed call that are named above all."""


def values(what: Question, call: Call) -> dict[str, Any]:
    """For plain/_call.html.j2."""
    say, service = what.say, what.service
    voice = Voice(say, html=True, is_mail=False)
    reader = Reader(voice, what.profile, what.on, what.today, what.known, what.call_address, TITLE)
    fetched, related = service.documents(call), service.related(call)
    match = what.match(call) if what.profile else None
    tell = Teller(voice, call.language or "", as_linked(call, fetched))
    later = list(service.listed_many(related.later[:LATER]).values())
    groups = kin.told(say, related, lambda ids: list(service.listed_many(ids).values()), RELATED)
    return {
        "headings": {part.value: title for part, title in parts.titles(say).items()},
        "looks": {},
        "has_folds": False,
        "match": told(match, what.whose, what.known, voice) if match else None,
        **one_call.head(call, later, reader),
        **one_call.answers(call, match, service.finance(call), service.offers(call), tell, reader),
        **one_call.news(call, changes(say, what.events(call), service.history(call)), fetched, reader),
        **one_call.kin(groups, reader),
        **one_call.origins(call, reader),
    }
