"""DG Migration and Home Affairs: its news, which announce calls of AMIF and of other funds, and the fund's pages."""

from crawler.platforms.ecl_spider import EclSpider

SITE = "https://home-affairs.ec.europa.eu"
FUNDS = f"{SITE}/funding/asylum-migration-and-integration-funds"


class HomeAffairsSpider(EclSpider):
    """News of all the department's fields, newest first, some of them on other hosts (press releases).

    The fund's pages explain and link to the portal. Whether the site has a list of calls was never seen.
    """

    name = "home_affairs"
    lists = (f"{SITE}/whats-new/news_en",)
    days_back = 400
    pages = (
        f"{FUNDS}/asylum-migration-and-integration-fund-2021-2027_en",
        f"{FUNDS}_en",
    )
