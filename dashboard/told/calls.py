"""What a page or an export says of one call for one organisation, in a language. Pure: the day is that of the match.

The voice decides whether texts from outside are marked for a page or stand as they are in a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard import words
from dashboard.told.sources import host
from matcher.alerts.digests.cards import Card, card
from matcher.alerts.letters.voice import NAME, Voice
from matcher.alerts.letters.words import caution_words, reason_words
from matcher.currency import Rates
from matcher.languages.terms import ROUTES
from matcher.model import Call, Goal, Match, Profile, RouteKind
from matcher.printable import safe_url
from matcher.provenance import Titles, unconfirmed_in_short
from matcher.selection import usability

TITLE = 1_000
"""Characters of a title at most: the longest real one has 300."""
HEADING = 200
"""Characters of a title as a heading: one that is longer is no title, but shown in full on the call's own page."""


@dataclass(frozen=True)
class Known:
    """What holds for all calls of a page: names of sources and goals, rates of currencies."""

    sources: Titles
    goals: Mapping[Goal, str]
    rates: Rates


@dataclass(frozen=True)
class Bar:
    """One part of a score, in words and as a length of 0 to 1."""

    label: str
    value: str
    share: float


@dataclass(frozen=True)
class Told:
    """A call in words. Empty: there is nothing to say."""

    id: str
    title: str
    code: str
    purse: str
    """Fund or programme; of a national call with its country."""
    route: str
    body: str
    """Whom to apply to, where it is one body and known."""
    state: str
    deadline: str
    left: str
    """Days to it."""
    grant: str
    budget: str
    score: str
    parts: tuple[Bar, ...]
    reason: str
    caution: str
    doubt: str
    """That no official page confirms the call."""
    goals: tuple[str, ...]
    first_seen: str
    written_in: str
    """The language of the call's own text, where it is another than that of the page."""
    source: str
    official: str
    """Address of the call's own page; empty where that is none a reader could open."""
    host: str
    is_usable: bool


@dataclass(frozen=True)
class Line:
    """A call in short."""

    id: str
    title: str
    code: str
    state: str
    deadline: str
    left: str
    why: str
    """Why it is not open to the organisation; empty where that was not asked."""
    doubt: str


def line(call: Call, on: date, known: Known, voice: Voice, match: Match | None = None) -> Line:
    say, ahead = voice.speaker, call.next_deadline(on)
    return Line(
        id=call.id,
        title=voice.foreign(call.title, TITLE, call.language or ""),
        code=voice.foreign(call.code, NAME) if call.code else "",
        state=words.status_words(say, call, on),
        deadline=words.stated_deadline(say, ahead) if ahead else words.next_deadline_words(say, call, on),
        left=words.time_left(say, ahead, on) if ahead else "",
        why=say.say(match.route.reason) if match else "",
        doubt=say.say(unconfirmed_in_short(call, known.sources)),
    )


def told(match: Match, profile: Profile, known: Known, voice: Voice, longest: int = TITLE) -> Told:
    """`longest`: characters of the title."""
    call, say = match.call, voice.speaker
    as_card, ahead = card(match, 1, profile, ()), match.call.next_deadline(match.on)
    return Told(
        id=call.id,
        title=voice.foreign(call.title, longest, call.language or ""),
        code=voice.foreign(call.code, NAME) if call.code else "",
        purse=_purse(as_card, voice),
        route=say.either([say.term(ROUTES[way]) for way in (match.route.kind, *match.route.also)]),
        body=_body(match, voice),
        state=words.status_words(say, call, match.on),
        deadline=words.stated_deadline(say, ahead) if ahead else words.next_deadline_words(say, call, match.on),
        left=words.time_left(say, ahead, match.on) if ahead else "",
        grant=words.grant_words(say, call.grant, known.rates),
        budget=words.budget_words(say, call, known.rates) if call.budget else "",
        score=say.decimal(match.score),
        parts=tuple(Bar(say.say(one.label), say.decimal(one.value), _share(one.value)) for one in match.contributions),
        reason=reason_words(as_card, voice),
        caution=caution_words(as_card, voice),
        doubt=say.say(unconfirmed_in_short(call, known.sources)),
        goals=tuple(say.say(known.goals[one.goal]) for one in match.goals),
        first_seen=say.day(call.first_seen) if call.first_seen else "",
        written_in=written_in(call, voice),
        source=voice.foreign(known.sources.get(call.source, call.source), NAME),
        official=safe_url(call.url) or "",
        host=host(call.url),
        is_usable=usability(match) <= 1,
    )


def written_in(call: Call, voice: Voice) -> str:
    language, say = call.language or "", voice.speaker
    if language in ("", say.language):
        return ""
    return say.gettext("The call’s text is in this language: %(language)s.", language=say.language_name(language))


def _purse(call: Card, voice: Voice) -> str:
    country = voice.own(voice.speaker.country_name(call.country)) if call.country else ""
    purse = voice.foreign(call.fund or call.programme, NAME)
    return voice.joined([word for word in (purse, country) if word])


def _body(match: Match, voice: Voice) -> str:
    closed = match.route.kind in (RouteKind.UNKNOWN, RouteKind.NOT_OPEN)
    return "" if closed or not match.route.body else voice.foreign(match.route.body.name, 2 * NAME)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 4)
