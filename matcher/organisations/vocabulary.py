"""The words by which a description of an organisation is read: data/reference/organisation_words.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from matcher.factfile import build, read
from matcher.model import Frozen, OrganisationType, Text

FILE = "organisation_words.yml"


class Words(Frozen):
    """Words and phrases; `*` at the end of one stands for every ending."""

    known: Annotated[tuple[Text, ...], Field(min_length=1)]

    def found(self, text: str) -> bool:
        """Whether one of them stands anywhere in a text."""
        return bool(self._pattern.search(text))

    def matches(self, text: str) -> bool:
        """Whether the text is one of them."""
        return bool(self._pattern.fullmatch(text.strip()))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.known, key=len, reverse=True)
        told = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in longest_first)
        return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)", re.IGNORECASE)


class Vocabulary(Frozen):
    types: Mapping[OrganisationType, Words]
    names: Words
    inhabitants: Words
    languages: Words
    needs: Words


@cache
def load_vocabulary(folder: Path) -> Vocabulary:
    """Raises BadFactFile, which names file, field and what is wrong."""
    path = folder / FILE
    data = read(path)
    told = {name: {"known": words} for name, words in data.items() if name != "types"}
    types = data.get("types")
    kinds = {name: {"known": words} for name, words in types.items()} if isinstance(types, dict) else types
    return build(Vocabulary, {**told, "types": kinds}, str(path))
