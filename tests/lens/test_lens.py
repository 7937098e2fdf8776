"""Which goal a call serves: words of the goal and their meaning together; verbatim quotes; silence claims nothing."""

from collections.abc import Sequence

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.brief.lens import Measured, fold, goals_served, sayings
from matcher.brief.lens_file import GOALS, load_lens
from matcher.embedding import HashingEncoder, MemoryCache
from matcher.factfile import BadFactFile
from matcher.model import Goal

SAYING = {
    Goal.ASSEMBLIES: "Towns set up an advisory council in which foreign residents sit.",
    Goal.VOTING: "Campaigns tell migrants of their right to vote in local elections.",
    Goal.DECISIONS: "Migrants take part in drafting the integration strategy of their town.",
    Goal.ENGAGEMENT: "Volunteering brings refugees and neighbours together.",
}
ELSEWHERE = [
    "Language courses and vocational training for refugees.",
    "The general assembly of the consortium votes on the budget.",
    "A scientific advisory board of citizens guides the work.",
    "Companies test batteries in three regions.",
]


def served(call, lens, encoder=None):
    return goals_served(call, lens, encoder, MemoryCache())


class Measuring(HashingEncoder):
    """Stands in for the measured model: what holds a word of `near` is near the prototypes, all else is unlike."""

    name = "multilingual-e5-small"
    dimension = 2

    def __init__(self, lens, near):
        self.like = {example.text for rule in lens.goals for example in rule.prototypes}
        self.near = near

    def _encode(self, texts: Sequence[str]):
        rows = [(1, 0) if text in self.like or self.near in text else (0, 1) for text in texts]
        return np.array(rows, np.float32).reshape(-1, 2)


@pytest.mark.parametrize("goal", Goal)
def test_a_sentence_with_its_words_shows_the_goal(goal, lens, call):
    found = served(call(text=f"{ELSEWHERE[0]} {SAYING[goal]} {ELSEWHERE[3]}"), lens)
    assert [(one.goal, one.quote.text) for one in found] == [(goal, SAYING[goal])]
    assert found[0].confidence == next(rule.by_words.confidence for rule in lens.goals if rule.goal is goal)


def test_a_call_that_serves_none_says_none(lens, call):
    assert served(call("Batteries", " ".join(ELSEWHERE)), lens) == ()
    assert served(call("Town twinning"), lens) == ()


def test_the_title_counts_as_well(lens, call):
    found = served(call("Citizens’ engagement and participation"), lens)
    assert [(one.goal, one.quote.place) for one in found] == [(Goal.ENGAGEMENT, "title")]


def test_with_the_measured_model_words_without_the_meaning_claim_nothing(lens, call):
    said = call(text=SAYING[Goal.VOTING])
    assert served(said, lens, Measuring(lens, near="nothing that is said")) == ()
    near = served(said, lens, Measuring(lens, near="right to vote"))
    assert [one.goal for one in near] == [Goal.VOTING]
    assert near[0].confidence == next(rule.with_meaning.confidence for rule in lens.goals if rule.goal is Goal.VOTING)


def test_meaning_without_the_words_claims_nothing(lens, call):
    assert served(call(text=ELSEWHERE[0]), lens, Measuring(lens, near="Language")) == ()


def test_of_several_sentences_the_nearest_is_quoted(lens, call):
    first, second = SAYING[Goal.VOTING], "Long-term residents get voting rights in municipal elections."
    found = served(call(text=f"{first} {second}"), lens, Measuring(lens, near="Long-term"))
    assert found[0].quote.text == second


def test_a_piece_too_long_to_be_one_sentence_shows_nothing(lens, call):
    """Lists and tables without full stops are cut at a length: their words belong to several statements."""
    long = SAYING[Goal.DECISIONS].rstrip(".") + " and" + " more of this and that" * 15
    assert served(call(text=long), lens) == ()
    assert len(served(call(text=long[:300]), lens)) == 1


def test_capitals_accents_and_apostrophes_do_not_count(lens, call):
    assert fold("Citizens’ Élections") == "citizens' elections"
    assert [one.goal for one in served(call("CITIZENS' PANELS for RESIDENTS"), lens)] == [Goal.ASSEMBLIES]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(st.sampled_from([*SAYING.values(), *ELSEWHERE, "•  ", "\n\n"]), max_size=8),
    glue=st.sampled_from([" ", "\n"]),
)
def test_every_quote_stands_verbatim_at_its_place(pieces, glue, lens, call):
    made = call(text=glue.join(pieces))
    for one in served(made, lens):
        assert getattr(made, one.quote.place)[one.quote.start : one.quote.end] == one.quote.text
        assert one.quote in sayings(made)
        assert 0 < one.confidence < 1


@given(st.integers(0, 500).flatmap(lambda claims: st.tuples(st.just(claims), st.integers(0, claims))))
def test_confidence_is_never_certain_and_grows_with_what_was_right(figures):
    claims, right = figures
    found = Measured(claims=claims, right=right).confidence
    assert 0 <= found <= 1
    if right < claims:
        assert found <= Measured(claims=claims, right=right + 1).confidence


def test_more_right_than_claimed_is_a_mistake():
    with pytest.raises(ValueError, match="more than claims"):
        Measured(claims=1, right=2)


def test_a_goal_that_is_missing_is_named(tmp_path, lens):
    content = {
        "model": "m",
        "least": 0,
        "goals": [rule.model_dump(mode="json") for rule in lens.goals[1:]],
        "unlike": [example.model_dump() for example in lens.unlike],
        "checklist": lens.checklist.model_dump(mode="json"),
    }
    (tmp_path / GOALS).write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(BadFactFile, match="assemblies must stand there once"):
        load_lens(tmp_path)


def test_definitions_and_questions_say_where_they_come_from(lens):
    assert [rule.goal for rule in lens.goals] == list(Goal)
    assert all("MILE policy brief 3" in rule.source for rule in lens.goals)
    assert [one.key for one in lens.checklist.questions] == ["policy_condition", "legal_anchoring", "mainstreaming"]
    assert "part 2" in lens.checklist.source


def test_definitions_and_questions_are_our_own_words(lens, shared):
    brief = " ".join((shared / "seeds" / "004_951156e24094ce81.txt").read_text(encoding="utf-8").split()).casefold()
    ours = [rule.definition for rule in lens.goals] + [one.question for one in lens.checklist.questions]
    for text in ours:
        words = text.casefold().split()
        for start in range(len(words) - 6):
            assert " ".join(words[start : start + 7]) not in brief
