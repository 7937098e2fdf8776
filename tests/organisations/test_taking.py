"""What a form takes over of what was read in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matcher.model import OrganisationType
from matcher.organisations.draft import Draft, DraftNeed, Figure
from matcher.organisations.reading import Proposal
from matcher.organisations.taking import new_to, replaced, taken

TOWN = Draft(
    name="Riga",
    type=OrganisationType.MUNICIPALITY,
    country="LV",
    population=Figure("605 000", "2024", "https://register.example"),
    needs=(DraftNeed("Housing", "en"),),
    languages=("lv",),
)
VALUES = {
    "name": ["Riga", "Rīga"],
    "type": ["municipality", "migrant_led"],
    "country": ["LV", "IT"],
    "nuts": ["LV006", "ITH55"],
    "description": ["A town.", "A city."],
    "population": ["605000", "591882"],
    "needs": ["Housing", "Language courses"],
    "languages": ["lv", "en"],
}
PROPOSALS = some.lists(
    some.sampled_from(sorted(VALUES)).flatmap(
        lambda field: some.builds(
            Proposal, some.just(field), some.sampled_from(VALUES[field]), some.just("So it says.")
        )
    )
)


def said(field: str, value: str) -> Proposal:
    return Proposal(field, value, f"It says {value}.")


@pytest.mark.parametrize(
    "one", [said("name", "Riga"), said("population", "605000"), said("needs", "Housing"), said("languages", "lv")]
)
def test_what_the_draft_says_is_not_new(one):
    assert new_to(TOWN, [one]) == ()


def test_a_value_is_offered_once_with_its_first_sentence():
    twice = [Proposal("needs", "Courses", "First."), Proposal("needs", "Courses", "Again.")]
    assert new_to(TOWN, twice) == (twice[0],)


def test_single_facts_name_what_they_replace_and_others_stand_beside():
    assert replaced(TOWN, said("country", "IT")) == "LV"
    assert replaced(TOWN, said("nuts", "LV006")) == ""
    assert replaced(TOWN, said("needs", "Courses")) == ""


def test_another_figure_loses_the_source_of_the_old_one():
    assert taken(TOWN, [said("population", "591882")]).population == Figure("591882")


@given(PROPOSALS)
def test_nothing_is_taken_away_but_what_is_replaced(ticked):
    made = taken(TOWN, ticked)
    assert made.needs[: len(TOWN.needs)] == TOWN.needs
    assert made.languages[: len(TOWN.languages)] == TOWN.languages
    for field in {"name", "country", "nuts", "description"} - {one.field for one in ticked}:
        assert getattr(made, field) == getattr(TOWN, field)


@given(PROPOSALS)
def test_what_was_taken_is_not_offered_again(found):
    firsts = {one.field: one for one in reversed(new_to(TOWN, found)) if one.field not in ("needs", "languages")}
    ticked = [one for one in found if one.field in ("needs", "languages")] + list(firsts.values())
    assert new_to(taken(TOWN, ticked), ticked) == ()
