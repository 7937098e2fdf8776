"""What spiders share whose source gives each call a page of labels and values: read by the mapping beside the spider.

Knows no site: which labels a page has is said in the mapping, and where its list stands in the spider.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from html import escape

from parsel import Selector
from scrapy.http import HtmlResponse

from crawler.pages import reference_of
from crawler.platforms.labelled import said_under
from crawler.platforms.listing import Entry, ListingSpider
from crawler.platforms.prose_pages import documents_of, one_line
from crawler.source import RawCall
from crawler.timetables.calls import raw_calls
from crawler.timetables.entries import Cells, entry_of
from crawler.timetables.mapping import DATES, GATHERED, WORDY, Field
from crawler.timetables.spider import TimetableSpider
from crawler.timetables.told import retold, told_by

AROUND = "nav, footer, body > header, [role=navigation], [role=banner], [role=contentinfo], .breadcrumb"
"""What stands around the content of a page. No form: ASP.NET puts the whole page into one."""
APART = re.compile(r"\s*;\s*")
"""What parts values within one line on any site. What a comma parts is left to those who know the words."""
NEVER = re.compile(r"(?!)")


class CallPagesSpider(TimetableSpider, ListingSpider):
    """One call on each page. Its reference is what tells its page from others: it is there before a call has a code,
    and stays when the call opens.

    `Entry.facts` of a list count like labels of the page, behind it; `Entry.label` is the status that the list shows.
    """

    title_in = "h1"
    """CSS of the title on a call's page; where it is not there, and where this is empty, the list's title counts."""
    noise: re.Pattern[str] = NEVER
    """Lines that say nothing: buttons that open and close a text."""
    beside_dates: re.Pattern[str] = NEVER
    """What stands behind a date and is none: the days that are left."""
    until: re.Pattern[str] = NEVER
    """How a label that holds either end of a call's time marks the end. A planned call's lone day is when it opens."""

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        assert page is not None
        bare = page.copy()
        bare.css(AROUND).drop()
        said: dict[str, tuple[str, ...]] = {label: (text,) for label, text in entry.facts.items()}
        said |= said_under(bare.selector.root, [label for labels in self.mapping.columns.values() for label in labels])
        cells = {name: self._cells(name, labels, said) for name, labels in self.mapping.columns.items()}
        known = {Field.TITLE: self.title_of(entry, bare), Field.URL: entry.url, Field.STATUS: entry.label}
        cells |= {name: [*cells.get(name, ()), ("", [text])] for name, text in known.items()}
        read = entry_of(1, {name: places for name, places in cells.items() if places}, unit="page")
        found = raw_calls([read], self.mapping, self.file_at(entry.url, page.body))
        self.issues += found.issues
        return self.as_read(found.calls[0], entry, bare) if found.calls else None

    def title_of(self, entry: Entry, page: HtmlResponse) -> str:
        return (one_line(page.css(self.title_in)) if self.title_in else "") or entry.title

    def as_read(self, call: RawCall, entry: Entry, page: HtmlResponse) -> RawCall:
        """The call with what tells it apart and what its page links to. `page` is bare of its surroundings."""
        columns = {name: label for name, label in told_by(call).columns.items() if label}
        changes: dict[str, object] = {
            "reference": entry.key or reference_of(entry.url),
            "documents": documents_of(page),
        }
        lone = call.deadlines if len(call.deadlines) == 1 and not call.opening else ()
        if lone and not self.until.search(lone[0]) and self._is_planned(call):
            columns[Field.OPENING.value] = columns.pop(Field.DEADLINES.value, "")
            changes |= {"opening": lone[0], "deadlines": ()}
        return retold(call, {"row": None, "columns": columns}, changes)

    def _is_planned(self, call: RawCall) -> bool:
        return self.source.lookups.get("status", {}).get(call.status) == "forthcoming"

    def _cells(self, name: Field, labels: tuple[str, ...], said: Pairs[str, tuple[str, ...]]) -> Cells:
        lines = [
            (label, [line for line in said[label] if not self.noise.fullmatch(line)])
            for label in labels
            if label in said
        ]
        return [(label, self._texts(name, label, kept)) for label, kept in lines if kept]

    def _texts(self, name: Field, label: str, lines: list[str]) -> list[str]:
        """The values of a field: of one that has several, each line and what is parted within it; else the first."""
        if name is Field.DESCRIPTION:
            said = escape("\n".join(lines), quote=False)
            return [f"{label}: {said}" if len(self.mapping.columns[name]) > 1 else said]
        if name in DATES:
            return [self.beside_dates.sub("", lines[0]).strip()]
        if name in GATHERED:
            return [text for line in lines for text in APART.split(line) if text]
        return ["\n".join(lines)] if name in WORDY else lines[:1]


def row_of(link: Selector, heading: str = "h2, h3, h4") -> Selector | None:
    """The smallest element that holds a link of a list and the heading it belongs to; None where none does."""
    return next((row for row in reversed(link.xpath("ancestor::*")) if row.css(heading)), None)


def later_page(page: HtmlResponse, number: re.Pattern[str], here: int) -> str | None:
    """The nearest page behind page `here` of a list that this one links to; `number` finds a page's in its address."""
    links = {int(found[1]): link for link in page.css("a::attr(href)").getall() if (found := number.search(link))}
    nearest = min((at for at in links if at > here), default=None)
    return None if nearest is None else str(page.urljoin(links[nearest]))
