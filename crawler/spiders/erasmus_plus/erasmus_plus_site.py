"""Erasmus+: the programme site's page of calls, and its news."""

from crawler.platforms.ecl_spider import EclSpider

SITE = "https://erasmus-plus.ec.europa.eu"


class ErasmusPlusSiteSpider(EclSpider):
    """English pages have no mark of the language, others begin with it (`/fr/…`).

    Nobody has seen whether the address of the calls shows cards, prose with links, or both, so it is read as both.
    """

    name = "erasmus_plus_site"
    lists = (f"{SITE}/funding-calls",)
    cards_needed = False
    pages = (f"{SITE}/funding-calls", f"{SITE}/erasmus-programme-guide")
