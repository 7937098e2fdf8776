"""Conditions become criteria with a verbatim quote; what is not wholly understood becomes silence or an issue."""

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.applicants import understand_applicants
from crawler.normalise.places import understand_countries
from matcher.model import ApplicantKind as Kind
from matcher.model import CriterionKind, Role


def found_in(call):
    return {(c.kind, c.role): c.values for c in call.criteria}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("civil society organisations", (Kind.CIVIL_SOCIETY,)),
        ("civil society organisations in Slovenia and Croatia", (Kind.CIVIL_SOCIETY,)),
        ("civil society organisations; activities only in Poland", (Kind.CIVIL_SOCIETY,)),
        ("start-ups registered in Estonia", (Kind.SME,)),
        ("SMEs and start-ups", (Kind.SME,)),
        ("micro, small and medium-sized enterprises registered in Finland", (Kind.SME,)),
        ("Local or regional authorities", (Kind.LOCAL_AUTHORITY, Kind.REGIONAL_AUTHORITY)),
        (
            "municipalities, NGOs and universities",
            (Kind.LOCAL_AUTHORITY, Kind.NON_PROFIT, Kind.CIVIL_SOCIETY, Kind.RESEARCH, Kind.EDUCATION),
        ),
    ],
)
def test_a_text_understood_to_its_last_word_gives_kinds(text, kinds):
    assert understand_applicants(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Estonian cybersecurity companies of the region",
        "consortia including at least one CSO",
        "Consortium of competent public authorities (ministries); other public or private partners may join",
        "SMEs; natural persons may join",
        "quadruple-helix ecosystems: academia, business, regional/local public authorities, societal actors",
        "civil society organisations with three years of experience or other bodies",
        "students linked to partner universities",
        "farmers (Farming Projects)",
    ],
)
def test_one_unknown_word_means_silence(text):
    assert understand_applicants(text) == ()


@given(
    st.lists(
        st.sampled_from(["SMEs", "municipalities", "NGOs", "museums", "red teams", "schools"]), min_size=1, max_size=5
    )
)
def test_kinds_are_given_only_for_texts_of_known_words(words):
    known = not {"museums", "red teams"} & set(words)
    assert bool(understand_applicants(", ".join(words))) is known


def test_every_criterion_quotes_the_stored_text(understand):
    call, _ = understand(
        applicants="<p>civil society&nbsp;organisations</p>",
        lead_rule="lead: non-profit private entity or public university; co-applicants: anybody",
        min_applicants="at least 10 hubs from at least 10 different Member States, at least 2 in widening countries",
        countries=("Estonia", "EL", "UK"),
    )
    assert {c.kind for c in call.criteria} == {
        CriterionKind.APPLICANT_KIND,
        CriterionKind.MIN_APPLICANTS,
        CriterionKind.MIN_COUNTRIES,
        CriterionKind.COUNTRY,
    }
    for criterion in call.criteria:
        stored = getattr(call, criterion.quote.place)
        assert stored[criterion.quote.start : criterion.quote.end] == criterion.quote.text
        assert criterion.quote.text


@pytest.mark.parametrize(
    ("text", "applicants", "countries"),
    [
        ("3", "3", None),
        ("1 (joint applications not accepted)", "1", None),
        ("1; a consortium of 2 needs two countries, of 3 or more at least three countries", "1", None),
        ("at least 3 organisations from at least 3 different EU Member States or associated countries", "3", "3"),
        ("at least two ecosystems from two different Widening countries", "2", "2"),
        ("authorities from at least 2 Member States", None, "2"),
        ("at least 2 police authorities and 2 CSOs/NGOs from at least 3 different EU Member States", None, "3"),
        ("at least 3 relevant practitioners from EU Member States", "3", None),
        ("2 European independent production companies with a co-development agreement", "2", None),
    ],
)
def test_least_numbers(understand, text, applicants, countries):
    call, problems = understand(min_applicants=text)
    found = {c.kind: c.values[0] for c in call.criteria}
    assert found.get(CriterionKind.MIN_APPLICANTS) == applicants
    assert found.get(CriterionKind.MIN_COUNTRIES) == countries
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "validation in at least three neighbourhoods in at least three different Member States",
        "demonstration on three buildings in three different Member States",
        "at least 2 relevant practitioners and 1 research and technology organisation",
        "a few",
        "0",
    ],
)
def test_numbers_of_other_things_are_an_issue(understand, text):
    call, problems = understand(min_applicants=text)
    assert call.criteria == ()
    assert [field for field, _ in problems] == ["min_applicants"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "coordinator must represent a local government; at least two of the countries must be EU Member States",
            ("local_authority",),
        ),
        ("lead: non-profit private entity or public university", ("non_profit", "research", "education")),
        ("single applicant; municipalities from two countries, one of them an EU state", None),
        ("coordinator must be from an EU Member State", None),
    ],
)
def test_who_may_lead(understand, text, kinds):
    call, problems = understand(lead_rule=text)
    assert found_in(call).get((CriterionKind.APPLICANT_KIND, Role.COORDINATOR)) == kinds
    assert problems == []


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (("Estonia",), {"EE"}),
        (("Slovenia", "Croatia"), {"SI", "HR"}),
        (("EL", "UK", "Kosovo*", "Türkiye", "Czech Republic", "the Netherlands"), {"GR", "GB", "XK", "TR", "CZ", "NL"}),
        (("Slovenia and Croatia",), {"SI", "HR"}),
        (("Bosnia and Herzegovina",), {"BA"}),
    ],
)
def test_countries(names, codes):
    places = understand_countries(names)
    assert (places.codes, places.complete, places.unknown) == (frozenset(codes), True, ())


def test_the_member_states_are_27(understand):
    call, _ = understand(countries=("EU Member States", "Ukraine", "Switzerland"))
    ((kind, values),) = ((c.kind, c.values) for c in call.criteria)
    assert (kind, len(values)) == (CriterionKind.COUNTRY, 29)
    assert "GB" not in values


@pytest.mark.parametrize(
    "names",
    [
        ("EU Member States", "Horizon Europe associated countries"),
        ("EU Member States and associated countries",),
        ("EU Member States", "in some cases EEA countries"),
    ],
)
def test_groups_that_change_by_programme_and_day_give_no_criterion(understand, names):
    call, problems = understand(countries=names)
    assert (call.criteria, problems) == ((), [])


@pytest.mark.parametrize(
    ("names", "codes", "group"),
    [
        (("EUROfusion member states",), 0, "EUROfusion member states"),
        (("Widening countries (coordinators)",), 0, "Widening countries (coordinators)"),
        (("EU, Ukraine or EEA member associated to Horizon Europe",), 28, "associated_eea"),
        (("EU", "EEA members"), 27, "eea"),
        (("EU", "EEA members with an agreement of their own"), 27, "EEA members with an agreement of their own"),
    ],
)
def test_a_group_that_leaves_participants_out_stands_among_the_countries(understand, names, codes, group):
    call, problems = understand(countries=names)
    ((*countries, last),) = (criterion.values for criterion in call.criteria)
    assert (len(countries), last, problems) == (codes, group, [])


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        (
            "Partners from other countries may join at their own cost",
            "Partners from other countries may join at their own cost",
        ),
        ("two cities; others can take part as associated partners", "others can take part as associated partners"),
        ("Partners from other countries may join", None),
        ("Partners bear their own cost", None),
        ("others may join; each project is at its own cost", None),
    ],
)
def test_who_may_join_without_money(understand, words, quoted):
    call, problems = understand(roles=words)
    found = [(c.kind, c.values, c.quote.text) for c in call.criteria]
    assert found == ([(CriterionKind.ROLE, ("associated_partner",), quoted)] if quoted else [])
    assert problems == []


def test_conditions_on_who_leads_quote_their_own_clause(understand):
    call, _ = understand(lead_rule="Coordinator must be a city; coordinator must not be from Norway")
    assert [(c.kind, c.role, c.values, c.quote.text) for c in call.criteria] == [
        (CriterionKind.APPLICANT_KIND, Role.COORDINATOR, ("local_authority",), "Coordinator must be a city"),
        (CriterionKind.EXCLUDED_COUNTRY, Role.COORDINATOR, ("NO",), "coordinator must not be from Norway"),
    ]
    assert all(call.terms[c.quote.start : c.quote.end] == c.quote.text for c in call.criteria)


def test_an_unknown_country_is_an_issue_and_no_criterion(understand):
    call, problems = understand(countries=("Estonia", "Atlantis"))
    assert call.criteria == ()
    assert [field for field, _ in problems] == ["countries"]


@given(st.text())
def test_any_text_is_known_countries_or_named_as_unknown(name):
    places = understand_countries([name])
    assert all(pycountry.countries.get(alpha_2=code) or code == "XK" for code in places.codes)
    assert not (places.complete and (places.unknown or places.narrower))
