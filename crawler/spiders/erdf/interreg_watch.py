"""The Interreg sites that are watched, and the calls that one of their pages names. Pure but for reading interreg.yml.

These pages share no markup, only habits: a heading that names a call and its text below, or a table with a call a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Literal

import yaml
from lxml import etree
from parsel import Selector
from scrapy.http import HtmlResponse

from crawler.platforms.prose_pages import address_of, one_line, slug
from crawler.platforms.tabular import Columns, Row, fold, rows_of
from crawler.platforms.tabular_files import Sheet
from matcher.model import Frozen

DATA = Path(__file__).with_name("interreg.yml")
HEADINGS = "h1, h2, h3, h4, h5, h6, summary"
DEEPEST = 9
"""The level of a heading that is no h1 to h6."""


class Site(Frozen):
    name: str
    """Part of the reference of each of its calls, so it stays."""
    programme: str
    platform: Literal["page", "wordpress"]
    addresses: tuple[str, ...]
    """Pages; of a WordPress site the address under which /wp-json/ lies."""
    evidence: str
    landmark: str = "main"
    headings: str = HEADINGS
    kind: str = "posts"
    feed: str = "feed/"
    since: date = date.min
    search: str = ""
    titles: str = ""
    """What the title of a post holds that announces a call; by default one of the words for a call."""


class Words(Frozen):
    call: tuple[str, ...]
    no_call: tuple[str, ...]
    groups: tuple[str, ...]
    status: tuple[str, ...]
    none: tuple[str, ...]
    ordinals: tuple[str, ...]

    def names_call(self, title: str) -> bool:
        return _finds(self.call, title) and not self.is_about_call(title)

    def is_about_call(self, title: str) -> bool:
        """It speaks of a call and announces none: its results, a question, a seminar."""
        return _finds(self.no_call, title)

    def names_group(self, title: str) -> bool:
        return _finds(self.groups, title)

    def says_none(self, text: str) -> str:
        """The words with which a page says that it has no call; empty when it does not."""
        found = re.search("|".join(self.none), fold(text))
        return found[0] if found else ""

    def group_status(self, title: str) -> str:
        found = re.search(rf"\b({'|'.join(self.status)})\b", fold(title))
        return found[1] if found else ""

    def own_status(self, title: str) -> str:
        """Of a call's own title: only in brackets or behind a dash, for an "open call" may be long closed."""
        found = re.search(rf"(?:\(| [-–:] ?)({'|'.join(self.status)})\)?$", fold(title))
        return found[1] if found else ""

    def key(self, title: str) -> str:
        """What tells the calls of a site apart: "Third call (closed)" and "3rd call" are one."""
        words = slug(re.sub(r"\(.*?\)$", "", fold(title)) if self.own_status(title) else fold(title)).split("-")
        numbers = {ordinal: str(number) for number, ordinal in enumerate(self.ordinals, start=1)}
        return "-".join(numbers.get(word) or re.sub(r"^(\d+)(?:st|nd|rd|th)$", r"\1", word) for word in words)[:120]


class Watch(Frozen):
    sites: tuple[Site, ...]
    words: Words
    columns: dict[str, tuple[str, ...]]

    @property
    def table(self) -> Columns:
        return Columns(self.columns, required=("call", "opening"), dates=("opening", "closing"))


@dataclass
class NamedCall:
    title: str
    status: str = ""
    opening: str = ""
    closing: str = ""
    budget: str = ""
    url: str = ""
    """Of the page that its heading links to; empty where it links to none."""
    level: int = 0
    pieces: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        return f"<div>{''.join(self.pieces)}</div>"


@cache
def load_watch() -> Watch:
    return Watch.model_validate(yaml.safe_load(DATA.read_text(encoding="utf-8")))


def calls_on(page: HtmlResponse, site: Site, watch: Watch) -> list[NamedCall]:
    """The calls that a page names, in its order. What stands in comments is not on the page."""
    found: list[NamedCall] = []
    current: NamedCall | None = None
    group, group_level = "", DEEPEST
    for level, selector, html in _pieces(page.css(site.landmark)[0], site.headings):
        if selector is None:
            if current:
                current.pieces.append(html)
            else:
                found += (call_in_row(row, group) for row in table_rows(html, watch.table))
            continue
        title = one_line(selector)
        if current and level > current.level:
            current.pieces.append(html)
            continue
        current = None
        if watch.words.names_group(title):
            group, group_level = watch.words.group_status(title), level
        elif watch.words.names_call(title):
            status = watch.words.own_status(title) or group
            current = NamedCall(title, status=status, url=_link(selector, page), level=level)
            found.append(current)
        elif level <= group_level:
            group, group_level = "", DEEPEST
    return found


def call_in_row(row: Row, status: str = "") -> NamedCall:
    """The call in a row of a table; cells that no field answers to become its text."""
    cells = [f"<p>{escape(name)}: {escape(text)}</p>" for name, text in row.cells.items() if text]
    return NamedCall(
        row.fields["call"],
        status=row.fields.get("status") or status,
        opening=row.fields.get("opening", ""),
        closing=row.fields.get("closing", ""),
        budget=row.fields.get("budget", ""),
        pieces=cells,
    )


def _finds(patterns: tuple[str, ...], text: str) -> bool:
    return re.search("|".join(patterns), fold(text)) is not None


def _pieces(content: Selector, headings: str) -> Iterator[tuple[int, Selector | None, str]]:
    """The content in its order, cut at its headings: (level, heading, its HTML) and (0, None, HTML between them)."""
    heads: dict[Any, Selector] = {heading.root: heading for heading in content.css(headings)}
    around = {ancestor for head in heads for ancestor in head.iterancestors()}
    walk = etree.iterwalk(content.root, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            if node in around and node is not content.root and node.tail:
                yield 0, None, escape(node.tail)
        elif node in around or (node is content.root and not heads):
            if node.text:
                yield 0, None, escape(node.text)
        else:
            walk.skip_subtree()
            html = etree.tostring(node, encoding="unicode", with_tail=node is not content.root)
            yield (_level(node.tag), heads[node], html) if node in heads else (0, None, html)


def _level(tag: str) -> int:
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else DEEPEST


def table_rows(html: str, columns: Columns) -> Iterator[Row]:
    """The rows of the tables in a piece of HTML that have the columns of a list of calls."""
    if "<t" not in html:
        return
    for table in Selector(text=html).css("table"):
        rows = tuple(tuple(one_line(cell) for cell in row.css("th, td")) for row in table.css("tr"))
        reading = rows_of([Sheet("", rows)], columns)
        yield from reading.rows if reading else ()


def _link(heading: Selector, page: HtmlResponse) -> str:
    """Where a heading leads: by the link in it, or around it."""
    link = heading.css("a[href]") or heading.xpath("ancestor::a[@href][1]")
    return address_of(link[0], page) if link else ""
