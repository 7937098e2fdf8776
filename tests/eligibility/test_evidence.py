"""What evidence may do to an answer: never less caution for knowing less, never a yes out of silence.

What a call states on a question governs it, the strongest basis first. Where the stated words are taken away, what is
left fills in: weaker words of the call, else what is usual for the programme. So a verdict may become met when words
are taken away, but only on words that are still there, and it says on which basis; never on silence.
"""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.eligibility import RULES, assess, find_route
from matcher.eligibility.crowd import assess_all
from matcher.eligibility.seats import ASKED
from matcher.eligibility.situation import Situation
from matcher.eligibility.trusts import TRUSTS_SINCE
from matcher.model import Answer, Basis, CriterionKind, Experience, Population, Profile, Sum
from tests.doubles.situations import DAYS, changes_of_a_call, changes_of_a_profile

ASKED_BY_PROGRAMMES = {"applicant_kind", "country", "population", "excluded_body", "min_applicants"}
"""Rules for which a programme has an answer of its own where the call is silent."""
ALONE = {kind.value for kind in CriterionKind} & RULES.keys() - ASKED_BY_PROGRAMMES - {"role"}
"""Rules that arise only where a call states something."""


def answers(profile, call, on, reference):
    return {verdict.rule: verdict for verdict in assess(profile, call, on, reference)}


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, place=st.integers(0, 3))
def test_what_becomes_met_when_words_go_rests_on_words_that_stay(
    profile, call, on, place, make_profile, make_call, reference
):
    """Each condition is one piece of evidence. Words on roles decide what else is asked, and are compared elsewhere."""
    assume(place < len(call["criteria"]))
    gone = call["criteria"][place]
    assume(gone["kind"] is not CriterionKind.ROLE)
    left = (*call["criteria"][:place], *call["criteria"][place + 1 :])
    profile = make_profile("riga", profile)

    before = answers(profile, make_call("amif", call), on, reference)
    after = answers(profile, make_call("amif", call | {"criteria": left}), on, reference)

    for rule, verdict in after.items():
        if verdict.answer is Answer.MET and rule in before and before[rule].answer is not Answer.MET:
            bases = {one["basis"] for one in left if one["kind"] is gone["kind"] and one["values"]}
            usual = {Basis.PROGRAMME_RULE} if rule in ASKED_BY_PROGRAMMES else set()
            national = {Basis.CALL_RECORD} if call["national"] else set()
            assert rule == gone["kind"].value, (before[rule], verdict)
            assert verdict.basis in bases | usual | national, (before[rule], verdict)


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, kind=st.sampled_from(sorted(ALONE)))
def test_without_its_words_a_stated_limit_is_gone_and_changes_nothing_else(
    profile, call, on, kind, make_profile, make_call, reference
):
    profile = make_profile("riga", profile)
    left = tuple(one for one in call["criteria"] if one["kind"] != kind)

    before = answers(profile, make_call("amif", call), on, reference)
    after = answers(profile, make_call("amif", call | {"criteria": left}), on, reference)

    assert kind not in after
    before.pop(kind, None)
    assert after == before


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS)
def test_words_that_are_less_sure_lead_towards_unknown(profile, call, on, make_profile, make_call, reference):
    profile = make_profile("riga", profile)
    sure = tuple(one | {"confidence": 1.0} for one in call["criteria"] if one["kind"] is not CriterionKind.ROLE)
    doubtful = tuple(one | {"confidence": 0.5} for one in sure)

    before = answers(profile, make_call("amif", call | {"criteria": sure}), on, reference)
    after = answers(profile, make_call("amif", call | {"criteria": doubtful}), on, reference)

    assert after.keys() == before.keys()
    for rule, verdict in after.items():
        assert verdict.answer in (before[rule].answer, Answer.UNKNOWN), (before[rule], verdict)
        free_seat = "this is not asked" in verdict.reason
        if rule in ALONE and verdict.quote is not None and not free_seat:
            assert verdict.answer is Answer.UNKNOWN, verdict


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, order=st.randoms())
def test_the_order_of_conditions_changes_nothing(profile, call, on, order, make_profile, make_call, reference):
    profile, straight = make_profile("riga", profile), make_call("amif", call)
    mixed = list(call["criteria"])
    order.shuffle(mixed)
    mixed = make_call("amif", call | {"criteria": tuple(mixed)})

    verdicts = assess(profile, straight, on, reference)

    assert assess(profile, mixed, on, reference) == verdicts
    assert find_route(profile, mixed, verdicts, on, reference) == find_route(profile, straight, verdicts, on, reference)


FACTS = {
    "population": Population(value=70_000, source="register", as_of="2024"),
    "nuts": "LV006",
    "experience": Experience(projects=0, led=0, multi_country=False, source="register", as_of=date(2026, 11, 1)),
    "annual_budget": Sum(value=1, source="register", as_of="2024"),
    "languages": ("fr",),
    "networks": ("Eurocities",),
}


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, fact=st.sampled_from(sorted(FACTS)))
def test_a_further_fact_of_an_organisation_never_turns_met_into_unknown(
    profile, call, on, fact, make_profile, make_call, reference
):
    """A fact that is not known stays empty in a profile; one that is added fills it, or comes on top of a list."""
    call, known = make_call("amif", call), profile.get(fact)
    assume(not known or isinstance(known, tuple))
    more = (*known, *FACTS[fact]) if known else FACTS[fact]

    before = answers(make_profile("riga", {"population": None} | profile), call, on, reference)
    after = answers(make_profile("riga", {"population": None} | profile | {fact: more}), call, on, reference)

    for rule, verdict in after.items():
        if rule in before and before[rule].answer is Answer.MET:
            assert verdict.answer is not Answer.UNKNOWN, (before[rule], verdict)


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS)
def test_every_shown_quote_stands_verbatim_at_its_place(profile, call, on, make_profile, make_call, reference):
    call = make_call("amif", call)
    for verdict in assess(make_profile("riga", profile), call, on, reference):
        if quote := verdict.quote:
            assert getattr(call, quote.place)[quote.start : quote.end] == quote.text
            stated = {(one.quote, one.basis) for one in call.criteria}
            assert (quote, verdict.basis) in stated or quote.place == "applicants"


def test_a_quote_of_a_document_keeps_its_page(make_profile, make_call, reference):
    quote = {"text": "Only towns.", "place": f"document:{'a' * 64}", "start": 7, "end": 18, "page": 12}
    said = {"kind": "applicant_kind", "values": ["local_authority"], "basis": "call_document", "quote": quote}
    verdict = answers(make_profile("riga"), make_call("amif", {"criteria": [said]}), date(2025, 5, 1), reference)[
        "applicant_kind"
    ]
    assert verdict.quote.model_dump(exclude_none=True) == quote
    assert verdict.reference.startswith("call document, page 12 (as of ")


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, later=st.integers(1, 1500))
def test_an_answer_changes_between_two_days_only_with_a_dated_fact(
    profile, call, on, later, make_profile, make_call, reference
):
    """Dated are the state of the call, the participation table, least inhabitants and the decision on trusts."""
    profile, call = make_profile("riga", profile), make_call("amif", call)
    first, second = on, on + timedelta(days=later)
    days = [Situation.of(profile, call, day, reference) for day in (first, second)]
    programme = call.programme or ""
    moved = {
        "call_status": call.status(first) is not call.status(second),
        "population": len({reference.population(programme, one.deciding_day) for one in days}) > 1,
        "excluded_body": len({one.deciding_day >= TRUSTS_SINCE for one in days}) > 1,
    }
    moved["country"] = moved["excluded_country"] = (
        len({reference.standing(programme, profile.country, one.deciding_day) for one in days}) > 1
    )

    before, after = answers(profile, call, first, reference), answers(profile, call, second, reference)

    for rule in before.keys() | after.keys():
        if not moved.get(rule, False):
            assert before[rule].answer is after[rule].answer, (before[rule], after[rule])


@given(one=changes_of_a_profile(), other=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS)
def test_a_verdict_rests_on_nothing_but_the_facts_it_says_it_needs(
    one, other, call, on, make_profile, make_call, reference
):
    call, first = make_call("amif", call), make_profile("riga", one)
    other = make_profile("newcomers", {"population": FACTS["population"]} | other)
    for rule in RULES.values():
        same = first.model_copy(
            update={fact: getattr(other, fact) for fact in set(Profile.model_fields) - set(rule.facts)}
        )
        verdicts = [rule.verdict(Situation.of(who, call, on, reference)) for who in (first, same)]
        assert verdicts[0] == verdicts[1], rule.name
    for question, facts in ASKED.items():
        same = first.model_copy(update={fact: getattr(other, fact) for fact in set(Profile.model_fields) - set(facts)})
        for role in first.roles:
            found = [question(Situation.of(who, call, on, reference), role) for who in (first, same)]
            assert found[0] == found[1], question


@given(
    profiles=st.lists(changes_of_a_profile(), min_size=1, max_size=4),
    calls=st.lists(changes_of_a_call(), min_size=1, max_size=3),
    on=DAYS,
)
def test_many_are_judged_as_each_is_alone(profiles, calls, on, make_profile, make_call, reference):
    profiles = [
        make_profile("riga", one | {"id": f"p{number}", "name": "Ogre" if number % 2 else "Riga"})
        for number, one in enumerate(profiles)
    ]
    calls = [make_call("amif", one | {"reference": str(number)}) for number, one in enumerate(calls)]

    together = list(assess_all(profiles, calls, on, reference))

    assert [(one.call, one.profile) for one in together] == [(c.id, p.id) for c in calls for p in profiles]
    alone = iter(together)
    for call in calls:
        for profile in profiles:
            judged, verdicts = next(alone), assess(profile, call, on, reference)
            assert judged.verdicts == verdicts
            assert judged.route == find_route(profile, call, verdicts, on, reference)


def test_organisations_that_differ_in_one_fact_are_not_taken_for_alike(make_profile, make_call, reference):
    said = {"kind": "country", "values": ["EE", "international_organisation"], "basis": "call_document"}
    call = make_call("amif", {"criteria": [said]})
    changes = ({"roles": ["coordinator"]}, {"roles": ["beneficiary"]}, {"kinds": ["international_organisation"]})
    profiles = [make_profile("riga", one | {"id": f"p{number}"}) for number, one in enumerate(changes)]

    judged = assess_all(profiles, [call], date(2025, 5, 1), reference)

    assert [one.verdicts for one in judged] == [assess(one, call, date(2025, 5, 1), reference) for one in profiles]
