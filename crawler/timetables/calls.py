"""Entries of a list -> raw calls. Pure: finds values, understands none."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from crawler.source import RawCall, RawNational
from crawler.timetables.entries import Entry
from crawler.timetables.mapping import Field, Mapping
from matcher.model import CallKind, Issue

KEY = (Field.TITLE, Field.PROGRAMME, Field.PRIORITY, Field.SPECIFIC_OBJECTIVE, Field.AREA, Field.FUND)
"""What tells calls without a code apart. No days and amounts: a planned call keeps its key when they move."""


@dataclass(frozen=True)
class File:
    """Where a list came from."""

    source: str
    """Key in the registry."""
    name: str
    """Name or address, for messages."""
    url: str
    """Page for a reader, of calls that have none of their own."""
    sha256: str
    fetched_at: datetime


@dataclass
class Found:
    """The raw calls of a list, and what of it could not become one."""

    calls: list[RawCall] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def raw_calls(entries: Iterable[Entry], mapping: Mapping, file: File) -> Found:
    """Every entry as a raw call; one without title and code becomes an issue.

    A code that stands there again for a call of another title makes a second call, and an issue: nothing is lost.
    """
    found, titles, times = Found(), dict[str, str](), Counter[str]()
    for entry in entries:
        if not (entry.text(Field.TITLE) or entry.text(Field.CODE)):
            found.issues.append(_issue(entry, file, Field.TITLE, "neither title nor code, so it is no call"))
            continue
        reference = own = _reference(entry)
        if titles.setdefault(own, entry.text(Field.TITLE)) != entry.text(Field.TITLE):
            reference = f"{own}-{_digest(entry.text(Field.TITLE))}"
            problem = "the code stands there for two calls of different titles; both were kept"
            found.issues.append(_issue(entry, file, Field.CODE, problem, own))
        times[reference] += 1
        if times[reference] > 1 and not entry.text(Field.CODE):
            reference = f"{reference}-{times[reference]}"
        found.calls.append(_raw_call(entry, reference, mapping, file))
    return found


def _raw_call(entry: Entry, reference: str, mapping: Mapping, file: File) -> RawCall:
    def one(name: Field) -> str:
        return entry.text(name) or mapping.constants.get(name, "")

    def several(name: Field) -> tuple[str, ...]:
        return entry.values.get(name) or tuple(filter(None, (mapping.constants.get(name, ""),)))

    return RawCall(
        source=file.source,
        reference=reference,
        kind=CallKind.CALL,
        url=one(Field.URL) or file.url,
        fetched_at=file.fetched_at,
        language=mapping.language,
        identifier=one(Field.CODE),
        title=one(Field.TITLE),
        programme=one(Field.FUND),
        status=one(Field.STATUS),
        opening=one(Field.OPENING),
        deadlines=several(Field.DEADLINES),
        description="\n\n".join(several(Field.DESCRIPTION)),
        applicants="; ".join(several(Field.APPLICANTS)),
        budget=_amount(one(Field.BUDGET), mapping),
        currency=one(Field.CURRENCY) or mapping.currency,
        rate_percent=one(Field.RATE_PERCENT),
        national=RawNational(
            country=mapping.country,
            programme=one(Field.PROGRAMME),
            priority=one(Field.PRIORITY),
            specific_objective=one(Field.SPECIFIC_OBJECTIVE),
            area=several(Field.AREA),
            applicants=several(Field.APPLICANTS),
            mode=one(Field.MODE),
            institution=one(Field.INSTITUTION),
            institution_url=one(Field.INSTITUTION_URL),
            share=mapping.share,
            file=file.name,
            sha256=file.sha256,
            sheet=entry.sheet,
            row=entry.row,
            columns={str(name): header for name, header in entry.columns.items()},
        ),
    )


def _amount(text: str, mapping: Mapping) -> str:
    bare = re.fullmatch(r"[\d\s.,'’]*\d[\d\s.,'’]*", text)
    return f"{text} {mapping.unit}" if bare and mapping.unit else text


def _reference(entry: Entry) -> str:
    """The code; else a key that the call keeps as long as its name and place in the programme stay the same."""
    code = entry.text(Field.CODE)
    return code or _digest("\n".join(" ".join(entry.text(name).casefold().split()) for name in KEY))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _issue(entry: Entry, file: File, name: Field, problem: str, found: str = "") -> Issue:
    where = [file.name, entry.sheet and f"sheet {entry.sheet!r}", f"row {entry.row}"]
    header = entry.columns.get(name)
    place = ", ".join(filter(None, [*where, header and f"column {header!r}"]))
    return Issue(field=str(name), problem=problem, found=found[:200], reference=entry.text(Field.CODE), place=place)
