"""Who may enter, change and delete organisations: asked of the store at each step, whatever a page offers."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from matcher.model import Consent, Ending, MailState, Membership, Permission, Subscription, SubscriptionState
from matcher.organisations.keeping import Keeping, Taken
from matcher.organisations.moves import Effect, Move, effect
from matcher.workspaces.permissions import NotAllowed, User
from tests.doubles.news_world import confirmation_of
from tests.organisations.test_stored import entered

NOW = datetime(2026, 10, 8, 9, 30, tzinfo=UTC)


@pytest.fixture
def account(service):
    def make(name):
        return service.store.workspaces.sign_in("https://id.example", name, name, "", NOW, name)

    return make


def member(service, account, name, permission):
    account(name)
    assert service.store.workspaces.let_in(Membership(organisation="open-doors", permission=permission, account=name))
    return Keeping(service.store, User(account=name))


def test_whoever_creates_one_is_its_first_admin(service, account):
    account("anna")
    door = Keeping(service.store, User(account="anna"))
    door.create(entered(), NOW)
    (found,) = service.store.workspaces.memberships(organisation="open-doors")
    assert (found.account, found.permission) == ("anna", Permission.ADMIN)
    door.delete("open-doors", NOW)
    assert not service.store.organisations.organisations()


def test_without_sign_in_the_one_user_may_do_all(service):
    door = Keeping(service.store, User(is_single=True))
    door.create(entered(), NOW)
    door.change(entered(name="Open Gates"), NOW)
    assert service.profile("open-doors").name == "Open Gates"
    door.change(entered("riga"), NOW)
    door.take_back("riga")
    door.delete("open-doors", NOW)
    assert not service.store.organisations.organisations()
    assert not service.store.workspaces.memberships()


def test_nobody_creates_one_unknown_or_in_the_place_of_another(service, account):
    with pytest.raises(NotAllowed):
        Keeping(service.store, User()).create(entered(), NOW)
    Keeping(service.store, User(is_single=True)).create(entered(), NOW)
    account("anna")
    with pytest.raises(Taken):
        Keeping(service.store, User(account="anna")).create(entered(name="Mine"), NOW)
    assert service.profile("open-doors") == entered()
    assert not service.store.workspaces.memberships(organisation="open-doors")


@pytest.mark.parametrize("permission", Permission)
def test_members_do_what_they_may(service, account, permission):
    member(service, account, "anna", Permission.ADMIN)
    service.store.organisations.save(entered(), NOW)
    door = member(service, account, "bela", permission)
    allowed = {Permission.READER: 0, Permission.EDITOR: 2, Permission.ADMIN: 3}[permission]
    steps = [
        lambda: door.change(entered(name="Other"), NOW),
        lambda: door.take_back("open-doors"),
        lambda: door.delete("open-doors", NOW),
    ]
    for step in steps[:allowed]:
        step()
    for step in steps[allowed:]:
        with pytest.raises(NotAllowed):
            step()


def test_what_a_page_believes_counts_for_nothing(service, account):
    member(service, account, "anna", Permission.ADMIN)
    service.store.organisations.save(entered(), NOW)
    liar = User(account="mallory", permissions={"open-doors": Permission.ADMIN})
    door = Keeping(service.store, liar)
    for step in (lambda: door.delete("open-doors", NOW), lambda: door.take_back("open-doors")):
        with pytest.raises(NotAllowed):
            step()
    assert service.profile("open-doors") == entered()


def test_what_a_change_moved():
    before = pd.DataFrame({"usability": [1, 1, 0, 3, 2], "unknown": [4, 3, 0, 9, 1]}, index=list("abcde"))
    after = pd.DataFrame({"usability": [0, 0, 2, 3, 2, 0], "unknown": [1, 1, 0, 5, 1, 7]}, index=list("abcdef"))
    assert effect(before, after) == Effect((Move(1, 0, 2), Move(0, 2, 1)), 8, 3)
    assert effect(before, before) == Effect((), 8, 8)


def test_deleting_leaves_nothing_that_the_next_organisation_or_a_stranger_could_find(service, account, settings):
    account("anna")
    door, store = Keeping(service.store, User(account="anna")), service.store
    door.create(entered(description="Zwischenraum an der Elbe"), NOW)
    store.standings.keep("open-doors", "s", "Zwischenraum")
    store.worked_out.keep("standing:open-doors", "s", b"Zwischenraum")
    for id, organisation in (("theirs", "open-doors"), ("others", "riga")):
        asked = {"id": id, "address": f"{id}@example.org", "profile": organisation, "language": "en"}
        consent = Consent(text_version="1", asked=NOW)
        store.subscriptions.ask(Subscription(**asked, consent=consent), lambda wanted, _: confirmation_of(wanted, None))
        store.subscriptions.confirm(id, NOW, 0)
    door.delete("open-doors", NOW)
    ended, running = store.subscriptions.subscription("theirs"), store.subscriptions.subscription("others")
    assert (ended.state, ended.ending) == (SubscriptionState.ENDED, Ending.ORGANISATION_DELETED)
    assert running.state is SubscriptionState.CONFIRMED
    states = {mail.subscription: mail.state for mail in store.outbox.mails()}
    assert (states["theirs"], states["others"]) == (MailState.CANCELLED, MailState.PLANNED)
    assert not store.worked_out.names()
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"Zwischenraum" in path.read_bytes()]
