"""The signals a score is made of, from plain arrays of similarities. Knows neither calls nor profiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import Vectors

Scores = NDArray[np.float64]
"""One figure a call."""
Similarities = NDArray[np.float32]
"""A row for each need, a column for each call or text."""

RESOLUTION = 1e-6
"""Similarities nearer to each other than this are the same."""


def dense_similarities(query_vectors: Vectors, windows: Vectors, starts: NDArray[np.intp]) -> Similarities:
    """Half the best window, half the mean of the windows of each call: float32[queries, calls].

    The windows of call i are the rows from `starts[i]` to the next start.

    The best window finds the one passage that fits, the mean tells whether the call is about it.
    """
    similarity = query_vectors @ windows.T
    best = np.maximum.reduceat(similarity, starts, axis=1)
    sums = np.add.reduceat(similarity, starts, axis=1)
    sizes = np.diff(np.append(starts, len(windows)))
    # Rounded where float32 ends, so that equal texts score equally wherever they stand in the matrix.
    return np.round((best + sums / sizes.astype(np.float32)) / 2, 6)


class Levels(NamedTuple):
    """How near each need is to calls in general: mean and standard deviation, one figure a need."""

    mean: Similarities
    spread: Similarities

    @classmethod
    def of(cls, similarity: Similarities) -> Levels:
        """From one row a need, one column a text."""
        spread = similarity.std(axis=1)
        return cls(similarity.mean(axis=1), np.where(spread > RESOLUTION, spread, np.float32(1)))

    def apart(self, similarity: Similarities) -> Similarities:
        """How far a need's similarity to a text stands out, in standard deviations.

        A need in general words, or in another language, is near to all texts, or far from all.
        """
        return (similarity - self.mean[:, None]) / self.spread[:, None]


def meaning(similarity: Similarities) -> Scores:
    """The dense signal from one row a need: how far the need that a call meets best makes it stand out, 0 to 1."""
    best = Levels.of(similarity).apart(similarity).max(axis=0).astype(np.float64)
    lowest, highest = best.min(), best.max()
    if highest - lowest <= RESOLUTION:
        return np.ones(len(best))
    return np.asarray((best - lowest) / (highest - lowest), np.float64)


def spelling(shared: Similarities, written: Sequence[int], languages: NDArray[np.intp]) -> Scores:
    """The lexical signal from one row a need: best call 1, nothing in common 0.

    A call's words are compared with the needs written in its language; with all needs where there is none.
    """
    found = shared.max(axis=0).astype(np.float64)
    for language in sorted(set(written)):
        of_language = languages == language
        found[of_language] = shared[np.equal(written, language)][:, of_language].max(axis=0)
    return np.asarray(found / (found.max() or 1), np.float64)
