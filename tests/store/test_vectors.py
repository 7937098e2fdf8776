"""Vectors are kept per model and content hash, and come back bit by bit."""

import numpy as np


def test_vectors_of_a_model(store):
    rows = np.random.default_rng(1).normal(size=(6000, 4)).astype(np.float32)
    store.save_vectors("small@1", {f"hash-{n}": row for n, row in enumerate(rows)})

    found = store.vectors("small@1", [f"hash-{n}" for n in range(6000)] + ["never-embedded"])
    assert len(found) == 6000
    assert all(np.array_equal(found[f"hash-{n}"], rows[n]) for n in range(6000))
    assert found["hash-0"].dtype == np.float32
    assert store.vectors("small@2", ["hash-0"]) == {}
    assert store.vectors("small@1", []) == {}


def test_a_vector_that_is_there_is_replaced(store):
    store.save_vectors("m@1", {"h": np.zeros(3, dtype=np.float32)})
    store.save_vectors("m@1", {"h": np.ones(3, dtype=np.float32)})
    assert store.vectors("m@1", ["h"])["h"].tolist() == [1, 1, 1]
