"""The API as an application: its endpoints, read-only, each a plain function that FastAPI runs in a thread."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.api import call_models, models, shapes
from dashboard.api.paging import Key, part
from dashboard.api.problems import DOCUMENTED, MEDIA_TYPE, answer_problems
from dashboard.routes.answers import answers_of, is_outdated
from dashboard.routes.conditional import conditional
from dashboard.routes.lists import LISTED
from dashboard.routes.page import TEMPLATES
from matcher.model import Call, CallStatus, EventKind, Fund
from matcher.service import NotFound, Service

BASE = "/api/v1"
CACHE = "public, max-age=60"
ABOUT = """Calls for funding of the integration of migrants, from many sources, each once; what became of them; and how
single organisations can use them. Read-only and open: no key, no account.

Answers have an ETag; ask again with If-None-Match. To mirror everything: read `/events?silent=true` from `after=0`
on, go on from `next`, and read each named call anew. Fields may be added to an answer, none is renamed or removed in
this version. Texts come from many sites: escape them before you show them.

Where CommonGrants (protocol 0.1) has a word for the same thing it is used: `title`, `description`, `status`,
`keyDates`, `items`, and in `funding` `totalAmountAvailable`, `minAwardAmount`, `maxAwardAmount` and
`estimatedAwardCount`, each amount as text with its currency. Its ids are UUIDs and its dates whole days; these are not,
so this is something else."""
LICENCE = {
    "name": "EUPL-1.2 (software). Texts of the EU's portal are © European Union, reused under Decision 2011/833/EU; "
    "those of other sources stand under the licences that /sources names.",
    "identifier": "EUPL-1.2",
}


class KeptByReaders(APIRoute):
    """Answers that a reader keeps and asks for again by ETag."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                response = await handler(request)
            except LookupError as error:
                if not is_outdated(error):
                    raise
                answers_of(request).renew()
                response = await handler(request)
            return conditional(request, bytes(response.body), response.headers["content-type"], CACHE)

        return answer


def _service(request: Request) -> Service:
    return answers_of(request).service


def _today() -> date:
    return date.today()


Reading = Annotated[Service, Depends(_service)]
Today = Annotated[date, Depends(_today)]
Id = Annotated[str, Path(min_length=1, max_length=300)]
Limit = Annotated[int, Query(ge=1, le=100, description="Items at most.")]

api = FastAPI(
    title="Calls for the integration of migrants",
    version="1",
    summary="Calls, their history, and how organisations can use them.",
    description=ABOUT,
    license_info=LICENCE,
    docs_url=None,  # both pages load scripts from other hosts
    redoc_url=None,
    servers=[{"url": BASE}],
    root_path_in_servers=False,
    redirect_slashes=False,
    generate_unique_id_function=lambda route: route.name,
    responses={status: dict(told) for status, told in DOCUMENTED.items()},
    middleware=[
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match"],
            expose_headers=["ETag"],
        )
    ],
)
api.router.route_class = KeptByReaders
answer_problems(api)


@api.get("/calls", tags=["calls"])
def list_calls(
    service: Reading,
    today: Today,
    status: Annotated[CallStatus | None, Query(description="Today.")] = None,
    fund: Annotated[Fund | None, Query(description="A row of the brief's table.")] = None,
    country: Annotated[str | None, Query(max_length=10, description="National calls of it: ISO 3166-1.")] = None,
    source: Annotated[str | None, Query(max_length=100, description="Calls that it knows; see /sources.")] = None,
    cursor: Annotated[str | None, Query(max_length=1000, description="`next` of the part before.")] = None,
    limit: Limit = 50,
) -> models.Calls:
    """Calls that fulfil all given conditions, by their last day, then id."""
    found, after = part(service.calls(today, status, fund, source, country), _by_day, cursor, limit)
    return models.Calls(items=[shapes.call(one, today) for one in found], next=after)


@api.get("/calls/{id:path}/events", tags=["calls"])
def list_events_of_call(service: Reading, id: Id) -> models.Events:
    """All that the ledger says of a call's records, oldest first, with what was told to nobody."""
    from matcher.alerts.calendars.following import records

    call = _call(service, id)
    found = service.store.ledger.events_of(records(call))
    events = sorted((one for some in found.values() for one in some), key=lambda one: one.seq)
    return _events(service, [shapes.event(one, call) for one in events], 0)


@api.get("/calls/{id:path}", tags=["calls"])
def read_call(service: Reading, today: Today, id: Id) -> call_models.FullCall:
    """A call with its texts and history, by its id, or by a code or record id that leads to it alone."""
    call = _call(service, id)
    return shapes.full_call(call, today, service.history(call))


@api.get("/events", tags=["events"])
def list_events(
    service: Reading,
    after: Annotated[int, Query(ge=0, le=2**53, description="Place in the ledger.")] = 0,
    kind: Annotated[list[EventKind] | None, Query(max_length=10, description="Only these.")] = None,
    silent: Annotated[bool, Query(description="Also first readings and imports, which are told to nobody.")] = False,
    limit: Limit = 50,
) -> models.Events:
    """The ledger after a place, oldest first: what became of calls."""
    found = service.store.ledger.events(after=after, kinds=kind or (), silent=silent, first=limit)
    return _events(service, [shapes.event(one, service.listed(one.call)) for one in found], after)


@api.get("/profiles", tags=["organisations"])
def list_profiles(service: Reading) -> models.Profiles:
    """The organisations, by id."""
    return models.Profiles(items=[shapes.profile(one) for one in service.open_profiles()], next=None)


@api.get("/profiles/{id}/matches", tags=["organisations"])
def list_matches(service: Reading, today: Today, id: Id, limit: Limit = 20) -> models.Matches:
    """The calls as that organisation sees them today, the best first: route, verdicts, score and its parts."""
    found = LISTED.matches(service, service.open_profile(id), today)[:limit]
    return models.Matches(items=[shapes.match(one, place) for place, one in enumerate(found, 1)], next=None)


@api.get("/sources", tags=["sources"])
def list_sources(service: Reading, today: Today) -> models.Sources:
    """Every source, how fresh it is, and what is known to be missing."""
    return models.Sources(items=[shapes.source(one) for one in service.sources(today)], next=None)


@api.get("/", include_in_schema=False)
def about() -> HTMLResponse:
    """The addresses and fields for people, from the same description that programs get."""
    from matcher.languages import environment

    return HTMLResponse(environment("en", TEMPLATES).get_template("api.html.j2").render(api=described(), base=BASE))


def described() -> dict[str, Any]:
    """The OpenAPI document: made once, problems under their own media type."""
    if api.openapi_schema is None:
        found = get_openapi(
            title=api.title,
            version=api.version,
            summary=api.summary,
            description=api.description,
            license_info=api.license_info,
            servers=api.servers,
            routes=api.routes,
        )
        answers = [
            answer
            for path in found["paths"].values()
            for doing in path.values()
            for answer in doing["responses"].items()
        ]
        for status, answer in answers:
            if int(status) >= 400:
                answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
        api.openapi_schema = found
    return api.openapi_schema


api.openapi = described  # type: ignore[method-assign]


def _by_day(call: Call) -> Key:
    """As `Service.calls` orders them."""
    return ((call.final_day or date.max).isoformat(), call.id)


def _call(service: Service, id: str) -> Call:
    found = service.listed(id)
    if found is None:
        raise NotFound(id)
    return found


def _events(service: Service, items: list[models.Event], after: int) -> models.Events:
    return models.Events(items=items, next=items[-1].seq if items else after, head=service.store.ledger.head())
