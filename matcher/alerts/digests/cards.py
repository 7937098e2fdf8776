"""What a mail says of one call for one organisation, in a form that any language can put into words. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit

from matcher.model import (
    Answer,
    Call,
    CallKind,
    CallStatus,
    Deadline,
    DeadlineModel,
    Frozen,
    Fund,
    Match,
    Precision,
    Profile,
    RouteKind,
    Text,
)
from matcher.printable import safe_url
from matcher.selection import usability

NOTICED = 50
"""A call counts for an organisation when it can be used, or may be, and stands among so many first ones of its list."""


class Reason(Frozen):
    """The sentence of the call that speaks most strongly to a need of the organisation."""

    need: str
    need_language: str
    quote: str


class Caution(Frozen):
    """The first condition that is not met or not known."""

    rule: str
    """Name of the rule (matcher.eligibility.rules)."""
    answer: Answer


class Card(Frozen):
    """One call on one day for one organisation. Texts are the call's own, unescaped."""

    call: Text
    """Id of the listed call."""
    title: str
    language: str = ""
    """ISO 639-1 of the call's texts, where known."""
    url: str = ""
    """The call's own page, on the site of a source; empty where it lies elsewhere."""
    fund: Fund | None = None
    programme: str = ""
    country: str = ""
    """Of a national call."""
    kind: CallKind
    route: RouteKind
    also: tuple[RouteKind, ...] = ()
    body: str = ""
    """Whom to apply to, where it is one body and known."""
    status: CallStatus
    usability: int
    """See matcher.selection.usability."""
    place: int
    """In the organisation's list, from 1."""
    opening: date | None = None
    opening_precision: Precision = Precision.DAY
    is_planned: bool = False
    deadline: Deadline | None = None
    """The next one."""
    has_no_end: bool = False
    reason: Reason | None = None
    caution: Caution | None = None
    is_confirmed: bool = True
    sources: tuple[str, ...] = ()
    """Keys of the sources that know it."""

    @property
    def is_noticed(self) -> bool:
        """Whether its news reaches the organisation without anybody having saved it."""
        return self.usability <= 1 and self.place <= NOTICED


def card(match: Match, place: int, profile: Profile, hosts: Collection[str]) -> Card:
    """`match` with quotes; `place` in the organisation's list; `hosts`: of the sources' sites."""
    call = match.call
    return Card(
        call=call.id,
        title=call.title,
        language=call.language or "",
        url=own_page(call, hosts),
        fund=call.fund,
        programme=call.programme or "",
        country=call.national.country if call.national else "",
        kind=call.kind,
        route=match.route.kind,
        also=match.route.also,
        body=match.route.body.name if match.route.body else "",
        status=match.status,
        usability=usability(match),
        place=place,
        opening=call.opening,
        opening_precision=call.opening_precision,
        is_planned=call.is_planned,
        deadline=call.next_deadline(match.on),
        has_no_end=call.deadline_model is DeadlineModel.PERMANENT,
        reason=_reason(match, profile),
        caution=_caution(match),
        is_confirmed=call.is_confirmed,
        sources=(call.source, *dict.fromkeys(seen.source for seen in call.sightings)),
    )


def own_page(call: Call, hosts: Collection[str]) -> str:
    """The call's page, if it lies on one of these hosts or below; empty elsewhere."""
    address = safe_url(call.url)
    if address is None:
        return ""
    host = urlsplit(address).hostname or ""
    return address if any(host == one or host.endswith(f".{one}") for one in hosts) else ""


def _reason(match: Match, profile: Profile) -> Reason | None:
    best = next(iter(match.evidence), None)
    if best is None or best.quote.place == "title":  # the title stands there already
        return None
    language = next((need.language for need in profile.needs if need.text == best.need), "")
    return Reason(need=best.need, need_language=language, quote=best.quote.text)


def _caution(match: Match) -> Caution | None:
    for answer in (Answer.NOT_MET, Answer.UNKNOWN):
        for verdict in match.verdicts:
            if verdict.answer is answer:
                return Caution(rule=verdict.rule, answer=answer)
    return None
