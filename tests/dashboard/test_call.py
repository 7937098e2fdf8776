"""The page of one call, from a real small store: every state a call and a reader can be in, and every part."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dashboard import queries
from matcher.model import (
    Document,
    Event,
    EventKind,
    FieldChange,
    Link,
    MaterialField,
    Money,
    Participant,
    Project,
    ProjectRole,
)
from matcher.store import open_store
from tests.doubles import small_store
from tests.doubles.pieces import found, links, rows
from tests.doubles.small_store import DAY, IN_GREECE, IN_LATVIA, OVER, RUMOUR, TOWNS, UNDATED, URBACT, WOMEN

ANCHORS = ("facts", "deadlines", "money", "criteria", "way-in", "consortium", "partners", "changes", "documents")


@pytest.fixture
def plain(shown):
    """The text of a page without escapes."""
    return lambda app: shown(app).replace("\\", "").replace("\N{WORD JOINER}", "")


@pytest.fixture
def stored(own_world):
    """Puts further calls and what belongs to them into the store that the page shows."""

    def save(*calls, **more):
        run = small_store.good_run(small_store.card(small_store.PORTAL), id="further")
        with open_store(own_world.database_url) as store:
            store.save_run(run, calls, **more)

    return save


def told(elements):
    return "\n".join(one.value.replace("\\", "") for one in elements)


def anchors(app):
    return [id for one in app.get("html") for id in re.findall(r'<h2 id="([a-z-]+)"', one.proto.body)]


def warned(app):
    """What limits all that is told, above it."""
    return "\n".join(found(app, ".//p[contains(@class, 'panel')]"))


def test_without_a_name_the_page_says_where_to_choose(page, plain):
    app = page("call", profile="riga")
    assert [one.value for one in app.title] == ["One call"]
    assert "names no call" in told(app.info)


def test_an_unknown_call_is_said_with_what_comes_close(page, plain):
    app = page("call", profile="riga", call="AMIF-2026-WOMAN")
    assert "AMIF-2026-WOMAN" in told(app.error)
    assert "[Integration of migrant women into local life](?profile=riga" in plain(app)


@pytest.mark.parametrize("key", ["<img src=x onerror=alert(1)>", "a" * 3000, "\u202enoitca", "%00", "portal:"])
def test_whatever_an_address_names_is_said_harmlessly(page, plain, key):
    app = page("call", profile="riga", call=key)
    assert "No call goes by the name" in app.error[0].value
    assert re.search(r"(?<!\\)<", app.error[0].value) is None
    assert "See all calls by fund" in plain(app)


def test_a_reader_without_organisation_sees_facts_and_is_asked_to_choose_one(page, plain):
    app = page("call", call=WOMEN)
    assert "Choose an organisation above" in warned(app)
    assert "criteria" not in anchors(app)
    assert "#criteria" not in links(app).values()
    assert "Deadline: 16 April 2026, 17:00 (Brussels time) (in 45 days)" in plain(app)


def test_what_the_contents_lead_to_is_there(page, plain):
    app = page("call", profile="riga", call=WOMEN)
    linked = [address[1:] for address in links(app).values() if address.startswith("#")]
    assert linked == anchors(app)
    assert set(ANCHORS) <= set(linked)
    assert found(app, ".//h1") == ["Integration of migrant women into local life"]


def test_first_comes_what_decides(page, plain):
    _, title, text = plain(page("call", profile="riga", call=WOMEN)).partition("Integration of migrant women")
    assert title
    order = ["lead", "Deadline", "Fit 0.", "On this page", "Budget of the call"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert "in 45 days" in text


def test_a_condition_stands_with_its_answer_and_the_words_of_the_call(page, plain):
    text = plain(page("call", profile="riga", call=WOMEN))
    assert "Met May this kind of organisation apply?" in text
    assert f"“{small_store.PUBLIC}”" in text
    assert "Rests on: the conditions of the topic" in text


def test_a_closed_call_says_so_first_and_offers_its_successor(page, plain, stored):
    stored(small_store.made_call("health-26", identifier="AMIF-2026-HEALTH", title="Health, once more"))
    app = page("call", profile="riga", call=OVER)
    said = warned(app)
    assert "This call is closed: its last deadline was on 10 February 2026, 17:00 (Brussels time)." in said
    assert "Later edition: Health, once more" in said
    assert links(app)["Health, once more"] == "?profile=riga&on=2026-03-02&call=portal%3Ahealth-26"


def test_a_closed_call_without_successor_leads_to_its_sisters(page):
    app = page("call", call=OVER)
    assert "No later edition is known here. See: Sister calls and other editions" in warned(app)
    assert links(app)["Sister calls and other editions"] == "#related"
    assert not [one for one in found(app, ".//p") if one.startswith("Deadline")]


def test_a_planned_call_is_dated_no_more_exactly_than_its_timetable(page, plain):
    app = page("call", profile="riga", call=IN_LATVIA)
    text = plain(app)
    assert "This call is planned: its days may still change." in warned(app)
    assert "3rd quarter 2026, planned" in text
    assert "Latvian" in text, "the language of its texts"
    assert links(app)["Iekšlietu ministrija"] == "https://ministrija.example/"


def test_a_call_known_from_a_list_alone_is_marked(page):
    said = warned(page("call", profile="riga", call=RUMOUR))
    assert "unconfirmed: known only from The list" in said
    assert "look for it on the official site" in said


def test_a_national_call_of_another_country_says_whose_it_is(page):
    assert "it is for applicants in Greece" in warned(page("call", profile="riga", call=IN_GREECE))
    assert "applicants in" not in warned(page("call", profile="ioannina", call=IN_GREECE))


def test_texts_in_another_language_than_the_page_say_which(page, plain):
    assert "The call’s text is in this language: French." in plain(page("call", call=TOWNS))
    assert found(page("call", call=TOWNS), ".//h1/bdi[@lang='fr']")
    assert "text is in this language" not in plain(page("call", call=WOMEN))


def test_a_call_that_was_long_not_read_is_marked_old_and_one_that_is_over_is_not(page, stored):
    since = DAY - timedelta(days=900)
    stored(small_store.made_call("forgotten", title="Forgotten", as_of=since))
    assert "was last read on 14 September 2023" in warned(page("call", call="portal:forgotten"))
    assert "was last read on" not in warned(page("call", call=WOMEN))
    assert "was last read on" not in warned(page("call", call=OVER, on="2027-01-01"))


def test_a_call_of_which_nothing_is_dated_says_what_to_do(page, plain):
    text = plain(page("call", profile="riga", call=UNDATED))
    assert "The source states no deadline. Look at the official page before you plan." in text


def test_every_stage_stands_in_the_table_of_deadlines(page):
    app = page("call", profile="riga", call=URBACT, on=(DAY + timedelta(days=21)).isoformat())
    assert rows(app, "What for") == [
        ["22 March 2026", "17:00 (Brussels time)", "stage 1", "passed"],
        ["30 July 2026", "17:00 (Brussels time)", "stage 2", "in 129 days"],
    ]


def test_documents_say_language_day_and_what_was_read(page, plain, stored):
    fiche, guide = "https://portal.example/fiche.pdf", "https://portal.example/guide.pdf"
    papers = (Link(url=fiche, label="Call fiche", language="en"), Link(url=guide, label="Guide"))
    known = {"source": "portal", "found_on": "https://portal.example/", "media_type": "application/pdf"}
    days = {"first_fetched": DAY, "last_fetched": DAY}
    paper = Document(url=fiche, sha256="0" * 64, size=9, **known, **days)
    stored(small_store.made_call("papers", documents=papers), documents=[paper])
    app = page("call", call="portal:papers")
    text = plain(app)
    assert (links(app)["Call fiche"], links(app)["Guide"]) == (fiche, guide)
    assert "portal.example · English · fetched on 2 March 2026 · 0 conditions read in it" in text
    assert "portal.example · not fetched" in text


def test_what_changed_is_told_from_the_ledger_before_and_after(page, plain, stored):
    moved = FieldChange(field=MaterialField.DEADLINES, was=("2026-04-01",), now=("2026-04-16",))
    on = DAY - timedelta(days=5)
    event = Event(call=WOMEN, source="portal", kind=EventKind.CHANGED, on=on, changes=(moved,))
    stored(events=[event])
    changed = rows(page("call", call=WOMEN), "Before")
    assert changed == [["25 February 2026", "Deadline", "1 April 2026", "16 April 2026"]]


def test_of_many_changes_the_earlier_are_folded_and_none_is_lost(page, stored):
    moved = FieldChange(field=MaterialField.DEADLINES, was=("2026-04-01",), now=("2026-04-16",))
    days = [DAY - timedelta(days=number) for number in range(1, 16)]
    changed = {"call": WOMEN, "source": "portal", "kind": EventKind.CHANGED, "changes": (moved,)}
    stored(events=[Event(on=day, **changed) for day in days])
    app = page("call", call=WOMEN)
    told = found(app, ".//section[@aria-labelledby='changes']//tbody/tr/td[1]")
    assert len(told) == len(days)
    assert len(found(app, ".//section[@aria-labelledby='changes']//details//tbody/tr")) == 3
    assert found(app, ".//section[@aria-labelledby='changes']//summary") == ["3 earlier changes"]


def test_a_change_of_the_record_itself_is_told_once(page, plain, stored):
    later = small_store.made_call(
        "amif-women", deadlines=(small_store._until(DAY + timedelta(days=50)),), as_of=DAY + timedelta(days=1)
    )
    stored(later)
    moved = [row[2:] for row in rows(page("call", call="portal:amif-women"), "Before")]
    assert moved.count(["16 April 2026", "21 April 2026"]) == 1


def test_nothing_changed_is_said(page, plain):
    assert "Nothing since it was first read on" in plain(page("call", call=WOMEN))


def test_sister_calls_stand_with_state_and_deadline(page, plain):
    app = page("call", profile="riga", call=WOMEN)
    assert "Same programme and year (1)" in plain(app)
    assert links(app)["Housing of refugees in towns"] == "?profile=riga&on=2026-03-02&call=portal%3Aamif-planned"


def test_without_funded_projects_the_page_says_how_to_get_them(page):
    assert "funding crawl funded_projects" in told(page("call", profile="riga", call=WOMEN).info)


@pytest.fixture
def shared_site(seen_world, monkeypatch):
    """The settings of a site that others reach; a page reads them once."""
    queries.settings.clear()
    monkeypatch.setenv("FUNDING_PUBLIC_URL", "https://funds.example")
    yield
    queries.settings.clear()


@pytest.mark.usefixtures("shared_site")
def test_visitors_of_a_site_are_told_no_command(page, shown):
    for view in ("call", "partners", "map"):
        text = shown(page(view, profile="riga", call=WOMEN))
        assert "are stored here yet" in text, view
        assert "funding crawl" not in text, view


def test_winners_stand_with_role_country_and_link(page, plain, stored):
    athens = Participant(name="Melissa", country="GR", role=ProjectRole.COORDINATOR, web="https://melissa.example/")
    riga = Participant(name="Riga", country="LV", role=ProjectRole.PARTICIPANT)
    project = Project(
        source="portal",
        reference="1",
        title="Women lead",
        acronym="WL",
        url="https://portal.example/wl",
        topic="AMIF-2024-WOMEN",
        start=date(2024, 1, 1),
        end=date(2025, 12, 31),
        eu_contribution=Money(amount=Decimal(400_000)),
        participants=(athens, riga),
        as_of=DAY,
    )
    stored(projects=[project])
    app = page("call", profile="riga", call=WOMEN)
    assert "WL: Women lead" not in plain(app), "projects are read once somebody asks"
    app.session_state[f"winners {WOMEN}"] = True
    text = plain(app.run())
    assert not app.exception
    assert "**1 funded project** Under other editions of this topic: AMIF-WOMEN of any year" in text
    assert "[WL: Women lead](https://portal.example/wl)" in text
    assert "AMIF-2024-WOMEN · 2024–2025 · EUR 400,000" in text
    assert "Coordinator: [Melissa](https://melissa.example/) (Greece)" in text
    assert "1 further organisation: Latvia 1" in text


def test_the_call_can_be_printed_kept_and_shared(page, plain):
    app = page("call", profile="riga", call=WOMEN)
    addresses = list(links(app).values())
    for path in ("/plain/call?", "/plain/call.pdf?", "/plain/call.ics?"):
        assert f"{path}lang=en&profile=riga&on=2026-03-02&call=portal%3Aamif-women" in addresses
    assert addresses[-1].endswith("/call?profile=riga&on=2026-03-02&call=portal%3Aamif-women")


def test_the_page_speaks_another_language_and_leaves_the_call_its_own(page, plain):
    app = page("call", profile="riga", call=WOMEN, lang="fr")
    text = plain(app)
    assert found(app, ".//h1/bdi[@lang='en']")[0].startswith("Integration of migrant women")
    assert "16 avril 2026" in text
    assert "anglais" in text


def button(app, begins):
    return next(one for one in app.button if one.label.startswith(begins))


def test_a_call_is_saved_on_its_page_and_then_has_a_place_for_notes(own_world, page):
    app = page("call", profile="riga", call=WOMEN)
    assert not [one for one in app.button if one.label.startswith("Notes")]
    button(app, "Save").click().run()
    assert not app.exception
    button(app, "Notes, who sees to it (0)").click().run()
    next(one for one in app.text_area if one.label == "A new note").set_value("Ask the social department")
    button(app, "Keep").click().run()
    assert not app.exception
    with open_store(own_world.database_url) as store:
        assert store.workspaces.pursuits("riga")[WOMEN].stage == "saved"
        assert [one.text for one in store.workspaces.notes("riga", WOMEN)] == ["Ask the social department"]


def test_a_name_that_several_calls_share_leads_to_each(page, plain, stored):
    topic = small_store.made_call("topic", identifier="AMIF-2026-SHARED", title="The topic")
    grant = small_store.made_call("grant", identifier="AMIF-2026-SHARED", title="Its sub-grant", kind="cascade")
    stored(topic, grant)
    text = plain(page("call", call="AMIF-2026-SHARED"))
    assert "[The topic](?on=2026-03-02&call=portal%3Atopic)" in text
    assert "[Its sub-grant](?on=2026-03-02&call=portal%3Agrant)" in text
    assert "Under the same code (1)" in plain(page("call", call="portal:topic"))


def test_of_many_sisters_the_others_are_folded_and_none_is_lost(page, plain, stored):
    stored(*(small_store.made_call(f"many-{number}", identifier=f"LIFE-2026-{number}-A") for number in range(9)))
    app = page("call", profile="riga", call="portal:many-0")
    assert "Same programme and year (8)" in plain(app)
    assert plain(app).count("LIFE-2026-") == 2 + 5
    app.session_state["more from portal:many-6"] = True
    assert plain(app.run()).count("LIFE-2026-") == 2 + 8
