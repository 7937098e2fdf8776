"""A file that a person has -> a run folder as a crawl leaves it, with the source beside it. Knows no store."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from crawler.platforms.json_records import MAX_BYTES
from crawler.run_folder import RECORDS, REPORT, SOURCE, write_whole
from crawler.source import RawCall, RunReport, Source
from crawler.timetables.calls import File, Found
from crawler.timetables.mapping import Mapping
from crawler.timetables.readers import BadList, read_list


def read_file(path: Path, mapping: Mapping, source: Source, now: datetime) -> Found:
    """The calls of a file. Raises BadList for a file that cannot be read or holds no such list."""
    content = content_of(path)
    return read_list(content, mapping, file_of(path.name, content, source, now))


def file_of(name: str, content: bytes, source: Source, now: datetime) -> File:
    return File(
        source=source.name, name=name, url=source.url, sha256=hashlib.sha256(content).hexdigest(), fetched_at=now
    )


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises BadList for one that is not there, or is too large to be a list of calls."""
    try:
        size = path.stat().st_size
        if size > 2 * MAX_BYTES:
            raise BadList(f"{path}: {size} bytes; at most {2 * MAX_BYTES} are read")
        return path.read_bytes()
    except OSError as error:
        raise BadList(f"{path}: cannot be read ({error.strerror}); check its name and its rights") from error


def leave_run(found: Found, source: Source, runs: Path, started: datetime, finished: datetime) -> Path:
    """The run's folder, `<runs>/<source>/<moment>/`, whole: the report is written last. Raises OSError."""
    folder = runs / source.name / f"{started:%Y%m%dT%H%M%S.%fZ}"
    folder.mkdir(parents=True)
    report = RunReport(
        run=folder.name,
        source=source.name,
        started=started,
        finished=finished,
        as_of=started.date(),
        complete=True,
        records=len(found.calls),
        listed=len(found.calls),
        fetched=len(found.calls),
        issues=tuple(found.issues),
        notes=("imported from a file by hand",),
    )
    write_whole(folder / RECORDS, map(_line, found.calls))
    write_whole(folder / SOURCE, [source.model_dump_json(indent=1)])
    write_whole(folder / REPORT, [report.model_dump_json(indent=1)])
    return folder


def _line(call: RawCall) -> str:
    return json.dumps(
        {"record": call.record, **call.model_dump(mode="json", exclude_defaults=True)}, ensure_ascii=False
    )
