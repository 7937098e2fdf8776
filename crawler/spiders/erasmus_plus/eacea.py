"""European Education and Culture Executive Agency: its lists of grants, one per programme."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.http import HtmlResponse

from crawler.platforms.ecl_detail import Facts
from crawler.platforms.ecl_spider import EclSpider
from crawler.platforms.listing import Entry

GRANTS = "https://www.eacea.ec.europa.eu/grants/2021-2027"
PROGRAMMES = {
    "/grants/2021-2027/erasmus": "ERASMUS+",
    "/grants/2021-2027/citizens-equality-rights-and-values": "CERV",
}
"""How the path of a grant begins -> key of its programme."""


class EaceaSpider(EclSpider):
    """Cards of calls with the badge of their state, under both generations of markup.

    The agency's general list of grants was gone (404) in May and September 2026, so each programme's list is read; one
    that is gone is a failure that names its address.
    """

    name = "eacea"
    lists = (f"{GRANTS}/erasmus_en", f"{GRANTS}/citizens-equality-rights-and-values-cerv_en")

    def programme_of(self, entry: Entry, page: HtmlResponse | None, facts: Facts, mentions: Sequence[str]) -> str:
        found = super().programme_of(entry, page, facts, mentions)
        return found or next((key for path, key in PROGRAMMES.items() if path in entry.url), "")
