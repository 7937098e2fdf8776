"""What an organisation's people do about calls, and that nobody else sees or changes it."""

import pytest

from matcher.model import Dislike, Event, EventKind, Permission, Stage
from matcher.workspaces.desk import LONGEST_TEXT
from matcher.workspaces.permissions import NotAllowed, User

CALL = "portal:women"


def an_event(call=CALL, kind=EventKind.CHANGED, **facts):
    return Event(call=call, source="portal", kind=kind, on="2026-03-01", **facts)


def test_a_call_goes_from_stage_to_stage_and_keeps_who_sees_to_it(desk, now):
    mine = desk()
    mine.set_stage("riga", CALL, Stage.SAVED, now)
    mine.set_owner("riga", CALL, "  Ilze  ", now)
    mine.set_stage("riga", CALL, Stage.WRITING, now)
    [kept] = mine.pursuits("riga").values()
    assert (kept.stage, kept.owner, kept.changed) == (Stage.WRITING, "Ilze", now)
    assert desk().pursuits("birmingham") == {}


def test_put_aside_with_a_reason_and_brought_back(desk, now):
    mine = desk()
    mine.dismiss("riga", CALL, Dislike.TOO_LARGE, " We are ten. ", now)
    kept = mine.pursuits("riga")[CALL]
    assert (kept.stage, kept.reason, kept.remark) == (Stage.DISMISSED, Dislike.TOO_LARGE, "We are ten.")
    back = mine.set_stage("riga", CALL, Stage.CONSIDERING, now)
    assert (back.reason, back.remark) == (None, "")
    mine.drop("riga", CALL)
    assert mine.pursuits("riga") == {}


def test_what_was_seen_is_counted_from_saving_and_from_putting_aside(desk, store, now):
    mine = desk()
    store.ledger.append([an_event(day="2026-03-01")])
    mine.set_stage("riga", CALL, Stage.SAVED, now)
    store.ledger.append([an_event(day="2026-03-02")])
    assert mine.set_stage("riga", CALL, Stage.WRITING, now).seen_event == 1, (
        "what changed since it was saved stays told"
    )
    assert mine.set_owner("riga", CALL, "Ilze", now).seen_event == 1
    assert mine.dismiss("riga", CALL, Dislike.OTHER, "", now).seen_event == 2
    store.ledger.append([an_event(day="2026-03-03")])
    assert mine.set_stage("riga", CALL, Stage.SAVED, now).seen_event == 3


def test_notes_are_kept_newest_first_and_can_be_deleted(desk, now):
    mine = desk()
    first = mine.write_note("riga", CALL, "Phone the ministry.", now)
    second = mine.write_note("riga", CALL, "x" * (LONGEST_TEXT + 9), now.replace(hour=10))
    assert mine.write_note("riga", CALL, "   ", now) is None
    assert [note.id for note in mine.notes("riga", CALL)] == [second.id, first.id]
    assert len(second.text) == LONGEST_TEXT
    assert mine.delete_note("riga", first.id)
    assert not mine.delete_note("riga", first.id)
    assert not mine.delete_note("birmingham", second.id), "a note is deleted by its own organisation alone"
    assert [note.id for note in mine.notes("riga")] == [second.id]


CHANGES = {
    "stage": lambda desk, now: desk.set_stage("riga", CALL, Stage.WON, now),
    "dismissal": lambda desk, now: desk.dismiss("riga", CALL, Dislike.OTHER, "", now),
    "owner": lambda desk, now: desk.set_owner("riga", CALL, "Eve", now),
    "drop": lambda desk, now: desk.drop("riga", CALL),
    "note": lambda desk, now: desk.write_note("riga", CALL, "Eve was here.", now),
    "deletion": lambda desk, now: desk.delete_note("riga", "n1"),
}


@pytest.fixture
def kept(desk, now):
    """What stands in the store before somebody tries."""
    mine = desk()
    mine.set_stage("riga", CALL, Stage.SAVED, now)
    mine.write_note("riga", CALL, "For our eyes only.", now)
    return lambda: (desk().pursuits("riga"), desk().notes("riga"))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("who", ["nobody", "reader", "stranger", "forger"])
def test_who_may_not_change_it_changes_nothing(change, who, desk, kept, person, riga, now):
    everything = {"riga": Permission.ADMIN}
    users = {
        "nobody": User(),
        "reader": riga[Permission.READER],
        "stranger": person("eve", birmingham=Permission.ADMIN),
        "forger": User(account="eve", permissions=everything),  # what a page believes counts for nothing
    }
    before = kept()
    with pytest.raises(NotAllowed, match="Ask one of its admins") as refused:
        CHANGES[change](desk(users[who]), now)
    assert "riga" not in str(refused.value)
    assert kept() == before


@pytest.mark.parametrize("who", [User(), User(account="eve", permissions={"riga": Permission.READER}), "stranger"])
def test_who_is_no_member_sees_nothing(who, desk, kept, person):
    theirs = desk(person("eve", birmingham=Permission.ADMIN) if who == "stranger" else who)
    assert (theirs.pursuits("riga"), theirs.notes("riga"), theirs.notes("riga", CALL)) == ({}, [], [])


def test_a_reader_sees_and_an_editor_changes(desk, kept, riga, now):
    assert desk(riga[Permission.READER]).pursuits("riga")[CALL].stage is Stage.SAVED
    assert [note.text for note in desk(riga[Permission.READER]).notes("riga")] == ["For our eyes only."]
    note = desk(riga[Permission.EDITOR]).write_note("riga", CALL, "Seen.", now)
    assert note.author == "editor"


def test_who_was_let_out_a_moment_ago_may_do_nothing_any_more(desk, store, riga, now):
    open_page = desk(riga[Permission.EDITOR])
    store.workspaces.let_out(store.workspaces.memberships("editor", "riga")[0])
    assert open_page.user.may(Permission.EDITOR, "riga"), "the page still believes it"
    with pytest.raises(NotAllowed):
        open_page.set_stage("riga", CALL, Stage.SAVED, now)
    assert open_page.pursuits("riga") == {}
