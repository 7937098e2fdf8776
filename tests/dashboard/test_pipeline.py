"""The page of an organisation's own calls, and what the buttons of a call do."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from dashboard.escape import md_escape
from dashboard.export.csv_file import csv_file
from dashboard.export.workbook import workbook
from dashboard.pipeline.buttons import NO_STAGE
from dashboard.pipeline.files import table
from matcher.alerts.readers.tokens import BadToken, Purpose, Tokens
from matcher.languages import speaker
from matcher.model import Dislike, Event, EventKind, FieldChange, MaterialField, Membership, Permission, Stage
from matcher.service import Service
from matcher.store import open_store
from matcher.workspaces import our_calls
from matcher.workspaces.desk import Desk
from matcher.workspaces.permissions import User
from tests.doubles.small_store import URBACT, WOMEN

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> ![x](https://evil.example/x.png) :red[now] \u202etxt.exe"


@pytest.fixture
def store(own_world):
    with open_store(own_world.database_url) as opened:
        yield opened


@pytest.fixture
def mine(store):
    return Desk(store, User(is_single=True))


def told(app):
    """What the page says in boxes."""
    return " ".join(one.value for one in app.info)


def button(app, key):
    return next(one for one in app.button if one.key == key)


def keys(app, call):
    """Of what can be pressed or chosen about a call."""
    return [str(one.key) for one in [*app.button, *app.selectbox] if call in str(one.key)]


def stage_box(app, call):
    return next(one for one in app.selectbox if str(one.key).startswith(f"stage of {call}"))


def test_an_empty_page_says_how_to_save_a_call(page, own_world, shown):
    app = page("pipeline", profile="riga")
    assert [one.value for one in app.title] == ["Our calls"]
    assert "Press “Save” on a call" in told(app)
    assert "Choose an organisation" in told(page("pipeline"))


def test_calls_under_their_stages_with_what_is_due_who_sees_to_it_and_the_newest_note(page, mine, shown):
    mine.set_stage("riga", WOMEN, Stage.WRITING, NOW)
    mine.set_owner("riga", WOMEN, "Ilze", NOW)
    mine.write_note("riga", WOMEN, "An old note.", NOW)
    mine.write_note("riga", WOMEN, "Phone the ministry.", NOW.replace(hour=10))
    mine.set_stage("riga", URBACT, Stage.SAVED, NOW)
    app = page("pipeline", profile="riga")
    assert [one.value for one in app.header] == ["Saved (1)", "Application being written (1)"]
    text = shown(app).replace("\\", "")
    for line in ("Saved (1) · Application being written (1)", "Seen to by Ilze", "Phone the ministry", "Deadline: "):
        assert line in text
    assert "An old note" not in text


def test_a_stage_is_chosen_from_a_list_and_taken_back_there(page, mine):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    app = page("pipeline", profile="riga")
    assert "How far we are with" in stage_box(app, WOMEN).label
    stage_box(app, WOMEN).set_value(Stage.SUBMITTED).run()
    assert mine.pursuits("riga")[WOMEN].stage is Stage.SUBMITTED
    assert [one.value for one in app.header] == ["Submitted (1)"]
    stage_box(app, WOMEN).set_value(NO_STAGE).run()
    assert mine.pursuits("riga") == {}
    assert "Press “Save”" in told(app)


def test_what_changed_since_it_was_saved_is_told(page, mine, store, shown):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    moved = FieldChange(field=MaterialField.DEADLINES, was=("2026-05-04",), now=("2026-05-11",))
    store.ledger.append(
        [Event(call=WOMEN, source="portal", kind=EventKind.CHANGED, on=date(2026, 3, 2), changes=(moved,))]
    )
    text = shown(page("pipeline", profile="riga"))
    assert "4 May 2026 → 11 May 2026" in text


def test_put_aside_with_a_reason_and_brought_back(page, mine):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    app = page("pipeline", profile="riga")
    button(app, f"not for us {WOMEN}").click().run()
    button(app, f"put aside {WOMEN}").click().run()
    assert mine.pursuits("riga")[WOMEN].stage is Stage.SAVED, "no reason was chosen"
    button(app, f"not for us {WOMEN}").click().run()
    app.radio[0].set_value(Dislike.TOO_LARGE)
    button(app, f"put aside {WOMEN}").click().run()
    kept = mine.pursuits("riga")[WOMEN]
    assert (kept.stage, kept.reason) == (Stage.DISMISSED, Dislike.TOO_LARGE)
    app = page("pipeline", profile="riga")
    assert [one.value for one in app.header] == ["Dismissed (1)"]
    button(app, f"bring back {WOMEN}").click().run()
    assert mine.pursuits("riga") == {}


def test_notes_and_who_sees_to_it_are_kept(page, mine, shown):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    app = page("pipeline", profile="riga")
    button(app, f"notes {WOMEN}").click().run()
    next(one for one in app.text_input if one.label == "Who sees to it").set_value("Ilze")
    app.text_area[0].set_value(HOSTILE)
    button(app, f"keep {WOMEN}").click().run()
    [note] = mine.notes("riga")
    assert mine.pursuits("riga")[WOMEN].owner == "Ilze"
    assert "\u202e" not in note.text
    text = shown(page("pipeline", profile="riga"))
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "![x](" not in text


def test_the_name_of_each_button_says_which_call_it_is_about(page, mine):
    for call in (WOMEN, URBACT):
        mine.set_stage("riga", call, Stage.SAVED, NOW)
    app = page("pipeline", profile="riga")
    labels = [one.label for one in app.button if WOMEN in str(one.key) or URBACT in str(one.key)]
    assert len(labels) == len(set(labels)) == 4


def test_a_dismissed_call_that_changed_is_listed_again(page, mine, store, shown):
    mine.dismiss("riga", WOMEN, Dislike.TOO_SOON, "", NOW)
    assert "It changed since" not in shown(page("pipeline", profile="riga"))
    store.ledger.append([Event(call=WOMEN, source="portal", kind=EventKind.RETURNED, on=date(2026, 3, 2))])
    assert "It changed since" in shown(page("pipeline", profile="riga"))


def test_the_list_can_be_given_to_others_without_notes_and_runs_nowhere(mine, own_world):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    mine.set_owner("riga", WOMEN, "=cmd|' /C calc'!A0", NOW)
    mine.write_note("riga", WOMEN, "For our eyes only.", NOW)
    ours = our_calls.read(mine, "riga", Service(own_world).listed_many)
    made = table(speaker("en"), our_calls.by_stage(ours, NOW.date()), NOW.date())
    text = csv_file(made).decode("utf-8-sig")
    assert ours[0].title in text
    assert "\"'=cmd" in text
    assert "eyes only" not in text
    book = workbook("Our calls", "us", made, (), "Our calls")
    [_, row] = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert "=cmd|' /C calc'!A0" in row, "a text, no formula that was worked out"
    assert ours[0].deadline(NOW.date()) in row
    assert b"<f>" not in ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml")


@pytest.fixture
def signed_in(monkeypatch, store):
    """Somebody who signed in on a shared service, whose provider says so; with what they may do for Riga."""
    for name, value in {"ISSUER": "https://login.example", "CLIENT_ID": "f", "CLIENT_SECRET": "s"}.items():
        monkeypatch.setenv(f"FUNDING_OIDC_{name}", value)

    def arrive(permission=None):
        claims = {"is_logged_in": True, "iss": "https://login.example", "sub": "1", "name": HOSTILE}
        claims |= {"iat": datetime.now(UTC).timestamp()}
        monkeypatch.setattr("dashboard.queries.access.claims", lambda: claims)
        account = store.workspaces.sign_in("https://login.example", "1", "", "", NOW, "ilze")
        if permission:
            store.workspaces.let_in(Membership(organisation="riga", account=account.id, permission=permission))

    return arrive


@pytest.fixture(autouse=True)
def settings_anew():
    """The page reads its settings once; here they differ from test to test."""
    from dashboard import queries

    queries.settings.clear()
    yield
    queries.settings.clear()


def test_who_is_no_member_sees_no_stage_no_note_and_no_button(page, mine, signed_in, shown):
    mine.set_stage("riga", WOMEN, Stage.WRITING, NOW)
    mine.write_note("riga", WOMEN, "For our eyes only.", NOW)
    signed_in()
    app = page("pipeline", profile="riga")
    assert "seen by its members only" in told(app)
    assert "For our eyes only" not in shown(app)
    for view in ("matches", "call"):
        app = page(view, profile="riga", call=WOMEN)
        assert not [key for key in keys(app, WOMEN) if key.startswith(("save", "stage", "notes", "not for us"))]


def test_a_reader_sees_and_has_nothing_to_change(page, mine, signed_in, shown):
    mine.set_stage("riga", WOMEN, Stage.WRITING, NOW)
    mine.write_note("riga", WOMEN, "For our eyes only.", NOW)
    signed_in(Permission.READER)
    app = page("pipeline", profile="riga")
    assert "For our eyes only" in shown(app)
    assert keys(app, WOMEN) == [f"notes {WOMEN}"]
    button(app, f"notes {WOMEN}").click().run()
    assert not app.text_area
    assert not [one.label for one in app.button if "Delete" in one.label]


def test_an_editor_whose_page_is_older_than_the_decision_is_refused_in_a_sentence(page, mine, store, signed_in):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    signed_in(Permission.EDITOR)
    app = page("pipeline", profile="riga")
    store.workspaces.let_out(store.workspaces.memberships("ilze")[0])
    stage_box(app, WOMEN).set_value(Stage.WON).run()
    assert not app.exception
    assert mine.pursuits("riga")[WOMEN].stage is Stage.SAVED
    assert "seen by its members only" in told(app)


def test_a_name_from_a_provider_does_nothing(page, signed_in, own_world, shown):
    signed_in()
    text = shown(page("matches", profile="riga"))
    assert "alert\\(1\\)" in text
    assert "![x](" not in text
    assert "\u202e" not in text


def test_on_a_shared_service_without_sign_in_everybody_may_only_look(page, mine, monkeypatch):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    monkeypatch.setenv("FUNDING_PUBLIC_URL", "https://funding.example")
    assert "seen by its members only" in told(page("pipeline", profile="riga"))


def test_whoever_could_not_sign_in_is_told_once(page, signed_in, monkeypatch):
    signed_in()
    monkeypatch.setattr("dashboard.queries.access.claims", dict)
    app = page("matches", profile="riga", **{"sign-in": "failed"})
    assert "Signing in did not work" in app.error[0].value
    app.run()
    assert not app.error


def test_an_admin_who_is_none_any_more_is_refused_in_a_sentence(page, signed_in, monkeypatch):
    """Between what the page offers and what is done the permission goes."""
    signed_in(Permission.READER)
    monkeypatch.setattr("matcher.workspaces.members.Members.may_let_in", lambda *_: True)
    app = page("organisation", profile="riga")
    address = next(one for one in app.text_input if one.label.startswith("Mail address"))
    address.set_value("jo@riga.example")
    next(one for one in app.button if one.label == "Let in").click().run()
    assert not app.exception
    assert "You may not do this" in " ".join(one.value for one in app.error)


def test_notes_on_a_call_that_is_not_saved_any_more_stay_to_be_read_and_deleted(page, mine):
    mine.set_stage("riga", WOMEN, Stage.SAVED, NOW)
    mine.write_note("riga", WOMEN, "Ask the council.", NOW)
    mine.drop("riga", WOMEN)
    app = page("call", profile="riga", call=WOMEN)
    button(app, f"notes {WOMEN}").click().run()
    assert "Ask the council." in [one.value for one in app.text]
    assert "A new note" not in [one.label for one in app.text_area]
    next(one for one in app.button if str(one.key).startswith("delete ")).click().run()
    assert mine.notes("riga") == []
    assert not [key for key in keys(page("call", profile="riga", call=WOMEN), WOMEN) if key.startswith("notes")]


def test_who_is_no_member_sees_no_note_on_a_call_that_is_not_saved(page, mine, signed_in):
    mine.write_note("riga", WOMEN, "For our eyes only.", NOW)
    signed_in()
    assert not [key for key in keys(page("call", profile="riga", call=WOMEN), WOMEN) if key.startswith("notes")]


@pytest.mark.parametrize("on", ["2014-01-01", "2026-03-02", "2035-12-31"])
def test_the_day_that_is_looked_at_says_nothing_of_how_long_a_key_is_good(page, store, own_world, signed_in, shown, on):
    town = Service(own_world).profile("riga").model_copy(update={"id": "town", "name": "A town of its own"})
    store.organisations.save(town, NOW)
    signed_in()
    store.workspaces.let_in(Membership(organisation="town", account="ilze", permission=Permission.READER))
    text = shown(page("deadlines", profile="town", on=on))
    [key] = set(re.findall(r"deadlines\.ics\?profile=town&lang=en&key=([^)&]+)", text))
    now = datetime.now(UTC)
    assert Tokens(own_world, lambda: now).read(Purpose.PLAIN, key) == "town"
    with pytest.raises(BadToken):
        Tokens(own_world, lambda: now + timedelta(days=91)).read(Purpose.PLAIN, key)


def test_the_name_that_a_provider_gives_a_member_is_no_markup(page, signed_in):
    signed_in(Permission.ADMIN)
    app = page("organisation", profile="riga")
    [label] = [one.label for one in app.selectbox if str(one.key).startswith("may ")]
    assert md_escape(HOSTILE) in label
    assert HOSTILE not in label


@pytest.mark.parametrize("view", ["matches", "deadlines"])
def test_mails_are_offered_for_what_is_public_alone(page, store, own_world, signed_in, sent, view):
    town = Service(own_world).profile("riga").model_copy(update={"id": "town", "name": "A town of its own"})
    store.organisations.save(town, NOW)
    signed_in()
    store.workspaces.let_in(Membership(organisation="town", account="ilze", permission=Permission.READER))
    told = {who: "".join(text for _, text in sent(page(view, profile=who))) for who in ("riga", "town")}
    offered = {who: "/alerts/subscribe" in text for who, text in told.items()}
    assert offered == {"riga": True, "town": False}
