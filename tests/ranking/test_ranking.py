"""Scores: exact sums of labelled parts, the same for the same calls in whatever order they come."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.embedding import CallVectors, HashingEncoder, MemoryCache, embed_calls, embed_profile
from matcher.lexical import CHANCE, Lexical
from matcher.ranking import Index, Ranking, load_weights, rank
from matcher.reference.files import BadReference
from matcher.signals import meaning

WORDS = ["homes", "refugees", "school", "water", "work", "town", "women", "language", "river", "skills"]
said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_the_call_about_the_need_comes_first(profile, calls, ranked):
    assert ranked(profile(("en", "homes for refugees in empty flats")), calls).top(1) == ["test:homes"]
    assert ranked(profile(("en", "quality of water")), calls).top(1) == ["test:water"]


@few
@given(texts=st.lists(st.tuples(said, said, st.sampled_from(["en", "de", None])), min_size=1, max_size=8), need=said)
def test_a_score_is_exactly_the_sum_of_its_contributions(texts, need, call, profile, ranked):
    calls = [call(str(i), *rest) for i, rest in enumerate(texts)]
    ranking = ranked(profile(("en", need)), calls)
    assert set(ranking) == {each.id for each in calls}
    for place, key in enumerate(ranking.ids):
        assert all(part.value == part.weight * part.signal for part in ranking[key])
        assert sum(part.value for part in ranking[key]) == ranking.scores[place]
        assert all(0 <= part.signal <= 1 for part in ranking[key])


@few
@given(
    texts=st.lists(st.tuples(said, said), min_size=2, max_size=8),
    needs=st.lists(said, min_size=1, max_size=3),
    data=st.data(),
)
def test_the_order_in_which_calls_come_changes_nothing(texts, needs, data, call, profile, ranked):
    calls = [call(str(i), *rest) for i, rest in enumerate(texts)]
    asking = profile(*(("en", need) for need in needs))
    shuffled = data.draw(st.permutations(calls))
    assert list(ranked(asking, calls).items()) == list(ranked(asking, shuffled).items())


@few
@given(texts=st.lists(st.tuples(said, said), min_size=1, max_size=8), need=said, number=st.integers(0, 10))
def test_the_top_is_the_head_of_the_whole_order(texts, need, number, call, profile, ranked):
    calls = [call(str(i), *rest) for i, rest in enumerate(texts)]
    ranking = ranked(profile(("en", need)), calls)
    assert ranking.top(number) == list(ranking)[:number]


def test_equal_calls_are_ordered_by_id(call, profile, ranked):
    calls = [call(reference, "Homes for refugees") for reference in "cabd"] + [call("0", "Clean rivers")]
    assert list(ranked(profile(("en", "homes")), calls))[:4] == ["test:a", "test:b", "test:c", "test:d"]


def test_only_the_calls_asked_for_are_compared(profile, calls, ranked):
    asking = profile(("en", "homes for refugees"))
    some = ["test:water", "test:school"]
    among = ranked(asking, calls, among=some)
    assert sorted(among) == sorted(some)
    assert among[among.top(1)[0]][0].signal == 1
    assert list(among) == [key for key in ranked(asking, calls) if key in some]


def test_one_call_is_the_best_of_one(profile, calls, ranked):
    only = ranked(profile(("en", "homes for refugees")), calls[:1])
    assert [part.signal for part in only["test:homes"]] == [1, 1]


def test_no_calls_no_ranking(profile, ranked):
    assert dict(ranked(profile(("en", "homes")), [])) == {}


def test_a_word_votes_only_where_it_matched(profile, calls, ranked):
    ranking = ranked(profile(("el", "Στέγη για πρόσφυγες")), calls)
    assert {part.signal for parts in ranking.values() for part in parts if part.name == "lexical"} == {0}


def test_own_language_gives_words_a_say_and_costs_nothing(call, profile, ranked, weights):
    calls = [
        call("en", "Homes for refugees"),
        call("de", "Homes for refugees", language="de"),
        call("x", "Clean water"),
    ]
    ranking = ranked(profile(("en", "homes for refugees")), calls)
    parts = {key: {part.name: part for part in ranking[f"test:{key}"]} for key in ("en", "de")}
    assert parts["en"]["dense"] == parts["de"]["dense"]
    assert parts["en"]["lexical"].weight == pytest.approx(0.2)
    assert parts["en"]["lexical"].weight / parts["en"]["dense"].weight == pytest.approx(0.2 / 0.8)
    assert parts["de"]["lexical"].weight / parts["de"]["dense"].weight == pytest.approx(0.05 / 0.95)


def test_words_of_a_need_in_another_language_do_not_vote_in_a_call_of_ones_own(call, profile, ranked):
    calls = [call("1", "Labor"), call("2", "Homes for refugees")]
    ranking = ranked(profile(("de", "Labor"), ("en", "refugees")), calls)
    assert {part.name: part.signal for part in ranking["test:1"]}["lexical"] == 0


def test_a_call_counts_by_the_need_it_meets_best(call, profile, ranked):
    calls = [
        call("both", "A little about homes and a little about rivers and much else about nothing at all"),
        call("one", "Homes for refugees"),
        call("none", "Ships"),
    ]
    assert ranked(profile(("en", "homes for refugees"), ("en", "clean rivers")), calls).top(1) == ["test:one"]


def test_vectors_that_are_not_numbers_count_as_knowing_nothing(profile, calls, weights):
    encoder, cache = HashingEncoder(), MemoryCache()
    embedded = embed_calls(calls, encoder, cache)
    broken = embedded.vectors.copy()
    broken[embedded.starts[0]] = np.nan
    index = Index.of(calls, replace(embedded, vectors=broken))
    ranking = rank(p := profile(("en", "rivers")), index, embed_profile(p, encoder, cache), weights)
    assert np.isfinite(ranking.scores).all()
    assert ranking.top(1) == ["test:water"]


def test_half_the_best_window_half_the_mean_of_all(calls):
    vectors = np.eye(4, dtype=np.float32)
    index = Index.of(calls[:2], CallVectors((calls[0].id, calls[1].id), vectors, np.array([0, 1])))
    found = index.similarities(np.array([[0.2, 0.8, 0.4, 0.0]], np.float32))
    assert found == pytest.approx(np.array([[0.2, (0.8 + 0.4) / 2]]))


finite = hnp.arrays(np.float64, st.integers(1, 20), elements=st.floats(-2, 2, width=32))


@few
@given(finite)
def test_the_dense_signal_keeps_the_order_of_one_need_between_0_and_1(values):
    found = meaning(values[None])
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found[np.argsort(values, kind="stable")]) >= 0).all()


@few
@given(finite, st.sampled_from([0.25, 0.5, 2]), st.floats(-1, 1))
def test_a_need_that_is_near_to_everything_has_no_head_start(values, factor, offset):
    """Whichever of the two rows were left out, the signal would be the same."""
    assume(values.std() > 0.01)
    near_to_all = values * factor + offset
    assert meaning(np.stack([values, near_to_all])) == pytest.approx(meaning(values[None]), abs=1e-6)


def test_what_cannot_be_told_apart_is_equally_good():
    assert meaning(np.full((2, 3), 0.8, np.float32) + np.float32(3e-8)).tolist() == [1, 1, 1]


@few
@given(st.lists(said, min_size=1, max_size=6))
def test_words_taken_apart_once_give_what_whole_texts_give(call, texts):
    """scikit-learn's own TF-IDF over the same n-grams is the measure."""
    calls = [call(str(i), "Ünïted TOWNS", text) for i, text in enumerate(texts)]
    plain = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode", sublinear_tf=True)
    matrix = plain.fit_transform([f"{each.title}\n{each.text}" for each in calls])
    expected = (plain.transform(["homes in united towns"]) @ matrix.T).toarray()
    found = Lexical.of(calls).similarities(["homes in united towns"])
    assert found == pytest.approx(np.where(expected < CHANCE, 0, expected), abs=1e-5)


def test_contributions_are_made_when_asked_for():
    ranking = Ranking(["a"], {"x": np.array([0.5])}, {"x": np.array([0.8])}, {"x": "an x"})
    assert ranking["a"][0].label == "an x"
    with pytest.raises(KeyError):
        ranking["b"]


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ("same_language: {dense: 0.9, lexical: 0.2, source: us, as_of: 2026-11-21}", "do not sum to 1"),
        ("same_language: [", "is not YAML"),
        ("other_language: {}", "Extra inputs"),
    ],
)
def test_a_wrong_weights_file_is_named(tmp_path, found, message):
    (tmp_path / "ranking.yml").write_text(found)
    with pytest.raises(BadReference, match=message) as caught:
        load_weights(tmp_path)
    assert "ranking.yml" in str(caught.value)


def test_a_missing_weights_file_is_named(tmp_path):
    with pytest.raises(BadReference, match=r"ranking\.yml: cannot be read"):
        load_weights(tmp_path)
