"""What a mail says of each call, sentence by sentence, in the recipient's language. Pure.

Each function takes a Voice and returns what may stand as it is in the text or the HTML that the voice is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from matcher.alerts.digests.cards import Card
from matcher.alerts.digests.digest import LATER, Item, Part, StaleSource
from matcher.alerts.letters.differences import EXACT, change_told, is_next
from matcher.alerts.letters.voice import NAME, QUOTE, Voice
from matcher.languages.terms import CHECKS, EVENTS, FIELDS, OBSTACLES, ROUTES, STATUSES
from matcher.model import Answer, CallStatus, Deadline, EventKind, MaterialField, RouteKind

TITLE, NEED = 200, 120
"""Characters at most: of a title, a need."""
PLAIN = {
    Part.CLOSING_SOON: EventKind.CLOSING,
    Part.CLOSING_LATER: EventKind.CLOSING,
    Part.NEW: EventKind.NEW,
    Part.CHANGED: EventKind.CHANGED,
    Part.OPENED: EventKind.OPENED,
    Part.OPENING: EventKind.OPENING,
    Part.EARLIER: EventKind.CHANGED,
}
"""What the heading of a part says already."""


@dataclass(frozen=True)
class Told:
    """One item in words. Empty: there is nothing to say."""

    title: str
    tags: tuple[str, ...]
    purse: str
    facts: tuple[str, ...]
    changes: tuple[str, ...]
    reason: str
    caution: str
    official: str
    """Address of the call's own page."""
    host: str
    """Where that leads."""


def told(item: Item, part: Part, on: date, voice: Voice) -> Told:
    card, is_gone = item.card, part is Part.GONE
    return Told(
        title=voice.foreign(card.title, TITLE, card.language),
        tags=_tags(item, part, voice),
        purse=_purse(card, voice),
        facts=() if is_gone else (*_days(item, on, voice), way_words(card, voice)),
        changes=tuple(change_told(change, card, on, voice) for change in item.changes),
        reason="" if is_gone else reason_words(card, voice),
        caution="" if is_gone else caution_words(card, voice),
        official=card.url,
        host=(urlsplit(card.url).hostname or "").removeprefix("www."),
    )


def stale_words(source: StaleSource, voice: Voice) -> str:
    name = voice.foreign(source.title, NAME)
    if source.read is None:
        return voice.gettext("%(source)s: never read yet", source=name)
    return voice.gettext("%(source)s: last read on %(day)s", source=name, day=voice.speaker.day(source.read))


def _tags(item: Item, part: Part, voice: Voice) -> tuple[str, ...]:
    """What became of it beside what the heading says; changes speak for themselves."""
    known = {PLAIN.get(part), EventKind.CHANGED}
    tags = [voice.own(voice.speaker.term(EVENTS[kind])) for kind in item.kinds if kind not in known]
    if not item.card.is_confirmed:
        tags.append(voice.gettext("No official page confirms it yet"))
    return tuple(tags)


def _purse(card: Card, voice: Voice) -> str:
    """The fund, else the programme; of a national call with its country."""
    purse = card.fund or card.programme
    country = voice.speaker.country_name(card.country) if card.country else ""
    return voice.joined([voice.foreign(word, NAME) for word in (purse, country) if word])


def way_words(card: Card, voice: Voice) -> str:
    """The ways in, best first; where one body decides, the first with its name."""
    ways = [voice.speaker.term(ROUTES[way]) for way in (card.route, *card.also)]
    if not card.body or card.route in (RouteKind.UNKNOWN, RouteKind.NOT_OPEN):
        return voice.gettext("Way in: %(route)s", route=voice.own(voice.speaker.either(ways)))
    route = voice.joined([voice.own(ways[0]), voice.foreign(card.body, NAME)])
    if not ways[1:]:
        return voice.gettext("Way in: %(route)s", route=route)
    others = voice.own(voice.speaker.either(ways[1:]))
    return voice.gettext("Way in: %(route)s; also: %(others)s", route=route, others=others)


def _days(item: Item, on: date, voice: Voice) -> list[str]:
    """When it opens and closes, as precisely as its source says, as of today."""
    card, found = item.card, []
    if card.status is CallStatus.FORTHCOMING and card.opening:
        day = voice.speaker.day(card.opening, card.opening_precision)
        found.append(
            voice.gettext("Planned opening: %(day)s", day=day)
            if card.is_planned
            else voice.gettext("Opens: %(day)s", day=day)
        )
    if card.status is CallStatus.CLOSED:
        return found
    if card.deadline:
        found += _left(card.deadline, on, voice) if _tells_deadline(item) else [_deadline(card.deadline, on, voice)]
    else:
        found.append(voice.gettext("No closing day") if card.has_no_end else voice.gettext("No deadline stated"))
    if card.status is CallStatus.UNKNOWN:
        field, status = voice.speaker.term(FIELDS[MaterialField.STATE]), voice.speaker.term(STATUSES[card.status])
        found.append(voice.gettext("%(label)s: %(value)s", label=field, value=status))
    return found


def _tells_deadline(item: Item) -> bool:
    """Whether what changed says the next deadline already."""
    return any(is_next(change.field, value, item.card) for change in item.changes for value in change.now)


def _left(deadline: Deadline, on: date, voice: Voice) -> list[str]:
    """What is still to be told of a deadline whose day was told: how many days are left, when they are few."""
    left = (deadline.last_day - on).days
    if left == 0:
        return [_deadline(deadline, on, voice)]
    return [voice.ngettext("%(num)s day left", "%(num)s days left", left)] if left <= LATER else []


def _deadline(deadline: Deadline, on: date, voice: Voice) -> str:
    """The days left are told where the day is known."""
    day, left = voice.speaker.deadline(deadline), (deadline.last_day - on).days
    if deadline.precision not in EXACT or left > LATER:
        return voice.gettext("Deadline: %(day)s", day=day)
    if left == 0:
        return voice.gettext("Deadline: today, %(day)s", day=day)
    return voice.ngettext("Deadline: %(day)s, %(num)s day left", "Deadline: %(day)s, %(num)s days left", left, day=day)


def reason_words(card: Card, voice: Voice) -> str:
    """The call's own sentence that meets a need, with the need; empty where none is known."""
    if card.reason is None:
        return ""
    quote = voice.foreign(card.reason.quote, QUOTE, card.language)
    need = voice.foreign(card.reason.need, NEED, card.reason.need_language)
    return voice.gettext("Why: the call says “%(quote)s”; you look for “%(need)s”.", quote=quote, need=need)


def caution_words(card: Card, voice: Voice) -> str:
    """The weightiest condition that is not met or not known, as what stops or what to find out."""
    if card.caution is None:
        return ""
    rule, least = card.caution.rule, card.caution.least or 0
    if card.caution.answer is Answer.NOT_MET:
        return voice.own(voice.speaker.term(OBSTACLES[rule]))
    if rule == "min_applicants" and least > 1:
        return voice.ngettext(
            "You need partners: the call wants at least %(num)s applicant.",
            "You need partners: the call wants at least %(num)s applicants.",
            least,
        )
    if rule == "min_countries" and least > 1:
        return voice.ngettext(
            "You need partners from abroad: the call wants at least %(num)s country.",
            "You need partners from abroad: the call wants at least %(num)s countries.",
            least,
        )
    if rule == "min_applicants" and card.caution.is_usual:
        return voice.gettext("You will need partners, as is usual in calls of this kind.")
    return voice.own(voice.speaker.term(CHECKS[rule]))
