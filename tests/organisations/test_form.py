"""A draft made into a profile, or what is wrong with it in words; and back again without a loss."""

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.languages import LANGUAGES, speaker
from matcher.model import ApplicantKind, Experience, Fact, Need, OrganisationType, Population, Profile, Role
from matcher.model.profile import Sum
from matcher.organisations.draft import STATED, Draft, DraftNeed, Figure, Past, draft_of, usual
from matcher.organisations.form import MOST_NEEDS, made, new_id, whole_number

DAY = date(2026, 10, 8)
REGIONS = ("LV0", "LV00", "LV00A")
GOOD = usual(
    Draft(
        name="Atvērtās durvis",
        type=OrganisationType.MIGRANT_LED,
        country="LV",
        description="Jaunpienācēju biedrība.",
        needs=(DraftNeed("Latviešu valodas kursi"),),
    )
)


def checked(draft, id="open-doors"):
    return made(draft, id, DAY, REGIONS, lambda text: "lv")


def fields(draft):
    found = checked(draft)
    assert isinstance(found, tuple), found
    return [fault.field for fault in found]


class TestAProfile:
    def test_is_made_of_little(self):
        found = checked(GOOD)
        assert found.needs == (Need(text="Latviešu valodas kursi", language="lv"),)
        assert found.facts == (Fact(text="Jaunpienācēju biedrība.", source=STATED, as_of=DAY),)
        assert found.kinds == (ApplicantKind.NON_PROFIT, ApplicantKind.CIVIL_SOCIETY)
        assert found.experience is None

    def test_figures_are_stated_by_the_organisation_on_that_day(self):
        found = checked(replace(GOOD, population=Figure("641 000"), budget=Figure("1.200.000", "2025")))
        assert found.population == Population(value=641000, source=STATED, as_of="2026-10-08")
        assert found.annual_budget == Sum(value=1200000, source=STATED, as_of="2025")

    def test_experience_is_known_only_where_something_is_said(self):
        assert checked(replace(GOOD, past=Past(projects="0"))).experience == Experience(
            projects=0, led=0, source=STATED, as_of=DAY
        )

    def test_the_language_that_was_chosen_holds(self):
        assert checked(replace(GOOD, needs=(DraftNeed("Kursi", "et"),))).needs[0].language == "et"

    def test_what_cannot_be_seen_is_taken_out(self):
        assert checked(replace(GOOD, name="Open\u202e Doors\x00")).name == "Open Doors"


class TestFaults:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": "  "}, "name"),
            ({"name": "x" * 201}, "name"),
            ({"type": None}, "type"),
            ({"country": ""}, "country"),
            ({"country": "XX"}, "country"),
            ({"nuts": "FR101"}, "nuts"),
            ({"description": ""}, "description"),
            ({"kinds": ()}, "kinds"),
            ({"roles": ()}, "roles"),
            ({"needs": ()}, "needs"),
            ({"needs": (DraftNeed(" "),)}, "needs"),
            ({"needs": tuple(DraftNeed(f"Need {at}") for at in range(MOST_NEEDS + 1))}, "needs"),
            ({"population": Figure("many")}, "population"),
            ({"population": Figure("0")}, "population"),
            ({"population": Figure("-5")}, "population"),
            ({"budget": Figure("1,5")}, "budget"),
            ({"budget": Figure("9" * 15)}, "budget"),
            ({"past": Past(projects="some")}, "projects"),
            ({"past": Past(projects="1", led="2")}, "led"),
            ({"networks": ("x" * 201,)}, "networks"),
            ({"facts": (Fact(text="x" * 1001, source="s", as_of=DAY),)}, "facts"),
        ],
    )
    def test_each_names_its_field(self, changes, field):
        assert fields(replace(GOOD, **changes)) == [field]

    def test_all_are_told_at_once(self):
        assert fields(Draft()) == ["name", "type", "country", "description", "kinds", "roles", "needs"]

    def test_they_say_what_was_found_and_what_is_allowed(self):
        (fault,) = checked(replace(GOOD, population=Figure("many")))
        assert fault.told == "“many” is no whole number. Write digits only, such as 641000, or leave it empty."

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_they_can_be_said_in_every_language(self, language):
        wrong = replace(Draft(), population=Figure("%(s"), past=Past(projects="1", led="2"), nuts="%s")
        assert all(speaker(language).say(fault.told) for fault in checked(wrong))


class TestIds:
    @pytest.mark.parametrize(
        ("name", "id"),
        [
            ("Rīgas pilsēta", "rigas-pilseta"),
            ("L'Été & Co.", "l-ete-co"),
            ("Δήμος Ιωαννιτών", "organisation"),
            ("-", "organisation"),
            ("a" * 99, "a" * 60),
        ],
    )
    def test_are_made_of_the_name(self, name, id):
        assert new_id(name, "0a1b") == f"{id}-0a1b"

    @given(st.text())
    def test_are_always_allowed(self, name):
        id = new_id(name, "0a1b")
        assert checked(GOOD, id).id == id


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *[(f"641{apart}000", 641000) for apart in ("", " ", ".", ",", "’", "\u202f")],
        *[(typed, None) for typed in ("1.5", "12 34", "1,000.000", "", "1e5", "-1", "9" * 50)],
        ("1 200 000", 1200000),
    ],
)
def test_numbers_as_people_write_them(typed, number):
    assert whole_number(typed) == number


words = st.text(string.ascii_letters + "áßλы '-", min_size=1, max_size=30).map(str.strip).filter(bool)
lines = words.map(lambda text: " ".join(text.split()))
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
counts = st.integers(0, 100)
profiles = st.builds(
    Profile,
    id=st.just("open-doors"),
    name=lines,
    type=st.sampled_from(OrganisationType),
    country=st.just("LV"),
    nuts=st.none() | st.sampled_from(REGIONS),
    population=st.none() | st.builds(Population, value=st.integers(1, 10**8), source=lines, as_of=lines),
    kinds=st.lists(st.sampled_from(ApplicantKind), min_size=1, unique=True).map(tuple),
    roles=st.lists(st.sampled_from(Role), min_size=1, unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["lv", "en", "ar"]), unique=True).map(tuple),
    description=words,
    needs=st.lists(st.builds(Need, text=words, language=st.sampled_from(["lv", "en"])), min_size=1, max_size=5).map(
        tuple
    ),
    networks=st.lists(lines, max_size=3).map(tuple),
    annual_budget=st.none() | st.builds(Sum, value=st.integers(1, 10**12), source=lines, as_of=lines),
    experience=st.none()
    | st.builds(
        lambda projects, led, **rest: Experience(projects=projects + led, led=led, **rest),
        projects=counts,
        led=counts,
        multi_country=st.none() | st.booleans(),
        labels=st.lists(lines, max_size=2).map(tuple),
        source=lines,
        as_of=days,
    ),
    partner_search=st.booleans(),
    facts=st.lists(st.builds(Fact, text=words, source=lines, as_of=days), min_size=1, max_size=3).map(tuple),
)


@given(profiles)
def test_a_profile_comes_back_from_its_draft_as_it_was(profile):
    assert made(draft_of(profile), profile.id, DAY, REGIONS, lambda text: "en") == profile


def test_every_public_organisation_comes_back_as_it_was(service):
    for one in service.profiles():
        assert made(draft_of(one), one.id, DAY, service.regions(one.country), lambda text: "en") == one
