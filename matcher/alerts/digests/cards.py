"""What a mail says of one call for one organisation, in a form that any language can put into words. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit

from matcher.model import (
    Answer,
    Basis,
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
    Quote,
    RouteKind,
    Text,
)
from matcher.printable import safe_url
from matcher.selection import usability

NOTICED = 50
"""A call counts for an organisation when it can be used, or may be, and stands among so many first ones of its list."""
NEW_WORDS = 4
"""A sentence that says fewer words beside those of the title repeats it and is no reason."""
WEIGHTY = (
    "applicant_kind",
    "excluded_kind",
    "invited",
    "country",
    "excluded_country",
    "area",
    "role",
    "population",
    "experience",
    "excluded_body",
    "min_applicants",
    "min_countries",
    "min_member_states",
    "must_include_kind",
    "independent",
    "language",
)
"""Rules (matcher.eligibility.rules) by what weighs most for a reader: may we apply, then with whom, then how. Whether
one can apply now is told with the days."""


class Reason(Frozen):
    """The sentence of the call that speaks most strongly to a need of the organisation."""

    need: str
    need_language: str
    quote: str


class Caution(Frozen):
    """The weightiest condition that is not met, else the weightiest that is not known."""

    rule: str
    """One of WEIGHTY."""
    answer: Answer
    least: int | None = None
    """Of applicants or countries, where the call states it."""
    is_usual: bool = False
    """Not the call says it, but it is so in calls of its kind."""


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
    """The best sentence that says more than the title, which stands there already."""
    told = (one for one in match.evidence if not _repeats(one.quote, match.call.title))
    best = next(told, None)
    if best is None:
        return None
    language = next((need.language for need in profile.needs if need.text == best.need), "")
    return Reason(need=best.need, need_language=language, quote=best.quote.text)


def _repeats(quote: Quote, title: str) -> bool:
    said = _words(quote.text)
    return quote.place == "title" or len(said - _words(title)) < min(NEW_WORDS, len(said))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _caution(match: Match) -> Caution | None:
    open_ones = {verdict.rule: verdict for verdict in match.verdicts if verdict.answer is not Answer.MET}
    ordered = [open_ones[rule] for rule in WEIGHTY if rule in open_ones]
    first = min(ordered, key=lambda verdict: verdict.answer is not Answer.NOT_MET, default=None)
    if first is None:
        return None
    return Caution(
        rule=first.rule,
        answer=first.answer,
        least=_least(match.call, first.rule),
        is_usual=first.basis is Basis.PROGRAMME_RULE,
    )


def _least(call: Call, rule: str) -> int | None:
    """The number that the call's own condition of that name asks for, which may be stated more than once."""
    said = (value for one in call.criteria if one.kind.value == rule for value in one.values)
    return max((int(value) for value in said if value.isdecimal()), default=None)
