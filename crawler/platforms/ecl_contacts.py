"""National contact points on a page of a Europa site: organisation, country and web address, never persons. Pure.

Nobody has seen the markup of such a page whole, so three layouts are read: a table, an accordion or headings that name
countries with text below, and cards. What is understood in none of them is named, so that it becomes an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsel import Selector
from scrapy.http import HtmlResponse

from crawler.normalise.places import country_named
from crawler.platforms.ecl import text_of

HEADINGS = (
    "main h2, main h3, main h4, main h5, main .ecl-accordion__toggle-title, main .ecl-accordion__toggle, main summary, "
    "main dt"
)
PERSONAL = re.compile(
    r"@|\+?\d[\d\s()./-]{6,}\d|\b(?:mr|mrs|ms|dr|prof|mme|m\.|frau|herr)\b\.?|"
    r"\b(?:tel|phone|fax|e-?mail|mobile|contact person)\b",
    re.IGNORECASE,
)
"""A mail address, a phone number, a title before a name, or the label of one of these."""
NO_ORGANISATION = re.compile(
    r"(?:https?://|www\.)\S*|(?:visit (?:the|our) )?web ?(?:site|page)|link|more|here", re.IGNORECASE
)
ORGANISATION = re.compile(r"organi[sz]ation|institution|contact point|authority|body|name|agency", re.IGNORECASE)
COUNTRY = re.compile(r"country|member state|state", re.IGNORECASE)


@dataclass(frozen=True)
class ContactPoint:
    country: str
    """As written."""
    name: str
    url: str = ""


@dataclass(frozen=True)
class ContactPoints:
    found: tuple[ContactPoint, ...]
    unread: tuple[str, ...]
    """Countries for which no organisation could be told."""


def contact_points(page: HtmlResponse) -> ContactPoints:
    """The contact points of all layouts of a page; each once."""
    read = dict.fromkeys([*_in_tables(page), *_under_headings(page)])
    found = tuple(point for point in read if point.name)
    told = {point.country for point in found}
    return ContactPoints(found, tuple(dict.fromkeys(point.country for point in read if point.country not in told)))


def _in_tables(page: HtmlResponse) -> Iterator[ContactPoint]:
    for table in page.css("main table"):
        head = [text_of(cell) for cell in table.xpath("(.//tr)[1]/*[self::th or self::td]")]
        country_at = next((i for i, text in enumerate(head) if COUNTRY.search(text)), 0)
        name_at = next((i for i, text in enumerate(head) if i != country_at and ORGANISATION.search(text)), None)
        for row in table.xpath(".//tr"):
            cells = list(row.xpath("./*[self::td or self::th]"))
            country = text_of(cells[country_at]) if len(cells) > country_at else ""
            if not country_named(country):
                continue
            others = [cell for i, cell in enumerate(cells) if i != country_at]
            named = [cells[name_at]] if name_at is not None and len(cells) > name_at else others
            yield ContactPoint(country, next(_names(named), ""), next(_web_addresses(others), ""))


def _under_headings(page: HtmlResponse) -> Iterator[ContactPoint]:
    for heading in page.css(HEADINGS):
        country = text_of(heading)
        if not country_named(country) or heading.xpath("ancestor::table"):
            continue
        blocks = _below(heading)
        items = [[item] for block in blocks for item in block.xpath("descendant-or-self::li")]
        points = [
            ContactPoint(country, next(_names(parts), ""), next(_web_addresses(parts), ""))
            for parts in items or [blocks]
        ]
        yield from [point for point in points if point.name] or [ContactPoint(country, "")]


def _below(heading: Selector) -> list[Selector]:
    """What belongs to a heading: what follows it up to the next; in an accordion, what follows the head of its item."""
    start = heading
    while not start.xpath("following-sibling::*") and start.xpath("parent::*[not(self::main)]"):
        start = start.xpath("parent::*")[0]
    below = []
    for part in start.xpath("following-sibling::*"):
        if part.root.tag in ("h1", "h2", "h3", "h4", "h5", "dt", "summary") or part.css("h2, h3, h4, h5, dt, summary"):
            break
        below.append(part)
    return below


def _names(parts: list[Selector]) -> Iterator[str]:
    """What may be the organisation's name, best first: the name of a link, what is set in bold, the first line."""
    for part in parts:
        links = part.css("a[href^='http']")
        lines = [" ".join(line.split()) for line in part.xpath(".//text()").getall()]
        for text in [*map(text_of, links), *map(text_of, part.css("strong, b")), *lines]:
            if len(text) > 2 and not PERSONAL.search(text) and not NO_ORGANISATION.fullmatch(text.strip(" :")):
                yield text


def _web_addresses(parts: list[Selector]) -> Iterator[str]:
    for part in parts:
        for link in part.css("a[href^='http']"):
            yield link.attrib["href"].strip()
