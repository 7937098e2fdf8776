"""How often a visitor may ask, who counts as one, and how much a request may send."""

import asyncio
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.routes.limits import ALLOWANCES, Allowance, Counter, VisitorLimits, allowance, visitor

FEW = (
    Allowance("/alerts/unsubscribe/", posts=True, limits="100/minute"),
    Allowance("/", posts=True, limits="2/minute;3/hour"),
    Allowance("/", posts=False, limits="4/minute"),
)


async def echo(request):
    return PlainTextResponse(str(len(await request.body())))


def visiting(host="198.51.100.7", allowances=FEW, body=1000):
    """A visitor of a server of its own."""
    routes = [Route("/{rest:path}", echo, methods=["GET", "POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(VisitorLimits, allowances=allowances, body=body)])
    return TestClient(app, client=(host, 40000), headers={"accept-language": "en"}), app


def test_whoever_asks_too_often_is_told_when_to_come_back():
    client, _ = visiting()
    answers = [client.post("/alerts/subscribe") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
    assert answers[2].headers["content-type"].startswith("text/html")
    assert "Try again in 1 minute." in answers[2].text


def test_the_longest_wait_of_several_limits_is_told():
    client, _ = visiting(allowances=(Allowance("/", posts=True, limits="1/minute;1/hour"),))
    client.post("/alerts/subscribe")
    assert 60 < int(client.post("/alerts/subscribe").headers["retry-after"]) <= 3600


def test_after_that_time_one_may_ask_again(monkeypatch):
    import time

    now = time.time()
    client, _ = visiting()
    for _ in range(3):
        refused = client.post("/alerts/subscribe")
    wait = int(refused.headers["retry-after"])
    monkeypatch.setattr(time, "time", lambda: now + wait + 1)
    assert client.post("/alerts/subscribe").status_code == 200


def test_reading_and_sending_are_counted_apart():
    client, _ = visiting()
    for _ in range(3):
        client.post("/alerts/subscribe")
    assert [client.get("/alerts/subscribe").status_code for _ in range(5)] == [200] * 4 + [429]


def test_one_visitor_s_haste_is_not_another_s():
    client, app = visiting()
    for _ in range(3):
        client.post("/alerts/subscribe")
    assert TestClient(app, client=("198.51.100.8", 1)).post("/alerts/subscribe").status_code == 200


def test_neighbours_in_one_ipv6_network_are_one_visitor():
    client, app = visiting("2001:db8:1:2::1")
    for _ in range(2):
        client.post("/alerts/subscribe")
    assert TestClient(app, client=("2001:db8:1:2:ffff::9", 1)).post("/alerts/subscribe").status_code == 429
    assert TestClient(app, client=("2001:db8:1:3::1", 1)).post("/alerts/subscribe").status_code == 200


def test_the_dashboard_itself_is_not_counted():
    client, _ = visiting()
    assert {client.get("/_stcore/health").status_code for _ in range(20)} == {200}


def test_unsubscriptions_of_a_provider_s_readers_all_pass():
    client, _ = visiting()
    for _ in range(3):
        client.post("/alerts/subscribe")
    assert {client.post(f"/alerts/unsubscribe/{number}").status_code for number in range(50)} == {200}


def test_a_program_gets_the_refusal_as_json():
    client, _ = visiting()
    for _ in range(5):
        refused = client.get("/api/v1/calls")
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["status"] == 429


def test_sending_is_limited_more_strictly_than_reading():
    def a_minute(one):
        return min(item.amount * 60 / item.get_expiry() for item in one.items)

    for path in ("/alerts/subscribe", "/alerts/settings/x", "/api/v1/calls"):
        assert a_minute(allowance("POST", path)) < a_minute(allowance("GET", path))
    assert a_minute(allowance("POST", "/alerts/unsubscribe/x")) >= 600
    assert [one.path for one in ALLOWANCES if one.path == "/"] == ["/", "/"], "no method and path without a limit"


@given(st.ip_addresses())
def test_a_visitor_is_the_same_however_the_address_is_spelled(address):
    seen = visitor((address.exploded, 1))
    assert seen == visitor((address.compressed, 2))
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        assert address in ipaddress.ip_network(seen)
        assert ipaddress.ip_network(seen).prefixlen == 64


@pytest.mark.parametrize("client", [None, ("", 0), ("unknown", 0), ("_hidden", 0), ("1.2.3.4.5", 0), ("x" * 9999, 0)])
def test_visitors_without_a_true_address_are_one(client):
    assert visitor(client) == "unknown"


def test_an_ipv4_address_in_ipv6_is_itself():
    assert visitor(("::ffff:198.51.100.7", 1)) == "198.51.100.7"


def test_the_counter_keeps_no_address():
    counter = Counter()
    counter.wait(ALLOWANCES[0].items, "198.51.100.7")
    assert "198.51.100.7" not in repr(vars(counter._limiter.storage))


@pytest.mark.parametrize("chunks", [1, 40])
def test_a_body_is_bounded_whether_its_size_is_told_or_not(chunks):
    client, _ = visiting(body=1000)

    def body(size):
        return b"x" * size if chunks == 1 else iter([b"x" * (size // chunks)] * chunks)

    assert client.post("/alerts/a", content=body(1000)).text == "1000"
    too_much = client.post("/alerts/a", content=body(4000))
    assert too_much.status_code == 413
    assert "Nothing was changed" in too_much.text


def test_a_body_that_never_ends_is_not_waited_for():
    """As a server calls an application: a client library would send all of it first."""

    async def ask():
        first, answered = [{"type": "http.request", "body": b"a", "more_body": True}], []

        async def receive():
            return first.pop() if first else await asyncio.Event().wait()

        async def send(message):
            answered.append(message)

        scope = {"type": "http", "method": "POST", "path": "/alerts/a", "query_string": b"", "headers": []}
        limits = VisitorLimits(Starlette(), allowances=FEW, body_seconds=0.01)
        await asyncio.wait_for(limits(scope, receive, send), 10)
        return answered[0]

    assert asyncio.run(ask())["status"] == 408
