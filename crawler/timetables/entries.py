"""One record of a list, whatever its form: the texts of our fields and where they stood. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from crawler.timetables.mapping import DATES, GATHERED, WORDY, Field

EPOCH = re.compile(r"\d{12,13}")
"""A day between 1973 and 2286 as milliseconds since 1970."""
ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)|Err:\d{3}")
"""What a spreadsheet program shows for a formula that failed."""

NO_VALUE = "#N/A"


@dataclass(frozen=True)
class Doubt:
    """A value of a record that was not taken over as it stood, and why."""

    field: Field
    problem: str
    found: str
    column: str
    """Header or path of its place."""


@dataclass(frozen=True)
class Entry:
    """`values`: field -> its texts, several where the source keeps them apart; a field without text is not in it."""

    row: int
    """From 1: the row of a sheet, the number of a record."""
    values: Mapping[Field, tuple[str, ...]]
    sheet: str = ""
    columns: Mapping[Field, str] = field(default_factory=dict)
    """Field -> header or path its texts came from; also where it was empty."""
    doubts: tuple[Doubt, ...] = ()
    unit: str = "row"
    """What `row` counts, for messages."""

    def text(self, name: Field) -> str:
        """The texts of a field as one."""
        return "; ".join(self.values.get(name, ()))


Cells = Sequence[tuple[str, Sequence[str]]]
"""The columns of a field in their order: header or path, and its texts."""


def entry_of(
    row: int,
    cells: Mapping[Field, Cells],
    sheet: str = "",
    unit: str = "row",
    epoch: str = "",
    doubts: Iterable[Doubt] = (),
) -> Entry:
    """Choose what a record says in each field: all its columns where they are gathered, else the first that is filled.

    `epoch`: the time zone of days that are written as milliseconds; empty where there are none.
    """
    values, columns, found = {}, {}, list(doubts)
    for name, places in cells.items():
        filled = [(header, kept) for header, texts in places if (kept := _sound(name, header, texts, found))]
        used = filled if name in GATHERED else filled[:1]
        if places:
            columns[name] = ", ".join(header for header, _ in used or places[:1])
        texts = tuple(dict.fromkeys(text for _, kept in used for text in kept))
        if name in DATES:
            texts = tuple(_day(text, epoch) for text in texts)
        if len(texts) > 1 and name not in GATHERED | WORDY:
            problem = "several values where one is expected" + (", taken together" if name is Field.TITLE else "")
            found.append(Doubt(name, problem, "; ".join(texts), columns[name]))
            texts = texts if name is Field.TITLE else ()
        if texts:
            values[name] = texts
    return Entry(row, values, sheet, columns, tuple(found), unit)


def _sound(name: Field, header: str, texts: Iterable[str], doubts: list[Doubt]) -> list[str]:
    """The texts that are some, without what stands for a formula that failed."""
    errors = [text for text in texts if ERROR.fullmatch(text)]
    doubts += [Doubt(name, "a formula that gave no value", text, header) for text in errors]
    return [text for text in texts if text and text not in errors]


def _day(text: str, epoch: str) -> str:
    """Milliseconds since 1970 as ISO text in a time zone, a day where they are one; any other text as it is."""
    if not (epoch and EPOCH.fullmatch(text)):
        return text
    instant = datetime.fromtimestamp(int(text) / 1000, UTC)
    if instant.time() == time():  # nobody ends a call at one or two at night: a day, written without its zone
        return instant.date().isoformat()
    moment = instant.astimezone(ZoneInfo(epoch))
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(timespec="minutes")
