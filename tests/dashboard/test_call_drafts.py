"""On a call's page: a draft of a consortium, partners with a ready invitation, the brief's lens, money."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from dashboard import queries
from tests.doubles.small_store import COUNCILS, MIGRANT_LED, WOMEN


@pytest.fixture
def plain(shown):
    """The text of a page without escapes."""
    return lambda app: shown(app).replace("\\", "").replace("\N{WORD JOINER}", "")


def field(app, label):
    return next(one for one in [*app.multiselect, *app.selectbox, *app.text_area] if one.label.startswith(label))


def partners(app):
    switch = next(one for one in app.toggle if one.label.startswith("Look for partners"))
    app = switch.set_value(True).run()
    assert not app.exception
    return app


# A draft


def test_the_chosen_organisation_is_in_first_and_hears_what_is_missing(page, plain):
    app = page("call", profile="riga", call=WOMEN)
    field(app, "Coordinator").set_value("first").run()
    text = plain(app)
    assert "Riga City Council, coordinator, Latvia, local authorities" in text
    assert "Not met Are there enough applicants?" in text


def test_further_members_repair_it(page, plain):
    app = page("call", profile="riga", call=WOMEN)
    field(app, "Members").set_value(["riga", "ioannina", MIGRANT_LED]).run()
    assert not app.exception
    assert "Met Are there enough applicants?" in plain(app)


def test_who_is_advised_to_join_leads_only_when_the_reader_says_so(page, plain):
    app = page("call", profile="riga", call=WOMEN)
    assert "Is there a coordinator? Nobody leads." in plain(app)
    field(app, "Members").set_value(["riga", "ioannina"]).run()
    field(app, "Coordinator").set_value("ioannina").run()
    assert "Municipality of Ioannina, coordinator" in plain(app)
    assert "Riga City Council, beneficiary" in plain(app)


def test_a_partner_without_profile_can_be_tried_and_its_name_stays_text(page, plain, shown):
    app = page("call", profile="riga", call=WOMEN)
    field(app, "Further partners").set_value("![x](http) <i>Melissa</i>:GR:civil_society").run()
    assert not app.exception
    assert "<i>Melissa</i>, beneficiary, Greece, civil society organisations" in plain(app)
    drawn = [one.proto.body for one in app.get("html") if "Melissa" in one.proto.body]
    assert drawn
    assert not [one for one in drawn if "<i>" in one]


def test_what_cannot_be_read_is_told_with_what_is_allowed(page):
    app = page("call", profile="riga", call=WOMEN)
    field(app, "Further partners").set_value("Melissa:QQ").run()
    assert not app.exception
    assert "is no country" in app.error[0].value.replace("\\", "")


def test_without_members_the_reader_is_told_what_to_do(page):
    app = page("call", call=WOMEN)
    assert any("Choose members" in one.value for one in app.info)


# Partners


def test_nothing_is_searched_before_a_reader_asks(page, plain, monkeypatch):
    def refuse(*_):
        raise AssertionError("searched unasked")

    monkeypatch.setattr("dashboard.queries.partners", refuse)
    assert "Advised role" not in plain(page("call", profile="riga", call=WOMEN))


def test_who_wants_to_be_found_can_be_invited_by_a_mail_that_names_no_address(page, plain):
    app = partners(page("call", profile="riga", call=WOMEN))
    text = plain(app)
    assert "Women Connect" in text
    assert "Networks to ask" in text
    links = [unquote(one) for one in re.findall(r"\]\((mailto:[^)]*)\)", text)]
    assert any("To Women Connect" in one for one in links)
    assert all(one.startswith("mailto:?subject=") for one in links)
    ready = next(one.value for one in app.code if "To Women Connect" in one.value)
    assert "Riga City Council (Latvia)" in ready
    assert "Integration of migrant women into local life" in ready
    assert "/call?profile=riga&on=2026-03-02&call=portal%3Aamif-women" in ready


PAYLOADS = (
    "![pixel](http://tracker.example/p.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    ":red[x] :material/home: $x^2$",
    "# Heading\n\n- list | a |",
    "\u202egnp.exe \x1b[2J **bold**",
    "w" * 10_000,
)
ACTIVE = ("<", "![", "](java", ":red[x", ":material/home", "$", "- list", "| a", "**bold", "\u202e", "\x1b")


def hostile(found, payload):
    """The page with foreign words in place of all that others wrote."""

    def said(one):
        done = tuple(
            each.model_copy(update=dict.fromkeys(("project", "programme"), payload)) for each in one.candidate.past
        )
        update = {"name": payload, "city": payload, "url": "javascript:alert(1)", "past": done}
        return one.model_copy(
            update={"candidate": one.candidate.model_copy(update=update), "reasons": (payload, *one.reasons)}
        )

    kept = found.suggestions
    changed = {name: tuple(map(said, getattr(kept, name))) for name in ("repairing", "strengthening")}
    network = found.networks[0].model_copy(update={"name": payload, "what": payload, "url": "javascript:alert(1)"})
    return replace(found, suggestions=kept.model_copy(update=changed), networks=(network, *found.networks[1:]))


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_name_of_a_partner_is_active(page, sent, monkeypatch, payload):
    real = queries.partners
    monkeypatch.setattr("dashboard.queries.partners", lambda *asked: hostile(real(*asked), payload))
    app = partners(page("call", profile="riga", call=WOMEN))
    carried = [text for kind, text in sent(app) if kind not in ("text", "code", "html")]  # that of HTML is escaped
    first = payload.split()[0][:100]
    own = [text for text in carried if first in text.replace("\\", "").replace("\N{WORD JOINER}", "")]
    assert own or "\u202e" in payload, "the payload must reach the page to be tested"
    for text in carried:
        left = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)
        assert "](javascript:" not in left
        if text in own:
            ours = re.sub(r":material/(arrow_forward|help|close|check|mail):|^\*\*|\*\*$", "", left, flags=re.MULTILINE)
            assert not [sign for sign in ACTIVE if sign in ours], text


# The brief's lens, and money


def test_the_lens_is_worked_out_when_it_is_opened(page, plain):
    app = page("call", profile="riga", call=COUNCILS)
    assert "Anchored in law" not in plain(app)
    app.session_state[f"inclusion {COUNCILS}"] = True
    text = plain(app.run())
    assert not app.exception
    assert "sure, by a test on calls held back" in text
    assert "Can migrant organisations be funded partners?" in text
    assert "Anchored in law:" in text


def test_money_stands_with_whose_word_it_is(page, plain):
    text = plain(page("call", call=WOMEN))
    assert "Smallest grant: EUR 300,000 a project" in text
    assert "Rate: at most 90" in text
    assert "Own part: the partners together add at least EUR 33,334 for the smallest grant" in text
    assert "portal.example" in text.partition("Smallest grant")[2].partition("Largest grant")[0]
