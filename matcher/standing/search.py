"""Which calls fit what a reader typed: by code, by words and those that stand for them, and by meaning. Pure."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from matcher.brief.lens import fold
from matcher.signals import Levels, Similarities
from matcher.standing.shelf import Shelf
from matcher.standing.synonyms import Synonyms
from matcher.standing.words import Words

LONGEST = 200
"""Characters that are looked at."""
CODE = re.compile(r"[A-Z0-9+]+(?:-[A-Z0-9+]+)+", re.IGNORECASE)
BY_CODE = 3.0
STANDS_OUT = 2.5
"""Standard deviations above the nearness of calls in general from which one fits by its meaning."""
MOST_BY_MEANING = 50


def search(text: str, shelf: Shelf, words: Words, synonyms: Synonyms, near: Similarities) -> dict[str, float]:
    """Call id -> how well it fits, above 0. `near`: how near the text is to each call in meaning, one row."""
    found = by_words(text, words, synonyms) + by_meaning(near)
    found[by_code(text, shelf)] += BY_CODE
    places = np.flatnonzero(found)
    return dict(zip(shelf.ids[places].tolist(), found[places].tolist(), strict=True))


def by_words(text: str, words: Words, synonyms: Synonyms) -> NDArray[np.float64]:
    """The mean worth of the words that were typed; 0 where one of two is missing, or two of more."""
    typed = list(dict.fromkeys(re.findall(r"\w+", fold(text[:LONGEST]))))
    telling = [one for one in typed if len(one) > 2 or one.isdigit()] or typed
    if not telling:
        return np.zeros(words.size)
    worth = np.stack([words.worth(synonyms.stems(one)) for one in telling])
    needed = len(telling) - (len(telling) > 2)
    return np.where((worth > 0).sum(axis=0) >= needed, worth.mean(axis=0), 0.0)


def by_meaning(near: Similarities) -> NDArray[np.float64]:
    """Below 1; 0 for calls that do not stand out."""
    apart = Levels.of(near).apart(near)[0].astype(np.float64)
    least = np.sort(apart)[-MOST_BY_MEANING:][0]
    return np.where((apart >= STANDS_OUT) & (apart >= least), 1 - STANDS_OUT / (apart.clip(STANDS_OUT) + 1), 0.0)


def by_code(text: str, shelf: Shelf) -> NDArray[np.intp]:
    """The places of calls that go by that name, or whose code begins with one that was typed."""
    named = [place for id in shelf.named(text.strip()) if (place := shelf.place(id)) is not None]
    codes = tuple(code.upper() for code in CODE.findall(text[:LONGEST]))
    begins = shelf.facts["code"].str.upper().str.startswith(codes).to_numpy() if codes else False
    return np.union1d(np.array(named, np.intp), np.flatnonzero(begins))
