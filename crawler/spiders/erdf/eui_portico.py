"""Portico of the European Urban Initiative: one list with the calls of many issuers, everything said on its cards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import HtmlResponse

from crawler.pages import canonical
from crawler.platforms.listing import Entry, ListingSpider
from crawler.platforms.prose_pages import FILE, address_of, lines_of, one_line, shown_status, slug
from crawler.source import RawCall, RawLink
from matcher.model import CallKind

CARD = "article.node--type-call-for-proposals"
DEADLINE = re.compile(r"^Deadline(?: date)?\s*:\s*(.*\d.*)$", re.MULTILINE | re.IGNORECASE)
"""The label and its day stand in one line, or the day in the next."""
SUPPORT = re.compile(r"^Support(?: type)?\s*:\s*(\S.*)$", re.MULTILINE | re.IGNORECASE)
ISSUER = re.compile(r"^By\s+([^\W\d].{1,80}[^\s.])$", re.MULTILINE)
"""A short line of its own, mostly a link; no sentence."""
PROGRAMMES = {"European Urban Initiative": "EUI", "URBACT": "URBACT", "Interreg Europe": "INTERREG-EUROPE"}
"""Issuer -> programme, where the issuer is the programme; calls of others carry none."""
EXCHANGE = re.compile(r"\b(?:peer reviews?|city[- ]to[- ]city|exchanges?|capacity[- ]building)\b", re.IGNORECASE)
"""In the title of a call of the capacity building strand, which is open to towns of any size."""


class EuiPortico(ListingSpider):
    name = "eui_portico"
    lists = ("https://portico.urban-initiative.eu/urban-panorama/call-for-proposals",)
    list_landmark = CARD

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for card in page.css(CARD):
            title = one_line(card.css(".title-node"))
            if title:
                yield self._entry(card, title, page)
            else:
                self.issue(page.url, "title", "a card of the list has no '.title-node'", one_line(card))

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        following = page.css("a[rel~=next], .pager__item--next a[href]")
        return address_of(following[0], page) if following else None

    def needs_page(self, entry: Entry) -> bool:
        return False

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall:
        issuer, deadline = entry.facts["issuer"], entry.facts["deadline"]
        is_file = bool(FILE.search(urlsplit(entry.url).path))
        if not issuer:
            self.issue(entry.key, "programme", "the card names no issuer", entry.title)
        return RawCall(
            source=self.source.name,
            reference=entry.key,
            kind=CallKind.CALL,
            url=self.lists[0] if is_file else entry.url,
            fetched_at=self.fetched_at,
            language=self.source.language,
            title=entry.title,
            programme=_programme(issuer, entry.title),
            status=entry.label,
            deadlines=(deadline,) if deadline else (),
            description=entry.teaser,
            types_of_action=(entry.facts["support"],) if entry.facts["support"] else (),
            documents=(RawLink(url=entry.url, label=entry.title),) if is_file else (),
            sources=self.lists,
        )

    def _entry(self, card: Selector, title: str, page: HtmlResponse) -> Entry:
        """A card as an entry. It has no address of its own, so its issuer and its title tell it apart."""
        more = [link for link in card.css("a[href]") if one_line(link).casefold() == "find out more"]
        text = "\n".join(lines_of(card))
        linked = one_line(card.xpath(".//a[starts-with(normalize-space(), 'By ')]"))
        searched = {"issuer": ISSUER, "deadline": DEADLINE, "support": SUPPORT}
        facts = {name: found[1] if (found := shape.search(text)) else "" for name, shape in searched.items()}
        issuer = linked.removeprefix("By ") or facts["issuer"]
        return Entry(
            url=address_of(more[0], page) if more else canonical(page.url),
            title=title,
            teaser=_body(card),
            label=shown_status(card),
            facts=facts | {"issuer": issuer},
            key="/".join(filter(None, (slug(issuer), slug(title)))),
        )


def _programme(issuer: str, title: str) -> str:
    programme = PROGRAMMES.get(issuer, "")
    return "EUI-CAPACITY" if programme == "EUI" and EXCHANGE.search(title) else programme


def _body(card: Selector) -> str:
    """The card without its title, which would stand in the text twice."""
    body = Selector(card.get())
    body.css(".title-node").drop()
    return body.css(CARD).get() or ""
