"""What holds for every organisation and every call, whatever is known of them."""

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.eligibility import assess, find_route
from matcher.model import Answer, Basis, CallStatus, CriterionKind, RouteKind
from tests.doubles.situations import DAYS, NATIONAL, changes_of_a_call, changes_of_a_profile


def answers(profile, call, on, reference):
    return {verdict.rule: verdict for verdict in assess(profile, call, on, reference)}


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS)
def test_nothing_is_shut_by_what_is_met_or_unknown(profile, call, on, make_profile, make_call, reference):
    profile, call = make_profile("riga", profile), make_call("amif", call)
    verdicts = assess(profile, call, on, reference)

    route = find_route(profile, call, verdicts, on, reference)

    if all(verdict.answer is not Answer.NOT_MET for verdict in verdicts):
        assert route.is_open is not False
    if route.is_open:
        decisive = [verdict for verdict in verdicts if verdict.rule in ("call_status", "country")]
        assert all(verdict.answer is Answer.MET for verdict in decisive)
    assert route.reason
    assert route.kind not in route.also


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS)
def test_money_that_needs_partners_is_never_shut_for_want_of_them(
    profile, call, on, make_profile, make_call, reference
):
    profile = make_profile("riga", profile)
    alone, call = make_call("amif", call | {"criteria": ()}), make_call("amif", call | {"criteria": PARTNERS})

    before = find_route(profile, alone, assess(profile, alone, on, reference), on, reference)
    after = find_route(profile, call, assess(profile, call, on, reference), on, reference)

    assert before == after
    if call.national is None:
        assert answers(profile, call, on, reference)["min_applicants"].answer is Answer.UNKNOWN


PARTNERS = (
    {"kind": CriterionKind.MIN_APPLICANTS, "values": ("5",), "basis": Basis.CALL_DOCUMENT},
    {"kind": CriterionKind.MIN_COUNTRIES, "values": ("5",), "basis": Basis.CALL_DOCUMENT},
)


FORGET = {
    "programme": {"programme": None},
    "opening": {"opening": None},
    "label": {"published_status": CallStatus.UNKNOWN},
    "applicants": {"applicants": ""},
    "deadlines": {"deadlines": ()},
}


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, forgotten=st.sampled_from(sorted(FORGET)))
def test_forgetting_a_fact_of_a_call_only_leads_towards_unknown(
    profile, call, on, forgotten, make_profile, make_call, reference
):
    """Two facts speak for more than themselves: without the words on applicants the programme's usual kinds fill in,
    and without a deadline the rules of the day asked about are looked up instead of those of the submission day."""
    profile, known = make_profile("riga", profile), make_call("amif", call)
    less = make_call("amif", call | FORGET[forgotten])

    before, after = answers(profile, known, on, reference), answers(profile, less, on, reference)

    for rule, verdict in after.items():
        # "Planned" makes of a known day an indicative one, and "closed" ends a national call before its day: without
        # the label more seems known.
        if forgotten == "label" and (known.is_planned or known.is_ended) and rule == "call_status":
            continue
        same_day = forgotten != "deadlines" or rule == "call_status"
        filled_in = forgotten == "applicants" and verdict.basis is Basis.PROGRAMME_RULE
        if rule in before and same_day and not filled_in:
            assert verdict.answer in (before[rule].answer, Answer.UNKNOWN), (before[rule], verdict)


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, forgotten=st.sampled_from(CriterionKind))
def test_forgetting_what_a_call_states_leads_to_the_programme_s_rule_or_to_unknown(
    profile, call, on, forgotten, make_profile, make_call, reference
):
    """All that the call states on one question is one piece of evidence. What it states on roles also decides for
    which roles the other conditions are asked, so there only the rule on roles itself is compared."""
    profile, known = make_profile("riga", profile), make_call("amif", call)
    kept = tuple(criterion for criterion in call["criteria"] if criterion["kind"] is not forgotten)
    less = make_call("amif", call | {"criteria": kept})

    before, after = answers(profile, known, on, reference), answers(profile, less, on, reference)

    for rule, verdict in after.items():
        if rule in before and (rule == "role" or forgotten is not CriterionKind.ROLE):
            towards_unknown = verdict.answer in (before[rule].answer, Answer.UNKNOWN)
            assert towards_unknown or verdict.basis is Basis.PROGRAMME_RULE, (before[rule], verdict)


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS)
def test_forgetting_the_population_leads_towards_unknown(profile, call, on, make_profile, make_call, reference):
    call = make_call("amif", call)
    before = answers(make_profile("riga", profile), call, on, reference)
    after = answers(make_profile("riga", profile | {"population": None}), call, on, reference)

    assert after.keys() == before.keys()
    for rule, verdict in after.items():
        assert verdict.answer in (before[rule].answer, Answer.UNKNOWN)


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), on=DAYS, forgotten=st.sampled_from(["nuts", "codes"]))
def test_forgetting_a_place_leads_towards_unknown(profile, call, on, forgotten, make_profile, make_call, reference):
    less, silent = profile, call
    if forgotten == "nuts":
        less = profile | {"nuts": None}
    elif call["national"]:
        area = call["national"].area.model_copy(update={"codes": ()})
        silent = call | {"national": call["national"].model_copy(update={"area": area})}
    before = answers(make_profile("riga", profile), make_call("amif", call), on, reference)
    after = answers(make_profile("riga", less), make_call("amif", silent), on, reference)

    for rule, verdict in after.items():
        assert verdict.answer in (before[rule].answer, Answer.UNKNOWN), (before[rule], verdict)


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), national=NATIONAL, on=DAYS)
def test_no_national_call_is_open_to_a_neighbour(profile, call, national, on, make_profile, make_call, reference):
    profile, call = make_profile("riga", profile), make_call("amif", call | {"national": national})

    route = find_route(profile, call, assess(profile, call, on, reference), on, reference)

    if profile.country != national.country:
        assert route.kind is RouteKind.NOT_OPEN
    assert route.kind in (RouteKind.NOT_OPEN, RouteKind.UNKNOWN, RouteKind.NATIONAL_AUTHORITY)


@given(profile=changes_of_a_profile(), calls=st.lists(changes_of_a_call(), max_size=4), on=DAYS, order=st.randoms())
def test_a_call_is_judged_alike_whatever_comes_before_it(profile, calls, on, order, make_profile, make_call, reference):
    profile = make_profile("riga", profile)
    calls = [make_call("amif", call | {"reference": str(number)}) for number, call in enumerate(calls)]
    judged = {call.id: assess(profile, call, on, reference) for call in calls}

    order.shuffle(calls)

    assert {call.id: assess(profile, call, on, reference) for call in calls} == judged


@given(profile=changes_of_a_profile(), call=changes_of_a_call(), later=st.integers(0, 400))
def test_a_call_with_a_deadline_is_judged_by_its_own_year(profile, call, later, make_profile, make_call, reference):
    assume(call["deadlines"])
    profile, call = make_profile("riga", profile), make_call("amif", call)
    day = call.final_day

    before = answers(profile, call, day, reference)
    after = answers(profile, call, day + timedelta(days=later), reference)

    assert before.pop("call_status").answer is not Answer.NOT_MET or call.is_ended
    assert after.pop("call_status").answer is Answer.NOT_MET or later == 0
    assert before == after
