"""The pages of the dashboard on a small real store (`world`, `page`), and what of them reaches a browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from matcher.model import (
    Budget,
    Call,
    CallKind,
    Deadline,
    Fund,
    GrantSize,
    Link,
    Money,
    Precision,
    Update,
)
from matcher.settings import Settings
from tests.doubles import small_store
from tests.doubles.pieces import readable

PROJECT = Path(__file__).parents[2]
APP = PROJECT / "dashboard" / "app.py"
DAY = date(2025, 5, 1)


def a_call(reference="one", **changes) -> Call:
    facts = {
        "source": "portal",
        "reference": reference,
        "identifier": f"AMIF-2025-{reference.upper()}",
        "title": f"Integration call {reference}",
        "kind": CallKind.TOPIC,
        "url": "https://ec.europa.eu/call",
        "programme": "AMIF",
        "fund": Fund.AMIF,
        "opening": date(2025, 3, 4),
        "deadlines": (Deadline(day=date(2025, 5, 6), at=time(17), zone="Europe/Brussels", precision=Precision.MINUTE),),
        "budget": Budget(total=Money(amount=Decimal(10_000_000)), shared=True),
        "grant": GrantSize(minimum=Money(amount=Decimal(300_000)), maximum=Money(amount=Decimal(1_000_000))),
        "text": "Towns work with migrants.",
        "documents": (Link(url="https://ec.europa.eu/fiche.pdf", label="Call document"),),
        "updates": (Update(reference="u1", published=datetime(2025, 4, 1, tzinfo=UTC), title="News", text="Moved."),),
        "as_of": DAY,
    }
    return Call(**facts | changes)


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> Settings:
    """The small store of tests.doubles.small_store, for all tests that only read."""
    return small_store.made_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def own_world(world, tmp_path) -> Settings:
    """A copy of it for one test, which may write into it. Ask for it beside `page`, which then shows this one."""
    home = shutil.copytree(world.home, tmp_path / "home")
    return world.model_copy(update={"home": home})


@pytest.fixture
def seen_world(request, monkeypatch) -> Settings:
    """The world that pages show in this test: `own_world` where the test asks for it, else `world`."""
    settings = request.getfixturevalue("own_world" if "own_world" in request.fixturenames else "world")
    for name in [name for name in os.environ if name.startswith("FUNDING_")]:
        monkeypatch.delenv(name)
    for name, value in {"HOME": settings.home, "DATA": settings.data, "MODEL": settings.model}.items():
        monkeypatch.setenv(f"FUNDING_{name}", str(value))
    _remember_only(settings.home)
    return settings


_SEEN: list[Path] = []
"""The home whose store the dashboard's caches hold."""


def _remember_only(home: Path | None) -> None:
    """What was read of one store is kept from test to test, and forgotten before another is shown."""
    if [home] != _SEEN:
        st.cache_resource.clear()
        st.cache_data.clear()
        _SEEN[:] = [home] if home else []


@pytest.fixture
def page(seen_world):
    """Opens a view of the small store as a browser would that follows such an address, on DAY unless `on` is given:
    `page("call", profile="riga", call=WOMEN)`. Run the answer again after its widgets were used."""

    def run(view: str = "matches", **query: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        address = {"on": small_store.DAY.isoformat()} | query
        app.query_params.update(address)
        app.run()
        if view != "matches":
            app.switch_page(f"views/{view}.py")
            app.query_params.update(address)
            app.run()
        assert not app.exception, [found.value for found in app.exception]
        return app

    return run


@pytest.fixture
def make():
    """A literal call, to be changed by a test."""
    return SimpleNamespace(call=a_call)


@pytest.fixture(scope="session")
def snapshot_home(tmp_path_factory) -> Path:
    """A home folder whose store holds the bundled snapshot, loaded as `funding snapshot load` loads it."""
    home = tmp_path_factory.mktemp("home")
    told = subprocess.run(
        [sys.executable, "-m", "crawler", "snapshot"],
        cwd=PROJECT,
        env=os.environ | {"FUNDING_HOME": str(home), "FUNDING_MODEL": "hashing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return home


@pytest.fixture
def open_page():
    """Opens a page of the dashboard as a browser would that follows such an address."""

    def run(page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params.update(query)
        app.run()
        if page:
            app.switch_page(f"views/{page}.py")
            app.query_params.update(query)
            app.run()
        return app

    return run


@pytest.fixture
def shown():
    """All text of a page as one string: the Markdown sources, labels, table cells, and what its pieces of HTML say."""
    return lambda app: "\n".join(readable(text) if kind == "html" else text for kind, text in _texts(app.main))


@pytest.fixture
def sent():
    """All strings of a page that reach the browser, each with the kind of the element that carries it."""
    return lambda app: list(_texts(app.main))


def _texts(block) -> Iterator[tuple[str, str]]:
    for child in block.children.values():
        if child.type == "table":
            cells = child.value.reset_index(drop=True).astype(str)
            yield from (("table", text) for text in [*map(str, cells.columns), *cells.to_numpy().ravel()])
        elif child.proto is not None:
            yield from ((child.type, text) for text in _strings(MessageToDict(child.proto)))
        if hasattr(child, "children"):
            yield from _texts(child)


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from () if name == "id" else _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
