"""The double misleads a naive client in each way that it names; without this the other tests would prove nothing."""

import json
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.doubles.portal import Portal, Trap

TOPICS = {"bool": {"must": [{"terms": {"type": ["1"]}}]}}
IDENTIFIER = {"field": "identifier", "order": "ASC"}
EN = ["en"]


def ask(portal: Portal, page=1, size=100, url_query="", form='; filename="blob"', **parts) -> dict:
    """A question as the portal's own pages put it, or with one thing wrong."""
    kind = "Content-Type: application/json"
    pieces = [
        f'--B\r\nContent-Disposition: form-data; name="{name}"{form}\r\n{kind}\r\n\r\n{json.dumps(part)}\r\n'
        for name, part in parts.items()
    ]
    search = f"{portal.address}/search-api/prod/rest/search?apiKey=SEDIA&text=***"
    address = f"{search}&pageSize={size}&pageNumber={page}{url_query}"
    headers = {"Content-Type": "multipart/form-data; boundary=B"} if parts else {}
    body = "".join([*pieces, "--B--\r\n"]).encode() if parts else b""
    with urlopen(Request(address, data=body, headers=headers, method="POST")) as answer:
        return json.loads(answer.read())


@contextmanager
def refused(status: int):
    """The answer inside is an error of this status."""
    met: list[HTTPError] = []
    with pytest.raises(HTTPError, match=str(status)) as caught:
        yield met
    met.append(caught.value)
    caught.value.close()


def references(answer: dict) -> list[str]:
    return [row["reference"] for row in answer["results"]]


def query(*clauses: dict) -> dict:
    return {"bool": {"must": [*TOPICS["bool"]["must"], *clauses]}}


@pytest.fixture
def portal(request):
    with Portal(traps=frozenset({request.param})) as started:
        yield started


def trap(name: Trap):
    return pytest.mark.parametrize("portal", [name], indirect=True, ids=[name.value])


@trap(Trap.PAGE_CAP)
def test_page_cap(portal):
    answer = ask(portal, size=5000, query=TOPICS, languages=EN)
    assert (len(answer["results"]), answer["pageSize"]) == (100, 100)


@trap(Trap.SWAPPING_TIES)
def test_ties_swap_between_requests(portal):
    by_call = {"field": "frameworkProgramme", "order": "ASC"}
    first, again = (references(ask(portal, query=TOPICS, languages=EN, sort=by_call)) for _ in range(2))
    assert first != again


@trap(Trap.LANGUAGES)
def test_topics_come_in_every_language(portal):
    first = query({"terms": {"identifier": [portal.topics[0].identifier]}})
    assert {row["language"] for row in ask(portal, query=first)["results"]} == {"en", "sv", "nl"}
    assert {row["language"] for row in ask(portal, query=first, languages=EN)["results"]} == {"en"}


@trap(Trap.LEGACY_COPIES)
def test_legacy_copies_without_datasource(portal):
    current = query({"terms": {"DATASOURCE": ["SEDIA"]}})
    assert (
        ask(portal, query=TOPICS, languages=EN)["totalResults"]
        > ask(portal, query=current, languages=EN)["totalResults"]
    )


@trap(Trap.LEGACY_LEAKS)
def test_legacy_copies_with_datasource(portal):
    current = query({"terms": {"DATASOURCE": ["SEDIA"]}})
    rows = ask(portal, query=current, languages=EN)["results"] + ask(portal, 2, query=current, languages=EN)["results"]
    assert any(row["databaseLabel"] == "" for row in rows)


@trap(Trap.STUBS)
def test_a_stub_comes_before_its_full_row(portal):
    rows = ask(portal, query=TOPICS, languages=EN, sort=IDENTIFIER)["results"]
    first = next(row for row in rows if "status" not in row["metadata"])
    same = [row for row in rows if row["metadata"]["identifier"] == first["metadata"]["identifier"]]
    assert same[0] is first
    assert len(same) == 2


@trap(Trap.QUERY_IN_URL)
def test_a_query_in_the_address_is_ignored(portal):
    everything = ask(portal)["totalResults"]
    assert ask(portal, url_query=f"&query={quote(json.dumps(TOPICS))}")["totalResults"] == everything


@trap(Trap.PLAIN_FIELDS)
def test_plain_form_fields_are_an_internal_error(portal):
    with refused(500):
        ask(portal, form="", query=TOPICS)


@trap(Trap.ALL_ERRORS)
def test_all_searches_fail(portal):
    with refused(500):
        ask(portal, query=TOPICS)


@trap(Trap.TOO_MANY_REQUESTS)
def test_now_and_then_too_many_requests(portal):
    ask(portal, query=TOPICS)
    with refused(429) as refusal:
        ask(portal, query=TOPICS)
    assert refusal[0].headers["Retry-After"] == "1"


@trap(Trap.MOVING_TOTALS)
def test_the_total_moves_between_pages(portal):
    first, second = (ask(portal, page, query=TOPICS, languages=EN, sort=IDENTIFIER) for page in (1, 2))
    assert second["totalResults"] == first["totalResults"] + 1
    assert set(references(first)) & set(references(second))


@trap(Trap.TRUNCATED_JSON)
def test_now_and_then_json_is_cut_off(portal):
    with pytest.raises(json.JSONDecodeError):
        [ask(portal, query=TOPICS) for _ in range(5)]


@trap(Trap.HTML_PAGE)
def test_now_and_then_a_page_with_status_200(portal):
    with pytest.raises(json.JSONDecodeError):
        [ask(portal, query=TOPICS) for _ in range(10)]


@trap(Trap.UPPER_CASE_DETAILS)
def test_details_want_lower_case(portal):
    address = f"{portal.address}/info/funding-tenders/opportunities/data/topicDetails"
    identifier = portal.topics[0].identifier
    with urlopen(f"{address}/{identifier.lower()}.json") as answer:
        assert json.loads(answer.read())["TopicDetails"]["identifier"] == identifier
    with refused(404):
        urlopen(f"{address}/{identifier}.json")


@trap(Trap.SORT_DROPS)
def test_sorting_drops_rows_without_the_field(portal):
    by_deadline = {"field": "deadlineDate", "order": "ASC"}
    dropped, every = ask(portal, query=TOPICS, languages=EN, sort=by_deadline), ask(portal, query=TOPICS, languages=EN)
    assert dropped["totalResults"] < every["totalResults"]


@trap(Trap.BARE_DATES)
def test_a_bare_date_compares_with_nothing(portal):
    bare = query({"range": {"startDate": {"gte": "2099-01-01"}}})
    whole = query({"range": {"startDate": {"gte": "2099-01-01T00:00:00.000+0000"}}})
    assert ask(portal, query=bare)["totalResults"] > 0
    assert ask(portal, query=whole)["totalResults"] == 0


@trap(Trap.WINDOW)
def test_nothing_beyond_the_window(portal):
    portal.window = 150
    answer = ask(portal, 2, query=TOPICS, languages=EN)
    assert (len(answer["results"]), answer["totalResults"] > 150) == (50, True)


@trap(Trap.WRONG_PAGE_SIZE)
def test_now_and_then_another_page_size(portal):
    assert {ask(portal, query=TOPICS)["pageSize"] for _ in range(15)} == {100, 50}


@trap(Trap.GET_REFUSED)
def test_get_is_refused(portal):
    with refused(405):
        urlopen(f"{portal.address}/search-api/prod/rest/search?apiKey=SEDIA&text=***")


@trap(Trap.WILDCARD)
def test_unknown_clauses_are_invalid(portal):
    with refused(400):
        ask(portal, query=query({"wildcard": {"identifier": "AMIF*"}}))


def test_every_trap_has_its_test_here():
    assert {name.value for name in Trap} == {mark.args[1][0].value for mark in _trap_marks()}


def _trap_marks():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    return [mark for test in tests for mark in getattr(test, "pytestmark", []) if mark.args[0] == "portal"]
