"""What every page shows, and what of its address holds on the next one."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher.languages import LANGUAGES, speaker
from matcher.service import Service
from matcher.store import open_store
from tests.doubles.pieces import found
from tests.doubles.small_store import DAY, MIGRANT_LED, MUNICIPALITY, WOMEN

VIEWS = sorted(path.stem for path in (Path(__file__).parents[2] / "dashboard" / "views").glob("[!_]*.py"))


def html(app) -> str:
    return "".join(one.proto.body for one in app.get("html"))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", [{}, {"profile": MUNICIPALITY, "call": WOMEN, "lang": "el"}])
def test_every_page_opens_with_and_without_a_choice(page, view, query):
    app = page(view, **query)
    assert len(app.title) + len(found(app, ".//h1")) == 1
    assert not app.error


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_s_name_and_the_day_of_the_data_stand_on_every_page(page, language):
    say = speaker(language)
    told = page("about", lang=language).markdown[0].value.replace("\\", "")
    assert told.startswith(say.gettext("EU funds for integration"))
    assert say.day(DAY) in told


def test_choosing_an_organisation_puts_it_into_the_address(page):
    app = page()
    app.selectbox(key="profile").select(MIGRANT_LED).run()
    assert app.query_params["profile"] == MIGRANT_LED
    assert "Women Connect" in app.title[0].value


def test_of_two_organisations_of_one_name_the_one_is_chosen_that_was_pressed(page, own_world):
    twin = Service(own_world).profile(MUNICIPALITY).model_copy(update={"id": "twin"})
    with open_store(own_world.database_url) as store:
        store.organisations.save(twin, datetime(2026, 3, 1, tzinfo=UTC))
    app = page()
    for id in ("twin", MUNICIPALITY, "twin"):
        choice = app.selectbox(key="profile")
        [place] = [at for at, words in enumerate(choice.options) if words.endswith(f", {id}")]
        choice.select_index(place).run()
        assert app.query_params["profile"] == id


def test_going_back_to_where_none_was_chosen_chooses_none(page):
    app = page()
    app.selectbox(key="profile").select(MIGRANT_LED).run()
    del app.query_params["profile"]
    app.run()
    assert app.selectbox(key="profile").value is None
    assert "profile" not in app.query_params


def test_what_the_address_named_holds_on_the_next_page(page):
    """Streamlit's menu leads to addresses without parameters."""
    app = page(profile=MUNICIPALITY, lang="fr")
    app.switch_page("views/about.py")
    app.query_params.clear()
    app.run()
    assert dict(app.query_params) == {"profile": MUNICIPALITY, "lang": "fr", "on": DAY.isoformat()}
    assert app.selectbox(key="profile").value == MUNICIPALITY
    assert speaker("fr").gettext("Organisation") == app.selectbox(key="profile").label


def test_another_day_is_said_and_one_click_leads_back_to_today(page):
    app = page("about", profile=MUNICIPALITY)
    assert app.info[0].value == "You see how things stand on 2 March 2026."
    next(one for one in app.button if one.label == "Show today").click().run()
    assert "on" not in app.query_params
    assert not app.info


def test_today_is_not_written_into_the_address(page):
    app = page("about", profile=MUNICIPALITY, on="")
    assert app.query_params.get("on", "") == ""
    assert not app.info


@pytest.mark.parametrize("named", ["nowhere", "<script>alert(1)</script>", "../etc/passwd", "x" * 5000, "\0"])
def test_an_unknown_organisation_in_the_address_is_said(page, named):
    app = page(profile=named)
    told = [one.value for one in app.warning if "which is not known here" in one.value]
    assert len(told) == 1
    assert re.search(r"(?<!\\)<", told[0]) is None
    assert len(told[0]) < 300
    assert app.selectbox(key="profile").value is None


@pytest.mark.parametrize("named", ["2025-02-30", "1066-10-14", "9999-12-31", "tomorrow", "2025-05-01T00:00:00"])
def test_a_wrong_day_in_the_address_is_said_and_today_shown(page, named):
    app = page("about", profile=MUNICIPALITY, on=named)
    assert "which is not known here" in app.warning[0].value
    assert app.session_state["frame"].on == app.session_state["frame"].today == date.today()


def test_the_other_languages_are_links_to_this_very_page(page):
    links = re.findall(r'<a href="([^"]*)" lang="(\w\w)"', html(page("about", profile=MUNICIPALITY)))
    assert [code for _, code in links] == list(LANGUAGES)
    assert all(address.startswith("/about?") and f"profile={MUNICIPALITY}" in address for address, _ in links)


def test_no_address_breaks_out_of_the_language_links(page):
    made = html(page("about", more='"><script>alert(1)</script>'))
    assert "<script" not in made
    assert "%3Cscript" in made
