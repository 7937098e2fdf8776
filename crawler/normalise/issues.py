"""Collects what could not be understood in one record, so that reading goes on and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.source import RawNational
from matcher.model import Issue

SHOWN = 200
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class Issues:
    """The issues of one record, in the order they were met. The only thing in this package that changes."""

    def __init__(self, reference: str, national: RawNational | None = None) -> None:
        """`national`: where in a published file the record stands, for calls read from one."""
        self._reference = reference
        self._national = national
        self._found: list[Issue] = []

    def add(self, field: str, problem: str, found: object = "", allowed: Iterable[str] = ()) -> None:
        """Record once that `field` could not be understood; a long value is shown cut."""
        issue = Issue(
            field=field,
            problem=problem,
            found=printable(str(found)),
            allowed=", ".join(allowed),
            reference=self._reference,
            place=_place(self._national, field) if self._national else "",
        )
        if issue not in self._found:
            self._found.append(issue)

    def all(self) -> tuple[Issue, ...]:
        return tuple(self._found)


def _place(national: RawNational, field: str) -> str:
    """The cell a value came from, as a spreadsheet program would find it."""
    parts = (
        national.file,
        f"sheet {national.sheet!r}" if national.sheet else "",
        f"row {national.row}" if national.row is not None else "",
        f"column {national.columns[field]!r}" if field in national.columns else "",
    )
    return printable(", ".join(filter(None, parts)))


def printable(text: str) -> str:
    """A value as it may stand in a message: one line, no control characters, at most 200 characters."""
    shown = UNPRINTABLE.sub(" ", text[: SHOWN + 1]).strip()
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
