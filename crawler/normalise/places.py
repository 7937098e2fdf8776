"""Countries as sources name them, alone or as a group -> ISO codes. Who is associated to a programme is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycountry
import yaml

from crawler.normalise.issues import Issues
from crawler.normalise.languages import EU_LANGUAGES
from crawler.normalise.text import clean_line
from matcher.countries import country_code, known_codes
from matcher.model import CountryGroup

FACTS = Path(__file__).with_name("countries.yml")
OPEN_ENDED = re.compile(
    r"associated|participating states|eligible countries|member states (?:and|or|of)|candidate|third countries|eea|"
    r"euratom|eurofusion|widening|overseas|worldwide|all countries|any country|international organisations",
    re.IGNORECASE,
)
"""Groups whose members depend on programme and day: the participation table answers for them, not the record."""


NARROWER = re.compile(r"widening|eurofusion|\beea members?\b", re.IGNORECASE)
"""Of those the groups that leave out some of a programme's participants: the table cannot answer for them either."""
EEA = re.compile(r"(?:the )?eea (?:members?|member states)(?P<associated> associated to [\w ]+)?", re.IGNORECASE)


class Places(NamedTuple):
    """`codes`: the countries named. `complete`: nothing else was named. `unknown`: names that mean no country here.

    `narrower`: groups whose members are not known here, and are not all who take part in the programme: a word of
    CountryGroup, or the group's name.
    """

    codes: frozenset[str]
    complete: bool
    unknown: tuple[str, ...]
    narrower: tuple[str, ...]


def understand_countries(names: Iterable[str]) -> Places:
    """The countries that a list of names stands for."""
    codes: set[str] = set()
    unknown, narrower, complete = [], [], True
    for name in filter(None, (part.strip() for entry in names for part in _parts(entry))):
        found = country_group(name)
        codes |= found or set()
        complete &= found is not None
        if found is None and NARROWER.search(name):
            narrower.append(_of_the_eea(name) or name)
        elif found is None and not OPEN_ENDED.search(name):
            unknown.append(name)
    return Places(frozenset(codes), complete, tuple(unknown), tuple(narrower))


def _of_the_eea(name: str) -> CountryGroup | None:
    """The group of those members of the EEA that a name means; None where the name says more."""
    found = EEA.fullmatch(name)
    return found and (CountryGroup.ASSOCIATED_EEA if found["associated"] else CountryGroup.EEA)


def understand_country(text: str, issues: Issues) -> str | None:
    """The country that a field names; None, with an issue, for a name that is unknown. Empty is silence."""
    name = clean_line(text)
    code = country_named(name) if name else None
    if name and code is None:
        issues.add("country", "unknown country", text, ["FR", "EL", "Frankreich", "France"])
    return code


@cache
def country_group(name: str) -> frozenset[str] | None:
    """The countries meant by a name, a code or the name of a closed group; None for anything else."""
    words = " ".join(name.lower().split()).removeprefix("the ").rstrip(".")
    code = _by_code(name.strip()) or _by_name(words)
    return _named().get(words) or (frozenset((code,)) if code else None)


def country_named(text: str) -> str | None:
    """The one country meant by a code or by its name in any language of the EU; None for anything else."""
    found = country_group(text.upper() if len(text) == 2 else text)
    if found:
        return next(iter(found)) if len(found) == 1 else None
    return _in_any_language().get(" ".join(text.casefold().split()))


@cache
def _in_any_language() -> dict[str, str]:
    """The names of CLDR in the languages of the EU, folded -> code; no name means two countries (a test holds it)."""
    from babel import Locale  # slow to import, and only a name that is not English needs it

    territories = (Locale.parse(language).territories for language in EU_LANGUAGES)
    return {name.casefold(): code for names in territories for code, name in names.items() if code in known_codes()}


@cache
def _named() -> dict[str, frozenset[str]]:
    """Names that the library of countries does not know -> the countries meant."""
    facts = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    groups = {name: frozenset(group["countries"]) for group in facts["groups"] for name in group["names"]}
    return groups | {name: frozenset((code,)) for name, code in facts["names"].items()}


def _parts(entry: str) -> list[str]:
    """A list in one string, unless it is a phrase that only sounds like one."""
    if NARROWER.search(entry):
        return re.split(r"\s*[,;/]\s*|\s+(?:and|or)\s+|\s*&\s*", entry)
    if country_group(entry) or OPEN_ENDED.search(entry):
        return [entry]
    return re.split(r"\s*[,;/]\s*|\s+and\s+|\s*&\s*", entry)


def _by_code(text: str) -> str | None:
    if not re.fullmatch(r"[A-Z]{2}", text):
        return None
    try:
        return country_code(text)
    except ValueError:
        return None


def _by_name(words: str) -> str | None:
    found = pycountry.countries.get(name=words) or pycountry.countries.get(common_name=words)
    return str(found.alpha_2) if found else None
