"""What a mail says of each call, sentence by sentence, in the recipient's language. Pure.

Each function takes a Voice and returns what may stand as it is in the text or the HTML that the voice is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from matcher.alerts.digests.cards import Card
from matcher.alerts.digests.digest import LATER, OPENS_WITHIN, SOON, Digest, Item, Part, StaleSource
from matcher.alerts.digests.moves import SENTENCES, days_moved
from matcher.alerts.letters.changes import value_words
from matcher.alerts.letters.voice import Voice
from matcher.languages.terms import EVENTS, FIELDS, ROUTES, RULES, STATUSES
from matcher.model import Answer, CallStatus, Deadline, EventKind, FieldChange, MaterialField, Precision, RouteKind

TITLE, QUOTE, NEED, NAME = 200, 280, 120, 100
"""Characters at most: of a title, a sentence of a call, a need, a name of an organisation, body or source."""
SENTENCES_TOLD = 2
"""Of the sentences that came or went in one place."""
EXACT = (Precision.DAY, Precision.MINUTE)
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
    facts = [_purse(card, voice)] + ([] if is_gone else [*_days(card, on, voice), _way(card, voice)])
    return Told(
        title=voice.foreign(card.title, TITLE, card.language),
        tags=_tags(item, part, voice),
        facts=tuple(filter(None, facts)),
        changes=tuple(_change(change, card, on, voice) for change in item.changes),
        reason="" if is_gone else _reason(card, voice),
        caution="" if is_gone else _caution(card, voice),
        official=card.url,
        host=(urlsplit(card.url).hostname or "").removeprefix("www."),
    )


def heading(part: Part, urgent: bool, voice: Voice) -> str:
    match part:
        case Part.CLOSING_SOON | Part.CLOSING_LATER:
            return voice.gettext("Closing within %(days)s days", days=SOON if part is Part.CLOSING_SOON else LATER)
        case Part.NEW if urgent:
            return voice.gettext("New, with less than %(days)s days left", days=SOON)
        case Part.NEW:
            return voice.gettext("New calls")
        case Part.CHANGED:
            return voice.gettext("Changed")
        case Part.OPENED:
            return voice.gettext("Open now")
        case Part.OPENING:
            return voice.gettext("Opening within %(days)s days", days=OPENS_WITHIN)
        case Part.GONE:
            return voice.gettext("Withdrawn or closed")
        case Part.EARLIER:
            return voice.gettext("Deadline moved earlier")


def headline(digest: Digest, voice: Voice) -> str:
    """ "2 close soon, 3 are new": how many of what, the first parts first."""
    sizes: dict[Part, int] = {}
    for section in digest.sections:
        part = Part.CLOSING_SOON if section.part is Part.CLOSING_LATER else section.part
        sizes[part] = sizes.get(part, 0) + len(section.items)
    return voice.joined([_count(part, size, voice) for part, size in sizes.items()][:3])


def _count(part: Part, size: int, voice: Voice) -> str:
    match part:
        case Part.CLOSING_SOON | Part.CLOSING_LATER:
            return voice.ngettext("%(num)s closes soon", "%(num)s close soon", size)
        case Part.NEW:
            return voice.ngettext("%(num)s new", "%(num)s new", size)
        case Part.CHANGED:
            return voice.ngettext("%(num)s changed", "%(num)s changed", size)
        case Part.OPENED:
            return voice.ngettext("%(num)s open now", "%(num)s open now", size)
        case Part.OPENING:
            return voice.ngettext("%(num)s opens soon", "%(num)s open soon", size)
        case Part.GONE:
            return voice.ngettext("%(num)s withdrawn or closed", "%(num)s withdrawn or closed", size)
        case Part.EARLIER:
            return voice.ngettext("%(num)s deadline moved earlier", "%(num)s deadlines moved earlier", size)


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


def _way(card: Card, voice: Voice) -> str:
    ways = [voice.speaker.term(ROUTES[way]) for way in (card.route, *card.also)]
    route = voice.joined(ways[:1])
    if card.body and card.route not in (RouteKind.UNKNOWN, RouteKind.NOT_OPEN):
        route = voice.joined([route, voice.foreign(card.body, NAME)])
    if ways[1:]:
        return voice.gettext("Way in: %(route)s; also: %(others)s", route=route, others=", ".join(ways[1:]))
    return voice.gettext("Way in: %(route)s", route=route)


def _days(card: Card, on: date, voice: Voice) -> list[str]:
    """When it opens and closes, as precisely as its source says, as of today."""
    found = []
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
        found.append(_deadline(card.deadline, on, voice))
    else:
        found.append(voice.gettext("No closing day") if card.has_no_end else voice.gettext("No deadline stated"))
    if card.status is CallStatus.UNKNOWN:
        field, status = voice.speaker.term(FIELDS[MaterialField.STATE]), voice.speaker.term(STATUSES[card.status])
        found.append(voice.own(f"{field}: {status}"))
    return found


def _deadline(deadline: Deadline, on: date, voice: Voice) -> str:
    """The days left are told where the day is known."""
    day, left = voice.speaker.deadline(deadline), (deadline.last_day - on).days
    if deadline.precision not in EXACT or left > LATER:
        return voice.gettext("Deadline: %(day)s", day=day)
    if left == 0:
        return voice.gettext("Deadline: today, %(day)s", day=day)
    return voice.ngettext("Deadline: %(day)s, %(num)s day left", "Deadline: %(day)s, %(num)s days left", left, day=day)


def _reason(card: Card, voice: Voice) -> str:
    if card.reason is None:
        return ""
    quote = voice.foreign(card.reason.quote, QUOTE, card.language)
    need = voice.foreign(card.reason.need, NEED, card.reason.need_language)
    return voice.gettext("Why: the call says “%(quote)s”; you look for “%(need)s”.", quote=quote, need=need)


def _caution(card: Card, voice: Voice) -> str:
    if card.caution is None:
        return ""
    term = RULES.get(card.caution.rule)
    question = voice.speaker.term(term) if term else card.caution.rule
    if card.caution.answer is Answer.NOT_MET:
        return voice.gettext("Speaks against it: %(question)s", question=question)
    return voice.gettext("To check: %(question)s", question=question)


def _change(change: FieldChange, card: Card, on: date, voice: Voice) -> str:
    field = voice.speaker.term(FIELDS[change.field])
    was, now = (_values(change.field, values, card, voice) for values in (change.was, change.now))
    if change.field in SENTENCES:
        return _rewritten(field, was, now, voice)
    if not change.was:
        return voice.gettext("%(field)s: now %(now)s", field=field, now=now)
    if not change.now:
        return voice.gettext("%(field)s: was %(was)s, is no longer stated", field=field, was=was)
    days = days_moved(change, on) or 0
    if days > 0:
        return voice.ngettext(
            "%(field)s: was %(was)s, now %(now)s (%(num)s day later)",
            "%(field)s: was %(was)s, now %(now)s (%(num)s days later)",
            days,
            field=field,
            was=was,
            now=now,
        )
    if days < 0:
        return voice.ngettext(
            "%(field)s: was %(was)s, now %(now)s (%(num)s day earlier)",
            "%(field)s: was %(was)s, now %(now)s (%(num)s days earlier)",
            -days,
            field=field,
            was=was,
            now=now,
        )
    return voice.gettext("%(field)s: was %(was)s, now %(now)s", field=field, was=was, now=now)


def _rewritten(field: str, was: str, now: str, voice: Voice) -> str:
    """Sentences that came or went."""
    if not was:
        return voice.gettext("%(field)s: now also says “%(now)s”", field=field, now=now)
    if not now:
        return voice.gettext("%(field)s: no longer says “%(was)s”", field=field, was=was)
    return voice.gettext("%(field)s: said “%(was)s”, now says “%(now)s”", field=field, was=was, now=now)


def _values(field: MaterialField, values: tuple[str, ...], card: Card, voice: Voice) -> str:
    if field in SENTENCES:
        more = " …" if len(values) > SENTENCES_TOLD else ""
        return voice.foreign(" ".join(values[:SENTENCES_TOLD]) + more, QUOTE, card.language)
    language = card.language if field is MaterialField.TITLE else ""
    return voice.joined([voice.foreign(value_words(field, value, voice.speaker), QUOTE, language) for value in values])
