"""European Social Fund Plus: the site's news, and the pages of its EaSI strand with the yearly work programmes."""

from crawler.platforms.ecl_spider import EclSpider

SITE = "https://european-social-fund-plus.ec.europa.eu/en"


class EsfPlusSiteSpider(EclSpider):
    """Languages are a first part of the path (`/en/news`). Calls themselves are on the portal and at ESFA; the work
    programmes on the pages for practitioners tell what is planned."""

    name = "esf_plus_site"
    lists = (f"{SITE}/news",)
    days_back = 400
    pages = (
        f"{SITE}/easi-practitioners",
        f"{SITE}/direct-management-easi",
        f"{SITE}/how-direct-management-works",
    )
