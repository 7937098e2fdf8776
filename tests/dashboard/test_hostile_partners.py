"""Whatever the portal's register, a project or a network calls itself: no name acts on the page of partners."""

import re
from dataclasses import replace

import pytest
import streamlit as st

from dashboard import queries

PAYLOADS = (
    "![pixel](http://tracker.example/p.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    ":red[x] :material/home: $x^2$",
    "# Heading\n\n- list | a |",
    "\u202egnp.exe \x1b[2J **bold**",
)
ACTIVE = ("<", "![", "](java", ":red[x", ":material/home", "$", "- list", "| a", "**bold", "\u202e", "\x1b")


@pytest.fixture(autouse=True)
def snapshot(monkeypatch, snapshot_home):
    monkeypatch.setenv("FUNDING_HOME", str(snapshot_home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def hostile(page, payload):
    """The page with foreign words in place of all that others wrote."""

    def said(one):
        done = tuple(
            each.model_copy(update=dict.fromkeys(("project", "programme"), payload)) for each in one.candidate.past
        )
        update = {"name": payload, "city": payload, "url": "javascript:alert(1)", "past": done}
        return one.model_copy(
            update={"candidate": one.candidate.model_copy(update=update), "reasons": (payload, *one.reasons)}
        )

    kept = page.suggestions
    found = {name: tuple(map(said, getattr(kept, name))) for name in ("repairing", "strengthening")}
    network = page.networks[0].model_copy(update={"name": payload, "what": payload, "url": "javascript:alert(1)"})
    return replace(page, suggestions=kept.model_copy(update=found), networks=(network, *page.networks[1:]))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_name_of_a_partner_is_active(open_page, sent, monkeypatch, payload):
    real = queries.partners
    monkeypatch.setattr("dashboard.queries.partners", lambda *asked: hostile(real(*asked), payload))
    app = open_page("call", profile="kudwa", on="2026-01-10", call="CERV-2026-CITIZENS-TOWN-NT")
    next(one for one in app.toggle if one.label.startswith("Look for partners")).set_value(True).run()
    assert not app.exception
    carried = [text for kind, text in sent(app) if kind != "text"]
    bare = "\n".join(re.sub(r"\\[!-/:-@\[-`{-~]", "", text) for text in carried)
    letters = re.findall(r"[a-z]+", payload)[-1]
    assert bare.count(letters) >= 2, "the payload must reach the page to be tested"
    page_own = [text for text in carried if payload.split()[0] in text.replace("\\", "").replace("\N{WORD JOINER}", "")]
    for text in page_own:
        left = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)
        assert "](javascript:" not in left
        assert not [sign for sign in ACTIVE if sign in left.removeprefix("**")], text
