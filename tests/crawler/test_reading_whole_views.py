"""When the rows of a query are beyond doubt, and what counts as an answer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from crawler.platforms.sedia import (
    Answer,
    BadAnswer,
    View,
    multipart,
    narrowed,
    read_answer,
    search_query,
    search_request,
    terms,
)
from crawler.platforms.sedia_spider import Scan, index_date, settled_rows


def scan(total: int, *references: str, totals: tuple[int, ...] = ()) -> Scan:
    found = Scan()
    found.add(Answer(total, tuple({"reference": name, "checksum": "c"} for name in references)))
    found.totals.update(totals)
    return found


def names(rows: dict | None) -> list[str] | None:
    return None if rows is None else sorted(name for name, _ in rows)


def test_one_steady_complete_reading_is_enough():
    assert names(settled_rows([scan(2, "a", "b")])) == ["a", "b"]


def test_a_total_that_moved_asks_for_another_reading():
    assert settled_rows([scan(2, "a", "b", totals=(3,))]) is None


def test_swapped_ties_are_completed_by_another_reading():
    assert settled_rows([scan(3, "a", "b", "b")]) is None
    assert names(settled_rows([scan(3, "a", "b", "b"), scan(3, "c", "c", "a")])) == ["a", "b", "c"]


def test_readings_before_a_move_do_not_count():
    assert settled_rows([scan(2, "gone", "a"), scan(3, "a", "b", "b")]) is None


def test_a_row_that_the_index_lists_twice_needs_two_agreeing_readings():
    twice = scan(3, "a", "b", "b")
    assert settled_rows([twice]) is None
    assert names(settled_rows([twice, twice])) == ["a", "b"]


def test_rows_that_are_announced_and_never_come_are_not_settled():
    short = scan(5, "a", "b")
    assert settled_rows([short, short, short]) is None


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=1, max_size=4), st.integers(0, 6))
def test_settled_means_that_every_announced_row_was_read(readings, total):
    scans = [scan(total, *reading) for reading in readings]
    rows = settled_rows(scans)
    if rows is not None:
        assert len(rows) == total or len(readings[-1]) == total
        assert set(names(rows)) <= {name for reading in readings for name in reading}


def envelope(**changes) -> bytes:
    return json.dumps({"results": [], "totalResults": 0, "pageNumber": 1, "pageSize": 100} | changes).encode()


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (envelope(pageSize=50), 200, "page 1 of 50 given"),
        (envelope(pageNumber=2), 200, "page 2 of 100 given"),
        (envelope(results=None), 200, "no results"),
        (envelope(results=["row"]), 200, "not an object"),
        (envelope(totalResults="7"), 200, "totalResults is '7'"),
        (b"<html>back soon</html>", 200, "no JSON"),
        (envelope()[:20], 200, "no JSON"),
        (b"[]", 200, "list"),
        (b"[" * 100_000, 200, "no JSON"),
        (b'{"type":"throwable","message":"An internal error occurred"}', 500, "throwable An internal error"),
        (b'{"type":"businessError","message":"Invalid Query format"}', 400, "Invalid Query format"),
    ],
)
def test_what_is_not_the_page_asked_for_is_refused(body, status, said):
    response = Response("https://api.tech.ec.europa.eu/", status=status, body=body)
    with pytest.raises(BadAnswer, match=said) as refusal:
        read_answer(response, page=1)
    assert refusal.value.status == status


VIEW = View("topics", "1", "identifier", "2021 - 2027")


def test_the_question():
    request = search_request(search_query(VIEW, ["43251447"]), VIEW, page=3)
    assert request.method == "POST"
    assert "pageSize=100&pageNumber=3" in request.url
    assert "query" not in request.url
    parts = request.body.decode().split("--" + request.headers["Content-Type"].decode().split("boundary=")[1])
    assert [part.split('name="')[1].split('"')[0] for part in parts[1:-1]] == ["query", "languages", "sort"]
    assert all('filename="blob"\r\nContent-Type: application/json\r\n\r\n' in part for part in parts[1:-1])
    asked = json.loads(parts[1].split("\r\n\r\n")[1])
    assert asked["bool"]["must"] == [
        terms("type", "1"),
        terms("DATASOURCE", "SEDIA"),
        terms("programmePeriod", "2021 - 2027"),
        terms("frameworkProgramme", "43251447"),
    ]
    assert json.loads(parts[2].split("\r\n\r\n")[1]) == ["en"]


def test_narrowing_leaves_the_first_query_as_it_was():
    query = search_query(VIEW)
    narrower = narrowed(narrowed(query, terms("a", "1")), terms("b", "2"), "must_not")
    assert len(query["bool"]["must"]) == 3
    assert narrower["bool"]["must_not"] == [terms("b", "2")]
    assert len(narrower["bool"]["must"]) == 4


def test_multipart_ends_with_its_boundary():
    assert multipart({"a": 1}).endswith(b"--\r\n")


def test_dates_have_the_form_of_the_index():
    from datetime import UTC, datetime

    assert index_date(datetime(2026, 10, 6, tzinfo=UTC)) == "2026-10-06T00:00:00.000+0000"
    assert index_date(datetime.min) == "0001-01-01T00:00:00.000+0000"
