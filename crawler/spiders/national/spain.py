"""Spain: calls of the national database of grants (BDNS) that are paid with EU money, found by words of titles."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from scrapy import Request

from crawler.platforms.json_records import BadRecords, records_in, values_at
from crawler.source import RawLink, RawRecord
from crawler.spider import NoAnswer, WrongPage
from crawler.timetables.spider import TimetableSpider

SITE = "https://www.infosubvenciones.es/bdnstrans"
CALLS = f"{SITE}/api/convocatorias"
SEARCHES = (
    "FSE FSE+ FEDER FAMI europeo europea europeos cofinanciada cofinanciadas cofinanciado",
    "migrantes inmigrantes inmigración migración refugiados refugiadas asilo interculturalidad",
)
"""Words of titles, any of them. The database has no filter for funds, and few of its calls have to do with the EU."""
PAGE_SIZE = 50
MAX_PAGES = 6
"""Of each search, the newest calls first: at most 600 calls are looked into, at two seconds each."""
PERIOD = {"textInicio": "Inicio del plazo de solicitud", "textFin": "Fin del plazo de solicitud"}
KINDS = ("ESTADO", "AUTONOMICA", "AUTONÓMICA", "LOCAL", "OTROS")
"""What the first level of an issuing body says where it is no name."""


class Spain(TimetableSpider):
    """Which fund pays for a call stands in its own record only, so every call that was found is looked into."""

    name = "spain"

    async def read(self) -> AsyncIterator[RawRecord]:
        found: dict[str, bool] = {}
        try:
            for words in SEARCHES:
                found |= {number: mrr async for number, mrr in self._found(words)}
        except NoAnswer as error:
            self.failures.append(str(error))
        wanted = [number for number, mrr in found.items() if not mrr]
        records = [record async for record in self._records(wanted)]
        kept = [record for record in records if any(values_at(record, "fondos.descripcion"))]
        recovery, others = len(found) - len(wanted), len(records) - len(kept)
        self.notes.append(
            f"of {len(found)} calls found by words of their titles, {recovery} of the recovery facility and {others} "
            "that name no EU fund were left aside"
        )
        documents = {record["codigoBDNS"]: _documents(record) for record in kept}
        listed = self.read_file(json.dumps(kept, default=str).encode(), CALLS)
        self.issues += listed.issues
        for call in listed.calls:
            yield call.model_copy(update={"documents": documents.get(call.reference, ())})

    async def _found(self, words: str) -> AsyncIterator[tuple[str, bool]]:
        """Number of each call whose title has one of the words, and whether the recovery facility pays for it."""
        pages, met = 1, set[str]()
        for page in range(MAX_PAGES):
            if page >= pages:
                return
            url = _search_url(words, page)
            answer = _object(await self.content(Request(url)), url, "content")
            items = values_at(answer, "content")
            numbers = {_number(item): item.get("mrr") is True for item in items if _number(item)}
            if not numbers.keys() - met and (page or items):
                raise WrongPage(f"{url}: holds no call that earlier pages did not")
            for item in items:
                if not _number(item):
                    self.issue("", "numeroConvocatoria", f"{url}: an entry without a number", str(item))
            met |= numbers.keys()
            for number, mrr in numbers.items():
                yield number, mrr
            pages = _count(answer, "totalPages")
        if pages > MAX_PAGES:
            total = _count(answer, "totalElements")
            self.notes.append(f"{words.split()[0]} …: the newest {len(met)} of {total} calls found were looked into")

    async def _records(self, numbers: Iterable[str]) -> AsyncIterator[dict[str, Any]]:
        """The record of each call; one that cannot be read is an issue, the others go on."""
        for number in numbers:
            self.listed += 1
            url = _record_url(number)
            try:
                record = _object(await self.content(Request(url)), url, "descripcion")
            except NoAnswer as error:
                self.issue(number, "page", str(error))
                continue
            self.fetched += 1
            yield _prepared(record, number)


def _search_url(words: str, page: int) -> str:
    asked = {"vpd": "GE", "page": page, "pageSize": PAGE_SIZE, "order": "fechaRecepcion", "direccion": "desc"}
    return f"{CALLS}/busqueda?{urlencode(asked | {'descripcion': words, 'descripcionTipoBusqueda': 2})}"


def _record_url(number: str) -> str:
    return f"{CALLS}?{urlencode({'numConv': number, 'vpd': 'GE'})}"


def _object(body: bytes, url: str, landmark: str) -> dict[str, Any]:
    """The JSON object of an answer, which has the key `landmark`. Raises WrongPage."""
    try:
        answers = list(records_in(b"[" + body + b"]", "", url))
    except BadRecords as error:
        raise WrongPage(str(error)) from error
    answer = answers[0] if len(answers) == 1 else None
    if not isinstance(answer, dict) or landmark not in answer:
        raise WrongPage(f"{url}: no object with {landmark!r}, the answer begins with {body[:80]!r}")
    return answer


def _number(item: Any) -> str:
    return str(item.get("numeroConvocatoria") or "").strip() if isinstance(item, Mapping) else ""


def _count(answer: Mapping[str, Any], name: str) -> int:
    value = answer.get(name)
    return value if isinstance(value, int) else 0


def _prepared(record: dict[str, Any], number: str) -> dict[str, Any]:
    """The record with its body's levels as one name, its period in words as one text, and the page for a reader."""
    levels = [
        str(level).strip() for key in ("nivel1", "nivel2", "nivel3") for level in values_at(record, f"organo.{key}")
    ]
    period = [
        f"{label}: {record[key]}" for key, label in PERIOD.items() if isinstance(record.get(key), str) and record[key]
    ]
    return {
        **record,
        "codigoBDNS": str(record.get("codigoBDNS") or number),
        "convocante": " – ".join(level for level in levels if level not in ("", "None", *KINDS)),
        "plazo": "\n".join(period),
        "ficha": f"{SITE}/GE/es/convocatorias/{number}",
    }


def _documents(record: Mapping[str, Any]) -> tuple[RawLink, ...]:
    """The documents of the call and the page of its rules."""
    links = [
        RawLink(
            url=f"{CALLS}/documentos?{urlencode({'idDocumento': found['id']})}",
            label=str(found.get("descripcion") or ""),
        )
        for found in values_at(record, "documentos")
        if isinstance(found, Mapping) and found.get("id")
    ]
    rules = record.get("urlBasesReguladoras")
    if isinstance(rules, str) and rules.startswith(("https://", "http://")):
        links.append(RawLink(url=rules, label="Bases reguladoras"))
    return tuple(links)
