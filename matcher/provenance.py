"""Where a call is known from, in plain words: each source, what it is worth, how sure, and what it gave. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.coverage import TIERS
from matcher.model import Call, Said, Sighting, said, said_of
from matcher.model.call import READ_IN
from matcher.model.said import a_share, joined, listed

Titles = Mapping[str, str]
"""Source -> its name for a reader; a source that is not in it goes by its key."""

FIELDS = {
    "url": said_of("field of a call", "page"),
    "programme": said_of("field of a call", "programme"),
    "call_identifier": said_of("field of a call", "code of the whole call"),
    "call_title": said_of("field of a call", "title of the whole call"),
    "parent_title": said_of("field of a call", "parent topic"),
    "granting_project": said_of("field of a call", "granting project"),
    "opening": said_of("field of a call", "opening"),
    "deadlines": said_of("field of a call", "deadlines"),
    "budget": said_of("field of a call", "budget"),
    "grant": said_of("field of a call", "size of one grant"),
    "title": said_of("field of a call", "title"),
    "text": said_of("field of a call", "text"),
    "conditions": said_of("field of a call", "conditions"),
    "applicants": said_of("field of a call", "applicants"),
    "terms": said_of("field of a call", "terms"),
    "criteria": said_of("field of a call", "criteria"),
    "keywords": said_of("field of a call", "keywords"),
    "types_of_action": said_of("field of a call", "type of action"),
    "documents": said_of("field of a call", "documents"),
    "updates": said_of("field of a call", "news"),
    "sources": said_of("field of a call", "further pages"),
}
"""Fields that can come from another record, as a reader knows them; what only goes along with one of them has none."""

BASES = {
    "identifier": said("has the same official code"),
    "address": said("has the same page, or one links to the other"),
    "names it": said("names its code"),
}
SHOWN, ALONE = said("this record is shown; it wins over the others"), said("the only record of this call")


_BY_WORD: dict[str, str] = {word: word for word in FIELDS.values()}


@dataclass(frozen=True)
class Testimony:
    """One source's record of a call."""

    title: str
    tier: str
    url: str
    as_of: date
    match: str
    """Why it is held to be the same call, and how sure that is."""
    gave: tuple[str, ...]
    """Which facts were taken from it; empty for the record that is shown, which gave all others."""


def testimonies(call: Call, titles: Titles) -> tuple[Testimony, ...]:
    """The record that is shown, then the others, best first."""
    why = SHOWN if call.sightings else ALONE
    shown = Testimony(_title(call.source, titles), TIERS[call.tier], call.url, call.as_of, why, ())
    return shown, *(_testimony(call, seen, titles) for seen in call.sightings)


def _testimony(call: Call, seen: Sighting, titles: Titles) -> Testimony:
    found = {origin.field for origin in call.origins if origin.source == seen.source}
    gave = tuple(word for field, word in FIELDS.items() if field in found)
    return Testimony(_title(seen.source, titles), TIERS[seen.tier], seen.url, seen.as_of, match_words(seen), gave)


def read_in_text(call: Call) -> str:
    """Which facts were read in running text, which is less sure than a field of the page; empty where none was."""
    lines = [line for line in call.terms.splitlines() if line.startswith(f"{READ_IN}, ")]
    fields = [line.removeprefix(f"{READ_IN}, ").partition(":")[0] for line in lines]
    told = joined(", ", [_BY_WORD.get(field, field) for field in fields])
    return said("%(fields)s; check on the page", fields=told) if fields else ""


def match_words(seen: Sighting) -> Said:
    """On what a record is held to be of the same call, and how sure that is."""
    why = BASES.get(seen.basis) or said("is alike in %(fields)s", fields=seen.basis)
    sure = a_share(f"{seen.confidence:.0%}", seen.confidence)
    return said("%(why)s (%(share)s sure)", why=why, share=sure)


def unconfirmed(call: Call, titles: Titles) -> str:
    """What a reader must know of a call that no official page confirms yet, and what to do; empty for the others."""
    if call.is_confirmed:
        return ""
    return said(
        "%(unconfirmed)s; %(check)s before relying on it",
        unconfirmed=unconfirmed_in_short(call, titles),
        check=_where_to_check(call),
    )


def unconfirmed_in_short(call: Call, titles: Titles) -> str:
    """The same without what to do."""
    if call.is_confirmed:
        return ""
    known = dict.fromkeys(_title(source, titles) for source in (call.source, *(seen.source for seen in call.sightings)))
    return said("unconfirmed: known only from %(sources)s", sources=listed(list(known), between=" and "))


def _where_to_check(call: Call) -> Said:
    if call.mentions:
        codes = listed(call.mentions, "or", " or ")
        return said("look up %(codes)s in the EU Funding & Tenders Portal", codes=codes)
    if call.programme:
        return said("look for it on the official site of the programme %(programme)s", programme=call.programme)
    return said("look for it on the official site of the body that gives the money")


def _title(source: str, titles: Titles) -> str:
    return titles.get(source, source)
