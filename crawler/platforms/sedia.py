"""Questions to the portal's search indexes and their answers, as the API really behaves. Pure: asks nothing itself.

The API wants a POST with file-like multipart parts: a plain form field is answered with 500, a `query` in the address
is ignored without a word. It answers with another page or page size than asked without an error, so both are checked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scrapy import Request
from scrapy.http import Response

SEARCH = "https://api.tech.ec.europa.eu/search-api/prod/rest/search"
PAGE_SIZE = 100
"""More is silently cut to this."""
WINDOW = 10_000
"""Rows reachable per query."""
MAX_BYTES = 64 * 1024 * 1024
"""A page is 2-3 MB. One monstrous description must not make the other 99 rows of its page unreadable."""
BOUNDARY = "----part-of-a-question-to-the-portal"

Query = dict[str, Any]
Row = dict[str, Any]
Key = tuple[str, str]
Order = Literal["ASC", "DESC"]


class BadAnswer(Exception):
    """An answer that is not the one asked for. `status` is the HTTP status it came with."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class View:
    """One record type of an index, read on its own, sorted by a field that is unique and on every row of the type."""

    name: str
    record_type: str | None
    """None for an index that holds one type only."""
    sort: str
    period: str | None = None
    """Only rows of this programmePeriod; None for types whose rows do not carry one."""
    index: str = "SEDIA"
    """The apiKey, which names an index and is no secret; its rows carry it as DATASOURCE."""
    programme_field: str = "frameworkProgramme"
    programmes: tuple[str, ...] = ()
    """Codes of the programmes to read; empty: those that the crawl was asked for."""
    fields: tuple[str, ...] = ()
    """Metadata that rows shall carry; empty: all."""


@dataclass(frozen=True)
class Answer:
    total: int
    rows: tuple[Row, ...]


def search_query(view: View, programmes: Sequence[str] = ()) -> Query:
    """All rows of a view that belong to the index's current data source, of these programmes (empty: of all)."""
    clauses = [terms("type", view.record_type)] if view.record_type else []
    clauses.append(terms("DATASOURCE", view.index))
    if view.period:
        clauses.append(terms("programmePeriod", view.period))
    if programmes:
        clauses.append(terms(view.programme_field, *programmes))
    return {"bool": {"must": clauses}}


def terms(field: str, *values: str) -> Query:
    return {"terms": {field: list(values)}}


def narrowed(query: Query, clause: Query, occur: Literal["must", "must_not"] = "must") -> Query:
    """The query with one more condition."""
    conditions = query["bool"]
    return {"bool": conditions | {occur: [*conditions.get(occur, []), clause]}}


def search_request(query: Query, view: View, order: Order = "ASC", page: int = 1, size: int = PAGE_SIZE) -> Request:
    """One page of a search. `languages` is sent always: without it each topic comes once per translation."""
    parts = {"query": query, "languages": ["en"], "sort": {"field": view.sort, "order": order}}
    if view.fields:
        parts["displayFields"] = list(view.fields)
    return Request(
        f"{SEARCH}?apiKey={view.index}&text=***&pageSize={size}&pageNumber={page}",
        method="POST",
        headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "application/json"},
        body=multipart(parts),
        meta={"download_maxsize": MAX_BYTES},
    )


def multipart(parts: dict[str, Any]) -> bytes:
    """Each part as a JSON file named `blob`, the form in which the portal's own pages send it."""
    pieces = [
        f"--{BOUNDARY}\r\n"
        f'Content-Disposition: form-data; name="{name}"; filename="blob"\r\n'
        f"Content-Type: application/json\r\n\r\n{json.dumps(value)}\r\n"
        for name, value in parts.items()
    ]
    return "".join([*pieces, f"--{BOUNDARY}--\r\n"]).encode()


def read_answer(response: Response, page: int, size: int = PAGE_SIZE) -> Answer:
    """The rows of one page. Raises BadAnswer for errors, for what is not JSON, and for another page than asked."""
    found = _read_json(response)
    if response.status != 200 or not isinstance(found.get("results"), list):
        said = f"{found.get('type', '')} {found.get('message', '')}".strip() or "no results"
        raise BadAnswer(f"page {page}: the search answered {response.status} ({said})", response.status)
    echoed = (found.get("pageNumber"), found.get("pageSize"))
    if echoed != (page, size):
        raise BadAnswer(f"page {page} of {size} rows asked, page {echoed[0]} of {echoed[1]} given", response.status)
    total = found.get("totalResults")
    if not isinstance(total, int) or any(not isinstance(row, dict) for row in found["results"]):
        raise BadAnswer(f"page {page}: totalResults is {total!r}, or a result is not an object", response.status)
    return Answer(total, tuple(found["results"]))


def _read_json(response: Response) -> dict[str, Any]:
    try:
        found = json.loads(response.body)
    except (ValueError, RecursionError) as error:
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        said = f"the search answered {response.status} with no JSON ({kind}): {error}"
        raise BadAnswer(said, response.status) from error
    if not isinstance(found, dict):
        raise BadAnswer(f"the search answered {response.status} with {type(found).__name__}", response.status)
    return found


def row_key(row: Row) -> Key:
    """Tells rows apart: a stub or copy may share its reference with the full row, never its checksum."""
    return str(row.get("reference") or ""), str(row.get("checksum") or "")


def values(row: Row, field: str) -> tuple[str, ...]:
    """A metadata field as texts. Every value of the index is a list of strings; what is not becomes one.

    Half surrogate pairs, which no file can hold, become question marks.
    """
    found = (row.get("metadata") or {}).get(field)
    many = found if isinstance(found, list) else [found]
    return tuple(str(value).encode("utf-8", "replace").decode() for value in many if value is not None)


def value(row: Row, field: str) -> str:
    """The first value of a metadata field; empty when there is none."""
    return next(iter(values(row, field)), "")
