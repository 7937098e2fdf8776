"""Timetables of calls on Poland's open data portal: of each data set the newest workbook, as a JSON:API lists them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from scrapy import Request

from crawler.source import RawCall
from crawler.spider import NoAnswer, WrongPage
from crawler.timetables.mapping import Field
from crawler.timetables.spider import TimetableSpider

API = "https://api.dane.gov.pl/1.4/datasets"
PAGE = "https://dane.gov.pl/pl/dataset"
DATASETS = Path(__file__).with_name("poland_datasets.yml")
TABLES = ("xlsx", "xls", "ods", "csv")
TIMETABLE = "harmonogram"
MAX_PAGES = 20


class Version(NamedTuple):
    """A file of a data set; the greatest of several is the newest."""

    of: str
    """The day that its data are of, in ISO form."""
    created: str
    number: int
    url: str
    title: str


class Poland(TimetableSpider):
    name = "poland"

    async def read(self) -> AsyncIterator[RawCall]:
        """One data set that cannot be read keeps none of the others from being read, but the run from being whole."""
        for dataset, constants in datasets().items():
            try:
                calls = await self._calls(dataset, constants)
            except NoAnswer as error:
                self.failures.append(str(error))
                continue
            for call in calls:
                yield call

    async def _calls(self, dataset: int, constants: Mapping[Field, str]) -> list[RawCall]:
        versions = await self._versions(dataset)
        newest = max(versions)
        said = f"{newest.title!r} of {newest.of or 'an unknown day'} was read"
        self.notes.append(f"data set {dataset}: {said}, the newest of {len(versions)} timetables")
        content = await self.content(Request(newest.url))
        mapping = self.mapping.holding({**constants, Field.URL: f"{PAGE}/{dataset}"})
        found = self.read_file(content, newest.url, mapping)
        if not found.calls:
            raise WrongPage(f"{newest.url}: has the headers of a timetable, and no call below them")
        # Two programmes can plan calls of one title; what tells calls apart in a timetable does not name the programme.
        return [call.model_copy(update={"reference": f"{dataset}-{call.reference}"}) for call in self.take(found)]

    async def _versions(self, dataset: int) -> list[Version]:
        """The timetables of a data set. Raises WrongPage where it has none, and for an answer that is no list."""
        first = url = f"{API}/{dataset}/resources?page=1&per_page=100&sort=-data_date"
        found: list[Version] = []
        for _ in range(MAX_PAGES):
            answer = answered(await self.content(Request(url)), url)
            found += versions_in(answer)
            url = next_page(answer)
            if not url:
                break
        if not found:
            raise WrongPage(f"{first}: no table whose title holds {TIMETABLE!r}; formats read: {', '.join(TABLES)}")
        return found


def datasets() -> dict[int, dict[Field, str]]:
    """Number of each data set -> what holds for all of its calls."""
    entries: dict[int, dict[str, str]] = yaml.safe_load(DATASETS.read_text(encoding="utf-8"))
    return {number: {Field(name): text for name, text in entry.items()} for number, entry in entries.items()}


def answered(content: bytes, url: str) -> dict[str, Any]:
    """A list of resources as JSON:API gives it. Raises WrongPage for anything else."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise WrongPage(f"{url}: is no JSON, it begins with {content[:60]!r}") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise WrongPage(f"{url}: is no list of resources, it begins with {content[:60]!r}")
    return answer


def versions_in(answer: dict[str, Any]) -> list[Version]:
    """The resources that are timetables, by format and title; those without address or number are none."""
    found = []
    for resource in answer["data"]:
        told = resource.get("attributes") if isinstance(resource, dict) else None
        if not isinstance(told, dict) or not str(resource.get("id")).isdecimal():
            continue
        title, url = str(told.get("title") or ""), told.get("download_url") or told.get("file_url")
        if url and str(told.get("format")).lower() in TABLES and TIMETABLE in title.casefold():
            of, created = str(told.get("data_date") or ""), str(told.get("created") or "")
            found.append(Version(of, created, int(resource["id"]), str(url), title))
    return found


def next_page(answer: dict[str, Any]) -> str:
    links = answer.get("links")
    return str(links.get("next") or "") if isinstance(links, dict) else ""
