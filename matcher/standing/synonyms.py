"""Which words stand for one another in a search, as `data/reference/synonyms.yml` lists them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from matcher.brief.lens import fold
from matcher.factfile import build, read
from matcher.model import Frozen, Text

LONG, LEAST_STEM = 6, 4
"""Of a word of so many letters the last two may be an ending; a stem has at least so many."""


class Line(Frozen):
    """Stems, of which each stands for all."""

    name: Text
    stems: Annotated[tuple[Text, ...], Field(min_length=2)]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(sorted({fold(stem) for stem in self.stems}))


class Synonyms(Frozen):
    as_of: date
    lines: tuple[Line, ...]

    def stems(self, word: str) -> set[str]:
        """The beginnings of words by which a call is found for a word of the reader (see `fold`): its own, and those
        of every line in which it stands."""
        found = {stem for line in self.lines if _stands_in(word, line) for stem in line.folded}
        return found | {word[: max(len(word) - 2, LEAST_STEM)] if len(word) >= LONG else word}


def _stands_in(word: str, line: Line) -> bool:
    """A short stem is a whole word."""
    return any(word == stem or (len(stem) >= LEAST_STEM and word.startswith(stem)) for stem in line.folded)


def load_synonyms(folder: Path) -> Synonyms:
    """Raises BadFactFile naming file, entry and field."""
    path = folder / "synonyms.yml"
    return build(Synonyms, read(path), str(path))
