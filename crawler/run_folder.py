"""A run's folder as a crawl or an import leaves it: its report and its records. Understands no record."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from crawler.normalise.issues import printable
from crawler.source import RawRecord, RunReport, Source
from matcher.model import Issue

RECORDS = "raw.jsonl"
REPORT = "report.json"
SOURCE = "source.json"
"""What a run says of its source that is not in the registry: one that a person imported."""
MAX_LINE = 64 * 1024 * 1024
"""Bytes of one record that are read; a longer line is no record of ours."""
READ_RECORD: TypeAdapter[RawRecord] = TypeAdapter(RawRecord)


class NoRun(Exception):
    """The folder holds no finished run; the message says why and what to do."""


def read_report(folder: Path) -> RunReport:
    """What the crawl said of itself. Raises NoRun for one that did not come to its end, or that is none."""
    try:
        report = RunReport.model_validate_json((folder / REPORT).read_bytes())
        (folder / RECORDS).open("rb").close()
    except OSError as error:
        problem = f"{Path(error.filename).name} cannot be read ({error.strerror})"
        raise NoRun(f"{problem}: the crawl was interrupted, or this is no run; crawl again") from error
    except ValidationError as error:
        found = f"{error.error_count()} errors, first: {error.errors()[0]['msg']}"
        raise NoRun(f"{REPORT} is not the report of a run ({found})") from error
    return report


def read_source(folder: Path, name: str) -> Source:
    """The source of an imported list, which its folder holds. Raises NoRun for one that is not there, or is another."""
    try:
        source = Source.model_validate_json((folder / SOURCE).read_bytes())
    except (OSError, ValidationError) as error:
        found = error.strerror if isinstance(error, OSError) else f"{error.error_count()} errors in it"
        raise NoRun(f"{SOURCE} of this imported list cannot be read ({found}); import the list again") from error
    if source.name != name:
        raise NoRun(f"{SOURCE} is of {source.name!r}, {REPORT} of {name!r}; import the list again")
    return source


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Lines into a file that is on disk when this returns, and never stands half written under its name."""
    draft = path.with_name(f"{path.name}.part")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@dataclass
class Lines:
    """The records of a file, one at a time; counts them and keeps an issue for each line that is none."""

    path: Path
    read: int = 0
    issues: list[Issue] = field(default_factory=list)

    def __iter__(self) -> Iterator[RawRecord]:
        with self.path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), start=1):
                if line.strip():
                    self.read += 1
                    yield from self._record(number, line)

    def _record(self, number: int, line: bytes) -> Iterator[RawRecord]:
        try:
            yield READ_RECORD.validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            self.issues.append(
                Issue(
                    field=where or "line",
                    problem=f"line {number} of {self.path.name} is no record: {first['msg']}",
                    found=printable(line[:400].decode("utf-8", "replace")),
                    allowed="one raw record as JSON",
                    reference=f"{self.path.name}:{number}",
                )
            )
