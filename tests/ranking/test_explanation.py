"""Explanations: the call's own words, and nothing that verdicts, route and contributions do not say."""

from datetime import date

import numpy as np
import pytest

from matcher.embedding import HashingEncoder, MemoryCache
from matcher.explanation import explain, find_evidence
from matcher.model import Answer, CallStatus, Contribution, Match, Route, RouteKind, Verdict
from matcher.signals import Levels

TEXT = """Scope
• Towns turn empty flats into homes for refugees.
• Engineers measure the water in the rivers of the region.

Teachers are trained. Towns turn empty flats into homes for refugees."""


def alike(needs):
    """Needs that are equally near to calls in general."""
    return Levels(np.zeros(needs, np.float32), np.ones(needs, np.float32))


@pytest.fixture
def found(call, profile):
    asking = profile(("en", "homes for refugees in empty flats"), ("en", "water of rivers"))
    return find_evidence(asking, call("1", "Homes", TEXT), HashingEncoder(), MemoryCache(), alike(2), top=5)


def test_quotes_are_verbatim_and_in_their_place(found):
    assert all(each.quote.place == "text" for each in found)
    assert all(each.quote.text == TEXT[each.quote.start : each.quote.end] for each in found)


def test_each_sentence_is_quoted_once_for_the_need_it_meets_best(found):
    assert [(each.quote.text[:9], each.need[:5]) for each in found[:2]] == [
        ("Towns tur", "homes"),
        ("Engineers", "water"),
    ]
    assert len({each.quote.text for each in found}) == len(found) == 2
    assert found[0].similarity >= found[1].similarity


def test_only_so_many_are_quoted(call, profile):
    asking = profile(("en", "homes"))
    assert len(find_evidence(asking, call("1", "Homes", TEXT), HashingEncoder(), MemoryCache(), alike(1), top=1)) == 1


def test_a_call_without_text_is_quoted_by_its_title(call, profile):
    asked = (profile(("en", "homes")), call("1", "Homes for all"), HashingEncoder(), MemoryCache(), alike(1))
    (only,) = find_evidence(*asked)
    assert (only.quote.place, only.quote.text) == ("title", "Homes for all")


def test_evidence_seen_once_needs_no_encoder_again(call, profile):
    class Spent(HashingEncoder):
        def _encode(self, texts):
            raise AssertionError(f"encoded again: {texts}")

    cache, arguments = MemoryCache(), (profile(("en", "homes")), call("1", "Homes", TEXT))
    first = find_evidence(*arguments, HashingEncoder(), cache, alike(1))
    assert find_evidence(*arguments, Spent(), cache, alike(1)) == first


def test_a_need_that_is_near_to_everything_does_not_take_every_quote(call, profile):
    asking = profile(("en", "towns and homes"), ("en", "homes for refugees"))
    asked = (asking, call("1", "Homes", "Towns turn empty homes into homes for refugees."), HashingEncoder())
    (plain,) = find_evidence(*asked, MemoryCache(), alike(2), top=1)
    near_to_all = Levels(
        np.where([need.text == plain.need for need in asking.needs], 0.9, 0).astype(np.float32), np.ones(2, np.float32)
    )
    (apart,) = find_evidence(*asked, MemoryCache(), near_to_all, top=1)
    assert apart.need != plain.need


def part(name, signal):
    return Contribution(name=name, label="nearness in meaning", weight=1.0, signal=signal, value=signal)


@pytest.fixture
def match(call):
    def make(route=RouteKind.LEAD, signal=0.9, verdicts=()):
        return Match(
            profile="town",
            call=call("1", "Homes"),
            on=date(2026, 10, 8),
            status=CallStatus.OPEN,
            score=signal,
            contributions=(part("dense", signal),),
            verdicts=verdicts,
            route=Route(kind=route, label="lead", reason="Towns may apply.", reference="Article 3"),
        )

    return make


def verdict(answer):
    return Verdict(
        rule="r",
        label="Does the country take part?",
        answer=answer,
        reason="Latvia is a member.",
        reference="Article 5",
        remedy="Ask the contact point.",
    )


def test_each_verdict_stands_where_its_answer_belongs(match):
    made = explain(match(verdicts=tuple(verdict(answer) for answer in Answer)))
    says = "Does the country take part? Latvia is a member"
    assert f"{says} (Article 5)." in made.in_favour
    assert f"{says}. Ask the contact point (Article 5)." in made.against
    assert f"{says}. Ask the contact point (Article 5)." in made.unknown


@pytest.mark.parametrize(
    ("route", "side"),
    [
        (RouteKind.LEAD, "in_favour"),
        (RouteKind.ASSOCIATED_PARTNER, "against"),
        (RouteKind.NOT_OPEN, "against"),
        (RouteKind.UNKNOWN, "unknown"),
    ],
)
def test_the_route_stands_on_its_side(match, route, side):
    made = explain(match(route=route))
    assert getattr(made, side)[0] == "Way in: lead: Towns may apply (Article 3)."


@pytest.mark.parametrize(("signal", "side"), [(0.9, "in_favour"), (0.1, "against"), (0.5, None)])
def test_a_signal_speaks_only_when_it_is_strong_or_weak(match, signal, side):
    made = explain(match(signal=signal))
    speaking = {
        name for name in ("in_favour", "against", "unknown") if any("nearness" in line for line in getattr(made, name))
    }
    assert speaking == ({side} if side else set())
    assert f"{signal:.0%}" in " ".join((*made.in_favour, *made.against)) or side is None
