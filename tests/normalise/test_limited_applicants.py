"""Words that limit applicants give a part of a kind; where they may say more than that, all stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.applicants import understand_applicants
from crawler.normalise.leaders import WISHED, consortium_led_by, countries_that_lead_not, who_leads
from matcher.model import SOME_LOCAL, some
from matcher.model import ApplicantKind as Kind

LIMITED = [
    ("public entities with an emergency mandate (civil protection, coastguards)", (some(Kind.PUBLIC_BODY),)),
    ("public bodies with a mandate, with a letter of their ministry", (some(Kind.PUBLIC_BODY),)),
    ("civil society organisations with three years of experience", (some(Kind.CIVIL_SOCIETY),)),
    ("SMEs registered in Hungary with at least 3 employees", (some(Kind.SME),)),
    ("companies able to deliver within a year", (some(Kind.FOR_PROFIT),)),
    ("independent European production companies", (some(Kind.FOR_PROFIT),)),
    ("universities that hold the charter; aged over 10 years", (some(Kind.RESEARCH), some(Kind.EDUCATION))),
    ("urban authorities of the EU", (SOME_LOCAL,)),
    ("municipalities whose strategy receives money of the ERDF", (SOME_LOCAL,)),
    ("individual women (natural persons) who founded or co-founded a company", (some(Kind.NATURAL_PERSON),)),
    ("natural persons who lead a company or organisation registered in Greece", (some(Kind.NATURAL_PERSON),)),
    ("cities and a few other public partners", (Kind.LOCAL_AUTHORITY, some(Kind.PUBLIC_BODY))),
    ("single SME or small mid-cap (up to 499 employees)", (Kind.SME, some(Kind.FOR_PROFIT))),
    ("twinning committees", (some(Kind.NON_PROFIT),)),
    ("non-profits that represent local authorities", (some(Kind.NON_PROFIT),)),
    ("non-profit organisations representing municipalities", (some(Kind.NON_PROFIT),)),
    ("federations of local authorities", (SOME_LOCAL, some(Kind.NON_PROFIT))),
    (
        "municipalities, federations of municipalities, and non-profits that represent municipalities",
        (Kind.LOCAL_AUTHORITY, some(Kind.NON_PROFIT)),
    ),
]


@pytest.mark.parametrize(("text", "values"), LIMITED)
def test_a_limit_leaves_a_part_of_each_kind_before_it(text, values):
    assert understand_applicants(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("cities of any size", (Kind.LOCAL_AUTHORITY,)),
        ("city", (Kind.LOCAL_AUTHORITY,)),
        ("public equivalent bodies", (Kind.PUBLIC_BODY,)),
        (
            "public authorities, bodies governed by public law and private non-profit bodies",
            (Kind.PUBLIC_BODY, Kind.NON_PROFIT),
        ),
        ("local authorities established in eligible countries and regions", (Kind.LOCAL_AUTHORITY,)),
        ("SMEs, or an investor on their behalf", (Kind.SME,)),
        ("non-profits and non-profits that represent towns", (Kind.NON_PROFIT,)),
        ("SMEs; universities", (Kind.SME, Kind.RESEARCH, Kind.EDUCATION)),
    ],
)
def test_words_that_limit_nobody_leave_the_whole_kind(text, values):
    assert understand_applicants(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "public bodies with a mandate or other bodies",
        "SMEs with partners from municipalities",
        "NGOs that work with young people and farmers",
        "NGOs with experience, towns",
        "universities that may invite companies",
        "natural persons who live in Greece or organisations",
        "companies with a licence or organisation of their own",
        "municipalities with preferably 5,000 inhabitants",
        "public bodies with a mandate (or their contractors and NGOs)",
        "companies with an idea (any idea)",
        "municipalities with NGOs",
        "municipalities with civil society",
        "cities with a migrant association",
        "cities that form a consortium",
        "SMEs with an industrial partner",
        "local authorities which cooperate across borders",
        "SMEs, or a municipality on their behalf",
        "SMEs, or an association on their behalf",
        "SMEs; direct link to a community required",
        "European organisations",
        "companies, European",
        "organisations representing companies",
        "networks of cities",
        "women's associations",
        "women and men",
        "SMEs established in widening countries",
        "an investor on its behalf",
        "non-profits that represent employers or towns",
        "associations of twinned companies",
        "public partners",
        "city networks",
    ],
)
def test_what_may_say_more_than_a_limit_stays_unknown(text):
    assert understand_applicants(text) == ()


WHOLE = ["SMEs", "municipalities", "NGOs", "universities", "natural persons", "public bodies"]


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=4, unique=True))
def test_with_a_limit_behind_them_no_kind_is_meant_whole(names):
    assert not set(Kind) & set(understand_applicants(f"{' and '.join(names)} with a mandate"))


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=4), st.sampled_from(["or", "and", ","]))
def test_a_kind_named_in_a_limit_makes_all_unknown(names, join):
    assert understand_applicants(f"companies with a mandate {join} {' and '.join(names)}") == ()


def test_a_phrase_that_is_repeated_up_to_the_limit_is_one_kind():
    assert understand_applicants("SMEs, " * 333) == (Kind.SME,)


ALLOWED = {*Kind, *map(some, Kind)}


@given(st.text(max_size=60), st.sampled_from(WHOLE))
def test_whatever_stands_behind_a_kind_it_is_known_words_or_silence(text, name):
    assert set(understand_applicants(f"{name} {text}")) <= ALLOWED


# Who leads


@pytest.mark.parametrize(
    ("clause", "values"),
    [
        ("Coordinator must be a public authority or a body governed by public law", (Kind.PUBLIC_BODY,)),
        ("The lead partner is a city with the label of the programme", (SOME_LOCAL,)),
        ("The lead partner is a city that has completed a project", (SOME_LOCAL,)),
        ("The lead partner is a city", (Kind.LOCAL_AUTHORITY,)),
        ("The coordinator is the national coordinator for children", ()),
        ("The coordinator is a network or a town", ()),
        ("Private non-profit bodies cannot lead", ()),
        ("The lead partner is to be a city", ()),
    ],
)
def test_who_leads(clause, values):
    assert who_leads(clause) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Consortia that must be led by local authorities", (Kind.LOCAL_AUTHORITY,)),
        ("Consortia that should be led by local authorities", (Kind.LOCAL_AUTHORITY, WISHED)),
        ("Consortium to be led by local authorities", ()),
        ("Consortia that should be led by museums", ()),
        ("Consortia that must be led by NGOs; at least one town", ()),
        ("Consortia of local authorities", ()),
    ],
)
def test_a_consortium_and_who_leads_it(text, values):
    assert consortium_led_by(text) == values


def test_who_leads_a_consortium_says_nothing_of_its_other_members(understand):
    call, problems = understand(applicants="Consortia that must be led by local authorities")
    ((criterion),) = call.criteria
    assert (criterion.role, criterion.values, problems) == ("coordinator", ("local_authority",), [])


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        ("coordinator must not be from Switzerland", ("CH",)),
        ("the lead partner cannot be established in Norway and Switzerland", ("CH", "NO")),
        ("coordinator must not be from Atlantis", ()),
        ("coordinator must not be from Switzerland or associated countries", ()),
        ("coordinator must be from Switzerland", ()),
        ("partners from Switzerland cannot lead", ()),
    ],
)
def test_from_where_nobody_leads(clause, codes):
    assert countries_that_lead_not(clause) == codes
