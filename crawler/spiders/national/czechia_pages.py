"""The list of calls on dotaceeu.cz and the page of one of them. Pure; knows where values stand, not what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from scrapy.http import Response, TextResponse

from crawler.pages import NO_CONTENT, title_of
from crawler.spider import WrongPage

PERIOD = "obdobi-2021-2027"
"""In the addresses of calls of this period."""
OVER = ("uzavřená", "ukončená", "zrušená")
LABELS = (
    "Číslo výzvy",
    "Druh výzvy",
    "Programové období",
    "Operační program",
    "Prioritní osa",
    "Oprávnění žadatelé",
    "Zpřístupnění žádosti o podporu",
    "Zahájení příjmu žádostí",
    "Ukončení příjmu žádostí",
    "Více informací na",
    "Stav výzvy",
)
"""Each stands before its value, in whatever element; the value ends with the next of them."""


@dataclass(frozen=True)
class Tile:
    """An entry of the list."""

    url: str
    state: str

    @property
    def is_wanted(self) -> bool:
        return PERIOD in self.url.casefold() and self.state.casefold() not in OVER


@dataclass(frozen=True)
class CallPage:
    url: str
    code: str
    title: str
    applicants: tuple[str, ...]
    priority: str


def read_tiles(response: Response) -> list[Tile]:
    """The calls in a piece of the list; none behind its end. Raises WrongPage for an error page."""
    if response.status != 200 or not isinstance(response, TextResponse):
        raise WrongPage(f"{response.url}: answered {response.status}, where a piece of the list of calls was expected")
    items = response.css("li.js-ajax-item")
    if not items and NO_CONTENT.match(title_of(response)):
        raise WrongPage(f"{response.url}: is an error or login page by its title {title_of(response)!r}")
    return [
        Tile(urljoin(response.url, address), " ".join(item.css("span.tag::text").get("").split()))
        for item in items
        if (address := item.xpath(".//a[h3]/@href").get())
    ]


def read_page(response: TextResponse) -> CallPage:
    """What the page of a call says. Raises WrongPage for one without the number of a call."""
    told = _told(response)
    code = " ".join(told.get("Číslo výzvy", ()))
    if not code:
        raise WrongPage(f"{response.url}: has no 'Číslo výzvy', so it is no page of a call")
    title = " ".join(" ".join(response.css("h1 ::text").getall()).split())
    applicants = tuple(told.get("Oprávnění žadatelé", ()))
    return CallPage(response.url, code, title, applicants, " ".join(told.get("Prioritní osa", ())))


def _told(response: TextResponse) -> dict[str, list[str]]:
    """Label -> the texts after it."""
    found: dict[str, list[str]] = {}
    label = ""
    for text in response.xpath("//body//text()[not(parent::script or parent::style)]").getall():
        words = " ".join(text.split())
        if words.rstrip(":") in LABELS:
            label = words.rstrip(":")
        elif words and label:
            found.setdefault(label, []).append(words)
    return found
