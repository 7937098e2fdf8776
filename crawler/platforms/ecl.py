"""Lists of sites built with the Europa component library (ECL): cards, pager, total. Pure; knows no single site.

Two generations of markup are live side by side, so a card is found by its title link and a title link by several marks.
Shape: theme openeuropa/oe_theme and pages seen by others; no list of these hosts was ever seen whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from parsel import Selector, SelectorList
from scrapy.http import HtmlResponse

from crawler.normalise.languages import EU_LANGUAGES
from crawler.platforms.listing import Entry

TITLE_LINK = (
    ".ecl-content-block__title a[href], a[data-ecl-title-link][href], [data-ecl-title-link] a[href], "
    ".ecl-content-item__title a[href], .ecl-card__title a[href], "
    "article.ecl-content-item h1 a[href], article.ecl-content-item h2 a[href], article.ecl-content-item h3 a[href], "
    ".ecl-content-item-block__item h3 a[href], article.ecl-card h1 a[href], article.ecl-card h3 a[href]"
)
CARD = (
    "ancestor::*[self::article or contains(concat(' ', normalize-space(@class), ' '), ' ecl-content-item-block__item ')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' ecl-card ')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' ecl-content-item ')][1]"
)
WITHOUT_TITLE = "main .ecl-content-item, main .ecl-content-item-block__item"
KIND_AND_DAY = ".ecl-content-block__primary-meta-item, .ecl-content-item__meta span, .ecl-content-item__meta li"
BADGE = ".ecl-label:not(.ecl-label--highlight)::text"
TEASER = ".ecl-content-block__description, .ecl-content-item__description, .ecl-card__description"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CLOCK = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
TOTAL = re.compile(r"\((\d{1,3}(?:[.,\s]?\d{3})*)\)\s*$")
PAGER = ".ecl-pager a::attr(href), .ecl-pagination a::attr(href), main nav a::attr(href), main a[rel~=next]::attr(href)"
PAGE_NUMBER = re.compile(r"[?&]page=(\d{1,5})(?:&|$)")
NOTHING_FOUND = re.compile(r"\bno results (?:have been |were )?found\b", re.IGNORECASE)
DEEPEST = 1500
"""Levels. The HTML parser leaves out what is nested more deeply than some 2000, and says nothing."""


@dataclass(frozen=True)
class Card(Entry):
    status: str = ""
    """The badge with the state of a call, as written: "Call status: Open"."""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """`facts` with the single values of each apart: a call may have several deadlines."""


@dataclass(frozen=True)
class Cards:
    cards: tuple[Card, ...]
    unreadable: tuple[str, ...]
    """Beginnings of cards that have no title with a link."""


def cards(page: HtmlResponse) -> Cards:
    """The cards of a list in its order, each once."""
    found: dict[str, Card] = {}
    for link in page.css(TITLE_LINK):
        address = address_of(link, page)
        if address and address not in found and link.xpath("ancestor::main"):
            found[address] = _card(_box(link), link, address)
    bare = [box for box in page.css(WITHOUT_TITLE) if not box.css(TITLE_LINK) and not box.xpath(CARD)]
    return Cards(tuple(found.values()), tuple(text_of(box)[:80] for box in bare))


def _box(link: Selector) -> Selector:
    """The card around a title link; its own surroundings where what looks like a card holds several titles."""
    card = link.xpath(CARD)
    titles = {title.attrib["href"] for title in card.css(TITLE_LINK)}
    return card[0] if len(titles) == 1 else link.xpath("parent::*")[0]


def _card(card: Selector, link: Selector, address: str) -> Card:
    meta = list(filter(None, map(text_of, card.css(KIND_AND_DAY))))
    stamps = card.xpath(".//time[not(ancestor::dl)]/@datetime").getall()
    values = described(card)
    return Card(
        url=address,
        title=text_of(link),
        teaser=text_of(card.css(TEASER)[:1]),
        label=" | ".join(text for text in meta if not YEAR.search(text)),
        day=next(iter(stamps or filter(YEAR.search, meta)), ""),
        facts={label: " | ".join(texts) for label, texts in values.items()},
        status=" ".join(card.css(BADGE).get("").split()),
        values=values,
    )


def described(part: Selector | HtmlResponse) -> dict[str, tuple[str, ...]]:
    """The description lists of a part of a page: label -> its values, as written."""
    facts: dict[str, tuple[str, ...]] = {}
    for label in part.css("dl.ecl-description-list dt, dl.ecl-description-list--horizontal dt"):
        values = label.xpath("following-sibling::*[1][self::dd]")
        if values and text_of(label):
            facts.setdefault(text_of(label), _values(values[0]))
    return facts


def _values(definition: Selector) -> tuple[str, ...]:
    """The values of a fact. A time that shows a clock is taken from its attribute, where that has an offset.

    The attribute of a mere day says noon UTC, which nobody meant.
    """
    times = definition.css("time")
    if times:
        return tuple(filter(None, (_moment(time) for time in times)))
    blocks = definition.xpath(".//*[self::div or self::li or self::p][not(.//div or .//li or .//p)]")
    lines = [line for block in blocks or [definition] for line in _lines(block)]
    return tuple(part.strip() for line in lines for part in line.split(" | ") if part.strip())


def _lines(block: Selector) -> list[str]:
    """The text of an element, cut where a line ends and the next one has a year of its own."""
    parts = (part.get() for part in block.xpath(".//text() | .//br"))
    text = "".join("\n" if part.startswith("<br") else re.sub(r"\s+", " ", part) for part in parts)
    lines: list[str] = []
    for line in (" ".join(line.split()) for line in text.split("\n")):
        if lines and not YEAR.search(line):
            lines[-1] = f"{lines[-1]} {line}".strip()
        else:
            lines.append(line)
    return lines


def _moment(time: Selector) -> str:
    shown, stamp = text_of(time), time.attrib.get("datetime", "").strip()
    has_offset = re.search(r"T\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$", stamp)
    return stamp if has_offset and CLOCK.search(shown) else shown or stamp


def next_page(page: HtmlResponse, number: int) -> str | None:
    """The address of the page behind page `number`, counted from 0; None on the last one."""
    links = page.css(PAGER).getall()
    numbered: dict[int, str] = {}
    for link in links:
        value = PAGE_NUMBER.search(link)
        if value:
            numbered.setdefault(int(value[1]), urljoin(page.url, link))
    further = [other for other in numbered if other > number]
    return re.sub(r"([?&]page=)\d+", rf"\g<1>{number + 1}", numbered[min(further)]) if further else None


def announced(page: HtmlResponse) -> int | None:
    """The number of entries that a heading of the list gives, as in "News (57)"; None where no single one does."""
    headings = page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4][not(.//a)][not(ancestor::form)]")
    totals = {found[1] for heading in headings if (found := TOTAL.search(text_of(heading)))}
    return int(re.sub(r"\D", "", totals.pop())) if len(totals) == 1 else None


def says_it_is_empty(page: HtmlResponse) -> bool:
    return bool(NOTHING_FOUND.search(text_of(page.css("main")[:1])))


def is_too_deep(page: HtmlResponse) -> bool:
    """Whether a page is nested so deeply that the parser may have left something out."""
    return page.xpath(f"boolean({'/*' * DEEPEST})").get() == "1"


def language_of(page: HtmlResponse) -> str:
    """ISO 639-1, as the page or else its address says; empty where neither does."""
    declared = (page.xpath("/html/@lang").get() or "")[:2].lower()
    return declared if declared in EU_LANGUAGES else language_in(page.url)


def language_in(url: str) -> str:
    """The language in an address of these sites: `/news_fr`, `/fr/news`; empty for `/news`, which is English there."""
    parts = [part for part in urlsplit(url).path.lower().split("/") if part]
    candidates = [parts[0], re.sub(r"^.*_(?=[a-z]{2}$)", "", parts[-1])] if parts else []
    return next((code for code in candidates if code in EU_LANGUAGES), "")


def address_of(link: Selector, page: HtmlResponse) -> str:
    """The absolute address a link leads to; empty for one that is no web address."""
    try:
        address = urljoin(page.url, link.attrib.get("href", "").strip())
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def text_of(part: Selector | SelectorList[Selector]) -> str:
    """The text of a selector or of the first of a list, in one line; empty for an empty list."""
    return " ".join((part.xpath("string(.)").get() or "").split())
