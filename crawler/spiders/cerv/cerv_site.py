"""Citizens, Equality, Rights and Values: planning and work-programme documents, links to calls, contact points."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import HtmlResponse

from crawler.platforms.ecl_contacts import contact_points
from crawler.platforms.ecl_detail import files
from crawler.platforms.ecl_spider import EclSpider
from crawler.platforms.prose_pages import slug
from crawler.source import RawBody

PROGRAMME = (
    "https://commission.europa.eu/funding-and-tenders/find-funding/eu-funding-programmes/"
    "citizens-equality-rights-and-values-programme"
)
OVERVIEW = f"{PROGRAMME}/citizens-equality-rights-and-values-programme-overview"
CONTACTS = f"{OVERVIEW}/cerv-national-contact-points_en"


class CervSiteSpider(EclSpider):
    """Pages of prose, no lists. Of the contact points only organisation, country and web address are read."""

    name = "cerv_site"
    pages = (f"{PROGRAMME}_en", f"{OVERVIEW}_en", CONTACTS)

    def page_records(self, url: str, page: HtmlResponse) -> Iterator[RawBody]:
        if url == f"{OVERVIEW}_en" and not files(page):
            self.alarms.append(f"{url}: links to no document, so no planning could be read; has its markup changed?")
        if url != CONTACTS:
            return
        points = contact_points(page)
        for country in points.unread:
            self.issue(CONTACTS, "body", "no organisation can be told for this country", country)
        if not points.found:
            self.alarms.append(f"{CONTACTS}: no contact point could be read; has its markup changed?")
        for point in points.found:
            yield RawBody(
                source=self.name,
                reference=f"{slug(point.country)}/{slug(point.name)}",
                fetched_at=self.fetched_at,
                role="national_contact_point",
                programme=self.source.programme,
                country=point.country,
                name=point.name,
                url=point.url,
            )
