"""In which calls which words stand: built once for a set of calls, asked for the beginnings of words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.brief.lens import fold
from matcher.model import Call
from matcher.passages import LONGEST_TEXT

LONGEST = 30
"""Letters; what is longer is an address or a trick."""
WORD = rf"(?<!\w)\w{{1,{LONGEST}}}(?!\w)"
TITLE, TEXT = 1.0, 0.6
"""What a word is worth by where it stands."""


@dataclass(frozen=True, eq=False)
class Words:
    known: NDArray[np.str_]
    """Folded (`matcher.brief.lens.fold`), ascending."""
    begins: NDArray[np.integer[Any]]
    """Where in the next two each word begins; one more at the end."""
    holders: NDArray[np.integer[Any]]
    """The calls that hold it."""
    in_title: NDArray[np.bool_]
    """Whether in title, code or keywords."""
    size: int
    """Number of calls."""

    @classmethod
    def of(cls, calls: Sequence[Call]) -> Words:
        from sklearn.feature_extraction.text import CountVectorizer

        titles = [" ".join((call.title, call.identifier, *call.keywords)) for call in calls]
        texts = [f"{title}\n{call.text[:LONGEST_TEXT]}" for title, call in zip(titles, calls, strict=True)]
        words = CountVectorizer(preprocessor=fold, token_pattern=WORD, binary=True, dtype=np.int8)
        held = words.fit_transform(texts) + words.transform(titles)
        by_word: Any = held.T.tocsr()
        known = words.get_feature_names_out().astype(f"U{LONGEST}")
        return cls(known, by_word.indptr, by_word.indices, by_word.data > 1, len(calls))

    def worth(self, stems: Iterable[str]) -> NDArray[np.float64]:
        """Of each call, what it is worth that a word stands in it that begins with one of the stems; a stem of less
        than three letters is a whole word."""
        found = np.zeros(self.size)
        for stem in stems:
            held = self._held(stem[:LONGEST])
            holders, in_title = self.holders[held], self.in_title[held]
            found[holders] = np.maximum(found[holders], TEXT)
            found[holders[in_title]] = TITLE
        return found

    def _held(self, stem: str) -> slice:
        after = stem + ("\0" if len(stem) < 3 else "\U0010ffff")
        first, last = np.searchsorted(self.known, [stem, after])
        return slice(int(self.begins[first]), int(self.begins[last]))
