"""How alike texts are in spelling. Knows nothing of meaning, weights or profiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.model import Call
from matcher.passages import LONGEST_TEXT

CHANCE = 0.05
"""Cosine of character n-grams below which two texts share common endings, not words."""


class Lexical:
    """TF-IDF over character 3-5-grams of titles and texts: built once for a set of calls, asked for any query.

    Characters, not words: inflected languages share stems, related languages share cognates. A text's n-grams are those
    of its words, so each distinct word is taken apart once: 4 times as fast as taking apart the texts.
    """

    def __init__(self, calls: Sequence[Call]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        words = CountVectorizer(token_pattern=r"\S+", strip_accents="unicode", dtype=np.float32)
        occurrences = words.fit_transform([f"{call.title}\n{call.text[:LONGEST_TEXT]}" for call in calls])
        self._ngrams = CountVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode", dtype=np.float32
        )
        of_words = self._ngrams.fit_transform(words.get_feature_names_out())
        self._weigh = TfidfTransformer(sublinear_tf=True)
        self._by_ngram: Any = self._weigh.fit_transform(occurrences @ of_words).T.tocsr()

    def similarities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Cosine of each text with each call, 0 where it is chance: float32[len(texts), number of calls].

        So a word votes only where it really matched something.
        """
        found = (self._weigh.transform(self._ngrams.transform(texts)) @ self._by_ngram).toarray()
        return np.where(found < CHANCE, np.float32(0), found)
