"""European Website on Integration: news on funding, of the EU, of states, and of private givers."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.http import HtmlResponse

from crawler.platforms.ecl_detail import Facts
from crawler.platforms.ecl_spider import EclSpider
from crawler.platforms.listing import Entry

NATIONAL = {"AMIF": "AMIF-NATIONAL", "ESF+": "ESF+-NATIONAL"}
"""A fund -> the part of it that states run."""


class EwsiSpider(EclSpider):
    """Calls stand among the news, most in English, a few in French or German; the site may move to another name.

    Money of private givers has no programme. An item that calls itself national funding and names a fund whose larger
    part states run belongs to that part, unless it names a code of the portal.
    """

    name = "ewsi"
    lists = ("https://migrant-integration.ec.europa.eu/news_en",)
    days_back = 400

    def programme_of(self, entry: Entry, page: HtmlResponse | None, facts: Facts, mentions: Sequence[str]) -> str:
        programme = super().programme_of(entry, page, facts, mentions)
        is_national = "national" in f"{entry.label} {entry.title}".casefold().split() and not mentions
        return NATIONAL.get(programme, programme) if is_national else programme
