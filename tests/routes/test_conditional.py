"""When a reader is told that nothing changed (RFC 9110, part 13)."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.requests import Request

from dashboard.routes.conditional import FirstGiven, conditional

CHANGED = datetime(2026, 11, 20, 7, tzinfo=UTC)


def answer(body=b"news", modified=CHANGED, **headers):
    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    request = Request({"type": "http", "method": "GET", "headers": asked})
    return conditional(request, body, "text/plain", "public", modified)


TAG = answer().headers["etag"]


@pytest.mark.parametrize("given", [TAG, f"W/{TAG}", f'"other", {TAG}', "*"])
def test_who_has_it_gets_no_body(given):
    found = answer(if_none_match=given)
    assert (found.status_code, found.body) == (304, b"")
    assert (found.headers["etag"], found.headers["cache-control"]) == (TAG, "public")


@pytest.mark.parametrize("given", ['"other"', "", TAG.strip('"'), f"x{TAG}"])
def test_who_has_another_one_gets_it(given):
    assert answer(if_none_match=given).body == b"news"


def test_another_body_has_another_tag():
    assert answer(b"other").headers["etag"] != TAG
    assert answer(b"other", if_none_match=TAG).status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Fri, 20 Nov 2026 07:00:00 GMT", 304),
        ("Fri, 20 Nov 2026 06:59:59 GMT", 200),
        ("yesterday", 200),
        ("Fri, 99 Nov 2026 07:00:00 GMT", 200),
        ("", 200),
    ],
)
def test_the_date_decides_where_no_tag_is_given(since, status):
    assert answer(if_modified_since=since).status_code == status
    assert answer(if_modified_since=since, if_none_match='"other"').status_code == 200
    assert answer(modified=None, if_modified_since=since).status_code == 200


def test_the_moment_of_a_change_is_told_in_gmt():
    there = CHANGED.astimezone(datetime.now(UTC).astimezone().tzinfo) - timedelta(0)
    assert answer(modified=there).headers["last-modified"] == "Fri, 20 Nov 2026 07:00:00 GMT"


def test_another_body_is_later_even_within_a_second():
    given, second = FirstGiven(), timedelta(seconds=1)
    assert given.moment("/a", b"one", CHANGED) == CHANGED
    assert given.moment("/a", b"one", CHANGED + second) == CHANGED
    assert given.moment("/a", b"two", CHANGED) == CHANGED + second
    assert given.moment("/a", b"one", CHANGED - second) == CHANGED + 2 * second
    assert given.moment("/b", b"two", CHANGED) == CHANGED
