"""What the names of an area mean in a country: regions, towns, "the whole country", by data/reference/area_words.yml.

Knows words and tables; how a text is put together from them is another module's business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crawler.normalise.area_words import Country, Language, load_words
from crawler.normalise.phrases import fold
from matcher.geography import Category, Nuts, load_lau, load_nuts

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
WORD = re.compile(r"[^\W_]+")
BRACKET = re.compile(r"\([^()]*\)")
ARTICLE = re.compile(r"(.+), (\w{1,3}|\w')")
"""A name as registers sort it: "Coruña, A"."""
Endings = Mapping[str, tuple[str, ...]]
"""How a name ends -> how it ends in other cases."""
LEAST = 3
"""Letters of the shortest town's name that is looked for."""


class Role(StrEnum):
    PLACE = "place"
    BETWEEN = "between"
    SMALLER = "smaller"
    WITHOUT = "without"


class Sense(NamedTuple):
    """What a phrase means: its level 3 regions, all of them or, where it is `small`, something within them."""

    role: Role
    regions: frozenset[str] = frozenset()
    small: bool = False


class Territory:
    """The regions of one country."""

    def __init__(self, regions: Mapping[str, Nuts], country: str) -> None:
        self.regions = sorted((r for r in regions.values() if r.country == country), key=lambda r: (r.level, r.code))
        self.all = frozenset(region.code for region in self.regions if region.level == 3)
        self._leaves = {region.code: self.within((region.code,)) for region in self.regions}

    def within(self, codes: Iterable[str]) -> frozenset[str]:
        """The level 3 regions in the regions of these codes."""
        prefixes = tuple(codes)
        return frozenset(code for code in self.all if code.startswith(prefixes))

    def widest(self, leaves: frozenset[str]) -> tuple[str, ...]:
        """The fewest codes that together are exactly these level 3 regions, sorted."""
        chosen: list[str] = []
        for region in self.regions:
            if self._leaves[region.code] <= leaves and not region.code.startswith(tuple(chosen)):
                chosen.append(region.code)
        return tuple(sorted(chosen))

    def of_category(self, category: Category) -> tuple[frozenset[str], bool]:
        """The regions of a category, with those whose category no source was seen for; whether there are such."""
        second = [region for region in self.regions if region.level == 2]
        codes = [region.code for region in second if region.category in (category, None)]
        return self.within(codes), any(region.category is None for region in second)


class Vocabulary(NamedTuple):
    """What phrases mean in one country, by their folded words joined with blanks."""

    territory: Territory
    senses: Mapping[str, Sense]
    longest: int

    def at(self, words: Sequence[str], place: int) -> tuple[int, Sense] | None:
        """The longest phrase that begins at this place: where it ends and what it means."""
        for end in range(min(len(words), place + self.longest), place, -1):
            if sense := self.senses.get(" ".join(words[place:end])):
                return end, sense
        return None


def words_of(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


@cache
def vocabulary(country: str, language: str) -> Vocabulary:
    """The names of a country's areas in a language, its own languages and English. Raises BadFactFile."""
    file = load_words(REFERENCE)
    known = file.countries.get(country)
    codes = dict.fromkeys((*(known.languages if known else ()), language, "en"))
    languages = [file.languages[code] for code in codes if code in file.languages]
    territory = Territory(load_nuts(REFERENCE), country)
    endings = {fold(old): tuple(map(fold, new)) for each in languages for old, new in each.endings.items()}
    senses: dict[str, Sense] = {}
    for phrase, sense in (
        *_named(known, territory, endings),
        *_of_the_country(country, codes, territory),
        *_general(languages, territory),
        *_regions(territory, languages, endings),
        *_towns(country, territory, endings),
    ):
        senses.setdefault(phrase, sense)
    senses.pop("", None)
    return Vocabulary(territory, senses, max((phrase.count(" ") + 1 for phrase in senses), default=1))


def _named(known: Country | None, territory: Territory, endings: Endings) -> Iterator[tuple[str, Sense]]:
    if known is None:
        return
    for name in known.names:
        for phrase in name.words:
            for form in _forms(words_of(phrase), endings):
                yield form, Sense(Role.PLACE, territory.within(name.codes))
    for words in known.whole:
        yield _key(words), Sense(Role.PLACE, territory.all)


def _of_the_country(country: str, languages: Iterable[str], territory: Territory) -> Iterator[tuple[str, Sense]]:
    """The country by its name: Magyarország, Hungary."""
    from babel import Locale  # slow to import, and records of the portal never come here
    from babel.localedata import locale_identifiers

    for code in languages:
        if code in locale_identifiers() and (name := Locale(code).territories.get(country)):
            yield _key(name), Sense(Role.PLACE, territory.all)


def _general(languages: Iterable[Language], territory: Territory) -> Iterator[tuple[str, Sense]]:
    for language in languages:
        for words in language.whole:
            yield _key(words), Sense(Role.PLACE, territory.all)
        for category, phrases in language.categories.items():
            regions, doubtful = territory.of_category(category)
            for words in phrases:
                yield _key(words), Sense(Role.PLACE, regions, doubtful)
        for role, plain in (
            (Role.WITHOUT, language.without),
            (Role.SMALLER, language.smaller),
            (Role.BETWEEN, language.between),
        ):
            for words in plain:
                yield _key(words), Sense(role)


def _regions(territory: Territory, languages: Sequence[Language], endings: Endings) -> Iterator[tuple[str, Sense]]:
    """Each region by its code and by its names in all their forms; regions of one name are meant all of them."""
    silent = {_key(word) for language in languages for word in language.between}
    meant: dict[str, frozenset[str]] = {}
    for region in territory.regions:
        regions = territory.within((region.code,))
        for form in {*_names(region, silent, endings), *((fold(region.code),) if region.level else ())}:
            meant[form] = meant.get(form, frozenset()) | regions
    for form, regions in meant.items():
        yield form, Sense(Role.PLACE, regions)


def _names(region: Nuts, silent: Collection[str], endings: Endings) -> Iterator[str]:
    for words in filter(None, map(words_of, (*_spellings(region.name), region.latin))):
        yield from _forms(words, endings)
        yield from _forms(tuple(word for word in words if word not in silent), endings)


def _towns(country: str, territory: Territory, endings: Endings) -> Iterator[tuple[str, Sense]]:
    """Municipalities and places by name; several of one name stand for the regions of all of them."""
    regions: dict[str, set[str]] = {}
    for unit in load_lau(REFERENCE, country):
        for spelling in _spellings(unit.name):
            for form in _forms(words_of(spelling), endings):
                if len(form) >= LEAST:
                    regions.setdefault(form, set()).add(unit.nuts)
    for key, codes in regions.items():
        yield key, Sense(Role.PLACE, territory.within(codes), small=True)


def _spellings(name: str) -> Iterator[str]:
    """A name without what stands in brackets, and each of its languages: Araba/Álava."""
    plain = BRACKET.sub(" ", name).strip()
    for spelling in dict.fromkeys((plain, *plain.split("/"))):
        sorted_by = ARTICLE.fullmatch(spelling)
        yield f"{sorted_by[2]} {sorted_by[1]}" if sorted_by else spelling


def _forms(words: tuple[str, ...], endings: Endings) -> Iterator[str]:
    """A name in its own form and in each further one that the endings of its words have."""
    yield " ".join(words)
    further = [
        next((_changed(word, old, new) for old, new in endings.items() if word.endswith(old)), ()) for word in words
    ]
    for number in range(max(map(len, further), default=0)):
        pairs = zip(words, further, strict=True)
        yield " ".join(forms[min(number, len(forms) - 1)] if forms else word for word, forms in pairs)


def _changed(word: str, old: str, new: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.removesuffix(old) + ending for ending in new)


def _key(text: str) -> str:
    return " ".join(words_of(text))
