"""Entries of a list -> raw calls. Pure: finds values, understands none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import NamedTuple

from crawler.source import RawCall, RawNational
from crawler.timetables.amounts import amount_of
from crawler.timetables.entries import Entry
from crawler.timetables.mapping import Field, Mapping
from crawler.timetables.packed import packed_calls
from crawler.timetables.told import told_by
from matcher.model import CallKind, Issue

KEY = (Field.TITLE, Field.PROGRAMME, Field.PRIORITY, Field.SPECIFIC_OBJECTIVE, Field.AREA, Field.FUND)
"""What tells calls without a code apart. No days and amounts: a planned call keeps its key when they move."""

TAG = re.compile(r"<(?:p|br|ul|ol|li|div|b|strong|i|em|a|span|h\d|table)\b[^<>]{0,500}>", re.IGNORECASE)


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
    """Every entry as a raw call; one without title and code becomes an issue. Nothing is lost, nothing guessed apart.

    A code that stands there for several calls tells none of them: each gets a key of its own from it, and an issue.
    """
    found, met = Found(), _Met()
    for entry in entries:
        found.issues += [_issue(entry, file, doubt.field, doubt.problem, doubt.found) for doubt in entry.doubts]
        if not (entry.text(Field.TITLE) or entry.text(Field.CODE)):
            found.issues.append(_issue(entry, file, Field.TITLE, "neither title nor code, so it is no call"))
            continue
        if packed := packed_calls(entry):
            found.issues.append(_issue(entry, file, packed.field, packed.problem, packed.found))
        if met.add(len(found.calls), entry):
            found.calls.append(_raw_call(entry, _code(entry), mapping, file))
        else:
            found.issues.append(_issue(entry, file, Field.TITLE, "the same call stands there once more, left out"))
    for place, reference, problem in met.references():
        found.calls[place] = call = found.calls[place].model_copy(update={"reference": reference})
        if problem:
            found.issues.append(_reused(call, problem))
    return found


class _One(NamedTuple):
    place: int
    applicants: str


class _Met:
    """The entries that were met, by code and by what else tells calls apart; little of each, for there are many."""

    def __init__(self) -> None:
        self._met: dict[str, dict[str, list[_One]]] = {}
        self._said: set[bytes] = set()

    def add(self, place: int, entry: Entry) -> bool:
        """Whether it is new: an entry that says all the same as another is not."""
        said = hashlib.sha256(repr(sorted(entry.values.items())).encode("utf-8", "backslashreplace")).digest()
        if said in self._said:
            return False
        self._said.add(said)
        alike = self._met.setdefault(_code(entry), {}).setdefault(_digest(entry), [])
        alike.append(_One(place, entry.text(Field.APPLICANTS)))
        return True

    def references(self) -> Iterator[tuple[int, str, str]]:
        """The place of each entry, its key, and what is wrong with its code."""
        for code, by_name in self._met.items():
            for digest, alike in by_name.items():
                own = f"{code}-{digest}" if code and len(by_name) > 1 else code or digest
                # By who may apply, not by their place: in its next version a list can have them in another order.
                for number, one in enumerate(sorted(alike, key=lambda one: one.applicants), start=1):
                    key = own if number == 1 else f"{own}-{number}"
                    problem = REUSED if own != (code or digest) else TWICE if number > 1 else ""
                    yield one.place, key, problem


REUSED = "the code stands there for several calls, so it tells none of them; all were kept, with keys of their own"
TWICE = "the call stands there again with other values; both were kept"


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
        description="".join(map(_as_html, several(Field.DESCRIPTION))),
        applicants="; ".join(several(Field.APPLICANTS)),
        budget=amount_of(one(Field.BUDGET), entry.columns.get(Field.BUDGET, ""), mapping.unit, mapping.language),
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


def _as_html(text: str) -> str:
    """A text of the list as a paragraph; one that is HTML stays as it is."""
    return text if TAG.search(text) else f"<p>{escape(text).replace(chr(10), '<br>')}</p>"


def _code(entry: Entry) -> str:
    return " ".join(entry.text(Field.CODE).split())


def _digest(entry: Entry) -> str:
    """A key that the call keeps as long as its name and place in the programme stay the same."""
    text = "\n".join(" ".join(entry.text(name).casefold().split()) for name in KEY)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _issue(entry: Entry, file: File, name: Field, problem: str, found: str = "") -> Issue:
    place = _place(file.name, entry.sheet, entry.unit, entry.row, entry.columns.get(name))
    return Issue(field=str(name), problem=problem, found=found[:200], reference=entry.text(Field.CODE), place=place)


def _reused(call: RawCall, problem: str) -> Issue:
    told = told_by(call)
    place = _place(told.file, told.sheet, "row", told.row, told.columns.get(Field.CODE))
    return Issue(field=str(Field.CODE), problem=problem, found=call.identifier, reference=call.reference, place=place)


def _place(file: str, sheet: str, unit: str, row: int | None, column: str | None) -> str:
    parts = (file, sheet and f"sheet {sheet!r}", f"{unit} {row}", column and f"column {column!r}")
    return ", ".join(filter(None, parts))
