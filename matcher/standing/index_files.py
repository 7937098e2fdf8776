"""An index as files that are mapped into memory: read by every process, in the memory of none. Knows no store."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from matcher.lexical import Lexical
from matcher.ranking import Index
from matcher.standing.words import Words

AGE = 3600.0
"""Seconds after which an index of another state is deleted."""
OF_LEXICAL = ("ngrams", "rarity", "starts", "places", "shares")
OF_WORDS = ("known", "begins", "holders", "in_title")


def save_index(index: Index, words: Words, folder: Path) -> None:
    """Complete or not at all; what others saved there meanwhile is as good. What lies beside it for AGE is deleted."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    try:
        for name, values in _arrays(index, words).items():
            np.save(made / f"{name}.npy", values, allow_pickle=False)
        saved = made.stat().st_mtime
        _put(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _forget_others(folder, saved - AGE)


def open_index(folder: Path, ids: Sequence[str], languages: Sequence[str]) -> tuple[Index, Words] | None:
    """The index of these calls, each with its language, and their words; None where none is saved.

    All files are mapped at once: who has them keeps them, also when another process deletes the folder.
    """
    try:
        found = {name: _opened(folder, name) for name in ("vectors", "windows", *OF_LEXICAL, *OF_WORDS)}
    except FileNotFoundError:
        return None
    lexical = Lexical(**{name: found[name] for name in OF_LEXICAL}, size=len(ids))
    words = Words(**{name: found[name] for name in OF_WORDS}, size=len(ids))
    spoken = tuple(sorted(set(languages)))
    place = {name: i for i, name in enumerate(spoken)}
    index = Index(
        ids=ids,
        spoken=spoken,
        languages=np.array([place[one] for one in languages], dtype=np.intp),
        vectors=found["vectors"],
        starts=np.asarray(found["windows"]),
        make_lexical=lambda: lexical,
    )
    return index, words


def _arrays(index: Index, words: Words) -> dict[str, Any]:
    lexical = {name: getattr(index.lexical, name) for name in OF_LEXICAL}
    return {
        "vectors": index.vectors,
        "windows": index.starts,
        **lexical,
        **{name: getattr(words, name) for name in OF_WORDS},
    }


def _opened(folder: Path, name: str) -> Any:
    return np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)


def _put(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _forget_others(folder: Path, until: float) -> None:
    """Indexes of other states, and what a save left that crashed, of that moment or before: what is younger another
    process may still write, or be about to open."""
    for other in folder.parent.iterdir():
        if other != folder and _changed(other) <= until:
            shutil.rmtree(other, ignore_errors=True)


def _changed(folder: Path) -> float:
    """When files were last put there, in seconds; never for what somebody else deletes now."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return math.inf
