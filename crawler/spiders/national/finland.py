"""Notices of Finland's EURA 2021: all in the data of one page, the text of each that is not over on its own page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import lxml.html
from scrapy import Request

from crawler.pages import readable
from crawler.platforms.json_state import PREACT, BadState, state_in
from crawler.platforms.labelled import said_under
from crawler.source import RawCall
from crawler.spider import NoAnswer, WrongPage
from crawler.timetables.calls import File
from crawler.timetables.readers import read_list
from crawler.timetables.spider import TimetableSpider

LIST = "https://eura2021.fi/hakuilmoitukset/"
OVER = "paattynyt"
NATIONWIDE = "VALTAKUNNALLINEN"
TOLD = ("Hankehaun kuvaus", "Käytettävissä oleva myöntövaltuus", "Toimintalinja", "Erityistavoite")
"""Labels on the page of a notice whose text is taken over."""
AROUND = (
    *("Rahasto", "Hakutunnus", "Alkaa", "Päättyy", "Haun kohdealue", "Maakunnat", "Valintaperusteet"),
    *("Valintaperusteet ja pisteytysmalli", "Hakeminen", "Lisätiedot", "Lainsäädäntö", "Mer information"),
)
"""Labels that only end what stands under another."""


class Finland(TimetableSpider):
    name = "finland"

    async def read(self) -> AsyncIterator[RawCall]:
        try:
            file, records = await self._listed()
        except NoAnswer as error:
            self.failures.append(str(error))
            return
        for record in records:
            if record.get("tila") != OVER and "url" in record:
                self.listed += 1
                self.fetched += await self._told(record)
        found = read_list(json.dumps({"notices": records}).encode(), self.mapping, file)
        self.issues += found.issues
        codes = {str(record.get("id")): str(record.get("hakutunnus") or "") for record in records}
        for call in found.calls:
            # The number is the notice's own from the start; its code, which people know it by, may come later.
            yield call.model_copy(update={"identifier": codes.get(call.reference) or call.identifier})

    async def _listed(self) -> tuple[File, list[dict[str, Any]]]:
        """The notices of the list, codes written out. Raises WrongPage for a page without them, NoAnswer, Refused."""
        response = await self.fetch(Request(LIST))
        if response.status != 200:
            raise WrongPage(f"{LIST}: answered {response.status}")
        try:
            state = state_in(response, PREACT)
        except BadState as error:
            raise WrongPage(str(error)) from error
        given = state.get("preRenderData") if isinstance(state, dict) else None
        data = given if isinstance(given, dict) else {}
        notices = data.get("hankehaku")
        if not isinstance(notices, list) or not notices:
            raise WrongPage(f"{LIST}, {PREACT}: no notices under preRenderData.hankehaku, found {str(notices)[:60]!r}")
        records = [written_out(notice, data.get("koodisto")) for notice in notices if isinstance(notice, dict)]
        if len(records) < len(notices):
            self.issue(LIST, "records", "notices that are no objects were left out", str(len(notices) - len(records)))
        return self.file_at(LIST, response.body), records

    async def _told(self, record: dict[str, Any]) -> bool:
        """Add what the page of a notice says; False, with an issue, when that page could not be read."""
        try:
            page = readable(await self.page(record["url"], "main h1"))
        except NoAnswer as error:
            self.issue(str(record["id"]), "page", str(error), str(record.get("otsikko")))
            return False
        (main,) = lxml.html.fromstring(page.text).xpath("//main[1]")
        said = said_under(main, (*TOLD, *AROUND))
        record |= {label: "\n".join(said[label]) for label in TOLD if label in said}
        return True


def written_out(notice: dict[str, Any], codes: Any) -> dict[str, Any]:
    """A notice with names for the codes of its authority and area, its address, and a word for a call without end.

    The area is the regions that it names; where it names none, or the whole country, it is the part of the country.
    """
    regions = notice.get("maakunnat")
    named = [name_of(codes, "maakunta", code) for code in regions] if isinstance(regions, list) else []
    part = name_of(codes, "alue", notice.get("alue"))
    written = {
        **notice,
        "viranomainen": name_of(codes, "viranomainen", notice.get("viranomainen")),
        "area": [part] if notice.get("alue") == NATIONWIDE or not named else named,
        "jatkuvaHaku": "jatkuva haku" if notice.get("jatkuvaHaku") is True else "",
    }
    return written | ({"url": f"{LIST}hakuilmoitus/{notice['id']}/"} if notice.get("id") else {})


def name_of(codes: Any, kind: str, code: Any) -> str:
    """The Finnish name of a code in the site's own list of codes; the code itself where it is not there."""
    entry = codes.get(kind, {}).get(str(code)) if isinstance(codes, dict) and code is not None else None
    name = entry.get("fi") or entry.get("nimi") if isinstance(entry, dict) else entry
    return str(name or code or "")
