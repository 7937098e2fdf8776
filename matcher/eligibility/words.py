"""Countries, kinds of applicant and roles in English words. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pycountry
from babel import Locale

from matcher.days import day_words
from matcher.model import OTHER, SOME_LOCAL, SOME_PRIVATE, ApplicantKind, Call, CountryGroup, Role, some

_ENGLISH = Locale("en")
_TERRITORIES = _ENGLISH.territories
_WITH_ARTICLE = frozenset({"AE", "BS", "CF", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"})

_A_THING = re.compile(r"(?:(?! for |\().)*\b(?:Corps|Facility|Fund|Initiative|Instrument|Mechanism|Programme)\b")
"""Names that take an article: what the programme is stands in its name, before any "for …" and "(…)"."""

LISTED = 8
"""Countries that a sentence names one by one."""

_KINDS: dict[str, str] = {
    ApplicantKind.LOCAL_AUTHORITY: "local authorities",
    ApplicantKind.REGIONAL_AUTHORITY: "regional authorities",
    ApplicantKind.PUBLIC_BODY: "public bodies",
    ApplicantKind.NON_PROFIT: "non-profit organisations",
    ApplicantKind.CIVIL_SOCIETY: "civil society organisations",
    ApplicantKind.SOCIAL_ENTERPRISE: "social enterprises",
    ApplicantKind.INTERNATIONAL_ORGANISATION: "international organisations",
    ApplicantKind.FOR_PROFIT: "for-profit bodies",
    ApplicantKind.SME: "small and medium-sized enterprises",
    ApplicantKind.RESEARCH: "research organisations",
    ApplicantKind.EDUCATION: "education providers",
    ApplicantKind.SOCIAL_PARTNER: "social partners",
    ApplicantKind.NATURAL_PERSON: "natural persons",
    ApplicantKind.INFORMAL_GROUP: "informal groups",
    OTHER: "bodies of other kinds",
    SOME_LOCAL: "certain local authorities or their associations",
    SOME_PRIVATE: "private bodies",
}
_KINDS = {some(kind): f"certain {_KINDS[kind]}" for kind in ApplicantKind} | _KINDS

_GROUPS: dict[str, str] = {
    CountryGroup.EU: "Member States of the EU",
    CountryGroup.EEA: "Iceland, Liechtenstein and Norway",
    CountryGroup.ASSOCIATED_EEA: "EEA countries associated to the programme",
    CountryGroup.PARTICIPATING: "countries that take part in the programme",
    CountryGroup.ASSOCIATED: "countries associated to the programme",
    CountryGroup.NEGOTIATING: "countries that negotiate their association",
    CountryGroup.ANY: "any country",
    ApplicantKind.INTERNATIONAL_ORGANISATION: "international organisations from anywhere",
}

ROLES = {
    Role.COORDINATOR: "coordinator",
    Role.BENEFICIARY: "beneficiary",
    Role.AFFILIATED_ENTITY: "affiliated entity",
    Role.ASSOCIATED_PARTNER: "associated partner",
    Role.SUB_GRANTEE: "sub-grantee",
}


@cache
def country(code: str) -> str:
    """ "the United Kingdom" for GB; the code itself where it is no territory."""
    name = _TERRITORIES.get(code, code)
    return f"the {name}" if code in _WITH_ARTICLE else name


@cache
def programme(name: str) -> str:
    """ "the Internal Security Fund", but "Horizon Europe"."""
    return f"the {name}" if _A_THING.match(name) else name


@cache
def is_country(code: str) -> bool:
    """Whether a value is a country's code, and not a group of countries or words that were not understood."""
    return code == "XK" or (len(code) == 2 and pycountry.countries.get(alpha_2=code) is not None)


@cache
def kinds(values: tuple[str, ...], last: str = "and") -> str:
    if set(ApplicantKind) <= set(values):
        return "applicants of any kind"
    return listing((_KINDS.get(value, value) for value in values), last)


@cache
def languages(codes: tuple[str, ...], last: str = "or") -> str:
    return listing((_ENGLISH.languages.get(code, code) for code in codes), last)


def listing(parts: Iterable[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    *head, tail = list(parts) or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def read_with_doubt(reason: str) -> str:
    """A reason that rests on words of the call which may mean something else."""
    return f"Not certain that the call's words were understood. {reason}"


def page(call: Call, field: str) -> str:
    """Where the call itself says what stands in a field, and as of when: another source's page if that one gave it."""
    given = {origin.source for origin in call.origins if origin.field == field}
    told = next((seen for seen in call.sightings if seen.source in given), call)
    return f"{told.url} (as of {day_words(told.as_of)})"


@cache
def countries(values: tuple[str, ...], last: str = "or") -> str:
    """The countries by name, or how many where a sentence cannot hold them; a group that is no country by its words."""
    codes: list[str] = []
    groups: list[str] = []
    for value in values:
        (codes if is_country(value) else groups).append(value)
    named = [country(code) for code in codes] if len(codes) <= LISTED else [f"one of {len(codes)} countries"]
    return listing([*named, *(_GROUPS.get(group, group) for group in groups)], last)
