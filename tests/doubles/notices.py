"""A made-up source, the smallest on the base of lists: a board of notices, and the site it is read from."""

from __future__ import annotations

from collections.abc import Iterable

from scrapy.http import HtmlResponse

from crawler.pages import reference_of
from crawler.platforms.listing import Entry, ListingSpider
from crawler.source import RawCall, RawLink, Source
from matcher.model import CallKind
from tests.doubles.replay import Page

HOST = "notices.example"
BOARD = f"https://{HOST}/board"
SOURCE = Source.model_validate(
    {
        "name": "notices",
        "title": "Notices",
        "publisher": "nobody",
        "url": BOARD,
        "licence": "facts",
        "tier": "official_record",
        "funds": ["AMIF"],
        "frequency": "daily",
        "hosts": [HOST],
        "programme": "AMIF",
        "expect": {"min": 1, "max": 50},
    }
)


class NoticesSpider(ListingSpider):
    name = "notices"
    lists = (BOARD,)
    list_landmark = "ol.notices"
    page_landmark = "article.notice"

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for link in page.css("ol.notices > li > a"):
            yield Entry(page.urljoin(link.attrib["href"]), link.css("::text").get(""))

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        after = page.css("a.next::attr(href)").get()
        return page.urljoin(after) if after else None

    def announced_in(self, page: HtmlResponse) -> int | None:
        total = page.css("b.total::text").get()
        return int(total) if total else None

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        assert page is not None
        return RawCall(
            source=self.source.name,
            reference=reference_of(entry.url),
            kind=CallKind.CALL,
            url=entry.url,
            fetched_at=self.fetched_at,
            title=entry.title,
            programme=self.source.programme,
            deadlines=tuple(page.css("time::text").getall()),
            description=page.css("article.notice").get(""),
            documents=tuple(RawLink(url=page.urljoin(href)) for href in page.css("a.file::attr(href)").getall()),
        )


def board(names: Iterable[str], after: str = "", total: int | None = None, url: str = BOARD) -> Page:
    """A page of the list; `after`: the address behind it."""
    entries = "".join(f'<li><a href="/notice/{name}">Notice {name}</a></li>' for name in names)
    further = f'<a class="next" href="{after}">next</a>' if after else ""
    counted = "" if total is None else f'<b class="total">{total}</b>'
    return page(url, f'{counted}<ol class="notices">{entries}</ol>{further}', "The board")


def notice(name: str, text: str = "") -> Page:
    body = f'<article class="notice"><h1>Notice {name}</h1><time>15 June 2027</time>{text}</article>'
    return page(f"https://{HOST}/notice/{name}", body, f"Notice {name}")


def page(url: str, body: str, title: str) -> Page:
    whole = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return Page(url, whole.encode())
