"""What a page says that tells a call in prose: title, text, documents, official codes. Pure; knows no site's markup.

What the prose says of dates and money is left to normalise.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector, SelectorList
from scrapy.http import HtmlResponse

from crawler.announcements import mentions_in
from crawler.pages import canonical, reference_of
from crawler.source import RawCall, RawLink, Source
from matcher.model import CallKind

AROUND = (
    "nav, footer, form, script, style, noscript, body > header, [role=navigation], [role=banner], [role=contentinfo], "
    "[role=dialog], [role=tablist], .nav-tabs"
)
"""What stands around the content of a page on every site: HTML elements, WAI-ARIA roles, the tabs of Bootstrap."""
FILE = re.compile(r"\.(?:pdf|docx?|xls[xm]?|pptx?|od[ts]|zip)$", re.IGNORECASE)
STATUSES = ("Open", "Upcoming", "Forthcoming", "Closed")
"""Labels of these sites that stand in a line of their own."""


def prose_call(bare: HtmlResponse, title: str, source: Source, fetched_at: datetime, **stated: Any) -> RawCall:
    """The call that a page, bare of its surroundings, is about; `stated` goes before what is read from the text."""
    content = content_of(bare)
    found: dict[str, Any] = {
        "reference": reference_of(bare.url),
        "language": language_of(bare, source),
        "programme": source.programme,
        "status": shown_status(content),
        "description": content.get() or "",
        "documents": documents_of(bare),
        "mentions": mentions_of(bare),
    }
    return RawCall(
        source=source.name,
        kind=CallKind.CALL,
        url=canonical(bare.url),
        title=title,
        fetched_at=fetched_at,
        **found | stated,
    )


def without_surroundings(page: HtmlResponse) -> HtmlResponse:
    """The page without menus, forms, scripts and footers; the page given stays as it is."""
    bare = page.copy()
    bare.css(AROUND).drop()
    return bare


def content_of(page: HtmlResponse) -> SelectorList[Selector]:
    """The main element of a page; its body where the site marks none."""
    return page.css("main, [role=main]") or page.css("body")


def one_line(found: SelectorList[Selector] | Selector) -> str:
    """The text of an element (of several: the first) on one line; empty where there is none."""
    first = found[:1] if isinstance(found, SelectorList) else found
    return " ".join(" ".join(first.xpath(".//text()").getall()).split())


def lines_of(found: SelectorList[Selector] | Selector) -> list[str]:
    """The pieces of text of an element, as they stand between tags."""
    first = found[:1] if isinstance(found, SelectorList) else found
    return [line for text in first.xpath(".//text()").getall() if (line := " ".join(text.split()))]


def blocks_of(page: HtmlResponse, kinds: str = "h1, h2, h3, h4, p, li") -> list[str]:
    """The text of each heading, paragraph and list item of a page, one line each."""
    return [line for block in page.css(kinds) if (line := one_line(block))]


def shown_status(found: SelectorList[Selector] | Selector) -> str:
    """The label of status that stands in a line of its own; empty where none does."""
    return next((line for line in lines_of(found) if line in STATUSES), "")


def language_of(page: HtmlResponse, source: Source) -> str:
    """ISO 639-1 of the page as it says itself, else of the source."""
    return (page.xpath("/html/@lang").get() or source.language)[:2].lower()


def documents_of(page: HtmlResponse) -> tuple[RawLink, ...]:
    """The links to files on a page, each address once, with the text of the link as label."""
    found: dict[str, RawLink] = {}
    for link in page.css("a[href]"):
        url = address_of(link, page)
        if FILE.search(urlsplit(url).path) and url not in found:
            language = (link.attrib.get("hreflang") or "")[:2].lower()
            found[url] = RawLink(url=url, label=one_line(link), language=language)
    return tuple(found.values())


def mentions_of(page: HtmlResponse) -> tuple[str, ...]:
    """Official codes that a page names in its text or by linking to the portal."""
    return mentions_in(one_line(page.css("body")), (address_of(link, page) for link in page.css("a[href]")))


def address_of(link: Selector, page: HtmlResponse) -> str:
    """The absolute address a link leads to, without fragment; empty for one that is no address."""
    try:
        return str(page.urljoin((link.attrib.get("href") or "").strip())).partition("#")[0]
    except ValueError:
        return ""


def slug(text: str) -> str:
    """A name as part of a reference: `4th EUI Call (Innovative Actions)` -> `4th-eui-call-innovative-actions`."""
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))
