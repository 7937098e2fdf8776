"""Portugal 2030: the calls that are open, scheduled and closed, by query, and the yearly plan of calls, a workbook."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from scrapy import FormRequest, Request

from crawler.platforms.json_records import BadRecords, records_in, values_at
from crawler.source import RawCall, RawLink, RawRecord
from crawler.spider import NoAnswer, WrongPage
from crawler.spiders.national.portugal_rounds import brought_together
from crawler.timetables.mapping import Field, load_mapping
from crawler.timetables.spider import TimetableSpider

SITE = "https://portugal2030.pt"
QUERY = f"{SITE}/wp-json/avisos/query"
PLAN = f"{SITE}/plano-anual-de-avisos/"
DOWNLOAD = f"{SITE}/wp-json/avisos/download"
STATES = {"6": "Agendado", "7": "Aberto", "8": "Fechado"}
"""estadoAvisoId -> its meaning. In the order of a call's life: one that moves on while it is read is met again."""
MAX_PAGES = 400
SHORT = 500
"""Bytes of the answer that says that there are no more pages."""
WORKBOOK = 'a[href*=".xlsx"], a[href*=".XLSX"]'


class Portugal(TimetableSpider):
    """All states are read to their end: which round of its title a call is shows only beside the earlier ones."""

    name = "portugal"

    async def read(self) -> AsyncIterator[RawRecord]:
        published: dict[str, RawCall] = {}
        days: dict[str, str] = {}
        planned: list[RawCall] = []
        try:
            for state in STATES:
                records = [record async for record in self._records(state)]
                for call in self._published(state, records):
                    published[call.reference] = call
                days |= {code: day for record in records for code, day in _publication(record)}
            planned = [call async for call in self._planned()]
        except NoAnswer as error:
            self.failures.append(str(error))
        for call in brought_together(list(published.values()), days, planned):
            yield call

    async def _records(self, state: str) -> AsyncIterator[Any]:
        """The records of all pages of a state, oldest first, so that new ones do not move the others while it reads."""
        met: set[str] = set()
        for number in range(MAX_PAGES):
            asked = {"page": str(number), "estadoAvisoId": state, "order_by_field": "publicacao"}
            body = await self.content(FormRequest(QUERY, formdata=asked | {"order_by_direction": "asc"}))
            place = f"{QUERY}, estadoAvisoId {state}, page {number}"
            found = _avisos(body, place)
            fresh = [record for record in found if json.dumps(record, default=str) not in met]
            if not found:
                return
            if not fresh:
                raise WrongPage(f"{place}: holds nothing that earlier pages did not")
            met |= {json.dumps(record, default=str) for record in fresh}
            for record in fresh:
                yield record
        raise WrongPage(f"{QUERY}, estadoAvisoId {state}: more than {MAX_PAGES} pages")

    def _published(self, state: str, records: list[Any]) -> Iterator[RawCall]:
        content = json.dumps([_prepared(record) for record in records], default=str).encode()
        mapping = self.mapping.holding({Field.STATUS: STATES[state]})
        documents = {code: _documents(record) for record in records for code in _codes(record)}
        for call in self.take(self.read_file(content, f"{QUERY}, estadoAvisoId {state}", mapping)):
            yield call.model_copy(update={"documents": documents.get(call.reference, ())})

    async def _planned(self) -> AsyncIterator[RawCall]:
        """The rows of the workbook that the plan's page links to; its name changes with every edition."""
        page = await self.page(PLAN, WORKBOOK)
        links = [str(page.urljoin(link.attrib["href"])) for link in page.css(WORKBOOK)]
        address = next((link for link in links if "plano" in link.casefold()), links[0])
        mapping = load_mapping(Path(__file__).with_name("portugal_plan.yml"))
        for call in self.take(self.read_file(await self.content(Request(address)), address, mapping)):
            yield call.model_copy(update={"url": PLAN})


def _avisos(body: bytes, place: str) -> list[Any]:
    """The records of a page; none behind the last, which answers 200 with a body that says 404. Raises WrongPage."""
    if len(body) < SHORT and body.lstrip().startswith(b"{") and b"No data found" in body:
        return []
    try:
        return list(records_in(body, "avisos", place))
    except BadRecords as error:
        raise WrongPage(str(error)) from error


def _codes(record: Any) -> Iterator[str]:
    yield from (str(code).strip() for code in values_at(record, "aviso.codigoAviso") if code)


def _publication(record: Any) -> Iterator[tuple[str, str]]:
    for code in _codes(record):
        yield code, next((str(day) for day in values_at(record, "calendario.dataPublicacao") if day), "")


def _prepared(record: Any) -> Any:
    """The record with the sum of its amounts, and with the end that holds now. A sum of zero means: not filled in."""
    if not isinstance(record, Mapping):
        return record
    amounts = [amount for amount in values_at(record, "estrutura.dotacao") if amount is not None]
    numbers = [amount for amount in amounts if isinstance(amount, int | Decimal)]
    total = sum(numbers, Decimal(0)) if len(numbers) == len(amounts) else amounts
    calendar = record.get("calendario")
    if isinstance(calendar, Mapping):
        calendar = {**calendar, "dataFimAtual": calendar.get("dataFimAtual") or calendar.get("dataFim")}
    return {**record, "dotacao": total or None, "calendario": calendar}


def _documents(record: Any) -> tuple[RawLink, ...]:
    """The text of the call in all its editions; annexes and answers to questions are left out."""
    links = []
    for document in values_at(record, "documentos"):
        found = document if isinstance(document, Mapping) else {}
        path, container = found.get("path"), found.get("container")
        if found.get("tipoDocumentoDesignacao") == "Aviso" and isinstance(path, str) and isinstance(container, str):
            address = f"{DOWNLOAD}?{urlencode({'path': path, 'container': container})}"
            links.append(RawLink(url=address, label=str(found.get("documentoDesignacao") or ""), language="pt"))
    return tuple(links)
