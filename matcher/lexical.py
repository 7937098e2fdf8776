"""How alike texts are in spelling. Knows nothing of meaning, weights or profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.model import Call
from matcher.passages import LONGEST_TEXT

CHANCE = 0.05
"""Cosine of character n-grams below which two texts share common endings, not words."""
LENGTHS = (3, 5)
"""Of n-grams, in characters."""


@dataclass(frozen=True, eq=False)
class Lexical:
    """TF-IDF over character 3-5-grams of titles and texts: built once for a set of calls, asked for any query.

    Characters, not words: inflected languages share stems, related languages share cognates. A text's n-grams are those
    of its words, so each distinct word is taken apart once: 4 times as fast as taking apart the texts.
    """

    ngrams: NDArray[np.str_]
    """Ascending."""
    rarity: NDArray[np.float32]
    """Inverse document frequency of each."""
    starts: NDArray[np.integer[Any]]
    """Where in the next two each n-gram begins; one more at the end."""
    places: NDArray[np.integer[Any]]
    """The calls that hold it."""
    shares: NDArray[np.float32]
    """Its weight in each of them: of one call they have length one."""
    size: int
    """Number of calls."""

    @classmethod
    def of(cls, calls: Sequence[Call]) -> Lexical:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        words = CountVectorizer(token_pattern=r"\S+", strip_accents="unicode", dtype=np.float32)
        occurrences = words.fit_transform([f"{call.title}\n{call.text[:LONGEST_TEXT]}" for call in calls])
        parts = CountVectorizer(analyzer="char_wb", ngram_range=LENGTHS, strip_accents="unicode", dtype=np.float32)
        of_words = parts.fit_transform(words.get_feature_names_out())
        weigh = TfidfTransformer(sublinear_tf=True)
        by_ngram: Any = weigh.fit_transform(occurrences @ of_words).T.tocsr()
        ngrams = parts.get_feature_names_out().astype(f"U{LENGTHS[1]}")
        rarity = np.asarray(weigh.idf_, np.float32)
        return cls(ngrams, rarity, by_ngram.indptr, by_ngram.indices, by_ngram.data, len(calls))

    def similarities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Cosine of each text with each call, 0 where it is chance: float32[len(texts), number of calls].

        So a word votes only where it really matched something.
        """
        found = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            for ngram, share in self._shares(text):
                held = slice(self.starts[ngram], self.starts[ngram + 1])
                found[row, self.places[held]] += share * self.shares[held]
        return np.where(found < CHANCE, np.float32(0), found)

    def _shares(self, text: str) -> Iterator[tuple[int, np.float32]]:
        """The known n-grams of a text by their places, each with its weight in it."""
        from sklearn.feature_extraction.text import CountVectorizer

        taken_apart = CountVectorizer(analyzer="char_wb", ngram_range=LENGTHS, strip_accents="unicode").build_analyzer()
        counted = Counter(taken_apart(text))
        wanted = np.array(sorted(counted), dtype=str)
        at = np.minimum(np.searchsorted(self.ngrams, wanted), max(len(self.ngrams) - 1, 0))
        known = self.ngrams[at] == wanted if len(self.ngrams) else np.zeros(len(wanted), bool)
        often = np.array([counted[one] for one in wanted[known].tolist()], np.float32)
        shares = (np.log(often) + 1) * self.rarity[at[known]]
        length = np.linalg.norm(shares) or 1
        return zip(at[known].tolist(), shares / length, strict=True)
