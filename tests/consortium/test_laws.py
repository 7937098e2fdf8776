"""What holds for every draft and every call, whatever is known of them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.eligibility.consortium import with_member
from matcher.model import Answer, ApplicantKind, Basis, Criterion, CriterionKind, Deadline, Member, Role, lacking

K = CriterionKind
COUNTED = (
    "min_applicants",
    "min_countries",
    "min_member_states",
    "independent",
    "must_include",
    "coordinator",
    "parts",
)
"""Rules of which the number or presence of members is asked: another member can only help."""
COUNTRIES = st.none() | st.sampled_from(["LV", "GR", "NL", "DK", "CZ", "RS", "GB", "US"])
ROLES = st.sampled_from(Role)
NUTS = {"LV": "LV00A", "GR": "EL303", "CZ": "CZ010", "NL": "NL310"}


@st.composite
def members(draw, roles=ROLES):
    country = draw(COUNTRIES)
    return Member(
        name=draw(st.sampled_from(["Riga", "Athens", "Melissa", "Kudwa", "Prague"])),
        country=country,
        kinds=tuple(draw(st.lists(st.sampled_from(ApplicantKind), unique=True, max_size=2))),
        role=draw(roles),
        nuts=NUTS.get(country or "") if draw(st.booleans()) else None,
        population=draw(st.none() | st.integers(1, 100_000)),
        profile=draw(st.none() | st.sampled_from(["a", "b"])),
        pic=draw(st.sampled_from(["", "9"])),
    )


DRAFTS = st.lists(members(), max_size=5)
NUMBERS = st.integers(1, 5).map(lambda number: (str(number),))
VALUES = {
    K.MIN_APPLICANTS: NUMBERS,
    K.MAX_APPLICANTS: NUMBERS,
    K.MIN_COUNTRIES: NUMBERS,
    K.MIN_MEMBER_STATES: NUMBERS,
    K.INDEPENDENT: st.integers(0, 4).map(lambda number: (str(number),)),
    K.POPULATION: st.just(("50000",)),
    K.AFFILIATED: st.sampled_from([("counted",), ("not_counted",)]),
    K.MUST_INCLUDE_KIND: st.lists(st.sampled_from(ApplicantKind), min_size=1, max_size=2, unique=True).map(tuple),
    K.APPLICANT_KIND: st.lists(st.sampled_from(ApplicantKind), min_size=1, max_size=4, unique=True).map(tuple),
    K.COUNTRY: st.lists(st.sampled_from(["LV", "GR", "eu", "participating"]), min_size=1, unique=True).map(tuple),
}


@st.composite
def criteria(draw):
    kind = draw(st.sampled_from(sorted(VALUES)))
    return Criterion(
        kind=kind,
        values=draw(VALUES[kind]),
        basis=draw(st.sampled_from([Basis.CALL_DOCUMENT, Basis.TOPIC_CONDITIONS])),
        role=draw(st.sampled_from([None, None, Role.COORDINATOR])),
        together=draw(st.booleans()),
        confidence=draw(st.sampled_from([1.0, 1.0, 0.5])),
    )


@st.composite
def changes(draw):
    programme, code, title = draw(
        st.sampled_from(
            [
                ("AMIF", "AMIF-2026-TF2-AG-X", "x"),
                ("CERV", "CERV-2026-CITIZENS-TOWN-TT", "x"),
                ("CERV", "CERV-2026-CITIZENS-TOWN-NT", "x"),
                ("EUI", "EUI-IA", "x"),
                ("URBACT", "URBACT", "URBACT action planning networks"),
                ("INTERREG-EUROPE", "IE", "x"),
                (None, "UNKNOWN", "x"),
            ]
        )
    )
    day = draw(st.sampled_from([date(2022, 5, 31), date(2024, 10, 14), date(2026, 12, 1)]))
    return {
        "programme": programme,
        "identifier": code,
        "title": title,
        "deadlines": (Deadline(day=day),),
        "criteria": tuple(draw(st.lists(criteria(), max_size=5))),
    }


@pytest.fixture(scope="session")
def drawn_call(make_call):
    """The call that drawn changes make of a topic."""
    return lambda drawn: make_call(**drawn)


def answers(found):
    return {one.rule: one.answer for one in found}


FORGOTTEN = ("country", "kinds", "nuts", "population", "profile", "pic")
NOTHING = {"country": None, "kinds": (), "nuts": None, "population": None, "profile": None, "pic": ""}


@given(draft=DRAFTS, call=changes(), which=st.integers(0, 4), fact=st.sampled_from(FORGOTTEN))
def test_forgetting_a_fact_of_a_member_never_makes_a_condition_hold(draft, call, which, fact, drawn_call, conditions):
    call = drawn_call(call)
    less = [one.model_copy(update={fact: NOTHING[fact]}) if place == which else one for place, one in enumerate(draft)]

    before = answers(conditions(draft, call))
    after = answers(conditions(less, call))

    for rule, answer in after.items():
        if not rule.startswith("member:") or len({one.name for one in draft}) == len(draft):
            assert answer is not Answer.MET or before.get(rule) is Answer.MET, rule


@given(draft=DRAFTS, call=changes(), forgotten=st.sampled_from(sorted(VALUES)))
def test_forgetting_what_a_call_states_leads_to_what_is_usual_or_to_unknown(
    draft, call, forgotten, drawn_call, conditions
):
    """All that the call states on one question is one piece of evidence. Kinds and countries also decide who counts at
    all, and what counts for affiliated entities, so of those only the conditions on the members are compared."""
    known = drawn_call(call)
    kept = tuple(one for one in call["criteria"] if one.kind is not forgotten)
    less = drawn_call(call | {"criteria": kept})

    before = {one.rule: one for one in conditions(draft, known)}

    for one in conditions(draft, less):
        if one.answer is Answer.MET and one.rule in before and forgotten not in (K.COUNTRY, K.AFFILIATED):
            usual = one.basis is Basis.PROGRAMME_RULE
            assert usual or before[one.rule].answer is Answer.MET, (before[one.rule], one)


@given(draft=DRAFTS, call=changes(), order=st.randoms())
def test_the_order_of_members_and_of_criteria_changes_nothing(draft, call, order, drawn_call, conditions):
    shuffled, stated = list(draft), list(call["criteria"])
    order.shuffle(shuffled)
    order.shuffle(stated)

    before = conditions(draft, drawn_call(call))
    after = conditions(shuffled, drawn_call(call | {"criteria": tuple(stated)}))

    assert sorted(before, key=repr) == sorted(after, key=repr)


@given(draft=DRAFTS, call=changes(), new=members())
def test_a_further_member_never_breaks_a_least_number(draft, call, new, drawn_call, conditions):
    """INDEPENDENT 0 asks it of all members, whatever their number, so that a further one is a further question."""
    call = drawn_call(call)
    all_of_them = any(one.kind is K.INDEPENDENT for one in call.criteria)

    before = answers(conditions(draft, call))
    after = answers(conditions([*draft, new], call))

    for rule, answer in before.items():
        if rule.split(":")[0] in COUNTED and not (rule == "independent" and all_of_them):
            assert answer is not Answer.MET or after[rule] is Answer.MET, rule
            assert answer is not Answer.UNKNOWN or after[rule] is not Answer.NOT_MET, rule


def filler(gap, number, draft):
    """A member that is what a gap asks for: a town of an own name, in a country that is not there yet."""
    there = {*gap.other_countries, *(one.country for one in draft)}
    free = [code for code in ("LV", "GR", "NL", "CZ", "FR", "PT", "ES", "IT") if code not in there]
    country = "LV" if gap.categories else [*gap.countries, *free, "LV"][0]
    return Member(
        name=f"new {number}",
        country=country,
        kinds=gap.kinds or (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.CIVIL_SOCIETY),
        role=gap.role or Role.BENEFICIARY,
        nuts=NUTS.get(country),
        population=gap.population,
    )


@settings(max_examples=60, deadline=None)  # an example checks a draft up to thirty times
@given(draft=st.lists(members(st.sampled_from([Role.BENEFICIARY])), max_size=2), call=changes())
def test_filling_the_gap_of_a_condition_as_often_as_it_lacks_makes_it_hold(draft, call, drawn_call, conditions):
    """Left out are what the call itself forbids: countries it does not take."""
    call = drawn_call(call | {"criteria": tuple(one for one in call["criteria"] if one.kind is not K.COUNTRY)})
    for found in conditions(draft, call):
        if found.gap is None or call.programme is None:
            continue
        now, members_ = found, tuple(draft)
        for number in range(found.missing):
            assert now.gap is not None, now
            members_ = with_member(members_, filler(now.gap, number, members_))
            before, now = now, {one.rule: one for one in conditions(members_, call)}[found.rule]
            assert lacking([now]) < lacking([before]), (before, now)
        assert now.answer is not Answer.NOT_MET, now


@given(draft=DRAFTS, call=changes())
def test_each_condition_says_why_and_what_to_do(draft, call, drawn_call, conditions):
    for found in conditions(draft, drawn_call(call)):
        assert found.reason.endswith(".")
        assert (found.remedy == "") is (found.answer is Answer.MET), found
        assert (found.missing > 0) is (found.answer is Answer.NOT_MET), found
        assert found.gap is None or found.answer is Answer.NOT_MET, found
