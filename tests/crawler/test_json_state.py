"""Data in the scripts of a page: found where it is, refused where it is not what it should be."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Response

from crawler.platforms.json_state import MAX_CHARS, MAX_DEPTH, NEXT, NUXT, PREACT, BadState, Script, Variable, state_in

URL = "https://example.eu/calls"
CALLS = Variable("calls")
PLAIN = Script('script[type="application/json"]')


def page(*parts: str, encoding: str = "utf-8", body: bytes | None = None) -> HtmlResponse:
    html = f"<html><head><title>T</title></head><body>{''.join(parts)}</body></html>"
    return HtmlResponse(URL, body=html.encode() if body is None else body, encoding=encoding)


def script(text: str, attributes: str = "") -> str:
    return f"<script{attributes}>{text}</script>"


@pytest.mark.parametrize(
    ("where", "html"),
    [
        (PLAIN, script('{"calls": ["Né"]}', ' type="application/json"')),
        (NEXT, script('{"calls": ["Né"]}', ' id="__NEXT_DATA__" type="application/json"')),
        (PREACT, script(quote('{"calls": ["Né"]}'), ' type="__PREACT_CLI_DATA__"')),
        (NUXT, script('window.__NUXT__={calls:["Né",],};')),
        (NUXT, script("var a = 1;\nwindow.__NUXT__ = {calls: ['N\\u00e9']}; start(window.__NUXT__)")),
    ],
)
def test_data_are_found_where_a_page_keeps_them(where, html):
    assert state_in(page(html), where) == {"calls": ["Né"]}


def test_a_variable_is_found_by_its_whole_name():
    html = script("var oldcalls = [0]; calls.total = [1]; if (calls == [2]) {}; let calls = [3];")
    assert state_in(page(html), CALLS) == [3]


def test_data_that_stand_twice_alike_are_one():
    assert state_in(page(script("var calls = [1]"), script("var calls = [1];")), CALLS) == [1]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- <script>var calls = [9]</script> -->",
        script("// var calls = [9]\n"),
        script("/* once: var calls = [9]; */"),
    ],
)
def test_data_in_a_comment_are_not_there(comment):
    assert state_in(page(comment, script("var calls = [1]")), CALLS) == [1]
    with pytest.raises(BadState, match="not on the page"):
        state_in(page(comment), CALLS)


def test_bytes_that_are_utf_8_are_read_as_such_whatever_is_declared():
    body = page(script('var calls = ["Né"]')).body
    assert state_in(page(body=body, encoding="cp1250"), CALLS) == ["Né"]


def test_half_surrogate_pairs_become_question_marks():
    assert state_in(page(script('{"\\ud83d": "\\ud83d"}', ' type="application/json"')), PLAIN) == {"?": "?"}


@pytest.mark.parametrize(
    ("where", "html", "said"),
    [
        (CALLS, "<p>none</p>", "not on the page"),
        (CALLS, script("var offers = [1]"), "not on the page"),
        (CALLS, script("var calls = [1]; var calls = [2]"), "2 times, not alike"),
        (CALLS, script("var calls = [1, {a: 'b'"), "cannot be read"),
        (CALLS, script("var calls = (function(a){return {a:a}}(1))"), "no object or list"),
        (CALLS, script("var calls = [1" + "0" * 5000 + "]"), "cannot be read"),
        (CALLS, script("var calls = " + "[" * 3000 + "]" * 3000), "cannot be read|nested deeper"),
        (CALLS, script("var calls = " + "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2)), "nested deeper"),
        (PLAIN, script('{"a": NaN}', ' type="application/json"'), "NaN is no JSON"),
        (PLAIN, script('{"a": ', ' type="application/json"'), "cannot be read"),
        (PLAIN, script('{"a":' * 20000, ' type="application/json"'), "cannot be read"),
        (PLAIN, script("", ' type="application/json"'), "cannot be read"),
        (PREACT, script("%7B%22a%22%3A%20%22%E9%22%7D", " type=__PREACT_CLI_DATA__"), "cannot be read"),
        (PLAIN, script(" " * MAX_CHARS + "{}", ' type="application/json"'), "at most"),
    ],
)
def test_what_is_not_as_it_should_be_is_named_with_page_and_place(where, html, said):
    with pytest.raises(BadState, match=said) as refusal:
        state_in(page(html), where)
    assert str(refusal.value).startswith(f"{URL}, {where}")


@pytest.mark.parametrize(
    "answer",
    [
        Response(URL, body=b"\x89PNG"),
        HtmlResponse(URL, body=b"%PDF-1.7 <script>var calls = [1]</script>", encoding="utf-8"),
    ],
)
def test_an_answer_that_is_no_page_holds_nothing(answer):
    with pytest.raises(BadState, match="no page, it begins with"):
        state_in(answer, CALLS)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="<\r\0"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES.map(lambda value: [value]))
def test_what_is_written_into_a_page_is_read_from_it(value):
    written = json.dumps(value)
    assert state_in(page(script(written, ' type="application/json"')), PLAIN) == value
    assert state_in(page(script(f"var calls = {written};")), CALLS) == value
    assert state_in(page(script(quote(written), " type=__PREACT_CLI_DATA__")), PREACT) == value
