"""Who could join, on the page of a call: searched only when a reader asks, drawn with evidence and source."""

import pytest
import streamlit as st

KEY = "CERV-2026-CITIZENS-TOWN-NT"


@pytest.fixture(autouse=True)
def snapshot(monkeypatch, snapshot_home):
    monkeypatch.setenv("FUNDING_HOME", str(snapshot_home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def switch(app):
    return next(one for one in app.toggle if one.label.startswith("Look for partners"))


def test_nothing_is_searched_before_a_reader_asks(open_page, shown, monkeypatch):
    def refuse(*_):
        raise AssertionError("searched unasked")

    monkeypatch.setattr("dashboard.queries.partners", refuse)
    app = open_page("call", profile="kudwa", on="2026-01-10", call=KEY)
    assert not app.exception
    assert switch(app).value is False
    assert "Advised role" not in shown(app)


def test_role_leads_and_networks_are_shown_on_demand(open_page, shown):
    app = open_page("call", profile="kudwa", on="2026-01-10", call=KEY)
    switch(app).set_value(True).run()
    assert not app.exception
    text = shown(app).replace("\\", "")
    assert "Advised role: co-applicant." in text
    assert "funding crawl funded_projects" in text, "the snapshot holds no projects, and it is said"
    assert "Can be funded, as far as country and kind tell." in text, "a body of a network"
    assert "led UNITES (AMIF, 2024)" in text
    assert "Their weights are set by judgement, not measured." in text
    assert "Intercultural Cities" in text
    assert "Partner Search Tool" in text
    assert "was not asked whether it looks for partners" in text
