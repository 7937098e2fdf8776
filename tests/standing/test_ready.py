"""What the jobs of the night leave is all that a page of the next day needs."""

import shutil
from datetime import timedelta

import pytest

from matcher.brief.lens import LONGEST
from matcher.model import Deadline
from matcher.service import Service
from tests.doubles import small_store
from tests.standing.conftest import ON

LONG = small_store.made_call(
    "long",
    title="Towns and newcomers",
    text=f"Towns and newcomers work {'hand in hand ' * LONGEST} for good.",
    opening=ON,
    deadlines=(Deadline(day=ON + timedelta(days=30)),),
    as_of=ON,
)
"""A sentence longer than what may show a goal of the brief; it may be quoted all the same."""


@pytest.fixture
def fresh(settings, tmp_path):
    """A service on a copy of the store, of which nothing was worked out yet."""
    home = shutil.copytree(settings.home, tmp_path / "home")
    made = []

    def run() -> Service:
        made.append(Service(settings.model_copy(update={"home": home})))
        return made[-1]

    first = run().store
    first.save_run(small_store.good_run(small_store.card(small_store.PORTAL), id="long"), [LONG])
    first.worked_out.forget(first.worked_out.names())
    shutil.rmtree(home / "index", ignore_errors=True)
    yield run
    for one in made:
        one.store.close()


def test_before_the_night_nothing_is_opened_and_nothing_made(fresh):
    service = fresh()
    service.open_kept(ON)
    assert service.store.worked_out.names() == set()
    assert not (service.settings.home / "index").exists()


def test_after_the_night_a_page_has_no_text_to_embed_and_no_call_to_judge(fresh, monkeypatch):
    service = fresh()
    service.embed(ON)
    service.prepare(ON)
    awake = fresh()
    for name in ("encode_passages", "encode_queries"):
        monkeypatch.setattr(type(awake.encoder), name, lambda *_: pytest.fail("a text was embedded"))
    monkeypatch.setattr(awake.store, "calls", lambda *_: pytest.fail("all calls were read"))
    awake.open_kept(ON)
    for profile in ("riga", "new-women-connectors"):
        running = [id for id, use in awake.standing(profile, ON)["usability"].items() if use < 3]
        found = awake.entries(profile, running, ON)
        assert LONG.id in [one.call.id for one in found if one.evidence]
        assert len(found) == len(running) > 20
