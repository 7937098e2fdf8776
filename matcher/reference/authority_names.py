"""Which names are those of local authorities, by how they begin or end. Knows no register and no project."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cached_property
from pathlib import Path

from matcher.factfile import build, read
from matcher.model import Frozen, Text
from matcher.reference.told import Witness

ACCENTS = re.compile("[\u0300-\u036f]+")


class _Forms(Frozen):
    begin: tuple[Text, ...] = ()
    end: tuple[Text, ...] = ()


class AuthorityNames(Frozen):
    """The forms by language, with what they rest on."""

    as_of: date
    evidence: Witness
    source: Text
    languages: dict[str, _Forms]

    def names_local(self, name: str) -> bool:
        """Whether a public body of that name is a local authority, as far as a name tells."""
        words = f"{plain_words(name)} "
        return words.startswith(self._begin) or f" {words}".endswith(self._end)

    @cached_property
    def _begin(self) -> tuple[str, ...]:
        return tuple(f"{plain_words(form)} " for one in self.languages.values() for form in one.begin)

    @cached_property
    def _end(self) -> tuple[str, ...]:
        return tuple(f" {plain_words(form)} " for one in self.languages.values() for form in one.end)


def load_authority_names(path: Path) -> AuthorityNames:
    """Raises BadFactFile naming file and field."""
    return build(AuthorityNames, read(path), str(path))


def plain_words(name: str) -> str:
    """A name as it is compared: its words, without case, accents, punctuation and the dots of abbreviations."""
    # Folded before accents go: the iota that is written below a letter folds to one of its own.
    folded = unicodedata.normalize("NFKD", name.casefold()).casefold()
    plain = ACCENTS.sub("", folded).replace(".", "")
    return " ".join(re.findall(r"\w+", plain))
