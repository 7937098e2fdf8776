"""Deadlines, partners, map, sources and the page about the service before anything was loaded: a sentence, no fault."""

import pytest
import streamlit as st


@pytest.fixture
def nothing_loaded(seen_world, tmp_path, monkeypatch):
    """A home in which no store is yet."""
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path / "new"))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("nothing_loaded")
@pytest.mark.parametrize(
    ("view", "title", "told"),
    [
        ("deadlines", "This page cannot be shown now", "funding snapshot load"),
        ("partners", "Partners", "funding crawl funded_projects"),
        ("map", "Map", "funding crawl funded_projects"),
        ("sources", "Sources", "No source was read yet"),
        ("about", "About", "Silence of a call is never a no"),
    ],
)
def test_a_view_of_an_empty_store_says_what_to_do(page, shown, view, title, told):
    app = page(view, profile="riga")
    assert [heading.value for heading in app.title] == [title]
    assert told in shown(app).replace("\\", "")
