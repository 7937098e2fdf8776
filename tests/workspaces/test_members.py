"""Who belongs to an organisation, who decides that, and that an erased account is gone from the file."""

import pytest

from matcher.addresses import BadAddress
from matcher.model import Membership, Permission, Stage
from matcher.workspaces.identity import Identity
from matcher.workspaces.members import Members
from matcher.workspaces.permissions import LastAdmin, NotAllowed, User
from matcher.workspaces.signing_in import FRESH, SEEN, user_of

CALL = "portal:women"
ADMIN, EDITOR, READER = Permission.ADMIN, Permission.EDITOR, Permission.READER


@pytest.fixture
def members(desk):
    return lambda user: Members(desk(user))


@pytest.fixture
def arrives(store, now):
    """Somebody signs in: `arrives("zane", address="zane@riga.example")`."""

    def arrive(name, address="", at=now, moment=now, operators=()) -> User:
        who = Identity("https://login.example", name, at, name.title(), address)
        return user_of(store, who, moment, operators, lambda: f"new {name}")

    return arrive


def test_an_invitation_is_taken_by_the_address_it_was_meant_for(members, arrives, riga):
    members(riga[ADMIN]).let_in("riga", "Zane@Riga.example", EDITOR)
    assert arrives("wrong", "zane@riga.example.org").permissions == {}
    assert arrives("unverified").permissions == {}
    zane = arrives("zane", "zane@RIGA.example")
    assert zane.permissions == {"riga": EDITOR}
    assert arrives("twin", "zane@riga.example").permissions == {}, "it is taken once"
    held = [one.membership for one in members(riga[ADMIN]).of("riga")]
    assert all(one.invited == "" for one in held), "an address that is needed no more is kept no more"


def test_an_invitation_reaches_who_signed_in_long_before(members, arrives, riga, now):
    assert arrives("zane", "zane@riga.example").permissions == {}
    members(riga[ADMIN]).let_in("riga", "zane@riga.example", READER)
    later = now + FRESH * 3
    assert arrives("zane", "zane@riga.example", moment=later).permissions == {"riga": READER}


def test_who_is_a_member_already_keeps_the_higher_permission(members, arrives, riga, store):
    members(riga[ADMIN]).let_in("riga", "editor@riga.example", READER)
    assert arrives("editor", "editor@riga.example").permissions == {"riga": EDITOR}
    members(riga[ADMIN]).let_in("riga", "editor@riga.example", ADMIN)
    assert arrives("editor", "editor@riga.example").permissions == {"riga": ADMIN}
    assert len(store.workspaces.memberships("editor")) == 1


@pytest.mark.parametrize("who", ["reader", "editor", "stranger", "nobody", "forger"])
def test_only_admins_let_in_change_and_let_out(who, members, person, riga, store):
    users = {
        "reader": riga[READER],
        "editor": riga[EDITOR],
        "stranger": person("eve", birmingham=ADMIN),
        "nobody": User(),
        "forger": User(account="eve", permissions={"riga": ADMIN}),
    }
    theirs, before = members(users[who]), store.workspaces.memberships(organisation="riga")
    [admin] = store.workspaces.memberships("admin", "riga")
    for attempt in (
        lambda: theirs.let_in("riga", "eve@birmingham.example", ADMIN),
        lambda: theirs.change(store.workspaces.memberships("reader", "riga")[0], ADMIN),
        lambda: theirs.let_out(admin),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert store.workspaces.memberships(organisation="riga") == before


def test_an_admin_has_no_say_elsewhere_nor_over_members_that_a_page_made_up(members, person, riga, store):
    person("eve", birmingham=ADMIN)
    [of_birmingham] = store.workspaces.memberships("eve")
    with pytest.raises(NotAllowed):
        members(riga[ADMIN]).let_out(of_birmingham)
    for made_up in (Membership(organisation="riga", account="eve", permission=READER),):
        with pytest.raises(NotAllowed, match="not there any more"):
            members(riga[ADMIN]).change(made_up, ADMIN)
    assert store.workspaces.memberships("eve") == [of_birmingham]


def test_the_last_admin_can_neither_leave_nor_step_down(members, riga, store):
    admins, [mine] = members(riga[ADMIN]), store.workspaces.memberships("admin", "riga")
    admins.let_in("riga", "invited@riga.example", ADMIN)  # who has not come yet is no help
    for attempt in (lambda: admins.let_out(mine), lambda: admins.change(mine, READER)):
        with pytest.raises(LastAdmin, match="needs an admin"):
            attempt()
    admins.change(store.workspaces.memberships("editor", "riga")[0], ADMIN)
    admins.let_out(mine)
    assert store.workspaces.memberships("admin") == []


def test_everybody_may_leave(members, riga, store):
    members(riga[READER]).let_out(store.workspaces.memberships("reader", "riga")[0])
    assert store.workspaces.memberships("reader") == []


def test_who_runs_the_service_lets_in_the_first_admin_and_nobody_else(members, person, arrives, store):
    boss = person("boss", is_operator=True)
    with pytest.raises(NotAllowed):
        members(boss).let_in("riga", "ana@riga.example", READER)
    members(boss).let_in("riga", "ana@riga.example", ADMIN)
    assert members(boss).desk.pursuits("riga") == {}, "running the service shows no organisation's workspace"
    assert arrives("ana", "ana@riga.example").permissions == {"riga": ADMIN}
    assert not members(boss).may_let_in("riga")
    with pytest.raises(NotAllowed):
        members(boss).let_in("riga", "boss@riga.example", ADMIN)


def test_who_runs_the_service_is_known_by_an_address_that_was_verified(arrives):
    operators = {"boss@riga.example"}
    assert arrives("boss", "Boss@riga.example", operators=operators).is_operator
    assert not arrives("liar", operators=operators).is_operator


def test_members_see_names_and_admins_addresses(members, riga, person):
    members(riga[ADMIN]).let_in("riga", "new@riga.example", READER)
    seen = members(riga[READER]).of("riga")
    assert [one.account.name for one in seen if one.account] == ["Admin", "Editor", "Reader"]
    assert {one.account.address for one in seen if one.account} == {"", "reader@riga.example"}
    assert [one.membership.invited for one in seen if one.account is None] == [""]
    assert members(riga[ADMIN]).of("riga")[-1].membership.invited == "new@riga.example"
    assert members(person("eve")).of("riga") == []


def test_what_is_no_address_is_refused(members, riga):
    with pytest.raises(BadAddress):
        members(riga[ADMIN]).let_in("riga", "two@riga.example, three@riga.example", READER)


def test_an_erased_account_leaves_its_words_and_no_trace_of_itself(members, riga, desk, store, file, now):
    mine = desk(riga[EDITOR])
    mine.set_stage("riga", CALL, Stage.WRITING, now)
    mine.set_owner("riga", CALL, "Editor", now)
    mine.write_note("riga", CALL, "Phone the ministry.", now)
    assert b"editor@riga.example" in _bytes(file)
    members(riga[EDITOR]).erase_me()
    [note], kept = desk().notes("riga"), desk().pursuits("riga")[CALL]
    assert (note.text, note.author) == ("Phone the ministry.", "")
    assert (kept.stage, kept.owner, kept.changed_by) == (Stage.WRITING, "", "")
    assert store.workspaces.memberships("editor") == []
    assert b"editor@riga.example" not in _bytes(file)
    assert b"admin@riga.example" in _bytes(file)


def test_a_cookie_that_outlives_an_erased_account_does_not_bring_it_back(arrives, members, store, now):
    zane = arrives("zane", "zane@riga.example")
    members(zane).erase_me()
    assert arrives("zane", "zane@riga.example", moment=now + FRESH * 2) == User()
    assert arrives("zane", "zane@riga.example", at=now - FRESH * 2) == User(), "nor a clock that is wrong"
    assert store.workspaces.known("https://login.example", "zane") is None
    assert arrives("zane", at=now + FRESH * 2, moment=now + FRESH * 2).account, "who signs in anew has one"


def test_an_account_is_written_when_there_is_something_new_alone(arrives, store, now):
    arrives("zane", "zane@riga.example")
    arrives("zane", "zane@riga.example", moment=now + SEEN / 2)
    assert store.workspaces.known("https://login.example", "zane").seen == now
    arrives("zane", "z@riga.example", moment=now + SEEN / 2)
    kept = store.workspaces.known("https://login.example", "zane")
    assert (kept.address, kept.seen) == ("z@riga.example", now + SEEN / 2)


def test_two_providers_have_two_people_of_the_same_name(store, now):
    first, second = (
        user_of(store, Identity(issuer, "1", now), now, (), lambda issuer=issuer: issuer)
        for issuer in ("https://one.example", "https://two.example")
    )
    assert first.account != second.account


def _bytes(file):
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
