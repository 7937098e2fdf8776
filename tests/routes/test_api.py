"""The read-only API: what it promises, and that it keeps it for the shipped calls and for whatever is asked."""

import json
import os
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.api.application import BASE, described
from dashboard.routes import routes
from dashboard.routes.answers import Answers, WithAnswers
from matcher.model import Deadline, EventKind, Tier
from matcher.service import Service
from tests.doubles.news_world import made_call, made_event, moved

GOLDEN = Path(__file__).parent / "openapi.json"
TODAY = date.today()


@pytest.fixture(scope="module")
def shipped(request):
    """A visitor of the API over the shipped calls, as often as it likes."""
    known = request.getfixturevalue("settings")
    app = Starlette(routes=routes(), middleware=[Middleware(WithAnswers, answers=Answers(known))])
    with TestClient(app, base_url=f"http://testserver{BASE}", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def service(request):
    return Service(request.getfixturevalue("settings"))


def promised(path, status):
    """The validator of what the description says of that answer."""
    operation = described()["paths"][path]["get"]
    [content] = operation["responses"][str(status)]["content"].values()
    whole = content["schema"] | {"components": described()["components"]}
    return Draft202012Validator(whole, format_checker=FormatChecker())


def check(answer, path):
    """The answer is one of those that are documented, and is what is documented of it."""
    assert str(answer.status_code) in described()["paths"][path]["get"]["responses"], (answer.url, answer.text)
    kind = "application/json" if answer.status_code == 200 else "application/problem+json"
    assert answer.headers["content-type"] == kind
    promised(path, answer.status_code).validate(answer.json())
    return answer.json()


# The description


def test_the_description_is_valid_openapi(shipped):
    assert shipped.get("/openapi.json").json() == described()
    OpenAPIV31SpecValidator(described()).validate()


def test_the_description_is_the_promised_one():
    """Names are promises. A field may come; where one goes or changes its meaning, another version is due."""
    made = json.dumps(described(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("FUNDING_WRITE_GOLDEN") or not GOLDEN.exists():
        GOLDEN.write_text(made, encoding="utf-8")
        pytest.fail(f"{GOLDEN.name} was written: read what changed, and run the test again")
    assert made == GOLDEN.read_text(encoding="utf-8"), (
        "the description changed; if that is meant, run this test with FUNDING_WRITE_GOLDEN=1 and read the difference"
    )


def test_every_field_is_there_in_every_answer():
    """What may be unknown is null: a reader never has to ask whether a field is there."""
    shown = {name: schema for name, schema in described()["components"]["schemas"].items() if "properties" in schema}
    lacking = {name: set(schema["properties"]) - set(schema.get("required", ())) for name, schema in shown.items()}
    assert {name: fields for name, fields in lacking.items() if fields and name != "Problem"} == {}


def test_people_read_the_same_description(shipped):
    answer = shipped.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text
    for path in described()["paths"]:
        assert f"GET {BASE}{path}" in answer.text
    for name in described()["components"]["schemas"]:
        assert f'id="{name}"' in answer.text


# What it answers


def test_all_calls_come_once_part_by_part(shipped, service):
    seen, cursor = [], {}
    while True:
        part = check(shipped.get("/calls", params={"limit": 60, **cursor}), "/calls")
        seen += [one["id"] for one in part["items"]]
        if part["next"] is None:
            break
        cursor = {"cursor": part["next"]}
    assert seen == [call.id for call in service.calls(TODAY)]


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "open"},
        {"fund": "AMIF"},
        {"fund": "ESF+", "status": "closed"},
        {"source": "funding_tenders", "fund": "CERV"},
        {"country": "LV"},
    ],
)
def test_filters_are_those_of_the_service(shipped, service, asked):
    found = check(shipped.get("/calls", params={"limit": 100, **asked}), "/calls")
    wanted = service.calls(TODAY, asked.get("status"), asked.get("fund"), asked.get("source"), asked.get("country"))
    assert [one["id"] for one in found["items"]] == [call.id for call in wanted[:100]]


def test_every_call_keeps_the_promise(shipped, service):
    for call in service.calls(TODAY):
        found = check(shipped.get(f"/calls/{quote(call.id)}"), "/calls/{id}")
        assert (found["id"], found["title"]) == (call.id, call.title)
        check(shipped.get(f"/calls/{quote(call.id)}/events"), "/calls/{id}/events")


def test_money_and_days_are_as_stated(shipped, service):
    call = next(one for one in service.calls(TODAY) if one.budget and one.deadlines and one.deadlines[0].at)
    found = shipped.get(f"/calls/{quote(call.id)}").json()
    assert found["funding"]["totalAmountAvailable"]["currency"] == call.budget.total.currency
    assert float(found["funding"]["totalAmountAvailable"]["amount"]) == float(call.budget.total.amount)
    assert found["keyDates"]["deadlines"][0]["at"].startswith(call.deadlines[0].day.isoformat())
    assert found["keyDates"]["closes"] == call.final_day.isoformat()


def test_organisations_and_their_matches(shipped, service):
    found = check(shipped.get("/profiles"), "/profiles")
    assert [one["id"] for one in found["items"]] == [one.id for one in service.profiles()]
    matches = check(shipped.get("/profiles/riga/matches?limit=100"), "/profiles/{id}/matches")["items"]
    assert [one["place"] for one in matches] == list(range(1, 101))
    wanted = service.match("riga", TODAY)[:100]
    assert [one["call"]["id"] for one in matches] == [one.call.id for one in wanted]
    assert [one["route"]["kind"] for one in matches] == [one.route.kind for one in wanted]
    for one in matches:
        assert one["score"] == pytest.approx(sum(part["value"] for part in one["parts"]))


def test_sources_tell_how_fresh_they_are(shipped, service):
    found = check(shipped.get("/sources"), "/sources")["items"]
    assert [one["name"] for one in found] == [state.source for state in service.sources(TODAY)]
    portal = next(one for one in found if one["name"] == "funding_tenders")
    assert portal["lastRead"] == "2026-10-08"
    assert sum(portal["calls"].values()) == len(service.store.calls("funding_tenders"))


# The change feed


@pytest.fixture
def api(home, world):
    """A visitor of the API over a small world, with a new reading of the store each time."""

    def ask(path, **asked):
        app = Starlette(routes=routes(), middleware=[Middleware(WithAnswers, answers=Answers(home.settings))])
        with TestClient(app, base_url=f"http://testserver{BASE}") as client:
            return client.get(path, params=asked)

    return ask


def open_call(reference, **facts):
    dates = {"opening": TODAY - timedelta(days=30), "as_of": TODAY, "first_seen": TODAY}
    return made_call(reference, **dates | {"deadlines": (Deadline(day=TODAY + timedelta(days=60)),)} | facts)


def test_the_ledger_is_read_on_from_where_one_was(world, api):
    calls = [open_call(f"C{n}") for n in range(7)]
    world.load(calls, [made_event(one, EventKind.NEW) for one in calls], TODAY)
    seen, after = [], 0
    while part := check(api("/events", after=after, limit=3), "/events"):
        if not part["items"]:
            break
        seen += [one["call"] for one in part["items"]]
        after = part["next"]
    assert seen == [call.id for call in calls]
    assert (part["next"], part["head"]) == (after, after)
    world.store.ledger.append([made_event(calls[0], EventKind.WITHDRAWN, TODAY)])
    [one] = api("/events", after=after).json()["items"]
    assert (one["kind"], one["call"], one["on"]) == ("withdrawn", "portal:C0", TODAY.isoformat())


def test_silent_events_are_told_to_who_asks_for_them(world, api):
    call = open_call("C1")
    silent = made_event(call, EventKind.NEW, silent="first reading")
    change = made_event(call, EventKind.CHANGED, changes=(moved(TODAY, TODAY + timedelta(days=7)),))
    world.load([call], [silent, change], TODAY)
    [one] = api("/events").json()["items"]
    assert one["changes"] == [
        {
            "field": "deadlines",
            "was": [TODAY.isoformat()],
            "now": [(TODAY + timedelta(days=7)).isoformat()],
            "where": "",
        }
    ]
    assert [one["silent"] for one in api("/events", silent=True).json()["items"]] == ["first reading", ""]
    assert [one["kind"] for one in api("/events", silent=True, kind=["new"]).json()["items"]] == ["new"]


def test_an_event_leads_to_the_call_that_its_record_is_today(world, api):
    own = open_call("C1", identifier="CERV-2027-CITIZENS-1")
    other = own.model_copy(update={"source": "list", "reference": "9", "tier": Tier.DISCOVERY})
    world.load([own], [made_event(own, EventKind.NEW)], TODAY)
    world.load([other], [made_event(other, EventKind.NEW), made_event("list:gone", EventKind.WITHDRAWN)], TODAY)
    found = api("/events").json()["items"]
    assert [(one["record"], one["call"]) for one in found] == [
        ("portal:C1", "portal:C1"),
        ("list:9", "portal:C1"),
        ("list:gone", None),
    ]
    of_call = check(api("/calls/list:9/events"), "/calls/{id}/events")
    assert [one["record"] for one in of_call["items"]] == ["portal:C1", "list:9"]
    assert [seen["id"] for seen in api("/calls/portal:C1").json()["sightings"]] == ["list:9"]


def test_what_was_crawled_is_no_link_unless_it_is_one(world, api):
    world.load([open_call("C1", url="javascript:alert(1)", title="<img src=x>\u202e")], day=TODAY)
    found = check(api("/calls/portal:C1"), "/calls/{id}")
    assert (found["url"], found["title"]) == (None, "<img src=x>\u202e")


# How it answers


def test_a_reader_keeps_an_answer_until_it_changes(shipped):
    first = shipped.get("/sources")
    assert first.headers["cache-control"] == "public, max-age=60"
    again = shipped.get("/sources", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert shipped.get("/profiles", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_pages_of_other_sites_may_read_and_nobody_may_write(shipped):
    answer = shipped.get("/profiles", headers={"Origin": "https://other.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        refused = shipped.request(method, "/profiles")
        assert (refused.status_code, refused.headers["content-type"]) == (405, "application/problem+json")
        asked = {"Origin": "https://other.example", "Access-Control-Request-Method": method}
        assert shipped.options("/profiles", headers=asked).status_code == 400
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    for header, status in (("If-None-Match", 200), ("Authorization", 400)):
        assert shipped.options("/", headers=asked | {"Access-Control-Request-Headers": header}).status_code == status


@pytest.mark.parametrize("path", ["/calls", "/events", "/profiles", "/sources", "/openapi.json", "/"])
def test_head_is_answered_as_get(shipped, path):
    head, get = shipped.head(path), shipped.get(path)
    assert head.status_code == 200
    assert head.headers.get("etag") == get.headers.get("etag")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/calls/nothing", 404),
        ("/calls/nothing/events", 404),
        ("/profiles/nobody/matches", 404),
        ("/calls?country=Atlantis", 404),
        ("/calls?source=nowhere", 404),
        ("/calls?limit=0", 422),
        ("/calls?status=sleeping", 422),
        ("/calls?cursor=%00", 422),
        ("/events?after=-1", 422),
        ("/events?kind=rumour", 422),
    ],
)
def test_a_problem_is_told_as_problems_are(shipped, path, status):
    answer = shipped.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["status"] == status
    assert bool(answer.json()["faults"]) == (status == 422)


def test_an_empty_store_is_unavailable_and_names_no_path(home, client):
    for path in ("/calls", "/calls/x", "/profiles/riga/matches"):
        answer = client.get(f"{BASE}{path}")
        assert (answer.status_code, answer.json()["status"]) == (503, 503)
        assert str(home.settings.home) not in answer.text
    assert client.get(f"{BASE}/events").json() == {"items": [], "next": 0, "head": 0}


def test_who_asks_too_often_is_told_to_wait(home, client):
    statuses = {client.get(f"{BASE}/nothing").status_code for _ in range(260)}
    assert statuses == {404, 429}
    answer = client.get(f"{BASE}/nothing")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["content-type"] == "application/problem+json"


WORDS = st.text(max_size=60) | st.sampled_from(
    ["riga", "open", "AMIF", "ESF+", "LV", "%00", "..", "/", "[]", "1e99", "-1"]
)
NAMES = st.sampled_from(["status", "fund", "country", "source", "cursor", "limit", "after", "kind", "silent", "x"])
PATHS = st.sampled_from(list(described()["paths"]))


@settings(max_examples=200)
@given(path=PATHS, id=WORDS, asked=st.lists(st.tuples(NAMES, WORDS | st.integers()), max_size=4))
def test_whatever_is_asked_is_answered_or_refused(shipped, path, id, asked):
    answer = shipped.get(path.replace("{id}", quote(id, safe="")), params=[(name, str(value)) for name, value in asked])
    assert answer.status_code in (200, 404, 422), (path, id, asked, answer.text)
    if answer.headers["content-type"] == "application/problem+json":
        promised("/calls", 404).validate(answer.json())
