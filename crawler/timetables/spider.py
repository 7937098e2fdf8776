"""What spiders of published lists share: fetch a list whole, read it by the mapping that lies beside the spider."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from scrapy import Request

from crawler.source import RawCall
from crawler.spider import SourceSpider, WrongPage
from crawler.timetables.calls import File, Found
from crawler.timetables.mapping import Mapping, load_mapping
from crawler.timetables.readers import BadList, read_list


class TimetableSpider(SourceSpider):
    """A spider of lists; its mapping is the YAML file of its module's name."""

    @cached_property
    def mapping(self) -> Mapping:
        return load_mapping(Path(inspect.getfile(type(self))).with_suffix(".yml"))

    async def content(self, request: Request) -> bytes:
        """The bytes of a file. Raises WrongPage for any answer but 200 and for an empty one; NoAnswer, Refused."""
        response = await self.fetch(request)
        if response.status != 200 or not response.body.strip():
            said = f"answered {response.status}" if response.status != 200 else "is empty"
            raise WrongPage(f"{request.url}: {said}")
        return response.body

    def read_file(self, content: bytes, url: str, mapping: Mapping | None = None) -> Found:
        """The calls of a list that was fetched from an address. Raises WrongPage when it is no such list."""
        try:
            return read_list(content, mapping or self.mapping, self.file_at(url, content))
        except BadList as error:
            raise WrongPage(str(error)) from error

    def file_at(self, url: str, content: bytes) -> File:
        return File(
            source=self.source.name,
            name=url,
            url=self.source.url,
            sha256=hashlib.sha256(content).hexdigest(),
            fetched_at=self.fetched_at,
        )

    def take(self, found: Found) -> Iterator[RawCall]:
        """Count and hand over what a list gave; its issues become those of the run."""
        self.issues += found.issues
        self.listed += len(found.calls)
        self.fetched += len(found.calls)
        yield from found.calls
