"""The page of organisations in all its states, on a real store: looked at, created, refused, edited, taken away."""

import re
import sqlite3
from datetime import UTC, datetime

import pytest

from matcher.model import OrganisationType, Permission
from matcher.service import Service
from matcher.store import open_store
from matcher.workspaces.permissions import User
from tests.doubles.small_store import GREEK_TOWN, MIGRANT_LED, MUNICIPALITY

NEED = "Cours de langue et accompagnement vers l'emploi pour les personnes nouvellement arrivées"


@pytest.fixture
def entered(own_world):
    """What people entered by now, in a store of the test's own."""

    def read():
        with open_store(own_world.database_url) as store:
            found = store.organisations.organisations()
            return {re.sub("-[0-9a-f]{8}$", "", id): one for id, one in found.items()}

    return read


def labelled(widgets, label):
    found = [one for one in widgets if one.label == label] or [one for one in widgets if one.label.startswith(label)]
    assert len(found) == 1, [one.label for one in widgets]
    return found[0]


def press(app, label):
    labelled(app.button, label).click()
    app.run()
    assert not app.exception, [one.value for one in app.exception]
    return app


def fill(app, **typed):
    """What a newcomer has to say, and nothing else."""
    facts = {"name": "Portes Ouvertes", "description": "Nous accueillons des femmes migrantes.", "needs": NEED} | typed
    labelled(app.text_input, "Name of the organisation").set_value(facts["name"])
    labelled(app.text_area, "What you do").set_value(facts["description"])
    labelled(app.text_area, "Your needs").set_value(facts["needs"])
    labelled(app.selectbox, "What it is").set_value(OrganisationType.MIGRANT_LED)
    app.run()
    labelled(app.selectbox, "Country").set_value("FR")
    app.run()
    return app


def titles(app):
    return [one.value for one in app.title]


def told(app):
    return " ".join(str(one.value) for one in [*app.success, *app.info, *app.warning, *app.error, *app.markdown])


class TestLooking:
    def test_a_public_one_is_shown_with_its_needs_and_sources(self, page):
        app = page("organisation", profile=MUNICIPALITY)
        assert titles(app) == ["Riga City Council"]
        assert "A public example" in told(app)
        assert "Language courses and work for newcomers (English)" in told(app)
        assert "organisation\\.example" in told(app)
        assert [one.value for one in app.header] == [
            "What it looks for",
            "Facts and where they come from",
            "Your organisations",
        ]

    def test_nobody_is_chosen(self, page):
        app = page("organisation")
        assert titles(app) == ["Organisation"]
        assert "None yet" in told(app)


class TestCreating:
    def test_in_few_entries(self, page, entered):
        app = press(fill(page("organisation", form="new")), "Save")
        made = entered()["portes-ouvertes"]
        assert (made.country, made.type, made.needs[0].language) == ("FR", OrganisationType.MIGRANT_LED, "fr")
        assert made.kinds
        assert made.facts[0].source == "stated by the organisation itself"
        assert titles(app) == ["Portes Ouvertes"]
        assert "Saved." in told(app)
        assert "open to you now or soon" in told(app)
        assert "Your organisations" in [one.value for one in app.header]

    def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(self, page, entered):
        app = press(fill(page("organisation", form="new"), name="", needs=""), "Save")
        assert not entered()
        assert "2 entries above need another look" in told(app)
        assert "The name is empty" in told(app)
        assert "There is no need yet" in told(app)
        assert labelled(app.text_area, "What you do").value == "Nous accueillons des femmes migrantes."
        labelled(app.text_input, "Name of the organisation").set_value("Portes Ouvertes")
        labelled(app.text_area, "Your needs").set_value(NEED)
        app.run()
        assert "The name is empty" not in told(app)
        press(app, "Save")
        assert "portes-ouvertes" in entered()

    def test_the_language_of_a_need_can_be_corrected(self, page, entered):
        app = fill(page("organisation", form="new"), needs="Integration")
        assert "Not sure" in told(app)
        labelled(app.selectbox, "Language of “Integration”").set_value("sv")
        press(app, "Save")
        assert entered()["portes-ouvertes"].needs[0].language == "sv"

    def test_questions_wait_until_it_is_known_who_asks(self, page):
        app = page("organisation", form="new")
        assert "Choose first what the organisation is" in told(app)
        assert not [one for one in app.text_input if one.label.startswith("Yearly budget")]
        assert "open questions: whether grants are within your reach" in told(fill(app))

    def test_a_copy_has_another_id_and_the_same_facts(self, page, entered):
        app = press(page("organisation", profile=MUNICIPALITY), "Copy as a start")
        press(app, "Save")
        made = entered()["copy-of-riga-city-council"]
        assert made.population.value == 605000
        assert made.population.source == "https://register.example"

    def test_the_next_one_of_the_same_name_gets_another_id(self, page, entered, own_world):
        press(fill(page("organisation", form="new")), "Save")
        first = entered()["portes-ouvertes"].id
        with open_store(own_world.database_url) as store:
            store.organisations.delete(first, datetime.now(UTC))
        press(fill(page("organisation", form="new")), "Save")
        assert entered()["portes-ouvertes"].id != first

    def test_a_text_fills_in_what_is_ticked(self, page):
        app = page("organisation", form="new")
        text = (
            "Porte Aperte\n\nUn'associazione fondata da migranti a Bologna, in Italia.\n\nBisogni:\n- Corsi di italiano"
        )
        labelled(app.text_area, "Paste a description").set_value(text)
        press(app, "Look through it")
        assert "From: “Un\\'associazione fondata da migranti a Bologna" in told(app)
        labelled(app.checkbox, "Name").uncheck()
        press(app, "Fill in what is ticked")
        assert labelled(app.text_input, "Name of the organisation").value == ""
        assert labelled(app.selectbox, "Country").value == "IT"
        assert labelled(app.selectbox, "What it is").value is OrganisationType.MIGRANT_LED
        assert labelled(app.text_area, "Your needs").value == "Corsi di italiano"

    def test_what_is_typed_already_is_not_replaced_unless_ticked(self, page):
        app = page("organisation", form="new")
        labelled(app.text_input, "Name of the organisation").set_value("Porte Aperte APS")
        app.run()
        labelled(app.text_area, "Paste a description").set_value(
            "Porte Aperte\n\nUn'associazione di Bologna, in Italia."
        )
        press(app, "Look through it")
        name = labelled(app.checkbox, "Name: Porte Aperte")
        assert "in place of “Porte Aperte APS”" in name.label
        assert not name.value
        press(app, "Fill in what is ticked")
        assert labelled(app.text_input, "Name of the organisation").value == "Porte Aperte APS"
        assert labelled(app.selectbox, "Country").value == "IT"

    def test_an_address_is_not_opened(self, page):
        app = page("organisation", form="new")
        labelled(app.text_area, "Paste a description").set_value("https://organisation.example/about")
        assert "Addresses are not opened here" in told(press(app, "Look through it"))

    def test_a_hostile_name_is_shown_as_it_is(self, page, entered):
        name = "<script>alert(1)</script> ![x](https://tracker.example/a.png) :red[x]"
        app = press(fill(page("organisation", form="new"), name=name), "Save")
        (made,) = entered().values()
        assert made.name == name
        assert "<script>" not in titles(app)[0].replace("\\<script\\>", "")


class TestEditing:
    def test_a_text_adds_to_what_is_known(self, page, entered, own_world):
        before = Service(own_world).profile(MUNICIPALITY)
        app = press(page("organisation", profile=MUNICIPALITY), "Edit")
        text = f"{before.name}\n\nRiga has 591 882 inhabitants.\n\nNeeds:\n- Housing for newcomers"
        labelled(app.text_area, "Paste a description").set_value(text)
        press(app, "Look through it")
        offered = {one.label.partition(":")[0]: one for one in app.checkbox if ": " in one.label}
        assert "Name" not in offered
        assert offered["Need"].value
        assert "in place of “605,000”" in offered["Inhabitants"].label.replace("\\", "")
        assert not offered["Inhabitants"].value
        press(app, "Fill in what is ticked")
        press(app, "Save")
        after = entered()[MUNICIPALITY]
        assert [need.text for need in after.needs] == [*(need.text for need in before.needs), "Housing for newcomers"]
        assert after.population == before.population

    def test_a_text_that_says_nothing_new_says_so(self, page, own_world):
        name = Service(own_world).profile(MUNICIPALITY).name
        app = press(page("organisation", profile=MUNICIPALITY), "Edit")
        labelled(app.text_area, "Paste a description").set_value(name)
        assert "stands in the form already" in told(press(app, "Look through it"))

    def test_a_save_tells_what_it_moved(self, page, entered):
        app = press(page("organisation", profile=MUNICIPALITY), "Edit")
        labelled(app.multiselect, "Legal form").set_value(["for_profit"])
        app.run()
        press(app, "Save")
        assert "moved from “open to you” to “no money for you”" in told(app)
        assert [one.value for one in entered()[MUNICIPALITY].kinds] == ["for_profit"]

    def test_a_save_that_changes_nothing_says_so_and_keeps_all_sources(self, page, entered, own_world):
        app = press(page("organisation", profile=MUNICIPALITY), "Edit")
        press(app, "Save")
        assert "No call stands differently" in told(app)
        assert entered()[MUNICIPALITY] == Service(own_world).shipped_profile(MUNICIPALITY)

    def test_whoever_changes_a_figure_states_it(self, page, entered):
        app = press(page("organisation", profile=MUNICIPALITY), "Edit")
        labelled(app.text_input, "Inhabitants").set_value("610 000")
        app.run()
        press(app, "Save")
        people = entered()[MUNICIPALITY].population
        assert (people.value, people.source) == (610000, "stated by the organisation itself")

    def test_leaving_keeps_what_was(self, page, entered):
        app = press(page("organisation", profile=GREEK_TOWN), "Edit")
        labelled(app.text_input, "Name of the organisation").set_value("Something else")
        app.run()
        press(app, "Leave without saving")
        assert titles(app) == ["Municipality of Ioannina"]
        assert not entered()


class TestTakingAway:
    def test_one_s_own_facts_of_a_public_one_are_taken_back(self, page, entered):
        app = press(press(page("organisation", profile=MUNICIPALITY), "Edit"), "Save")
        press(app, "Take back to the public facts")
        assert "the public facts hold again" in told(app)
        press(app, "Take back to the public facts")
        assert titles(app) == ["Riga City Council"]
        assert "A public example" in told(app)
        assert not entered()

    def test_an_organisation_of_one_s_own_is_deleted_when_that_is_confirmed(self, page, entered):
        app = press(fill(page("organisation", form="new")), "Save")
        press(press(app, "Delete"), "Keep it")
        assert entered()
        press(press(app, "Delete"), "Delete for good")
        assert not entered()
        assert titles(app) == ["Organisation"]


class TestPermissions:
    @pytest.fixture
    def shared(self, entered, page, own_world, monkeypatch):
        """A service with sign-in: who looks is given by a test."""
        press(fill(page("organisation", form="new")), "Save")
        (made,) = entered().values()
        with open_store(own_world.database_url) as store:
            store.organisations.delete(made.id, datetime.now(UTC))
            store.organisations.save(made.model_copy(update={"id": "portes-ouvertes"}), datetime.now(UTC))

        def look(user, **query):
            for name in ("dashboard.queries.access.current_user", "dashboard.queries.current_user"):
                monkeypatch.setattr(name, lambda: user)
            return page("organisation", **query)

        return look

    def test_a_reader_looks_and_cannot_edit(self, shared):
        reader = User(account="r", permissions={"portes-ouvertes": Permission.READER})
        app = shared(reader, profile="portes-ouvertes")
        assert titles(app) == ["Portes Ouvertes"]
        assert "ask one of its admins" in told(app)
        assert not [one for one in app.button if one.label.startswith(("Edit", "Delete"))]
        for form in ("edit", "delete"):
            again = shared(reader, profile="portes-ouvertes", form=form)
            assert "not change anything" in told(again)
            assert not [one for one in again.button if one.label.startswith(("Save", "Delete"))]

    def test_who_is_no_member_does_not_see_it(self, shared):
        app = shared(User(account="x"), profile="portes-ouvertes")
        assert "Portes Ouvertes" not in told(app) + str(titles(app))

    def test_who_did_not_sign_in_can_create_nothing(self, shared, entered):
        app = shared(User(), profile=MIGRANT_LED, form="new")
        assert not [one for one in app.button if one.label.startswith(("Save", "Edit", "Copy"))]
        assert "Sign in to create" in told(app)

    def test_a_right_that_is_gone_meanwhile_is_refused_in_words(self, shared, entered):
        before = entered()
        editor = User(account="e", permissions={"portes-ouvertes": Permission.EDITOR})
        app = shared(editor, profile="portes-ouvertes", form="edit")
        press(app, "Save")
        assert "You may not do this" in told(app)
        assert entered() == before


def test_without_calls_an_organisation_can_be_entered_all_the_same(page, own_world, entered):
    with sqlite3.connect(own_world.database_url.removeprefix("sqlite:///")) as store:
        store.execute("delete from call")
    store.close()
    app = press(fill(page("organisation", form="new")), "Save")
    assert "portes-ouvertes" in entered()
    assert "There are no calls to compare with yet" in told(app)
