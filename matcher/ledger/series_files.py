"""A folder of a daily feed, read: full snapshots, a day-to-day difference, a union. Names each file that is bad.

The form: `grants_YYYY-MM-DD.json` an object whose `grants` are the records of that day (or that list itself),
`naive-diff-events_*.jsonl` an object a line with day, event (new, gone, reappeared, changed), id, and for `changed` the
fields with their values before and after, for `gone` the last deadline; `union*.json` each record once, as last known.
Each may be compressed (`.gz`). Other files are left alone. A record of a whole day that cannot be read is named as
well, and taken to say what it said last: that it stands there is known.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from matcher.ledger.series import Difference, Row
from matcher.ledger.series_calls import moment
from matcher.printable import one_line

SNAPSHOT = re.compile(r"grants_(\d{4}-\d\d-\d\d)\.json(?:\.gz)?")
DIFFERENCE = re.compile(r"naive-diff-events_.*\.jsonl(?:\.gz)?")
UNION = re.compile(r"union.*\.json(?:\.gz)?")


class BadFile(BaseModel):
    """A file that tells nothing, and why: its day counts as not read. Or one of which some records tell nothing."""

    model_config = ConfigDict(frozen=True)

    file: str
    problem: str


@dataclass
class Folder:
    """What stands in it."""

    snapshots: dict[date, dict[str, Row]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    union: dict[str, Row] = field(default_factory=dict)
    bad: list[BadFile] = field(default_factory=list)

    def refuse(self, path: Path, problem: str) -> None:
        self.bad.append(BadFile(file=path.name, problem=one_line(problem, 300)))


class NoSeries(Exception):
    """The folder holds no day that could be read; the message says what was looked for."""


def read_folder(folder: Path) -> Folder:
    """Everything in a folder. Raises NoSeries where there is no readable snapshot."""
    if not folder.is_dir():
        raise NoSeries(f"{folder}: not a folder; give one with files grants_YYYY-MM-DD.json or .json.gz")
    found, reader = Folder(), _Reader()
    for path in sorted(folder.iterdir()):
        try:
            _take(path, found, reader)
        except (_Bad, OSError, EOFError, zlib.error, ValueError) as error:
            found.refuse(path, _problem(error))
    if not found.snapshots:
        problems = "".join(f"; {one.file}: {one.problem}" for one in found.bad)
        raise NoSeries(
            f"{folder}: no readable grants_YYYY-MM-DD.json or .json.gz, from which a series begins{problems}"
        )
    found.differences.sort(key=lambda one: one.day)
    return found


class _Bad(Exception):
    pass


def _take(path: Path, found: Folder, reader: _Reader) -> None:
    if named := SNAPSHOT.fullmatch(path.name):
        day = date.fromisoformat(named[1])
        if day in found.snapshots:
            raise _Bad("another file gives the same day")
        rows, unread = reader.snapshot(_content(path))
        before = found.snapshots[max(found.snapshots)] if found.snapshots else {}
        found.snapshots[day] = rows | {id: before[id] for id in unread.keys() & before.keys()}
        if unread:
            first = next(iter(unread.values()))
            found.refuse(path, f"{len(unread)} of {len(rows) + len(unread)} records, taken as before; {first}")
    elif DIFFERENCE.fullmatch(path.name):
        found.differences += _differences(path)
    elif UNION.fullmatch(path.name):
        found.union |= reader.records(_content(path))


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _problem(error: Exception) -> str:
    match error:
        case ValidationError():
            first = error.errors(include_url=False, include_context=False)[0]
            return f"{'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg']} ({error.error_count()} errors)"
        case OSError() if error.strerror:
            return error.strerror
        case _:
            return str(error) or type(error).__name__


class _Form(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)


class _Named(_Form):
    """What the feed gives as id and label."""

    id: str = ""


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value or None


def _by_id(value: Any) -> Any:
    return {"id": value} if isinstance(value, str | int) else value


def _is_moment(text: str | None) -> str | None:
    moment(text or "")
    return text


_Moment = Annotated[str | None, AfterValidator(_is_moment)]


_Id = Annotated[_Named | None, BeforeValidator(_by_id)]


class _Budget(BaseModel):
    totalBudgetEur: float | None = None
    expectedGrants: int | None = None
    minContributionEur: float | None = None
    maxContributionEur: float | None = None


class _Record(_Form):
    """One record of the feed; what is not named here is not looked at."""

    id: str
    identifier: str | None = None
    title: str | None = None
    url: str | None = None
    kind: _Id = None
    status: _Id = None
    startDate: _Moment = None
    deadlineDate: _Moment = None
    frameworkProgrammes: Annotated[_Id, BeforeValidator(_first)] = None
    budget: Annotated[_Budget | None, BeforeValidator(_first)] = None

    def row(self) -> Row:
        return Row(
            id=self.id,
            identifier=self.identifier or "",
            title=self.title or "",
            url=self.url or "",
            kind=_id(self.kind),
            programme=_id(self.frameworkProgrammes),
            status=_id(self.status),
            startDate=self.startDate or "",
            deadlineDate=self.deadlineDate or "",
            budget=_amounts(self.budget),
        )


class _Records(BaseModel):
    grants: list[_Record]


class _Line(BaseModel):
    day: date
    event: Literal["new", "gone", "reappeared", "changed"]
    id: str
    identifier: str = ""
    deadline: _Moment = None
    changes: dict[str, tuple[Any, Any]] = {}


_RECORDS: TypeAdapter[_Records | list[_Record]] = TypeAdapter(_Records | list[_Record])
_BUDGET: TypeAdapter[_Budget | None] = TypeAdapter(_Budget | None)


class _Reader:
    """Equal rows of many days are one in memory."""

    def __init__(self) -> None:
        self._rows: dict[Row, Row] = {}

    def snapshot(self, content: bytes) -> tuple[dict[str, Row], dict[str, str]]:
        """The records by id; and id -> what is wrong, of those that cannot be read."""
        unread: dict[str, str] = {}
        try:
            rows = self.records(content)
        except ValidationError as error:
            rows, unread = self._one_by_one(content, error)
        if not rows:
            raise _Bad("it holds no call, which no reading of a feed that works does")
        return rows, unread

    def records(self, content: bytes) -> dict[str, Row]:
        form = _RECORDS if content.lstrip()[:1] == b"[" else TypeAdapter(_Records)
        read = form.validate_json(content)
        rows = (one.row() for one in (read.grants if isinstance(read, _Records) else read))
        return {row.id: self._rows.setdefault(row, row) for row in rows}

    def _one_by_one(self, content: bytes, error: ValidationError) -> tuple[dict[str, Row], dict[str, str]]:
        """Raises the error where the whole is not a list of records with ids of which at least one can be read."""
        try:
            whole = json.loads(content)
        except ValueError:
            raise error from None
        grants = whole.get("grants") if isinstance(whole, dict) else whole
        if not isinstance(grants, list):
            raise error
        rows, unread = dict[str, Row](), dict[str, str]()
        for number, grant in enumerate(grants):
            try:
                row = _Record.model_validate(grant).row()
                rows[row.id] = self._rows.setdefault(row, row)
            except ValidationError as wrong:
                id = grant.get("id") if isinstance(grant, dict) else None
                unread[str(id or number)] = f"grants.{number}.{_problem(wrong)}"
        if not rows:
            raise error
        return rows, {id: problem for id, problem in unread.items() if id not in rows}


def _differences(path: Path) -> Iterator[Difference]:
    for number, line in enumerate(_content(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            read = _Line.model_validate_json(line)
            changes = {name: (_text(name, was), _text(name, now)) for name, (was, now) in read.changes.items()}
        except ValueError as error:
            raise _Bad(f"line {number}: {_problem(error)}") from error
        kept = {name: pair for name, pair in changes.items() if name in Row._fields}
        yield Difference(read.day, read.event, read.id, read.identifier, read.deadline, kept)


def _text(name: str, value: Any) -> Any:
    """A value of a change as a row holds it."""
    if name == "budget":
        return _amounts(_BUDGET.validate_python(value))
    if isinstance(value, dict):
        value = value.get("id")
    text = "" if value is None else str(value)
    return _is_moment(text) if name in ("startDate", "deadlineDate") else text


def _amounts(budget: _Budget | None) -> tuple[float | int | None, ...]:
    return tuple(budget.model_dump().values()) if budget else ()


def _id(named: _Named | None) -> str:
    return str(named.id) if named else ""
