"""Looks at a call through MILE policy brief 3: which of its four goals the call serves, by a sentence of its own.

A claim needs the words of the goal and their meaning together. Knows no profile, no store and no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, StringConstraints, model_validator

from matcher.embedding import Encoder, VectorCache, embed_passages, embed_queries
from matcher.explanation import quotable
from matcher.model import Call, Frozen, Goal, GoalServed, Quote, Text
from matcher.model.said import OwnText

LONGEST = 350
"""Characters; a longer piece is a list or a table, whose words belong to several statements."""

Group = tuple[Text, ...]
"""Stems, of which one stands in the sentence at the start of a word; capitals and accents do not count."""


class Example(Frozen):
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    text: Text


class Measured(Frozen):
    """How many claims were made on calls held back while the rules were written, and how many of them were right."""

    claims: Annotated[int, Field(ge=0)]
    right: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _is_possible(self) -> Measured:
        if self.right > self.claims:
            raise ValueError(f"right {self.right} is more than claims {self.claims}")
        return self

    @property
    def confidence(self) -> float:
        """Share of claims that are right, by Laplace's rule of succession: few claims never make certain."""
        return round((self.right + 1) / (self.claims + 2), 2)


class GoalRule(Frozen):
    """A goal of the brief, and how a sentence shows that a call serves it."""

    goal: Goal
    name: OwnText
    definition: OwnText
    source: Text
    as_of: date
    words: Annotated[tuple[tuple[Group, ...], ...], Field(min_length=1)]
    """Each line asks for one stem of each of its groups; one line is enough."""
    never: Group
    """Where one of these stands, the sentence speaks of something else."""
    prototypes: Annotated[tuple[Example, ...], Field(min_length=1)]
    with_meaning: Measured
    by_words: Measured

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], ...], ...]:
        return tuple(tuple(_pattern(group) for group in line) for line in self.words)

    @cached_property
    def _forbidden(self) -> re.Pattern[str]:
        return _pattern(self.never)

    def is_named_in(self, folded: str) -> bool:
        """Whether a sentence (see `fold`) holds the words of the goal and none that speaks of something else."""
        named = any(all(group.search(folded) for group in line) for line in self._patterns)
        return named and not self._forbidden.search(folded)


class Question(Frozen):
    """What an applicant should be able to answer, so that the results outlive the grant."""

    key: Text
    label: OwnText
    question: OwnText


class Checklist(Frozen):
    source: Text
    as_of: date
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Lens(Frozen):
    """What the brief looks for in a call, as `data/reference/goals.yml` states it."""

    model: Text
    """The encoder that `least` was measured with. With another one words decide alone."""
    least: float
    """How much nearer a sentence must be to a prototype than to what is unlike it; in cosines."""
    goals: tuple[GoalRule, ...]
    unlike: Annotated[tuple[Example, ...], Field(min_length=1)]
    checklist: Checklist

    @cached_property
    def names(self) -> dict[Goal, str]:
        return {rule.goal: rule.name for rule in self.goals}


def goals_served(call: Call, lens: Lens, encoder: Encoder | None, cache: VectorCache) -> tuple[GoalServed, ...]:
    """The goals a call serves, in the brief's order, each with the sentence that shows it best.

    Quotes are verbatim: `quote.text == getattr(call, quote.place)[quote.start:quote.end]`. Silence claims nothing.
    Without the encoder that was measured, words decide alone, with the confidence they have alone.
    """
    said = [(quote, fold(quote.text)) for quote in sayings(call)]
    found = ((rule, [quote for quote, folded in said if rule.is_named_in(folded)]) for rule in lens.goals)
    return tuple(_claims(found, lens, encoder, cache))


def sayings(call: Call) -> list[Quote]:
    """What may show a goal: the title and each sentence of the text once, if it can be read as one."""
    title = Quote(text=call.title, place="title", start=0, end=len(call.title))
    return [title, *(quote for quote in quotable(call) if quote.text != call.title and len(quote.text) <= LONGEST)]


def fold(text: str) -> str:
    """Without capitals and accents, with one sort of apostrophe."""
    marked = unicodedata.normalize("NFD", text.casefold()).replace("’", "'")
    return "".join(sign for sign in marked if not unicodedata.combining(sign))


def _claims(
    found: Iterator[tuple[GoalRule, list[Quote]]], lens: Lens, encoder: Encoder | None, cache: VectorCache
) -> Iterator[GoalServed]:
    for rule, quotes in found:
        if not quotes:
            continue
        if encoder is None or encoder.name != lens.model:
            yield GoalServed(goal=rule.goal, quote=quotes[0], confidence=rule.by_words.confidence)
            continue
        margins = _margins(rule, quotes, lens, encoder, cache)
        best = int(margins.argmax())
        if margins[best] > lens.least:
            yield GoalServed(goal=rule.goal, quote=quotes[best], confidence=rule.with_meaning.confidence)


def _margins(
    rule: GoalRule, quotes: Sequence[Quote], lens: Lens, encoder: Encoder, cache: VectorCache
) -> NDArray[np.float32]:
    """How much nearer each quote is to the nearest prototype than to the nearest sentence that is unlike the goals."""
    said = embed_passages([quote.text for quote in quotes], encoder, cache)
    like = said @ embed_queries([example.text for example in rule.prototypes], encoder, cache).T
    unlike = said @ embed_queries([example.text for example in lens.unlike], encoder, cache).T
    return np.asarray(np.round(like.max(axis=1) - unlike.max(axis=1), 6), np.float32)


def _pattern(group: Group) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(fold(stem)) for stem in group) + ")")
