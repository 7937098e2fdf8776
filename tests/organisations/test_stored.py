"""Organisations that people entered: kept, seen at once by every process, and by nobody who is no member."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from matcher.model import Fact, Membership, Need, Permission, Profile
from matcher.service import NotFound, Service

NOW = datetime(2026, 10, 8, 9, 30, tzinfo=UTC)
SHARED = [
    {"oidc_issuer": "https://id.example"},
    {"public_url": "https://funding.example"},
    {"trusted_proxy": "10.0.0.1"},
]
STATED = Fact(text="Founded in 2019", source="stated by the organisation itself", as_of=date(2026, 10, 8))


def entered(id="open-doors", name="Open Doors", **changes):
    known = {
        "id": id,
        "name": name,
        "type": "migrant_led",
        "country": "IT",
        "kinds": ("civil_society",),
        "roles": ("beneficiary",),
        "languages": ("it",),
        "description": "An association of newcomers.",
        "needs": (Need(text="Language courses", language="en"),),
        "facts": (STATED,),
    }
    return Profile.model_validate(known | changes)


class TestTheStore:
    def test_gives_back_what_was_saved(self, service):
        service.store.organisations.save(entered(), NOW)
        assert service.store.organisations.organisations() == {"open-doors": entered()}
        assert service.store.organisations.organisation("open-doors") == entered()

    def test_the_last_save_holds_even_of_the_same_moment(self, service):
        for name in ("First", "Second"):
            service.store.organisations.save(entered(name=name), NOW)
        assert service.profile("open-doors").name == "Second"

    def test_what_is_deleted_leaves_the_file(self, service, settings):
        secret = "Zwischenraum an der Elbe"
        service.store.organisations.save(entered(description=secret), NOW)
        service.store.organisations.delete("open-doors", NOW)
        assert service.store.organisations.organisation("open-doors") is None
        assert service.store.scrub()
        files = [path for path in settings.home.rglob("*") if path.is_file()]
        assert files
        assert not [path for path in files if secret.encode() in path.read_bytes()]


class TestTheService:
    def test_sees_public_and_entered_ones_by_id(self, service):
        public = {one.id for one in service.profiles()}
        service.store.organisations.save(entered(), NOW)
        names = [one.id for one in service.profiles()]
        assert names == sorted(public | {"open-doors"})

    def test_an_entered_one_stands_in_the_place_of_a_public_one_until_it_is_taken_back(self, service):
        public = service.profile("riga")
        service.store.organisations.save(entered("riga", "Rīgas pašvaldība"), NOW)
        assert service.profile("riga").name == "Rīgas pašvaldība"
        assert service.shipped_profile("riga") == public
        service.store.organisations.take_back("riga")
        assert service.profile("riga") == public

    def test_what_people_entered_is_not_public(self, service):
        service.store.organisations.save(entered("riga"), NOW)
        service.store.organisations.save(entered(), NOW)
        assert service.is_public("athens")
        assert not [key for key in ("riga", "open-doors", "nobody") if service.is_public(key)]
        assert {"riga", "open-doors"}.isdisjoint(one.id for one in service.public_profiles())

    @pytest.mark.parametrize("asked", ["open-doors", "open-door"])
    @pytest.mark.parametrize("shared", SHARED)
    def test_where_others_come_whoever_asks_is_told_no_name_of_what_is_not_public(self, settings, asked, shared):
        service = Service(settings.model_copy(update=shared))
        service.store.organisations.save(entered("open-doors-of-the-south"), NOW)
        service.store.organisations.save(entered(), NOW)
        with pytest.raises(NotFound) as refused:
            service.open_profile(asked)
        assert "open-doors-of" not in str(refused.value)

    @pytest.mark.parametrize("shared", SHARED)
    def test_where_others_come_whoever_asks_is_told_the_public_facts_alone(self, settings, shared):
        service = Service(settings.model_copy(update=shared))
        public = service.open_profiles()
        service.store.organisations.save(entered("riga", "Rīgas pašvaldība"), NOW)
        assert service.open_profiles() == public
        assert service.open_profile("riga") == service.shipped_profile("riga")

    def test_without_sign_in_the_one_user_reaches_all(self, service):
        service.store.organisations.save(entered(), NOW)
        assert service.open_profile("open-doors") == entered()

    def test_a_save_of_another_process_is_seen_without_a_restart(self, service, settings):
        assert "open-doors" not in {one.id for one in service.profiles()}
        saving = (
            "import sys; from datetime import UTC, datetime; from matcher.model import Profile;"
            "from matcher.store import open_store;"
            "open_store(sys.argv[1]).organisations.save(Profile.model_validate_json(sys.argv[2]),"
            " datetime(2026, 10, 8, tzinfo=UTC))"
        )
        subprocess.run(
            [sys.executable, "-c", saving, settings.database_url, entered().model_dump_json()], check=True, timeout=60
        )
        assert service.profile("open-doors") == entered()

    def test_another_service_sees_it_too(self, service, settings):
        other = Service(settings)
        assert other.profiles()
        service.store.organisations.save(entered(), NOW)
        assert other.profile("open-doors") == entered()


def test_deleting_forgets_the_members_and_taking_back_does_not(service):
    for id in ("riga", "open-doors"):
        service.store.organisations.save(entered(id), NOW)
    workspaces = pytest.importorskip("matcher.store.workspaces")
    assert workspaces
    for id in ("riga", "open-doors"):
        service.store.workspaces.let_in(
            Membership(organisation=id, permission=Permission.ADMIN, invited="anna@example.org")
        )
    service.store.organisations.take_back("riga")
    service.store.organisations.delete("open-doors", NOW)
    assert len(service.store.workspaces.memberships(organisation="riga")) == 1
    assert not service.store.workspaces.memberships(organisation="open-doors")
