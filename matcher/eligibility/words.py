"""Countries, kinds of applicant and roles in English words. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import pycountry
from babel import Locale

from matcher.days import day_words
from matcher.geography import Category
from matcher.languages import terms
from matcher.model import ApplicantKind, Call, CountryGroup
from matcher.model.said import Said, a_country, a_language, a_name, begun, listed, said, said_of, series, together

_ENGLISH = Locale("en")
_TERRITORIES = _ENGLISH.territories
_WITH_ARTICLE = frozenset({"AE", "BS", "CF", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"})

_A_THING = re.compile(r"(?:(?! for |\().)*\b(?:Corps|Facility|Fund|Initiative|Instrument|Mechanism|Programme)\b")
"""Names that take an article: what the programme is stands in its name, before any "for …" and "(…)"."""

LISTED = 8
"""Countries that a sentence names one by one."""

_GROUPS: dict[str, Said] = {
    CountryGroup.EU: said("Member States of the EU"),
    CountryGroup.EEA: said("Iceland, Liechtenstein and Norway"),
    CountryGroup.ASSOCIATED_EEA: said("EEA countries associated to the programme"),
    CountryGroup.PARTICIPATING: said("countries that take part in the programme"),
    CountryGroup.ASSOCIATED: said("countries associated to the programme"),
    CountryGroup.NEGOTIATING: said("countries that negotiate their association"),
    CountryGroup.ANY: said("any country"),
    ApplicantKind.INTERNATIONAL_ORGANISATION: said("international organisations from anywhere"),
}

_CATEGORIES = {
    Category.LESS_DEVELOPED: said_of("category of a region", "less developed"),
    Category.TRANSITION: said_of("category of a region", "transition"),
    Category.MORE_DEVELOPED: said_of("category of a region", "more developed"),
}

ROLES = {role: term.said for role, term in terms.ROLES.items()}
_KINDS = {kind: term.said for kind, term in terms.KINDS.items()}


@cache
def country(code: str) -> Said:
    """ "the United Kingdom" for GB; the code itself where it is no territory."""
    name = _TERRITORIES.get(code, code)
    return a_country(f"the {name}" if code in _WITH_ARTICLE else name, code)


@cache
def programme(name: str) -> Said:
    """ "the Internal Security Fund", but "Horizon Europe"."""
    return a_name(f"the {name}" if _A_THING.match(name) else name, name)


@cache
def is_country(code: str) -> bool:
    """Whether a value is a country's code, and not a group of countries or words that were not understood."""
    return code == "XK" or (len(code) == 2 and pycountry.countries.get(alpha_2=code) is not None)


@cache
def kinds(values: tuple[str, ...], last: str = "and") -> Said:
    if set(ApplicantKind) <= set(values):
        return said("applicants of any kind")
    return listing((_KINDS.get(value, value) for value in values), last)


@cache
def languages(codes: tuple[str, ...], last: str = "or") -> Said:
    return listing((a_language(_ENGLISH.languages.get(code, code), code) for code in codes), last)


def categories(values: Iterable[Category]) -> Said:
    """How rich regions are: "less developed or transition", as "… regions" goes on."""
    return listing((_CATEGORIES[value] for value in values), "or")


def listing(parts: Iterable[str], last: str = "and") -> Said:
    """ "a", "a and b", "a, b and c"."""
    return listed(tuple(parts), last)


def sources(parts: Iterable[str]) -> Said:
    """Laws and pages beside each other; empty ones are left out, and what is named twice stands there once."""
    return series(list(dict.fromkeys(parts)))


def sentence(text: str) -> str:
    return begun(text)


def read_with_doubt(reason: str) -> Said:
    """A reason that rests on words of the call which may mean something else."""
    return together(said("Not certain that the call's words were understood."), reason)


def as_of(source: str, day: date) -> Said:
    """Where something was read, and when."""
    return said("%(source)s (as of %(day)s)", source=source, day=day_words(day))


def with_note(source: str, day: date, note: str) -> Said:
    """The same, and what a reader must know of it."""
    return together(as_of(source, day), note)


def page(call: Call, field: str) -> Said:
    """Where the call itself says what stands in a field, and as of when: another source's page if that one gave it."""
    given = {origin.source for origin in call.origins if origin.field == field}
    told = next((seen for seen in call.sightings if seen.source in given), call)
    return as_of(told.url, told.as_of)


@cache
def countries(values: tuple[str, ...], last: str = "or") -> Said:
    """The countries by name, or how many where a sentence cannot hold them; a group that is no country by its words."""
    codes: list[str] = []
    groups: list[str] = []
    for value in values:
        (codes if is_country(value) else groups).append(value)
    many = len(codes) > LISTED
    named = [said("one of %(num)s countries", num=len(codes))] if many else [country(code) for code in codes]
    return listing([*named, *(_GROUPS.get(group, group) for group in groups)], last)
