"""Writes each raw record as one line of the run's raw.jsonl. Understands nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler

from crawler.source import RawRecord


class RawFile:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.records = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Path(crawler.settings["RAW_FILE"]))

    def open_spider(self) -> None:
        self._file = self._path.open("w", encoding="utf-8")

    def process_item(self, item: RawRecord) -> RawRecord:
        line = {"record": item.record, **item.model_dump(mode="json", exclude_defaults=True)}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.records += 1
        return item

    def close_spider(self) -> None:
        """The lines are on disk before the report that vouches for them is written."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
