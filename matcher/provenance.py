"""Where a call is known from, in plain words: each source, what it is worth, how sure, and what it gave. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.coverage import TIERS
from matcher.model import Call, Sighting

Titles = Mapping[str, str]
"""Source -> its name for a reader; a source that is not in it goes by its key."""

FIELDS = {
    "url": "page",
    "programme": "programme",
    "call_identifier": "code of the whole call",
    "call_title": "title of the whole call",
    "parent_title": "parent topic",
    "granting_project": "granting project",
    "opening": "opening",
    "deadlines": "deadlines",
    "budget": "budget",
    "grant": "size of one grant",
    "title": "title",
    "text": "text",
    "conditions": "conditions",
    "applicants": "applicants",
    "terms": "terms",
    "criteria": "criteria",
    "keywords": "keywords",
    "types_of_action": "type of action",
    "documents": "documents",
    "updates": "news",
    "sources": "further pages",
}
"""Fields that can come from another record, as a reader knows them; what only goes along with one of them has none."""

BASES = {
    "identifier": "has the same official code",
    "address": "has the same page, or one links to the other",
    "names it": "names its code",
}
SHOWN, ALONE = "this record is shown; it wins over the others", "the only record of this call"


READ_IN = "Read in the text"
"""How a line of `Call.terms` begins that tells in which sentence a fact was read: "Read in the text, budget: …"."""


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
    return f"{', '.join(fields)}; check on the page" if fields else ""


def match_words(seen: Sighting) -> str:
    """On what a record is held to be of the same call, and how sure that is."""
    why = BASES.get(seen.basis, f"is alike in {seen.basis}")
    return f"{why} ({seen.confidence:.0%} sure)"


def unconfirmed(call: Call, titles: Titles) -> str:
    """What a reader must know of a call that no official page confirms yet, and what to do; empty for the others."""
    if call.is_confirmed:
        return ""
    return f"{unconfirmed_in_short(call, titles)}; {_where_to_check(call)} before relying on it"


def unconfirmed_in_short(call: Call, titles: Titles) -> str:
    """The same without what to do."""
    if call.is_confirmed:
        return ""
    known = dict.fromkeys(_title(source, titles) for source in (call.source, *(seen.source for seen in call.sightings)))
    return f"unconfirmed: known only from {' and '.join(known)}"


def _where_to_check(call: Call) -> str:
    if call.mentions:
        return f"look up {' or '.join(call.mentions)} in the EU Funding & Tenders Portal"
    whose = f"of the programme {call.programme}" if call.programme else "of the body that gives the money"
    return f"look for it on the official site {whose}"


def _title(source: str, titles: Titles) -> str:
    return titles.get(source, source)
