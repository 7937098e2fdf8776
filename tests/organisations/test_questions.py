"""What is asked first settles most: tried out on real calls, and on calls that a law is held against."""

import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.eligibility.rules import assess
from matcher.model import Answer, Basis, Criterion, CriterionKind, Experience, ExperienceKey, Population, Profile
from matcher.organisations.questions import MOST_CALLS, agenda, nearest, trials
from matcher.reference.files import load_reference
from tests.conftest import PROJECT
from tests.doubles.small_store import DAY, PROFILES, made_call

REFERENCE = load_reference(PROJECT / "data" / "reference")
TOWN = Profile.model_validate({"id": "town"} | PROFILES["riga"] | {"population": None, "nuts": None, "languages": ()})
REGIONS = ["LV0", "LV00", "LV00A", "LV00B"]

POPULATION = Criterion(kind=CriterionKind.POPULATION, values=("50000",), basis=Basis.CALL_DOCUMENT)
PROJECT_DONE = Criterion(
    kind=CriterionKind.EXPERIENCE, values=(ExperienceKey.EU_PROJECT.value,), basis=Basis.CALL_DOCUMENT
)
FRENCH = Criterion(kind=CriterionKind.LANGUAGE, values=("fr",), basis=Basis.CALL_DOCUMENT)


def size_is_known(profile, call):
    return Answer.MET


def asked(calls, profile=TOWN, on=DAY, size=size_is_known):
    return agenda(profile, calls, on, REFERENCE, REGIONS, size)


def unknown(profile, calls):
    return {
        (call.id, verdict.rule)
        for call in calls
        for verdict in assess(profile, call, DAY, REFERENCE)
        if verdict.answer is Answer.UNKNOWN
    }


def calls_that_ask(*criteria):
    return [made_call(f"call-{at}", criteria=tuple(some)) for at, some in enumerate(criteria)]


class TestWhatIsWorthAsking:
    def test_what_most_calls_ask_for_comes_first(self):
        found = asked(calls_that_ask([POPULATION], [POPULATION], [FRENCH]))
        assert [(one.fact, one.settles) for one in found.questions[:2]] == [("population", 2), ("languages", 1)]
        assert asked(calls_that_ask([FRENCH], [FRENCH], [POPULATION])).questions[0].fact == "languages"

    def test_a_call_that_is_silent_makes_nothing_worth_asking(self):
        found = asked(calls_that_ask([]))
        assert found.open
        assert not any(one.settles for one in found.questions)

    def test_what_is_answered_is_not_asked(self):
        known = TOWN.model_copy(update={"population": Population(value=9, source="a page", as_of="2025")})
        assert asked(calls_that_ask([POPULATION]), known).question("population") is None

    def test_size_counts_where_the_budget_is_not_known(self):
        def size(profile, call):
            return Answer.MET if profile.annual_budget else Answer.UNKNOWN

        assert asked(calls_that_ask([], [], [POPULATION]), size=size).questions[0].fact == "annual_budget"

    def test_the_place_matters_to_regional_calls(self, service):
        town = service.profile("riga").model_copy(update={"nuts": None})
        assert {one.nuts for one in trials(town, DAY, REGIONS)["nuts"]} == {"LV00A"}

    def test_a_call_that_is_closed_counts_for_nothing(self):
        assert asked([made_call("over", deadlines=({"day": date(2026, 1, 1)},))]).calls == 0

    def test_the_nearest_are_looked_at(self):
        days = [date(2027, 1, 1 + at % 28) for at in range(MOST_CALLS + 20)]
        calls = [made_call(f"call-{at}", deadlines=({"day": day},)) for at, day in enumerate(days)]
        near = nearest(calls, DAY)
        assert len(near) == MOST_CALLS
        assert max(call.final_day for call in near) <= min(call.final_day for call in calls if call not in near)
        assert asked(calls).calls == MOST_CALLS

    def test_an_answer_may_settle_part_of_it_only(self):
        """Too few projects leave it open, because counts are least counts: the best answer is what counts."""
        calls = calls_that_ask([PROJECT_DONE])
        assert asked(calls).question("experience").settles == 1
        none = Experience(projects=0, led=0, source="a page", as_of=DAY)
        assert unknown(TOWN.model_copy(update={"experience": none}), calls) == unknown(TOWN, calls)


class TestLaws:
    criteria = st.lists(
        st.lists(st.sampled_from([POPULATION, PROJECT_DONE, FRENCH]), unique=True), min_size=1, max_size=4
    )

    @given(criteria)
    @settings(max_examples=25)
    def test_the_first_question_settles_at_least_as_many_as_any_other(self, criteria):
        """Held against the rules one by one, not against the counting that ranks them."""
        calls = calls_that_ask(*criteria)
        found = asked(calls)
        today = unknown(TOWN, calls)
        assert found.open == len(today)

        def best(fact):
            return max(len(today - unknown(one, calls)) for one in trials(TOWN, DAY, REGIONS)[fact])

        settled = [best(one.fact) for one in found.questions]
        assert settled == [one.settles for one in found.questions]
        assert all(first >= later for first, later in pairwise(settled))

    @given(criteria, st.randoms())
    @settings(max_examples=15)
    def test_the_order_of_the_calls_changes_nothing(self, criteria, chance: random.Random):
        calls = calls_that_ask(*criteria)
        assert asked(chance.sample(calls, len(calls))) == asked(calls)


@pytest.mark.parametrize("id", ["riga", "new-women-connectors", "dusseldorf"])
def test_every_fact_that_a_form_can_ask_for_is_tried(service, id):
    bare = service.profile(id).model_copy(
        update={"nuts": None, "population": None, "languages": (), "experience": None, "annual_budget": None}
    )
    found = trials(bare, DAY, list(service.regions(bare.country)))
    assert set(found) == {"nuts", "population", "languages", "experience", "annual_budget"}
    assert all(answers and all(one != bare for one in answers) for answers in found.values())
