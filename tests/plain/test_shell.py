"""Streamlit's page in the reader's language, as Streamlit's own server gives it."""

import gzip
import re
from pathlib import Path

import pytest
import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.routes.shell import SpokenShell, _css_text
from matcher.languages import LANGUAGES, speaker

PROJECT = Path(__file__).parents[2]


async def text(_):
    return PlainTextResponse('<html lang="en"> is text here', headers={"ETag": '"x"'})


async def packed(_):
    body = gzip.compress(b'<html lang="en"><title>x</title><noscript>y</noscript></html>')
    return Response(body, headers={"Content-Encoding": "gzip"}, media_type="text/html")


async def failed(_):
    return HTMLResponse('<html lang="en">', 503)


@pytest.fixture(scope="module")
def visitor():
    routes = [Route("/text", text), Route("/packed", packed), Route("/failed", failed)]
    app = st.App(PROJECT / "dashboard" / "app.py", routes=routes, middleware=[Middleware(SpokenShell)])
    return TestClient(app, headers={"accept-language": "en"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_decides_the_language_of_the_page(visitor, language):
    page = visitor.get("/deadlines", params={"lang": language}, headers={"accept-language": "fr"})
    assert f'<html lang="{language}">' in page.text
    assert page.text.count("<html") == page.text.count("<title>") == page.text.count("<noscript>") == 1
    assert 'id="root"' in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_brings_the_words_that_the_style_sheet_asks_for(visitor, language):
    asked = set(re.findall(r"var\((--[\w-]+),", (PROJECT / "dashboard" / "frame.css").read_text(encoding="utf-8")))
    told = dict(re.findall(r'(--[\w-]+): "([^"]+)"', visitor.get("/", params={"lang": language}).text))
    assert asked == set(told)
    assert told["--more-pages"] == speaker(language).gettext("More pages")


def test_words_end_neither_a_style_nor_its_text():
    assert _css_text('a" b\\</style>') == r'"a\22  b\5c \3c \2f style\3e "'


def test_else_the_browser_decides_it(visitor):
    page = visitor.get("/", headers={"accept-language": "xx,el-GR;q=0.8,de;q=0.4"})
    assert '<html lang="el">' in page.text
    assert "accept-language" in page.headers["vary"].lower()


def test_an_unknown_language_is_none(visitor):
    assert '<html lang="en">' in visitor.get("/", params={"lang": '"><script>'}).text


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("at", ["/", "/call?call=a", "/packed", "/deadlines?lang=el"])
def test_the_length_told_is_that_of_the_page(visitor, at, coding):
    asked = {"accept-encoding": coding}
    with visitor.stream("GET", at, headers=asked) as page:
        sent = b"".join(page.iter_raw())
    head = visitor.head(at, headers=asked)
    assert head.content == b""
    assert int(head.headers["content-length"]) == int(page.headers["content-length"]) == len(sent)


def test_a_packed_page_is_spoken_and_packed_again(visitor):
    page = visitor.get("/packed?lang=lv")
    assert page.headers["content-encoding"] == "gzip"
    assert '<html lang="lv">' in page.text


def test_no_page_is_known_by_the_file_it_was_made_of(visitor):
    page = visitor.get("/")
    assert not {"etag", "last-modified", "accept-ranges"} & set(page.headers)


def test_what_is_no_page_stays_as_it_is(visitor):
    assert visitor.get("/text?lang=el").text == '<html lang="en"> is text here'
    assert visitor.get("/text").headers["etag"] == '"x"'
    assert visitor.get("/failed?lang=el").text == '<html lang="en">'
    assert visitor.get("/_stcore/health").status_code in (200, 503)


@pytest.mark.parametrize(
    ("at", "leads_to"),
    [
        ("/?profile=riga&fund=AMIF", "/plain/matches?lang=en&amp;profile=riga&amp;fund=AMIF"),
        ("/call?call=a%26b%22%3E&profile=riga", "/plain/call?lang=en&amp;call=a%26b%22%3E&amp;profile=riga"),
        ("/sources", "/plain?lang=en"),
    ],
)
def test_without_scripts_the_plain_pages_are_offered(visitor, at, leads_to):
    assert f'<a href="{leads_to}">' in visitor.get(at).text


def test_the_page_says_where_its_server_is_so_that_it_is_not_looked_for_below_its_own_path(visitor):
    head = visitor.get("/call?lang=el").text.partition("</head>")[0]
    assert head.index("BACKEND_BASE_URL: location.origin") < head.index("<title>"), "before any other script"
