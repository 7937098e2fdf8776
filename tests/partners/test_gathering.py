"""Candidates come from whoever opted in and from public records, each organisation once, with its evidence."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.model import ApplicantKind, OrganisationKind, OrganisationType, ProjectRole
from matcher.partners import Nearness, gather
from matcher.partners.candidate import name_key
from matcher.profiles import load_profiles
from matcher.settings import REPOSITORY


@pytest.fixture(scope="module")
def call(make_call):
    return make_call()


def test_the_same_pic_is_one_organisation_whatever_its_name(call, make_project, make_participant):
    projects = [
        make_project(1, make_participant("Verein Ankommen", "DE", "911111111", ProjectRole.COORDINATOR)),
        make_project(2, make_participant("ANKOMMEN E.V.", "DE", "911111111")),
    ]
    (one,) = gather(call, projects=projects)
    assert one.id == "pic:911111111"
    assert [(done.project, done.role, done.year, done.url) for done in one.past] == [
        ("WIT2", ProjectRole.PARTICIPANT, 2022, "https://example.org/projects/2"),
        ("WIT1", ProjectRole.COORDINATOR, 2021, "https://example.org/projects/1"),
    ]
    assert (one.led, one.joined) == (1, 2)


def test_without_a_pic_name_and_country_decide(call, make_project, make_participant):
    people = [("Associação Migra", "PT"), ("ASSOCIACAO MIGRA", "PT"), ("Associação Migra", "ES"), ("Outra", "PT")]
    projects = [make_project(number, make_participant(*one)) for number, one in enumerate(people)]
    found = gather(call, projects=projects)
    assert sorted((one.country, one.joined) for one in found) == [("ES", 1), ("PT", 1), ("PT", 2)]


def test_a_record_without_pic_joins_the_only_pic_of_its_name(call, make_project, make_participant):
    known, bare = make_participant("Verein", "DE", "911111111"), make_participant("VEREIN", "DE")
    assert [one.joined for one in gather(call, projects=[make_project(1, known), make_project(2, bare)])] == [2]
    twin = make_participant("Verein", "DE", "922222222")
    found = gather(call, projects=[make_project(1, known), make_project(2, bare), make_project(3, twin)])
    assert [one.joined for one in found] == [1, 1, 1], "two bodies have that name: nobody can say which one it is"


def test_who_is_from_no_known_country_is_left_out(call, make_project, make_participant):
    assert gather(call, projects=[make_project(1, make_participant("Somebody", None))]) == []


def test_only_who_opted_in_is_a_candidate(call, make_profile):
    open_one, quiet = make_profile("open-one", "GR"), make_profile("quiet", "GR", partner_search=False)
    assert [one.profile for one in gather(call, [open_one, quiet])] == ["open-one"]


def test_of_who_did_not_opt_in_only_the_public_record_is_told(call, make_profile, make_project, make_participant):
    quiet = make_profile("quiet-house", "GR", partner_search=False, led=3, projects=5)
    (one,) = gather(call, [quiet], [make_project(1, make_participant("Quiet House", "GR"))])
    assert (one.profile, one.type, one.kinds, one.said_projects) == (None, None, (), 0)


def test_no_example_organisation_was_asked_and_so_none_is_a_candidate(call):
    examples = load_profiles(REPOSITORY / "data" / "profiles")
    assert len(examples) >= 20
    assert gather(call, examples.values()) == []


def test_what_a_profile_says_of_itself_counts_before_the_register(call, make_profile, make_project, make_participant):
    own = make_profile("open-house", "GR", led=1, projects=2)
    (one,) = gather(call, [own], [make_project(1, make_participant("OPEN HOUSE", "GR", "911111111"))])
    assert (one.profile, one.pic, one.type) == ("open-house", "911111111", OrganisationType.MIGRANT_LED)
    assert (one.kinds, one.led, one.joined) == ((ApplicantKind.NON_PROFIT,), 1, 2)
    assert one.not_known == ()


def test_bodies_of_networks_that_join_projects_are_candidates_and_others_are_not(call, reference):
    found = {one.network: one for one in gather(call, networks=reference.networks)}
    assert set(found) == {"eurocities", "cemr", "aer", "alda"}
    assert found["eurocities"].led == 2
    assert all(done.source for one in found.values() for done in one.past)


def test_a_network_body_and_its_record_in_projects_are_one(call, reference, make_project, make_participant):
    people = [
        make_participant("EUROCITIES ASBL", "BE", "933333333", ProjectRole.COORDINATOR),
        make_participant("Association des Agences de la Démocratie Locale", "FR", "944444444"),
    ]
    found = {one.pic: one for one in gather(call, (), [make_project(1, *people)], reference.networks)}
    assert (found["933333333"].network, found["933333333"].led) == ("eurocities", 3)
    assert (found["944444444"].network, found["944444444"].joined) == ("alda", 2)
    assert len(gather(call, (), [make_project(1, *people)], reference.networks)) == 4


def test_a_town_is_known_by_its_name_and_it_is_said(call, reference, make_project, make_participant):
    public = OrganisationKind.PUBLIC_BODY
    people = [
        make_participant("Comune di Rimini", "IT", "1", kind=public),
        make_participant("Ministero dell'Interno", "IT", "2", kind=public),
        make_participant("Comune di Rimini", "SM", "3"),
    ]
    town, ministry, other = gather(call, projects=[make_project(1, *people)], names=reference.authority_names)
    assert town.kinds == (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.PUBLIC_BODY)
    assert "whether it is a local authority, as its name says" in town.not_known
    assert ministry.kinds == (ApplicantKind.PUBLIC_BODY,)
    assert "whether it is a local or regional authority" in ministry.not_known
    assert "kind of organisation" in other.not_known, "the register says that it is no public body"


@pytest.mark.parametrize(
    ("fields", "near"),
    [
        ({"topic": "AMIF-2027-TF2-AG-INTE-01-WOMEN"}, Nearness.LINE),
        ({"topic": "amif-2024-tf2-ag-inte-05-women"}, Nearness.LINE),
        ({"topic": None, "call_identifier": "AMIF-2023-TF2-AG-INTE"}, Nearness.LINE),
        ({"topic": "AMIF-2024-TF2-AG-THB-01"}, Nearness.PROGRAMME),
        ({"topic": None, "programme": "AMIF-2014-2020"}, Nearness.PROGRAMME),
        ({"topic": None, "programme": "HORIZON", "fund": None}, Nearness.OTHER),
    ],
)
def test_how_comparable_a_past_project_is(call, make_project, make_participant, fields, near):
    (one,) = gather(call, projects=[make_project(1, make_participant("Verein", "DE"), **fields)])
    assert one.past[0].nearness is near
    assert len(one.comparable) == (near is not Nearness.OTHER)


def test_the_order_of_the_records_changes_nothing(call, make_project, make_participant):
    projects = [
        make_project(1, make_participant("Verein", "DE", "911111111"), make_participant("Dimos", "GR")),
        make_project(2, make_participant("VEREIN e.V.", "DE"), make_participant("Dimos", "GR", "922222222")),
        make_project(3, make_participant("Verein", "DE", "911111111", ProjectRole.COORDINATOR)),
    ]
    first = gather(call, projects=projects)
    assert len(first) == 2
    assert all(gather(call, projects=order) == first for order in permutations(projects))


@pytest.mark.parametrize("name", ["Verein", "VEREIN", "Verein e.V.", "verein ev", "“Verein”, gGmbH", "Vérein"])
def test_case_accents_punctuation_and_legal_form_do_not_make_another_organisation(name):
    assert name_key(name, "DE") == ("verein", "DE")


@given(st.text(min_size=1), st.text(min_size=1))
def test_another_country_or_another_word_makes_another_organisation(name, other):
    assert name_key(name, "FR") != name_key(name, "DE")
    assert name_key(f"{name} migra", "DE") != name_key(f"{name} radio", "DE")
    assert name_key(name.casefold(), "DE") == name_key(name, "DE")
