"""The routes of cases.yml."""

from matcher.eligibility import assess, find_route
from matcher.model import RouteKind


def test_the_route_is_as_the_case_says(route_case, make_profile, make_call, reference):
    profile = make_profile(route_case["profile"], route_case.get("with_profile"))
    call = make_call(route_case["call"], route_case.get("with_call"))
    on = route_case["day"]

    route = find_route(profile, call, assess(profile, call, on, reference), on, reference)

    assert route.kind == route_case["route"], route.reason
    assert list(route.also) == route_case["also"]
    assert route.label == route_case["label"]
    assert route_case["says"] in route.reason
    assert route_case.get("reference", "") in route.reference
    assert (route.body.name if route.body else None) == route_case.get("body")


def test_the_cases_show_every_kind_of_route(cases):
    assert {case["route"] for case in cases["routes"]} == set(RouteKind)
