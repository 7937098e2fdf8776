"""The pages on the real service: the bundled snapshot in a real store, ranked by the small deterministic encoder."""

import shutil
import sqlite3
from contextlib import closing

import pytest
import streamlit as st

from tests.doubles.pieces import found

DAY = "2025-05-01"


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    """Each test has its own home and nothing remembered by an earlier one."""
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    monkeypatch.delenv("FUNDING_DATABASE", raising=False)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def snapshot(monkeypatch, snapshot_home):
    monkeypatch.setenv("FUNDING_HOME", str(snapshot_home))


def test_riga_finds_the_integration_topics_of_2025(snapshot, open_page, shown):
    app = open_page("", profile="riga", on=DAY)
    assert not app.exception
    amif = shown(app).split("European Social Fund Plus")[0]
    assert "AMIF-2025-TF2-AG-INTE-01-WOMEN" in amif.replace("\\", "")
    assert "lead or co-applicant" in amif
    assert "in 138 days" in amif


def test_birmingham_is_told_why_the_united_kingdom_gets_no_money(snapshot, open_page, shown):
    app = open_page("", profile="birmingham", on=DAY)
    assert not app.exception
    why = "Not fundable for the United Kingdom"
    assert why not in shown(app)
    app.session_state["not-open amif "] = True
    assert why in shown(app.run())


def test_every_call_of_the_first_view_has_a_page(snapshot, open_page):
    app = open_page("", profile="ioannina", on="2026-10-10")
    cards = found(app, ".//div[@class='call']//h3")
    assert len(cards) > 5
    page = open_page("call", profile="ioannina", on="2026-10-10", call="CERV-2026-CITIZENS-TOWN-NT")
    assert not page.exception
    assert found(page, ".//h1") == ["Networks of Towns"]


def test_both_sources_of_the_snapshot_are_on_the_coverage_page(snapshot, open_page, shown):
    app = open_page("sources", on="2026-10-10")
    assert not app.exception
    assert "of 8 October 2026 (2 days ago): 195 calls" in shown(app)


def test_an_empty_store_says_what_to_run(open_page, shown):
    app = open_page("", profile="riga", on=DAY)
    assert not app.exception
    assert "`funding snapshot load`" in shown(app).replace("\\", "")


def test_a_file_that_is_no_store_is_named_with_the_remedy(monkeypatch, tmp_path, open_page):
    other = tmp_path / "letter.txt"
    other.write_text("Dear reader, this is no database. " * 100)
    monkeypatch.setenv("FUNDING_DATABASE", f"sqlite:///{other}")
    app = open_page("", profile="riga")
    assert not app.exception
    told = app.error[0].value.replace("\\", "")
    assert "letter.txt" in told
    assert "FUNDING_DATABASE" in told


def test_a_wrong_setting_is_named(monkeypatch, open_page):
    monkeypatch.setenv("FUNDING_PORT", "eighty")
    app = open_page()
    assert not app.exception
    assert "FUNDING_PORT" in app.error[0].value.replace("\\", "")


def test_missing_data_is_named_with_the_remedy(monkeypatch, tmp_path, open_page):
    monkeypatch.setenv("FUNDING_DATA", str(tmp_path / "nowhere"))
    app = open_page("", profile="riga")
    assert not app.exception
    told = app.error[0].value.replace("\\", "")
    assert str(tmp_path / "nowhere" / "profiles") in told
    assert "FUNDING_DATA" in told


def test_while_another_process_writes_the_page_says_so_and_works_again_after_it(
    monkeypatch, tmp_path, snapshot_home, open_page
):
    shutil.copytree(snapshot_home, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("matcher.store.engine.PRAGMAS", ("PRAGMA busy_timeout = 100",))
    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as crawl:
        crawl.execute("BEGIN EXCLUSIVE")
        assert not open_page("sources", on=DAY).error, "reading goes on"
        told = open_page("", profile="oulu", on=DAY)
        assert not told.exception
        assert "Wait until the other `funding` process has finished" in told.error[0].value.replace("\\", "")
    again = open_page("", profile="oulu", on=DAY)
    assert not again.exception
    assert not again.error
