"""Each page as a reader meets it, on a service of literal facts."""

import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.widgets import source
from matcher.history import Step
from matcher.model import (
    AmountShare,
    Answer,
    Area,
    Authority,
    CallKind,
    CallStatus,
    Deadline,
    Fund,
    Link,
    National,
    Origin,
    Precision,
    Route,
    RouteBody,
    RouteKind,
    RunOutcome,
    Sighting,
    Tier,
)
from matcher.reference import Participation, Programme, Standing
from matcher.store import StoreError

VIEWS = sorted(path.stem for path in (Path(__file__).parents[2] / "dashboard" / "views").glob("[!_]*.py"))
DAY = "2025-05-01"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", [{}, {"profile": "riga"}, {"profile": "riga", "on": DAY, "call": "portal:one"}])
def test_every_page_opens_with_and_without_a_choice(service, open_page, view, query):
    app = open_page(view, **query)
    assert not app.exception
    assert len(app.title) == 1
    assert "Snapshot of 1 May 2025; run `funding crawl` for today's calls" in app.markdown[0].value


def test_before_a_choice_the_brief_s_table_stands_alone(service, open_page, shown):
    app = open_page()
    assert [header.value for header in app.header] == ["AMIF", r"ESF\+", "ERDF", r"Erasmus\+", "CERV"]
    assert "Integration call" not in shown(app)


def test_each_fund_shows_its_four_cells_and_what_the_brief_said(service, open_page, shown):
    text = shown(open_page("", profile="riga", on=DAY))
    for label in ("Objectives and actions", "Who has access", "How it is managed", "Direct access for municipalities"):
        assert text.count(f"**{label}**") == 2 * len(Fund)
    assert "CERV access now" in text
    assert "CERV access in 2023" in text
    assert text.count("(https://eur-lex.europa.eu/act), as of 1 May 2025") == 4 * len(Fund)


def test_a_match_shows_deadline_route_fit_why_and_what_is_not_known(service, open_page, shown):
    text = shown(open_page("", profile="riga", on=DAY))
    assert "Integration call one" in text
    assert "in 5 days" in text
    assert r":green-badge[:material/flag: lead or co\-applicant]" in text
    assert "Fit 0.75 of 1" in text
    assert "nearness in meaning" in text
    assert r"“Towns work with migrants\.”" in text
    assert "Speaks to the need: a migrant council" in text
    assert "Not known: Consortium" in text


def test_choosing_an_organisation_puts_it_into_the_address(service, open_page):
    app = open_page()
    app.selectbox(key="profile").select("birmingham").run()
    assert app.query_params["profile"] == "birmingham"
    assert app.title[0].value == "EU calls for Birmingham"


def test_choosing_a_day_shows_the_calls_of_that_day(service, open_page, shown):
    app = open_page("", profile="riga", on=DAY)
    app.date_input(key="on").set_value(date(2025, 6, 1)).run()
    assert app.query_params["on"] == "2025-06-01"
    assert [fold.label for fold in app.expander if "Closed" in fold.label] == ["Closed (1 call)"]
    assert "No call that is open to the organisation is known on 1 June 2025" in shown(app)


def test_today_is_not_written_into_the_address(service, open_page):
    assert "on" not in open_page("", profile="riga").query_params


@pytest.mark.parametrize("named", ["nowhere", "<script>alert(1)</script>", "../etc/passwd", "x" * 5000, "\0"])
def test_an_unknown_organisation_in_the_address_is_said(service, open_page, named):
    app = open_page("", profile=named)
    assert not app.exception
    assert "which is not known here" in app.warning[0].value
    assert re.search(r"(?<!\\)<", app.warning[0].value) is None
    assert len(app.warning[0].value) < 300
    assert app.selectbox(key="profile").value is None


@pytest.mark.parametrize("named", ["2025-02-30", "1066-10-14", "9999-12-31", "tomorrow", "2025-05-01T00:00:00", ""])
def test_a_wrong_day_in_the_address_is_said_and_today_shown(service, open_page, named):
    app = open_page("", profile="riga", on=named)
    assert "which is not known here" in app.warning[0].value
    assert app.date_input(key="on").value == date.today()


def test_what_is_not_open_is_folded_with_its_reason(service, make, open_page, shown):
    closed_route = make.match().route.model_copy(
        update={"kind": RouteKind.NOT_OPEN, "label": "not open", "reason": "the United Kingdom does not take part"}
    )
    service.matches = [make.match(route=closed_route)]
    app = open_page("", profile="birmingham", on=DAY)
    assert "Not open to you, because … (1 call)" in [fold.label for fold in app.expander]
    assert "not open: the United Kingdom does not take part" in shown(app).replace("\\", "")


def test_more_calls_than_fit_are_folded_and_the_rest_counted(service, make, open_page, shown):
    service.matches = [make.match(make.call(f"c{n:02}")) for n in range(40)]
    app = open_page("", profile="riga", on=DAY)
    assert len(app.subheader) == 3
    assert "More calls, less near or less certain (37 calls)" in [fold.label for fold in app.expander]
    assert "… and 17 more" in shown(app)


def test_a_fund_without_a_call_says_who_else_gives_out_its_money(service, open_page, shown):
    entry = {"source": "s", "as_of": date(2025, 1, 1)}
    service.programmes = (
        Programme(
            key="ESF", name="ESF+", fund=Fund.ESF_PLUS, legal_act="a", route=RouteKind.MANAGING_AUTHORITY, **entry
        ),
    )
    service.participations = (
        Participation(programme="ESF", country="LV", standing=Standing.MEMBER, start=date(2021, 1, 1), **entry),
        Participation(
            programme="ESF", country="GB", standing=Standing.NOT_PARTICIPATING, start=date(2021, 1, 1), **entry
        ),
    )
    assert "within Latvia: ask its managing authority" in shown(open_page("", profile="riga", on=DAY))
    assert "ask its managing authority" not in shown(open_page("", profile="birmingham", on=DAY))


def test_the_call_page_has_facts_verdicts_evidence_and_texts(service, make, open_page, shown):
    service.matches = [
        make.match(
            verdicts=(
                make.verdict("a", "Country", Answer.NOT_MET, "not in the EU", remedy="join as a partner"),
                make.verdict("b", "Kind", Answer.MET, "public"),
                make.verdict("c", "Size", Answer.UNKNOWN, "not said"),
            )
        )
    ]
    app = open_page("call", profile="riga", call="portal:one", on=DAY)
    text = shown(app).replace("\\", "")
    for told in (
        "6 May 2025, 17:00 (Brussels time) · in 5 days",
        "EUR 10,000,000: a shared pot",
        "EUR 300,000 to EUR 1,000,000 a project",
        "[Official page (ec.europa.eu)](https://ec.europa.eu/call)",
        "As of 1 May 2025, from The portal",
        "[:material/close: Not met] **Country** not in the EU",
        ":material/arrow_forward: join as a partner",
        "Rests on what is usual for this programme · Article 9",
        "“Towns work with migrants.”",
        "**News** (1 April 2025)",
    ):
        assert told in text
    assert text.index("Not met]") < text.index("Not known]") < text.index("Met]")


def test_the_page_of_a_call_names_whom_to_apply_to_whom_to_ask_and_who_is_missing(service, make, open_page, shown):
    told = {"source": "https://page.example/list", "as_of": "2025-05-01", "evidence": "known", "note": "Check it."}
    ministry = RouteBody(
        name="Ministerija", english="Ministry", url="https://ministry.example/", role="managing authority"
    )
    point = RouteBody(name="Point", role="contact point", **told)
    way = {"kind": RouteKind.MANAGING_AUTHORITY, "label": "through the managing authority", "reason": "r"}
    route = Route(body=ministry, contacts=(point,), gap="No agency is known here. See https://list.example/.", **way)
    call = make.call()
    service.matches = [make.match(call, route=route)]
    text = shown(open_page("call", profile="riga", call=call.id, on=DAY)).replace("\\", "")
    for told_so in (
        "Apply to: [Ministerija (Ministry)](https://ministry.example/), managing authority",
        "Ask: Point, contact point, from general knowledge, to be checked, 1 May 2025: [",
        "(https://page.example/list)",
        "Check it.",
        ":material/help: No agency is known here.",
    ):
        assert told_so in text


def test_a_national_call_says_who_runs_it_where_and_what_became_of_it(service, make, open_page, shown):
    agency = RouteBody(name="Central Finance and Contracting Agency", url="https://www.cfla.gov.lv/")
    area = Area(text="Kurzeme", codes=("LV003",))
    national = National(
        country="LV",
        programme="Latvian programme",
        area=area,
        authority=Authority(name=agency.name, url=agency.url),
        share=AmountShare.EU,
    )
    call = make.call(
        national=national,
        published_status=CallStatus.FORTHCOMING,
        opening=date(2025, 7, 1),
        opening_precision=Precision.QUARTER,
        deadlines=(),
    )
    route = Route(kind=RouteKind.NATIONAL_AUTHORITY, label="direct to the national authority", reason="r", body=agency)
    service.matches = [make.match(call, route=route)]
    service.steps, service.foreign = (Step(date(2025, 5, 1), "opening", "2026", "third quarter 2025"),), 1_204
    text = shown(open_page("", profile="riga", on=DAY)).replace("\\", "")
    assert "Latvian programme, Latvia · planned for third quarter 2025" in text
    assert "At: [Central Finance and Contracting Agency](https://www.cfla.gov.lv/)" in text
    assert "Left out: 1,204 national calls of other countries" in text
    text = shown(open_page("call", profile="riga", call=call.id, on=DAY)).replace("\\", "")
    for told in (
        "third quarter 2025, planned",
        "Call of a national or regional programme",
        "Kurzeme (NUTS LV003)",
        "money of the EU fund alone",
        "1 May 2025: opening 2026 → third quarter 2025",
    ):
        assert told in text


def test_a_call_without_a_code_is_known_by_its_source_and_title(service, make, open_page, shown):
    """The address of its page that stands in for a code tells a reader nothing."""
    page = make.call(kind=CallKind.CALL, reference="calls/fourth", identifier="calls/fourth", title="Fourth call")
    service.matches = [make.match(page)]
    text = shown(open_page("", profile="riga", on=DAY)).replace("\\", "")
    assert "calls/fourth" not in text
    assert "[The portal · open]" in text


def test_a_document_that_was_fetched_says_when(service, make, open_page, shown):
    fiche = Link(url="https://ec.europa.eu/fiche.pdf", label="Call document", language="en")
    guide = Link(url="https://ec.europa.eu/guide.pdf", label="Guide")
    service.fetched = {fiche.url: make.document(url=fiche.url)}
    service.matches = [make.match(make.call(documents=(fiche, guide)))]
    text = shown(open_page("call", call="portal:one", on=DAY)).replace("\\", "")
    assert "[Document: Call document (ec.europa.eu, en, fetched on 1 May 2025)](https://ec.europa.eu/fiche.pdf)" in text
    assert "[Document: Guide (ec.europa.eu)](https://ec.europa.eu/guide.pdf)" in text


def test_a_call_page_needs_no_organisation(service, open_page):
    app = open_page("call", call="portal:one")
    assert app.title[0].value == "Integration call one"
    assert "Choose an organisation" in app.info[0].value


@pytest.mark.parametrize("key", ["portal:none", "<img src=x onerror=alert(1)>", "a" * 3000])
def test_an_unknown_call_is_said(service, open_page, key):
    app = open_page("call", profile="riga", call=key)
    assert not app.exception
    assert "No call" in app.error[0].value
    assert re.search(r"(?<!\\)<", app.error[0].value) is None


def test_the_sources_page_tells_age_failure_and_what_was_not_understood(service, open_page, shown):
    app = open_page("sources", on=DAY)
    text = shown(app).replace("\\", "")
    assert "Bundled snapshot of 1 May 2025 (the same day): 3 calls" in text
    assert f"Latest run ({RunOutcome.FAIL}), the data of the last good run stay: only 2 calls, 3 expected" in text
    assert "T-1 status: unknown code, found “31094599”" in text
    assert [warning.value for warning in app.warning] == ["it answers 200 to all"], "an alarm stands by itself"


def test_the_sources_page_tells_what_a_source_is_how_far_it_came_and_what_is_missing(service, open_page, shown):
    text = shown(open_page("sources", on=DAY)).replace("\\", "")
    assert "official record · AMIF · read daily · 3 to 900 calls expected" in text
    assert "T-1 status: unknown code, found “31094599” (plan.xlsx, row 12)" in text
    assert "Known to be missing\n- Calls of regions are not read." in text.replace("**", "")
    for stage, things, part in [("fetched", "4", "100 %"), ("gave a record", "3", "75 %"), ("usable", "2", "67 %")]:
        assert stage in text
        assert things in text
        assert part in text


def test_a_source_that_was_never_read_is_in_the_summary_with_a_link_to_its_part(service, make, open_page, shown):
    unread = {"latest": None, "last_good": None, "calls": {}, "issues": ()}
    service.states = [make.state(), make.state(source="new", card=make.card(name="new", title="New source"), **unread)]
    app = open_page("sources", on=DAY)
    assert not app.exception
    text = shown(app).replace("\\", "")
    assert "2 sources: 1 latest run failed, 1 never read yet." in text
    assert "[New source](#source-2)" in text
    assert [heading.proto.anchor for heading in app.subheader] == ["source-1", "source-2"]


def test_the_sources_page_tells_of_each_member_state_what_is_read_and_where_else_to_look(
    service, make, open_page, shown
):
    card = make.card(name="romania", title="Romania", country="RO", funds=(Fund.AMIF,))
    service.states = [make.state(), make.state(source="romania", card=card)]
    service.portals = {
        "DE": make.portal("DE", portal=None, timetables=(), note="not found"),
        "RO": make.portal(),
        "SK": make.portal("SK", title="Eurofondy", url="https://eurofondy.example/"),
    }
    service.bodies = (make.body(), make.body(name="Contact point", role="contact_point", programmes=("CERV",)))
    app = open_page("sources", on=DAY)
    assert not app.exception
    assert "national" in [heading.proto.anchor for heading in app.subheader]
    cells = app.table[1].value.reset_index(drop=True).replace(r"\\", "", regex=True).T.to_dict("list")
    assert cells[0] == ["Germany", ":gray-badge[:material/help: nothing]", "–", "AMIF, ESF+, ERDF", "none known", "–"]
    assert cells[1] == [
        "Romania",
        ":green-badge[:material/check: covered]",
        "AMIF: 2 open, 0 planned; read 2025-05-01 (romania)",
        "ESF+, ERDF",
        "[Funds](https://funds.ro/) *",
        "[timetable (ESF+, ERDF)](https://funds.ro/) *, [Funds (AMIF)](https://funds.ro/)",
    ]
    assert cells[2][1:5] == [
        ":orange-badge[:material/link: linked]",
        "–",
        "AMIF, ESF+, ERDF",
        "[Eurofondy](https://eurofondy.example/) *",
    ]
    assert "* as a third party says" in shown(app).replace("\\", "")


def test_without_a_word_on_member_states_there_is_no_empty_table(service, open_page):
    assert "national" not in [heading.proto.anchor for heading in open_page("sources", on=DAY).subheader]


def test_a_store_that_cannot_be_read_is_a_sentence_with_its_remedy(service, open_page):
    service.problem = StoreError("store.sqlite", "another process is writing to the store")
    app = open_page("", profile="riga")
    assert not app.exception
    assert app.error[0].value.replace("\\", "").lower() == str(service.problem).lower()


@pytest.mark.parametrize("news", ["runs", "readings"])
def test_a_newly_loaded_run_and_what_is_read_after_it_are_shown_without_a_restart(
    news, service, make, open_page, shown
):
    app = open_page("", profile="riga", on=DAY)
    service.matches = [make.match(make.call("two"))]
    assert "Integration call two" not in shown(app.run())
    setattr(service, news, 2)
    assert "Integration call two" in shown(app.run())


@pytest.mark.parametrize(
    ("named", "shown_as"),
    [
        ("Article 9", "Article 9"),
        ("https://a.example/x", "[a.example](https://a.example/x)"),
        ("Article 9; https://a.example/x; FR", "Article 9; [a.example](https://a.example/x); FR"),
        ("https://a.example/x (as of 1 May 2025)", "[a.example](https://a.example/x) (as of 1 May 2025)"),
        ("(see https://a.example/x).", "(see [a.example](https://a.example/x))."),
        ("javascript:alert(1) https://a b", "javascript:alert(1) [a](https://a) b"),
    ],
)
def test_addresses_in_a_source_become_links_that_show_their_host(named, shown_as):
    assert source(named).replace("\\", "") == shown_as


def test_the_call_page_says_where_the_call_is_known_from(service, make, open_page, shown):
    seen = Sighting(
        id="list:1405",
        source="list",
        tier=Tier.DISCOVERY,
        url="https://list.example/1405",
        as_of=DAY,
        confidence=0.95,
        basis="title, deadline",
    )
    call = make.call(sightings=(seen,), origins=(Origin(field="opening", source="list"),))
    service.matches = [make.match(call)]
    text = shown(open_page("call", call="portal:one")).replace("\\", "")
    assert "**[The portal](https://ec.europa.eu/call)**: official record" in text
    assert "**[A list](https://list.example/1405)**: somebody else's list, unconfirmed" in text
    assert "is alike in title, deadline (95% sure); gave: opening" in text
    assert "known only from" not in text


@pytest.mark.parametrize(("view", "count"), [("matches", 1), ("call", 1)])
def test_a_call_known_only_from_a_list_is_marked(service, make, open_page, shown, view, count):
    service.matches = [make.match(make.call(source="list", tier=Tier.DISCOVERY))]
    text = shown(open_page(view, profile="riga", on=DAY, call="list:one")).replace("\\", "")
    assert text.count("unconfirmed: known only from A list") == count
    assert ("look for it on the official site" in text) is (view == "call")


def test_a_folded_call_is_marked_too(service, make, open_page, shown):
    closed = make.call(source="list", tier=Tier.DISCOVERY, deadlines=(Deadline(day=date(2025, 1, 1)),))
    service.matches = [make.match(closed)]
    text = shown(open_page(profile="riga", on=DAY)).replace("\\", "")
    assert "unconfirmed: known only from A list" in text
