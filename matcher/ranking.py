"""Signals -> contributions -> score: how near a call is to what a profile looks for. Pure.

Knows no eligibility (that moves a match to another route, never to another score), no store and no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import Field, ValidationError, model_validator

from matcher.embedding import CallVectors, Vectors
from matcher.lexical import Lexical
from matcher.model import Call, Contribution, Frozen, Profile, Text, said
from matcher.money.size import SizeWeight
from matcher.reference.files import BadReference
from matcher.signals import Levels, Scores, Similarities, dense_similarities, meaning, spelling

DENSE, DENSE_LABEL = "dense", said("nearness in meaning")
LEXICAL, LEXICAL_LABEL = "lexical", said("shared words")


class Proportion(Frozen):
    """How dense and lexical signal share a score, and the measurement it rests on."""

    dense: float = Field(gt=0, le=1)
    lexical: float = Field(ge=0, lt=1)
    source: Text
    as_of: date

    @model_validator(mode="after")
    def _is_whole(self) -> Proportion:
        if abs(self.dense + self.lexical - 1) > 1e-9:
            raise ValueError(f"dense {self.dense} and lexical {self.lexical} do not sum to 1")
        return self


class Weights(Frozen):
    """The proportions for calls in a language the profile's needs are written in, and for all others; what size takes
    away from a score comes after them."""

    same_language: Proportion
    different_language: Proportion
    size: SizeWeight

    @property
    def dense(self) -> float:
        """One weight for all calls, so that none loses for being written in the organisation's own language."""
        return min(self.same_language.dense, self.different_language.dense)

    def columns(self, same_language: NDArray[np.bool_]) -> dict[str, Scores]:
        """The weight of each signal for calls of which that is known."""
        lexical = np.where(same_language, self.lexical(True), self.lexical(False))
        return {DENSE: np.full(len(same_language), self.dense), LEXICAL: lexical}

    def lexical(self, same_language: bool) -> float:
        """The weight that keeps the measured proportion to `dense`."""
        pair = self.same_language if same_language else self.different_language
        return pair.lexical * (self.dense / pair.dense)


def load_weights(folder: Path) -> Weights:
    """Read and check `ranking.yml`. Raises BadReference naming file and field."""
    path = folder / "ranking.yml"
    try:
        return Weights.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadReference(f"{path}: cannot be read ({error.strerror}); restore the file") from error
    except yaml.YAMLError as error:
        raise BadReference(f"{path}: is not YAML: {error}") from error
    except ValidationError as error:
        raise BadReference(f"{path}: {error}") from error


@dataclass(frozen=True)
class Index:
    """A set of calls made ready to be ranked for any number of profiles, ordered by call id."""

    ids: Sequence[str]
    spoken: tuple[str, ...]
    """The languages of the calls."""
    languages: NDArray[np.intp]
    """Of each call, as its place in `spoken`."""
    vectors: Vectors
    starts: NDArray[np.intp]
    make_lexical: Callable[[], Lexical]

    @classmethod
    def of(cls, calls: Sequence[Call], embedded: CallVectors) -> Index:
        """Raises KeyError for a call that was not embedded."""
        calls = sorted(calls, key=lambda call: call.id)
        place = {name: i for i, name in enumerate(embedded.ids)}
        ends = [*embedded.starts[1:], len(embedded.vectors)]
        rows = [np.arange(embedded.starts[i], ends[i]) for i in (place[call.id] for call in calls)]
        starts = np.cumsum([0, *(len(r) for r in rows)])[: len(calls)].astype(np.intp)
        vectors = embedded.vectors[np.concatenate(rows)] if rows else embedded.vectors[:0]
        spoken = tuple(sorted({call.language or "" for call in calls}))
        return cls(
            ids=tuple(call.id for call in calls),
            spoken=spoken,
            languages=np.array([spoken.index(call.language or "") for call in calls], dtype=np.intp),
            vectors=np.nan_to_num(vectors),  # what is not a number would poison every score it is compared with
            starts=starts,
            make_lexical=lambda: Lexical.of(calls),
        )

    @cached_property
    def lexical(self) -> Lexical:
        return self.make_lexical()

    def similarities(self, query_vectors: Vectors) -> Similarities:
        """How near each query is to each call in meaning: float32[queries, calls]."""
        return dense_similarities(query_vectors, self.vectors, self.starts)

    def levels(self, query_vectors: Vectors) -> Levels:
        """How near each query is to calls in general."""
        return Levels.of(self.similarities(query_vectors))

    @cached_property
    def places(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.ids)}


@dataclass(frozen=True)
class Ranking(Mapping[str, tuple[Contribution, ...]]):
    """Call id -> contributions, best call first; equal scores by call id. Contributions are made when asked for."""

    ids: Sequence[str]
    """Ascending."""
    signals: Mapping[str, Scores]
    weights: Mapping[str, Scores]
    labels: Mapping[str, str]

    @cached_property
    def scores(self) -> Scores:
        """Aligned with `ids`; each exactly the sum of its contributions' values, in their order."""
        return sum(self.parts.values(), np.zeros(len(self.ids)))

    @cached_property
    def parts(self) -> dict[str, Scores]:
        """What each signal adds, aligned with `ids`."""
        return {name: self.weights[name] * self.signals[name] for name in self.signals}

    def top(self, number: int) -> list[str]:
        """The ids of the best calls, best first."""
        scores = self.scores
        places = np.arange(len(scores))
        if 0 < number < len(scores):
            least = np.partition(scores, len(scores) - number)[len(scores) - number]
            places = np.flatnonzero(scores >= least)
        best = places[np.argsort(-scores[places], kind="stable")][: max(number, 0)]
        return [self.ids[i] for i in best]

    def __getitem__(self, call_id: str) -> tuple[Contribution, ...]:
        place = self._places[call_id]
        return tuple(self._contribution(name, place) for name in self.signals)

    def __iter__(self) -> Iterator[str]:
        return iter(self.top(len(self.ids)))

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.ids)}

    def _contribution(self, name: str, place: int) -> Contribution:
        weight, signal = float(self.weights[name][place]), float(self.signals[name][place])
        return Contribution(name=name, label=self.labels[name], weight=weight, signal=signal, value=weight * signal)


def labels() -> dict[str, str]:
    return {DENSE: DENSE_LABEL, LEXICAL: LEXICAL_LABEL}


def rank(
    profile: Profile,
    index: Index,
    query_vectors: Vectors,
    weights: Weights,
    among: Sequence[str] | None = None,
    near: Similarities | None = None,
) -> Ranking:
    """Score the calls of the index, or those `among` them, for a profile.

    `near`: the similarities of these vectors to all calls, where they are known already.

    `query_vectors` has one row for each need. A call counts by the one need it meets best: averaged
    over needs, calls that half meet all would win (nDCG@10 .46 against .59 for profiles of two to five needs).
    Signals are scaled over the compared calls only.
    """
    ids, places = _compared(index, among)
    if not ids:
        return Ranking((), {}, {}, {})
    languages = index.languages[places]
    written = [index.spoken.index(need.language) if need.language in index.spoken else -1 for need in profile.needs]
    shared = index.lexical.similarities([need.text for need in profile.needs])[:, places]
    near = index.similarities(query_vectors) if near is None else near
    return Ranking(
        ids=ids,
        signals={DENSE: meaning(near[:, places]), LEXICAL: spelling(shared, written, languages)},
        weights=weights.columns(np.isin(languages, written)),
        labels=labels(),
    )


def _compared(index: Index, among: Sequence[str] | None) -> tuple[Sequence[str], slice | NDArray[np.intp]]:
    if among is None:
        return index.ids, slice(None)
    places = np.array(sorted(index.places[name] for name in set(among)), dtype=np.intp)
    return [index.ids[i] for i in places], places
