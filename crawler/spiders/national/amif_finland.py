"""Calls of Finland's AMIF programme on the site of the home affairs funds: a page each, rewritten when it opens."""

from __future__ import annotations

import re
from collections.abc import Iterable

import lxml.html
from scrapy.http import HtmlResponse

from crawler.platforms.labelled import said_under
from crawler.platforms.listing import Entry, ListingSpider
from crawler.platforms.prose_pages import address_of, content_of, one_line, prose_call, without_surroundings
from crawler.source import RawCall, RawNational

HOME = "https://eusa-rahastot2021.fi"
CALLS = re.compile(r"\bha(?:ku|ut|un)\b", re.IGNORECASE)
"""Links of the list that lead to a call: "AMIF-rahaston haku kevät 2027"."""
FUND = re.compile(r"\bAMIF\b|turvapaikka-, maahanmuutto- ja kotouttamisrahasto", re.IGNORECASE)
UNION = re.compile(r"unionin toimi|erityistoimi|komission järjestäm|-AG-", re.IGNORECASE)
"""The Commission's own calls, of which the site tells too: they are no national calls and stand in its portal."""
DAY = r"\d{1,2}\.\d{1,2}\.20\d\d(?: klo \d{1,2}[.:]\d\d)?"
PERIOD = re.compile(rf"alkaa (?P<opening>{DAY}) ja päättyy (?P<closing>{DAY})")
PLANNED = re.compile(r"alustavasti (?P<opening>[^.?!]{3,60}?20\d\d)\b")
OVER = re.compile(rf"\b(?:Haku|Hakuaika) on päättynyt (?P<closing>{DAY})")
CODE = re.compile(r"\bHakuilmoitus (AMIF \d{1,2}/20\d\d)\b")
AREA, WHO, GOALS = (
    "Mitä maantieteellistä aluetta haku koskee?",
    "Kuka voi hakea?",
    "Mitkä erityistavoitteet ovat haussa mukana?",
)
ENDS = ("Milloin haku on avoinna?", "Haettavan avustuksen kokonaismäärä", "Haussa jaettavat varat", "Hakuaika")
"""Headings that only end what stands under another."""
MAY_APPLY = re.compile(r"^Avustusta voivat hakea ")
MONEY = re.compile(
    r"\bhaussa on (?:jaettavana|myönnettävissä|haettavana)\D{0,40}(\d[\d\s.,]*(?:miljoonaa )?euroa)", re.I
)
WORDS = {"päättynyt": OVER, "hakuilmoitus": CODE, "alustava": PLANNED}
"""Status -> what shows it; the first that is on the page counts."""


class AmifFinland(ListingSpider):
    name = "amif_finland"
    lists = (f"{HOME}/haut",)
    list_landmark = "main"
    page_landmark = "main h1"

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        """The calls that the list links to, of all funds."""
        for link in content_of(without_surroundings(page)).css("a[href]"):
            url, title = address_of(link, page), one_line(link)
            if url.startswith(f"{HOME}/") and url != page.url and CALLS.search(title):
                yield Entry(url, title)

    def is_wanted(self, entry: Entry) -> bool:
        return bool(FUND.search(entry.title)) and not UNION.search(entry.title)

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        assert page is not None
        bare = without_surroundings(page)
        text, title = one_line(content_of(bare)), one_line(bare.css("main h1"))
        if UNION.search(title):
            return None
        (main,) = lxml.html.fromstring(bare.text).xpath("//main[1]")
        said = {label: " ".join(lines) for label, lines in said_under(main, (AREA, WHO, GOALS, *ENDS)).items()}
        period, over, planned, code, money = (p.search(text) for p in (PERIOD, OVER, PLANNED, CODE, MONEY))
        who = MAY_APPLY.sub("", said.get(WHO, "")).rstrip(".")
        opens, ends = period or (None if over else planned), period or over
        return prose_call(
            bare,
            title,
            self.source,
            self.fetched_at,
            identifier=code[1] if code else "",
            status=next((word for word, shown in WORDS.items() if shown.search(text)), ""),
            opening=opens["opening"] if opens else "",
            deadlines=(ends["closing"],) if ends else (),
            budget=money[1] if money else "",
            applicants=who,
            national=RawNational(
                country="FI",
                programme="Turvapaikka-, maahanmuutto- ja kotouttamisrahaston ohjelma 2021-2027",
                specific_objective=said.get(GOALS, ""),
                area=area_in(said.get(AREA, "")),
                applicants=(who,) if who else (),
                institution="Sisäministeriö",
                institution_url=HOME,
                file=page.url,
            ),
        )


def area_in(text: str) -> tuple[str, ...]:
    """The area that an answer names; "Haku on valtakunnallinen." is the whole country."""
    return ("valtakunnallinen",) if "valtakunnallinen" in text.casefold() else tuple(filter(None, (text.rstrip("."),)))
