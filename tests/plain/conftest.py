"""The plain pages on the small store, read by a parser of HTML."""

import pytest
from lxml import html
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from matcher.settings import Settings
from tests.doubles import small_store
from tests.doubles.plain_visitor import HOSTILE_CALLS, asked, visitor_of


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Settings:
    return small_store.made_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def visitor(world) -> TestClient:
    return visitor_of(world)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> TestClient:
    """A visitor of a store that holds what a crawl may bring."""
    calls = (*small_store.CALLS, *HOSTILE_CALLS)
    return visitor_of(small_store.made_world(tmp_path_factory.mktemp("hostile"), calls))


@pytest.fixture
def read(visitor):
    """The page under a path with these parameters, as a tree."""

    def page(path: str = "/plain/matches", **more: str) -> HtmlElement:
        answer = visitor.get(path, params=asked(**more))
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)

    return page
