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
CODE = (str, int)
FORMS: dict[str, type | tuple[type, ...]] = {
    "id": CODE,
    "otsikko": str,
    "tila": str,
    "hakuaika": dict,
    "viranomainen": CODE,
    "alue": CODE,
    "maakunnat": list,
    "jatkuvaHaku": bool,
}
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
        records = []
        for number, notice in enumerate(notices, start=1):
            odd = odd_in(notice)
            for name, value in odd.items():
                reference = str(notice.get("id")) if isinstance(notice, dict) else f"notice {number}"
                self.issue(reference, name, "is of another form than is known, so it was left out", str(value))
            if isinstance(notice, dict):
                records.append(written_out(notice, odd, data.get("koodisto")))
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


def odd_in(notice: Any) -> dict[str, Any]:
    """The fields of a notice whose values are not of the form they always had; a notice that is no object, whole."""
    if not isinstance(notice, dict):
        return {"records": notice}
    told = {name: notice[name] for name in FORMS if notice.get(name) is not None}
    odd = {name: value for name, value in told.items() if not isinstance(value, FORMS[name])}
    regions = told.get("maakunnat", [])
    if "maakunnat" not in odd and not all(isinstance(code, CODE) for code in regions):
        odd["maakunnat"] = regions
    return odd


def written_out(notice: dict[str, Any], odd: dict[str, Any], codes: Any) -> dict[str, Any]:
    """A notice with names for the codes of its authority and area, its address, and a word for a call without end.

    The area is the regions that it names; where it names none, or the whole country, it is the part of the country.
    """
    kept = {name: value for name, value in notice.items() if name not in odd}
    named = [name_of(codes, "maakunta", code) for code in kept.get("maakunnat") or ()]
    part = name_of(codes, "alue", kept.get("alue"))
    areas = [part] if kept.get("alue") == NATIONWIDE or not named else named
    written = {
        **kept,
        "viranomainen": name_of(codes, "viranomainen", kept.get("viranomainen")),
        "area": [] if odd.keys() & {"alue", "maakunnat"} else areas,
        "jatkuvaHaku": "jatkuva haku" if kept.get("jatkuvaHaku") is True else "",
    }
    return written | ({"url": f"{LIST}hakuilmoitus/{kept['id']}/"} if kept.get("id") else {})


def name_of(codes: Any, kind: str, code: Any) -> str:
    """The Finnish name of a code in the site's own list of codes; the code itself where it is not there."""
    entry = codes.get(kind, {}).get(str(code)) if isinstance(codes, dict) and code is not None else None
    name = entry.get("fi") or entry.get("nimi") if isinstance(entry, dict) else entry
    return str(name or code or "")
