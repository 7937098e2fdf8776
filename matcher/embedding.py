"""What of a call and of a profile is embedded, by which encoder, and never twice. The only module that loads torch.

Knows nothing of scores: it turns texts into unit vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.model import Call, Need, Profile
from matcher.sentences import Span, sentences

if TYPE_CHECKING:
    from matcher.settings import Settings

Vectors = NDArray[np.float32]
"""Rows of length one (or zero, for a text in which the encoder knows nothing)."""

WINDOW = 128
"""Tokens of one embedded window, title included. Measured best of 128, 250, 500 and whole sections on topic texts."""
MOST_WINDOWS = 64
"""Of one call: about 8,000 tokens, three times the longest topic text seen; what follows is not topic text."""
SAVED_AT_ONCE = 256
"""Texts between two savings, so that an interrupted first embedding goes on where it stopped."""


class Encoder(Protocol):
    """Turns texts into unit vectors. `revision` changes whenever the same text would get another vector."""

    @property
    def name(self) -> str: ...

    @property
    def revision(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """What an organisation looks for: float32[len(texts), dimension]."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """What a call says: float32[len(texts), dimension]."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How much of a window each text takes."""


class VectorCache(Protocol):
    """Remembers vectors by model ("name@revision") and content hash. The store is one."""

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, Vectors]: ...

    def save_vectors(self, model: str, vectors: Mapping[str, Vectors]) -> None: ...


class MemoryCache:
    """A cache that lives as long as the process."""

    def __init__(self) -> None:
        self._vectors: dict[tuple[str, str], Vectors] = {}

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, Vectors]:
        return {name: self._vectors[model, name] for name in hashes if (model, name) in self._vectors}

    def save_vectors(self, model: str, vectors: Mapping[str, Vectors]) -> None:
        self._vectors.update({(model, name): vector for name, vector in vectors.items()})


@dataclass(frozen=True)
class CallVectors:
    """The windows of many calls in one matrix: those of `ids[i]` are the rows from `starts[i]` to the next start."""

    ids: tuple[str, ...]
    vectors: Vectors
    starts: NDArray[np.intp]


def embed_calls(calls: Sequence[Call], encoder: Encoder, cache: VectorCache, progress: bool = False) -> CallVectors:
    """The vectors of the calls' windows, in the order of the calls; only texts never seen before are encoded."""
    texts = call_windows(calls, encoder.count_tokens)
    flat = [window for windows_of_call in texts for window in windows_of_call]
    starts = np.cumsum([0, *(len(windows_of_call) for windows_of_call in texts[:-1])], dtype=np.intp)
    vectors = embed_passages(flat, encoder, cache, progress)
    return CallVectors(tuple(call.id for call in calls), vectors, starts[: len(calls)])


def embed_passages(texts: Sequence[str], encoder: Encoder, cache: VectorCache, progress: bool = False) -> Vectors:
    """float32[len(texts), dimension] for what calls say, through the cache."""
    return _embed("passage", texts, encoder.encode_passages, encoder, cache, progress)


def embed_profile(profile: Profile, encoder: Encoder, cache: VectorCache) -> Vectors:
    """One row for each of the profile's `queries`, through the cache."""
    texts = [query.text for query in queries(profile)]
    return _embed("query", texts, encoder.encode_queries, encoder, cache, progress=False)


def queries(profile: Profile) -> tuple[Need, ...]:
    """What is looked for on behalf of a profile: each of its needs, then what it says of itself."""
    return (*profile.needs, Need(text=profile.description, language="en"))


def windows(call: Call, count_tokens: Callable[[Sequence[str]], list[int]]) -> tuple[str, ...]:
    """What is embedded of one call: see `call_windows`."""
    return call_windows([call], count_tokens)[0]


def call_windows(
    calls: Sequence[Call], count_tokens: Callable[[Sequence[str]], list[int]]
) -> tuple[tuple[str, ...], ...]:
    """Title and topic text of each call in windows of about `WINDOW` tokens, cut where sentences end.

    Each window begins with the title, so that none stands without its subject. Conditions, boilerplate and the
    publisher's updates are never embedded: they read alike in thousands of calls and drown what one call is about.
    """
    parts = [_sentences_of(call) for call in calls]
    counts = iter(count_tokens([text for part in parts for text in part]))
    return tuple(_pack(part, [next(counts) for _ in part]) for part in parts)


def _sentences_of(call: Call) -> list[str]:
    """The title, then the sentences of the text."""
    return [call.title, *(span.text for span in _body(call))]


def _body(call: Call) -> Iterator[Span]:
    return (span for span in sentences(call.text) if span.text != call.title)


def _pack(part: list[str], counts: list[int]) -> tuple[str, ...]:
    """Sentences joined to windows, the title (`part[0]`) before each."""
    title, room = part[0], WINDOW - counts[0]
    packed: list[list[str]] = [[]]
    left = room
    for text, count in zip(part[1:], counts[1:], strict=True):
        if packed[-1] and count > left:
            packed.append([])
            left = room
        packed[-1].append(text)
        left -= count
    return tuple("\n".join([title, " ".join(window)]).strip() for window in packed[:MOST_WINDOWS])


def _embed(
    role: str,
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], Vectors],
    encoder: Encoder,
    cache: VectorCache,
    progress: bool,
) -> Vectors:
    model = f"{encoder.name}@{encoder.revision}"
    names = [sha256(f"{role}: {text}".encode()).hexdigest() for text in texts]
    known = cache.vectors(model, list(dict.fromkeys(names)))
    missing = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
    for fresh in _encode_in_parts(missing, encode, progress):
        cache.save_vectors(model, fresh)
        known.update(fresh)
    if not names:
        return np.zeros((0, encoder.dimension), np.float32)
    return np.stack([known[name] for name in names])


def _encode_in_parts(
    missing: Mapping[str, str], encode: Callable[[Sequence[str]], Vectors], progress: bool
) -> Iterator[dict[str, Vectors]]:
    """Long texts first and together: little padding, and an estimate of the time left that only gets better."""
    from tqdm import tqdm

    order = sorted(missing, key=lambda name: (-len(missing[name]), name))
    cuts = [*range(0, len(order), SAVED_AT_ONCE), len(order)]
    with tqdm(total=len(order), desc="Embedding", unit="text", disable=None if progress and order else True) as bar:
        for start, end in pairwise(cuts):
            part = order[start:end]
            yield dict(zip(part, encode([missing[name] for name in part]), strict=True))
            bar.update(len(part))


class HashingEncoder:
    """Counts of hashed character n-grams: knows spelling, not meaning. Deterministic, no model; for fast tests."""

    name = "hashing"
    revision = "1"
    dimension = 256

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        from sklearn.feature_extraction.text import HashingVectorizer

        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        hashing = HashingVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), n_features=self.dimension, strip_accents="unicode", dtype=np.float32
        )
        return np.asarray(hashing.transform(texts).toarray(), np.float32)


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that `FUNDING_MODEL` names."""
    if settings.model == HashingEncoder.name:
        return HashingEncoder()
    raise NotImplementedError
