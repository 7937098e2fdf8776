"""Slovakia's monitoring system ITMS21+: its lists of planned and of announced calls, joined to one call each."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from scrapy import Request

from crawler.platforms.json_records import BadRecords, records_in, values_at
from crawler.source import RawCall
from crawler.spider import NoAnswer, WrongPage
from crawler.spiders.national.slovakia_records import (
    ANNOUNCED,
    PLANNED,
    Record,
    area,
    continuations,
    deadline_model,
    is_past,
    state,
)
from crawler.timetables.calls import File, Found
from crawler.timetables.ended import without_void_days
from crawler.timetables.mapping import Field, load_mapping
from crawler.timetables.readers import read_list
from crawler.timetables.spider import TimetableSpider
from crawler.timetables.told import retold, told_by

API = "https://api.itms21.sk/public/v1"
PAGE = "https://portal.itms21.sk/vyhlasena-vyzva/?id={}"
MAPPINGS = {PLANNED: "slovakia_planned.yml", ANNOUNCED: "slovakia.yml"}
KEYS = {PLANNED: "planovana-{}", ANNOUNCED: "vyzva-{}"}
"""References, made of the system's own numbers: by them plan and call are linked. That both bear one code was never
seen, and a plan may have none."""
YEAR = timedelta(days=365)
"""So long after its end a call is still handed over, with the link that gives it its key."""
LEAST_BLOCKED, SHARE_BLOCKED = 3, 1 / 4
"""So many own pages, and such a share, do not fail by accident: there is a firewall before them."""
CODE = re.compile(r"-(?P<kind>DV|NP|TP)-(?P<fund>[A-Z]+\+?)$")
"""How the code of a call ends, PSK-UV-005-2024-DV-ESF+: its kind and its fund."""
MODES = {"DV": "dopytovo orientovaná výzva", "NP": "národný projekt", "TP": "technická pomoc"}
ROMA = {"ano": ("marginalizované rómske komunity",), "nie": (), "": ()}
"""The field `mrk`, on Roma communities."""


class Slovakia(TimetableSpider):
    """The lists say what is there; a record's own page adds aim, fund and links, where a firewall lets it through."""

    name = "slovakia"

    async def read(self) -> AsyncIterator[RawCall]:
        try:
            lists = {kind: await self.records(kind) for kind in MAPPINGS}
        except (NoAnswer, BadRecords) as error:
            self.failures.append(str(error))
            return
        full = {kind: [await self.completed(kind, record) for record in found] for kind, (_, found) in lists.items()}
        self.judge_pages(sum(not self.is_past(record, kind) for kind, found in full.items() for record in found))
        follows, stood_for = continuations(full[PLANNED], full[ANNOUNCED])
        for kind, (file, _) in lists.items():
            left_out = stood_for if kind == PLANNED else frozenset()
            for call in self.calls(kind, full[kind], file, follows, left_out):
                yield call

    async def records(self, kind: str) -> tuple[File, list[Record]]:
        """A list, whole. Raises NoAnswer or BadRecords for anything else."""
        url = f"{API}/{kind}?limit=-1"
        content = await self.content(Request(url))
        found = list(records_in(content, "results", url))
        size = next(iter(values_at(document(content, url), "size")), len(found))
        if not found or size != len(found) or not all(isinstance(record, dict) for record in found):
            raise WrongPage(f"{url}: holds {len(found)} records and says there are {size}; expected as many objects")
        self.announced[kind] = len(found)
        return self.file_at(url, content), found

    async def completed(self, kind: str, record: Record) -> Record:
        """A record with what its own page adds; as the list has it, with an issue, where that page is not to be had."""
        number = record.get("id")
        url = f"{API}/{kind}/id/{number}"
        if self.is_past(record, kind):
            return record
        try:
            own = document(await self.content(Request(url)), url)
            if not isinstance(own, dict) or own.get("id") != number:
                raise WrongPage(f"{url}: is not the record of that number")
        except (NoAnswer, BadRecords) as error:
            self.issue(KEYS[kind].format(number), "page", f"{error}; what the list says of it was kept")
            return record
        return record | {name: value for name, value in own.items() if value not in (None, "", [])}

    def is_past(self, record: Record, kind: str) -> bool:
        return is_past(record, kind, self.fetched_at - YEAR)

    def judge_pages(self, asked: int) -> None:
        blocked = sum(issue.field == "page" for issue in self.issues)
        if blocked >= LEAST_BLOCKED and blocked >= SHARE_BLOCKED * asked:
            self.partial = True
            self.alarms.append(
                f"{API}: the own pages of {blocked} of {asked} calls did not answer; read from the lists"
            )

    def calls(
        self, kind: str, records: list[Record], file: File, follows: Mapping[Any, Any], left_out: frozenset[Any]
    ) -> Iterator[RawCall]:
        """The calls of a list without what was over a year ago, and without plans that stand in the other list."""
        mapping = load_mapping(Path(__file__).with_name(MAPPINGS[kind]))
        found = read_list(json.dumps({mapping.records: records}, default=str).encode(), mapping, file)
        if not any(call.title for call in found.calls):
            self.failures.append(f"{file.name}: no record has a title at {' or '.join(mapping.columns[Field.TITLE])}")
        beside = [(call, records[_row(call) - 1]) for call in found.calls]
        current = [(call, record) for call, record in beside if not self.is_past(record, kind)]
        if len(current) < len(beside):
            self.notes.append(f"{file.name}: left out as over for more than a year: {len(beside) - len(current)}")
        kept = [(call, record) for call, record in current if record.get("id") not in left_out]
        ready = [self.joined(call, record, kind, follows) for call, record in kept]
        yield from self.take(Found(ready, found.issues))

    def joined(self, call: RawCall, record: Record, kind: str, follows: Mapping[Any, Any]) -> RawCall:
        """A call with what no path of the mapping can say: one key for plan and call, and what several fields tell."""
        number = record.get("id")
        plan = number if kind == PLANNED else follows.get(number)
        reference = KEYS[kind].format(number) if plan is None else KEYS[PLANNED].format(plan)
        code, roma = CODE.search(call.identifier), str(record.get("mrk") or "").lower()
        if roma not in ROMA:
            self.issue(reference, "keywords", "mrk: it is not known what this says on Roma communities", roma)
        national = {"area": area(record)} | ({"mode": MODES[code["kind"]]} if code else {})
        changes = {
            "reference": reference,
            "url": PAGE.format(number) if kind == ANNOUNCED else call.url,
            "status": state(record, kind),
            "programme": call.programme or (code["fund"] if code else ""),
            "deadline_model": deadline_model(record),
            "keywords": ROMA.get(roma, ()),
        }
        return without_void_days(retold(call, national, changes), self.source, self.fetched_at.date())


def document(content: bytes, url: str) -> Any:
    """A whole JSON answer, within the limits of `records_in`. Raises BadRecords for anything else."""
    return next(records_in(b"[" + content + b"]", "", url))


def _row(call: RawCall) -> int:
    return told_by(call).row or 1
