"""Turns what calls and profiles say into vectors, no text twice. The only module that loads torch.

Knows nothing of scores, nor of which texts are worth it (matcher/passages.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.local_model import ModelFolder, ModelMissing, find_model
from matcher.model import Call, Profile
from matcher.passages import call_windows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from matcher.settings import Settings

Vectors = NDArray[np.float32]
"""Rows of length one (or zero, for a text in which the encoder knows nothing)."""

BATCH = 32
"""Texts encoded together."""
SAVED_AT_ONCE = 64
"""Texts between two savings: an interrupted first embedding goes on where it stopped, and its progress is seen."""


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


def embed_queries(texts: Sequence[str], encoder: Encoder, cache: VectorCache) -> Vectors:
    """float32[len(texts), dimension] for what organisations look for, through the cache."""
    return _embed("query", texts, encoder.encode_queries, encoder, cache, progress=False)


def embed_profile(profile: Profile, encoder: Encoder, cache: VectorCache) -> Vectors:
    """One row for each need, through the cache.

    The description is left out: it says who the organisation is, not what it looks for.
    """
    return embed_queries([need.text for need in profile.needs], encoder, cache)


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


class SentenceEncoder:
    """A sentence-transformers model. Loaded when the first text must be encoded: what is cached needs no model."""

    def __init__(self, folder: ModelFolder, dtype: str) -> None:
        self.name = folder.name
        self.revision = folder.revision
        self._path = folder.path
        self._dtype = dtype
        self._loading = Lock()

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._model.encode_query(list(texts), batch_size=BATCH, show_progress_bar=False))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._model.encode_document(list(texts), batch_size=BATCH, show_progress_bar=False))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(tokens) for tokens in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        """Read apart from the model: cutting texts into windows must not cost the seconds that torch takes to load."""
        from tokenizers import Tokenizer

        path = self._path / "tokenizer.json"
        if not path.is_file():
            raise ModelMissing(
                f"FUNDING_MODEL: {self.name} has no tokenizer.json in {self._path}; take a model that has one"
            )
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @property
    def _model(self) -> SentenceTransformer:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        # torch's threads wait by spinning: with another busy process on the machine that takes 4 times as long.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # the weights are read in a second
        options = {"dtype": self._dtype if self._dtype != "auto" else _fastest_dtype()}
        return SentenceTransformer(str(self._path), model_kwargs=options, local_files_only=True)

    @staticmethod
    def _unit(rows: Any) -> Vectors:
        """Bfloat16 rows are off length one by 0.1 %."""
        exact = np.asarray(rows, np.float32)
        lengths = np.linalg.norm(exact, axis=1, keepdims=True)
        return np.asarray(exact / np.where(lengths > 0, lengths, 1), np.float32)


def _fastest_dtype() -> str:
    """Bfloat16 ranks alike and is 3 times as fast where the processor computes in it; elsewhere it is slower."""
    import torch

    native = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    return "bfloat16" if native else "float32"


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that `FUNDING_MODEL` names. Raises ModelMissing or BadModelFile (matcher.local_model)."""
    if settings.model == HashingEncoder.name:
        return HashingEncoder()
    return _sentence_encoder(find_model(settings), settings.dtype)


@cache
def _sentence_encoder(folder: ModelFolder, dtype: str) -> SentenceEncoder:
    """One for all services of a process: hundreds of megabytes are loaded once."""
    return SentenceEncoder(folder, dtype)
