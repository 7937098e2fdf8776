"""The first page in all its states, on a small real store."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.filters import Filters, to_query
from dashboard.matches import narrowing, section
from dashboard.told.fit import chart
from matcher.languages import speaker
from matcher.model import Contribution, Dislike, Event, EventKind, Fund, Pursuit, RouteKind, Stage
from matcher.store import open_store
from tests.doubles import small_store
from tests.doubles.pieces import found
from tests.doubles.small_store import CALLS, MIGRANT_LED, MUNICIPALITY, OUTSIDE, RUMOUR, WOMEN, made_call

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL = Filters()
FUNDS = ["AMIF", "ESF+", "ERDF", "Erasmus+", "CERV"]


def plain(text: str) -> str:
    return text.replace("\\", "")


def headings(app: AppTest) -> list[str]:
    """Of the funds; last what lies outside them."""
    return [one.split(" ")[0] for one in found(app, ".//h2")] + [plain(one.value) for one in app.header]


def cards(app: AppTest) -> list[str]:
    return found(app, ".//div[@class='call']//h3")


def folds(app: AppTest) -> dict[str, object]:
    """Label of each list that is folded -> it."""
    return {plain(one.label): one for one in app.expander if "call)" in one.label or "calls)" in one.label}


def opened(app: AppTest, name: str, filters: Filters = ALL) -> AppTest:
    """The page after the reader opened a folded list, by its name and fund."""
    app.session_state[f"{name} {narrowing.key(filters)}"] = True
    return app.run()


def pursued(settings, *pursuits: tuple[str, Stage, dict]) -> None:
    with open_store(settings.database_url) as store:
        for call, stage, facts in pursuits:
            store.workspaces.pursue(Pursuit(organisation=MUNICIPALITY, call=call, stage=stage, changed=NOW, **facts))


# Before an organisation is chosen


def test_a_newcomer_is_told_what_to_do_and_sees_the_brief_s_table(page, shown):
    app = page()
    text = plain(shown(app))
    assert app.title[0].value == "Find the EU calls your organisation can use"
    assert "Choose your organisation at the top of the page." in text
    assert [name.split(":")[0] for name in found(app, ".//h3")] == FUNDS
    for label in ("Objectives and actions", "Who has access", "How it is managed", "Direct access for municipalities"):
        assert found(app, ".//th").count(label) == 2 * len(FUNDS), "now, and as the brief of 2023 had it"
    assert CALLS[0].title not in text


def test_an_example_is_one_click_away(page):
    app = page()
    app.button(key=f"example {MIGRANT_LED}").click().run()
    assert app.query_params["profile"] == MIGRANT_LED
    assert app.title[0].value == "EU calls for Women Connect"


# For an organisation


def test_each_fund_has_its_part_and_its_calls_as_cards(page, shown):
    app = page(profile=MUNICIPALITY)
    assert headings(app) == [*FUNDS, "Other EU programmes"]
    assert cards(app)[:3] == [
        "Integration of migrant women into local life",
        "A grant for neighbourhood festivals of newcomers",
        "Housing of refugees in towns",
    ]
    text = plain(shown(app))
    assert "1 to 3 of 4 calls that are or may be open to you" in text
    assert "12 calls" in text
    assert "10 are or may be open to you" in text


def test_a_card_says_way_in_deadline_fit_reason_caution_and_goals(page, shown):
    text = plain(shown(page(profile=MUNICIPALITY, fund="AMIF")))
    for told in (
        "lead or co-applicant new since 28 February 2026",
        "AMIF-2026-WOMEN · AMIF · open",
        "in 45 days 16 April 2026, 17:00 (Brussels time)",
        "the call says “Projects help migrant women to learn the language, to work and to take part in local life.”",
        "you look for “Language courses and work for newcomers”",
        "You need partners: the call wants at least 3 applicants.",
        "unconfirmed: known only from",
    ):
        assert told in text, told
    assert "Goals of the MILE brief: a say in decisions and policies" in plain(shown(page(profile=MUNICIPALITY)))


def test_a_text_in_another_language_than_the_page_s_says_so(page, shown):
    assert "The call’s text is in this language: French." in plain(shown(page(profile=MUNICIPALITY, fund="CERV")))
    french = found(page(profile=MUNICIPALITY, fund="CERV", lang="fr"), ".//div[@class='what']")
    assert not [told for told in french if "Réseaux de villes" in told and "langue" in told]


def test_the_fit_is_told_in_figures_that_make_the_score():
    parts = [
        Contribution(name=name, label=name, weight=1, signal=value, value=value)
        for name, value in {"meaning": 0.5, "words": 0.25, "<size>": -0.1}.items()
    ]
    html = chart(speaker("de"), 0.65, parts)
    assert "0,65" in html
    assert [f"{value}</span></li>" in html for value in ("0,50", "0,25", "-0,10")] == [True] * 3
    assert "width:50.0%" in html
    assert "width:0.0%" in html
    assert "&lt;size&gt;" in html


def test_all_other_calls_are_folded_below_with_the_reason(page, shown):
    app = page(profile=MUNICIPALITY)
    assert list(folds(app)) == ["Closed (1 call)", "Not open to you, because … (1 call)"]
    assert "Health of asylum seekers" not in shown(app), "what is folded is not looked up"
    text = plain(shown(opened(app, "closed amif")))
    assert "Health of asylum seekers" in text
    assert "closed: 10 February 2026" in text
    text = plain(shown(opened(app, "not-open other")))
    assert "Research on migration and towns" in text
    assert "associated partner, without funding" in text


def test_a_country_outside_the_eu_is_told_why(page, shown):
    text = plain(shown(opened(page(profile=OUTSIDE), "not-open cerv")))
    assert "United Kingdom" in text


def test_every_call_is_reached_by_paging(page, monkeypatch):
    monkeypatch.setattr(section, "CARDS", 1)
    app, seen, key = page(profile=MUNICIPALITY), [], f"page of amif {narrowing.key(ALL)}"
    for number in range(1, 5):
        app.session_state[key] = number
        app.run()
        seen.append(cards(app)[0])
    assert len(set(seen)) == 4


def test_when_the_last_page_is_gone_the_one_before_it_is_shown(own_world, page, monkeypatch):
    monkeypatch.setattr(section, "CARDS", 1)
    app = page(profile=MUNICIPALITY)
    app.session_state[f"page of amif {narrowing.key(ALL)}"] = 4
    app.run()
    pursued(own_world, (small_store.IN_LATVIA, Stage.DISMISSED, {"reason": Dislike.OTHER}))
    assert cards(app.run())[0] == "Housing of refugees in towns"


def test_a_fund_without_an_open_call_says_who_else_gives_out_its_money(page, shown):
    told = "Money of this fund is also given out within Netherlands: ask its managing authority."
    assert told in plain(shown(page(profile=MIGRANT_LED)))


def test_national_calls_of_other_countries_are_counted(page, shown):
    assert "Left out: 1 national call of other countries" in plain(shown(page(profile=MUNICIPALITY)))
    assert "Left out: 2 national calls of other countries" in plain(shown(page(profile=MIGRANT_LED)))


def test_links_lead_to_mail_plain_pages_and_exports_of_the_same_list(page):
    app = page(profile=MUNICIPALITY, fund="CERV", lang="fr")
    html = "".join(one.proto.body for one in app.get("html"))
    for told in (
        'href="/alerts/subscribe?profile=riga&amp;lang=fr"',
        'href="/plain/matches?lang=fr&amp;profile=riga&amp;on=2026-03-02&amp;fund=CERV"',
        "/plain/matches.pdf?",
        "/plain/matches.xlsx?",
        "/plain/matches.csv?",
        "/plain/matches.txt?",
    ):
        assert told in html, told


# What the organisation does about calls


def test_what_was_put_aside_stands_apart_with_its_reason(own_world, page, shown):
    pursued(own_world, (WOMEN, Stage.DISMISSED, {"reason": Dislike.TOO_LARGE}), (RUMOUR, Stage.SAVED, {}))
    app = page(profile=MUNICIPALITY, fund="AMIF")
    assert "Integration of migrant women into local life" not in cards(app)
    assert "Put aside (1 call)" in folds(app)
    text = plain(shown(opened(app, "put-aside amif", Filters(fund=(Fund.AMIF,)))))
    assert "Integration of migrant women into local life" in text
    assert "The grant is too large for us" in text


def test_what_changed_since_it_was_put_aside_comes_back_and_says_so(own_world, page, shown):
    pursued(own_world, (WOMEN, Stage.DISMISSED, {"reason": Dislike.TOO_SOON}))
    with open_store(own_world.database_url) as store:
        changed = Event(call=WOMEN, source="portal", kind=EventKind.CHANGED, on=small_store.DAY)
        store.save_run(small_store.good_run(small_store.CARDS[0], id="later"), [], events=[changed])
    app = page(profile=MUNICIPALITY, fund="AMIF")
    assert "Integration of migrant women into local life" in cards(app)
    assert "changed since you put it aside" in plain(shown(app))


def test_saving_a_call_is_kept(own_world, page):
    app = page(profile=MUNICIPALITY)
    app.button(key=f"save {WOMEN}").click().run()
    with open_store(own_world.database_url) as store:
        assert store.workspaces.pursuits(MUNICIPALITY)[WOMEN].stage is Stage.SAVED
    assert not app.exception


# Filters


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(fund=(Fund.ERDF, Fund.CERV)), 4),
        (Filters(route=(RouteKind.LEAD,)), 6),
        (Filters(within=14), 2),
        (Filters(seen=7), 2),
        (Filters(country="GR"), 11),
        (Filters(language=("fr",)), 1),
        (Filters(least=500_000), 10),
    ],
)
def test_a_filter_in_the_address_holds_and_can_be_taken_out(page, shown, filters, left):
    app = page(profile=MUNICIPALITY, **to_query(filters))
    calls = "call" if left == 1 else "calls"
    assert f"**{left} {calls} of 12**" in plain(shown(app))
    while buttons := [one for one in app.button if str(one.key).startswith("take out")]:
        buttons[0].click().run()
    assert "**12 calls**" in plain(shown(app))
    assert not set(app.query_params) & set(to_query(filters))


def test_a_choice_goes_into_the_address_and_one_click_clears_all(page, shown):
    app = page(profile=MUNICIPALITY)
    app.text_input(key="choice text").set_value("councils and elections").run()
    app.selectbox(key="choice within").set_value("90").run()
    app.number_input(key="choice most").set_value(80_000).run()
    assert (app.query_params["text"], app.query_params["within"]) == ("councils and elections", "90")
    assert app.query_params["most"] == "80000"
    assert "Migrants in local councils and elections" in cards(app)
    next(one for one in app.button if one.label == "Clear all filters").click().run()
    assert not {"text", "within", "most"} & set(app.query_params)


def test_what_was_first_seen_lately_can_be_chosen_and_is_cleared_with_all_others(page):
    app = page(profile=MUNICIPALITY)
    app.selectbox(key="choice seen").set_value("7").run()
    assert app.query_params["seen"] == "7"
    assert cards(app) == ["Housing of refugees in towns", "Réseaux de villes"]
    assert [plain(one.label) for one in app.button if str(one.key).startswith("take out")] == [
        "First seen: in the last 7 days *take this filter out*"
    ]
    app.query_params["on"] = (small_store.DAY + timedelta(days=5)).isoformat()
    assert cards(app.run()) == ["Housing of refugees in towns"], "days are counted from the one that the page shows"
    next(one for one in app.button if one.label == "Clear all filters").click().run()
    assert "seen" not in app.query_params
    assert len(cards(app)) > 2


def test_another_order(page):
    app = page(profile=MUNICIPALITY, sort="deadline", fund="CERV")
    assert cards(app) == ["Réseaux de villes", "Migrants in local councils and elections", "Remembrance with newcomers"]


def test_where_no_call_is_left_the_page_says_which_filter_to_take_out(page, shown):
    app = page(profile=MUNICIPALITY, fund="ERDF", within="14")
    assert app.info[-1].value == "No call fulfils all of these filters."
    labels = {one.label for one in app.button if str(one.key).startswith("without")}
    assert labels == {"Without “Deadline”: 1 call", "Without “Fund”: 2 calls"}
    app.button(key="without within").click().run()
    assert cards(app) == ["Networks of towns that welcome newcomers"]


@pytest.mark.parametrize("nonsense", ["x", "-5", "<script>alert(1)</script>", "~~", "9" * 40])
def test_an_address_with_nonsense_is_told_in_words(page, nonsense):
    app = page(profile=MUNICIPALITY, within=nonsense, role=nonsense, fund="AMIF")
    told = [one.value for one in app.warning if "not known here" in one.value]
    assert [plain(one) for one in told] == [
        "The address of this page asks for something that is not known here, in: Deadline and What you want to do. "
        "It was left out."
    ]
    assert cards(app), "what else the address asks for holds"


# When something is wrong


def test_stale_data_say_so(page):
    app = page(profile=MUNICIPALITY)
    assert any("Last read on 2 March 2026" in one.value for one in app.warning)


def test_an_empty_store_says_what_to_run(own_world, page, shown):
    (own_world.home / "store.sqlite").unlink()
    app = page(profile=MUNICIPALITY)
    assert len(app.title) == 1
    assert "funding snapshot load" in plain(shown(app))


def test_a_file_that_is_no_store_is_named(own_world, page):
    for one in own_world.home.glob("store.sqlite*"):
        one.unlink()
    (own_world.home / "store.sqlite").write_text("Dear reader, this is no database. " * 100)
    app = page(profile=MUNICIPALITY)
    assert len(app.title) == 1
    assert "store.sqlite" in plain(app.error[0].value)


PAYLOAD = "<script>alert(1)</script> ![x](https://tracker.example/p.png) :red[x] \u202etxet " + "long " * 2_500


def test_hostile_titles_are_shown_as_text(own_world, page, shown):
    with open_store(own_world.database_url) as store:
        bad = made_call(
            "bad", title=PAYLOAD, text=f"{PAYLOAD} for migrants in towns.", programme="AMIF", fund=Fund.AMIF
        )
        store.save_run(small_store.good_run(small_store.CARDS[0], id="bad"), [bad])
    app = page(profile=MUNICIPALITY, text="script alert")
    title = next(one for one in cards(app) if "script" in one)
    assert title.startswith("<script>alert(1)</script>"), "shown as it is"
    assert "<script" not in "".join(one.proto.body for one in app.get("html"))
    assert "\u202e" not in title
    assert len(title) < 500
    assert not [one for one in app.markdown if "](https://tracker" in one.value]
