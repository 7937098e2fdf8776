"""Calls that are loaded, or put back from a backup, while the server holds what it read before."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.api.application import BASE
from dashboard.routes import routes
from dashboard.routes.answers import Answers, WithAnswers
from matcher.store import open_store
from tests.doubles import small_store
from tests.doubles.plain_visitor import asked
from tests.doubles.small_store import WOMEN


@pytest.fixture
def world(tmp_path):
    return small_store.made_world(tmp_path)


@pytest.fixture
def visitor(world):
    """Of a server that believes for ever what it read, as if all happened in one moment."""
    answers = Answers(world, clock=lambda: 0.0)
    with TestClient(Starlette(routes=routes(), middleware=[Middleware(WithAnswers, answers=answers)])) as client:
        yield client


def forget(world, id):
    with open_store(world.database_url) as store, store._access.writing() as connection:
        connection.exec_driver_sql("DELETE FROM call WHERE id = ?", (id,))


def test_a_page_is_made_anew_of_what_the_store_holds_now(visitor, world):
    assert "AMIF-2026-WOMEN" in visitor.get("/plain/matches", params=asked()).text
    forget(world, WOMEN)
    answer = visitor.get("/plain/matches", params=asked())
    assert answer.status_code == 200
    assert "AMIF-2026-WOMEN" not in answer.text


def test_the_api_answers_of_what_the_store_holds_now(visitor, world):
    assert visitor.get(f"{BASE}/calls/{WOMEN}").status_code == 200
    forget(world, WOMEN)
    assert visitor.get(f"{BASE}/calls/{WOMEN}").status_code == 404
