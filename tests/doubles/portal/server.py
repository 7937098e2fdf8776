"""The local double of the portal over a real socket: search, topicDetails, grantsTenders.json and robots.txt."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from aiohttp import BodyPartReader, web

from tests.doubles.portal import projects, rows, truth
from tests.doubles.portal.search import InvalidQuery, Question, find, page_of
from tests.doubles.portal.traps import Trap

SEARCH = "/search-api/prod/rest/search"
DATA = "/info/funding-tenders/opportunities/data"
DOCUMENTS = "/info/funding-tenders/opportunities/docs"
THROWABLE = {"type": "throwable", "message": "An internal error occurred"}
HOSTS = ("api.tech.ec.europa.eu", "ec.europa.eu")
ROBOTS = "User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True)
class Visit:
    """One request as the server saw it."""

    moment: float
    """Seconds on the monotonic clock."""
    method: str
    path: str
    status: int
    agent: str


@dataclass
class Portal:
    """Start with `with Portal(traps) as portal:`; `host_map` goes into FUNDING_HOST_MAP.

    `recorded`: rows to serve instead of the invented ones. `robots`: status and text of robots.txt.
    """

    traps: frozenset[Trap] = frozenset()
    window: int = 10_000
    port: int = 0
    retry_after: int = 1
    robots: tuple[int, str] = (200, ROBOTS)
    recorded: list[dict] | None = None
    projects: list[projects.Funded] | None = None
    """Funded projects to serve instead of the usual ones."""
    broken_programme: str = ""
    """A search for projects of this programme is answered with errors."""
    grants: tuple[int, float] = (200, 1.0)
    """Status of grantsTenders.json, and the share of it that is sent."""
    fail_from: int | None = None
    """From this search on, only errors."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Call documents by their path below `DOCUMENTS`."""
    visits: list[Visit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._topics = truth.topics()
        self._actions = truth.external_actions()
        self._cascades = truth.cascade_calls([t for t in self._topics if t.programme == "43251589"])
        self._news = truth.news(self._topics)
        self._searches = 0
        self._last_asked: tuple[int, str] | None = None
        self._last_found: list[dict] = []
        self._late: list[truth.Truth] = []
        self._rows = self.recorded if self.recorded is not None else self._build_rows()
        self.projects = projects.funded() if self.projects is None else self.projects
        self.project_rows = [projects.project_row(one) for one in self.projects]
        self.project_rows += [projects.indexed_again(row) for row in self.project_rows[4:60:8]]
        self.project_rows += self.project_rows[6:60:10]  # listed twice

    @property
    def calls(self) -> list[truth.Truth]:
        """The live records, in fact."""
        return [*self._topics, *self._late, *self._actions, *self._cascades]

    @property
    def topics(self) -> list[truth.Truth]:
        return [*self._topics, *self._late]

    @property
    def news(self) -> list[truth.News]:
        return list(self._news)

    def rows_of_type(self, record_type: str) -> list[dict]:
        return [row for row in self._rows if row["metadata"]["type"] == [record_type]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host_map(self) -> str:
        return ",".join(f"{host}={self.address}" for host in HOSTS)

    def restate(self, topics: Iterable[truth.Truth]) -> None:
        """From now on these are its topics, and nothing else is on it: what a later crawl finds."""
        self._topics, self._actions, self._cascades, self._news = list(topics), [], [], []
        self._rows, self._last_asked = self._build_rows(), None

    def asked(self, path: str) -> list[Visit]:
        return [visit for visit in self.visits if visit.path.startswith(path)]

    def _build_rows(self) -> list[dict]:
        topics = [rows.topic_row(topic, self._topics) for topic in self._topics]
        found = [*topics, *(rows.external_action_row(a, n) for n, a in enumerate(self._actions))]
        found += [rows.cascade_row(call) for call in self._cascades]
        programmes = {topic.identifier: topic.programme for topic in self._topics}
        found += [rows.news_row(item, programmes[item.identifier]) for item in self._news]
        found += [rows.translation(row, language) for row in topics for language in ("sv", "nl")]
        found += [_of_the_last_period(row) for row in topics[:5]]
        if Trap.LEGACY_COPIES in self.traps:
            found += [rows.legacy_copy(row) for row in topics[::3]]
        if Trap.LEGACY_LEAKS in self.traps:
            found += [rows.legacy_copy(row, leaking=True) for row in topics[1::10]]
        if Trap.STUBS in self.traps:
            found += [rows.stub(row) for row in topics[::8]]
        return found

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("the portal's double did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.run(self._run(ready))

    async def _run(self, ready: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application(middlewares=[self._note])
        app.router.add_route("*", SEARCH, self._search)
        app.router.add_get(f"{DATA}/topicDetails/{{name}}.json", self._details)
        app.router.add_get(f"{DATA}/referenceData/grantsTenders.json", self._grants)
        app.router.add_get(f"{DOCUMENTS}/{{path:.+}}", self._document)
        app.router.add_get("/robots.txt", self._robots)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        ready.set()
        await self._stop.wait()
        await runner.cleanup()

    @web.middleware
    async def _note(self, request: web.Request, handler) -> web.StreamResponse:
        moment = time.monotonic()
        status = 500
        try:
            response = await handler(request)
            status = response.status
            return response
        except web.HTTPException as error:
            status = error.status
            raise
        finally:
            agent = request.headers.get("User-Agent", "")
            self.visits.append(Visit(moment, request.method, request.path, status, agent))

    async def _robots(self, request: web.Request) -> web.Response:
        status, text = self.robots
        return web.Response(status=status, text=text)

    async def _search(self, request: web.Request) -> web.Response:
        self._searches += 1
        if Trap.ALL_ERRORS in self.traps or (self.fail_from and self._searches >= self.fail_from):
            return web.json_response(THROWABLE, status=500)
        if request.method != "POST" and Trap.GET_REFUSED in self.traps:
            return web.json_response({"type": "businessError", "message": "Method not allowed"}, status=405)
        if Trap.TOO_MANY_REQUESTS in self.traps and self._searches % 60 == 2:
            return web.Response(status=429, headers={"Retry-After": str(self.retry_after)})
        if Trap.HTML_PAGE in self.traps and self._searches % 20 == 10:
            return web.Response(text="<html><body>We are back soon</body></html>", content_type="text/html")
        try:
            parts = await self._read_parts(request)
            if self.broken_programme and self.broken_programme in json.dumps(parts.get("query", {})):
                return web.json_response(THROWABLE, status=500)
            return self._answer(request, parts)
        except NotFileLike:
            return web.json_response(THROWABLE, status=500)
        except InvalidQuery as error:
            return web.json_response({"type": "businessError", "message": str(error)}, status=400)

    async def _read_parts(self, request: web.Request) -> dict:
        """Parts by name. Strict: a file name and application/json on each, or it is an internal error there."""
        if not request.content_type.startswith("multipart/"):
            if Trap.QUERY_IN_URL not in self.traps and "query" in request.query:
                return {"query": json.loads(request.query["query"])}
            return {}
        found = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            is_file = part.filename and part.headers.get("Content-Type", "").startswith("application/json")
            if not is_file and Trap.PLAIN_FIELDS in self.traps:
                raise NotFileLike
            found[part.name] = json.loads(await part.text())
        return found

    def _answer(self, request: web.Request, parts: dict) -> web.Response:
        question = Question(
            query=parts.get("query"),
            languages=parts.get("languages"),
            sort=parts.get("sort"),
            page=int(request.query.get("pageNumber", "1")),
            size=int(request.query.get("pageSize", "50")),
            number=self._searches,
        )
        if Trap.MOVING_TOTALS in self.traps and question.page == 2 and not self._late:
            self._late = [truth.latecomer()]
            self._rows = [*self._rows, rows.topic_row(self._late[0], self._late)]
        if Trap.WRONG_PAGE_SIZE in self.traps and self._searches % 20 == 15:
            question = Question(**vars(question) | {"size": 50})
        key = request.query.get("apiKey", "")
        if key not in ("SEDIA", projects.INDEX):
            raise InvalidQuery(f"no index {key!r}")
        found = self._find(self._rows if key == "SEDIA" else self.project_rows, question)
        body = json.dumps(self._envelope(question, found, parts.get("displayFields")))
        if Trap.TRUNCATED_JSON in self.traps and self._searches % 20 == 5:
            body = body[: len(body) // 2]
        return web.Response(text=body, content_type="application/json")

    def _find(self, rows: list[dict], question: Question) -> list[dict]:
        """What was found for the last question is kept for its next page, unless ties swap from request to request."""
        asked = (id(rows), json.dumps([question.query, question.languages, question.sort]))
        if asked != self._last_asked or Trap.SWAPPING_TIES in self.traps:
            self._last_asked, self._last_found = asked, find(rows, question, self.traps)
        return self._last_found

    def _envelope(self, question: Question, found: list[dict], fields: list[str] | None) -> dict:
        size = min(question.size, 100) if Trap.PAGE_CAP in self.traps else question.size
        results = page_of(found, question, self.traps, self.window)
        if fields:
            results = [row | {"metadata": {k: v for k, v in row["metadata"].items() if k in fields}} for row in results]
        return {
            "apiVersion": "2.151",
            "terms": "***",
            "responseTime": 7,
            "totalResults": len(found),
            "pageNumber": question.page,
            "pageSize": size,
            "sort": str(question.sort or "relevance"),
            "groupByField": None,
            "results": results,
            "warnings": [],
        }

    async def _details(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        wanted = name if Trap.UPPER_CASE_DETAILS in self.traps else name.lower()
        found = next((topic for topic in self.topics if topic.identifier.lower() == wanted), None)
        if found is None:
            raise web.HTTPNotFound
        return web.json_response(rows.topic_details(found))

    async def _document(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["path"])
        if content is None:
            raise web.HTTPNotFound
        kind = "text/html" if request.path.endswith(".html") else "application/pdf"
        return web.Response(body=content, content_type=kind)

    async def _grants(self, request: web.Request) -> web.Response:
        grants = [rows.grant_record(topic) for topic in self.topics]
        old = rows.grant_record(self._topics[0]) | {"ccm2Id": 1, "plannedOpeningDateLong": 1_500_000_000_000}
        tender = {"type": 0, "identifier": "a-tender", "title": "Cleaning of offices"}
        status, share = self.grants
        text = json.dumps({"fundingData": {"GrantTenderObj": [tender, old, *grants]}})
        response = web.Response(text=text[: int(len(text) * share)], status=status, content_type="application/json")
        response.enable_compression()
        return response


class NotFileLike(Exception):
    """A part of the question is a plain form field."""


def _of_the_last_period(row: dict) -> dict:
    reference = f"9{row['reference']}"
    metadata = row["metadata"] | {"programmePeriod": ["2014 - 2020"], "identifier": [f"OLD-{row['reference']}"]}
    return row | {"reference": reference, "metadata": metadata, "checksum": f"{row['checksum'][:-3]}OLD"}
