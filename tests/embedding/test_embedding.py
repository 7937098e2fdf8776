"""Vectors: unit rows, cached by what was embedded, never computed twice."""

import numpy as np
import pytest

from matcher.embedding import (
    SAVED_AT_ONCE,
    HashingEncoder,
    MemoryCache,
    embed_calls,
    embed_passages,
    embed_queries,
    load_encoder,
)
from matcher.local_model import ModelMissing
from matcher.settings import Settings
from matcher.store import open_store


@pytest.fixture
def calls(make_call):
    return [make_call(str(i), title=f"Topic {i}", text=f"Towns of kind {i} build homes. " * 60) for i in range(4)]


def test_an_unchanged_call_is_never_embedded_twice(calls, counting):
    cache = MemoryCache()
    first = embed_calls(calls, counting, cache)
    assert 0 < len(counting.encoded) == len(set(counting.encoded))
    counting.encoded.clear()
    second = embed_calls(calls, counting, cache)
    assert counting.encoded == []
    assert np.array_equal(first.vectors, second.vectors)


def test_new_conditions_cost_no_encoding_and_a_new_text_only_its_windows(calls, counting):
    cache = MemoryCache()
    embed_calls(calls, counting, cache)
    counting.encoded.clear()
    changed = [call.model_copy(update={"conditions": "New conditions."}) for call in calls]
    embed_calls(changed, counting, cache)
    assert counting.encoded == []
    embed_calls([calls[0].model_copy(update={"text": "Something else."}), *calls[1:]], counting, cache)
    assert counting.encoded == ["Topic 0\nSomething else."]


def test_the_store_remembers_vectors_between_runs(calls, counting, tmp_path):
    for _ in range(2):
        store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
        found = embed_calls(calls, counting, store)
    assert len(counting.encoded) == len(set(counting.encoded))
    assert np.array_equal(found.vectors, embed_calls(calls, HashingEncoder(), MemoryCache()).vectors)


def test_a_model_of_another_revision_does_not_get_the_old_vectors(calls, counting):
    cache = MemoryCache()
    embed_calls(calls, counting, cache)
    counting.encoded.clear()
    counting.revision = "2"
    embed_calls(calls, counting, cache)
    assert counting.encoded


def test_a_query_and_a_passage_of_the_same_words_are_kept_apart(counting):
    cache = MemoryCache()
    embed_queries(["homes"], counting, cache)
    embed_passages(["homes"], counting, cache)
    assert counting.encoded == ["homes", "homes"]


def test_rows_belong_to_their_calls(calls):
    found = embed_calls(calls, HashingEncoder(), MemoryCache())
    backwards = embed_calls(calls[::-1], HashingEncoder(), MemoryCache())
    assert found.ids == tuple(call.id for call in calls) == backwards.ids[::-1]
    own = found.vectors[found.starts[3]]
    assert np.array_equal(own, backwards.vectors[backwards.starts[0]])
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-6)


def test_what_was_embedded_before_an_interruption_is_kept(counting):
    class Interrupted(MemoryCache):
        def save_vectors(self, model, vectors):
            super().save_vectors(model, vectors)
            raise KeyboardInterrupt

    cache = Interrupted()
    texts = [f"text {i}" for i in range(SAVED_AT_ONCE + 10)]
    with pytest.raises(KeyboardInterrupt):
        embed_passages(texts, counting, cache)
    counting.encoded.clear()
    kept = MemoryCache()
    kept.__dict__ = cache.__dict__
    embed_passages(texts, counting, kept)
    assert len(counting.encoded) == 10


@pytest.mark.parametrize("texts", [[], [""], ["\x00"], ["a" * 100_000]])
def test_odd_texts_have_vectors(texts):
    found = embed_passages(texts, HashingEncoder(), MemoryCache())
    assert found.shape == (len(texts), HashingEncoder.dimension)
    assert np.isfinite(found).all()


def test_no_calls_no_vectors():
    found = embed_calls([], HashingEncoder(), MemoryCache())
    assert found.ids == ()
    assert found.vectors.shape == (0, HashingEncoder.dimension)


def test_the_progress_bar_stays_away_where_there_is_no_terminal(calls, capsys):
    embed_calls(calls, HashingEncoder(), MemoryCache(), progress=True)
    assert capsys.readouterr() == ("", "")


def test_the_hashing_encoder_is_deterministic_and_knows_spelling():
    housing, accents, other = HashingEncoder().encode_passages(["housing for refugees", "Housing fór refugees", "xyz"])
    assert housing @ accents == pytest.approx(1)
    assert housing @ other < 0.2
    assert isinstance(load_encoder(Settings(model="hashing")), HashingEncoder)


def test_a_model_without_a_fast_tokenizer_is_named(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelMissing, match=r"has no tokenizer\.json"):
        load_encoder(Settings(model=str(tmp_path))).count_tokens(["homes"])
