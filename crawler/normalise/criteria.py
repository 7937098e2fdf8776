"""Conditions that a record states in fields of its own -> criteria, each with its quote. Silence stays silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.normalise.applicant_words import criterion_values, understand_applicant_words
from crawler.normalise.applicants import understand_applicants
from crawler.normalise.issues import Issues
from crawler.normalise.leaders import consortium_led_by, countries_that_lead_not, who_leads
from crawler.normalise.places import understand_countries
from crawler.normalise.quotes import Words, lay_out
from crawler.normalise.text import clean_line, html_to_text
from crawler.source import RawCall, RawNational
from matcher.model import ApplicantKind, Basis, Criterion, CriterionKind, Quote, Role

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
COUNT = rf"(\d{{1,3}}|{'|'.join(NUMBERS)})"
WHOLE = re.compile(rf"\s*{COUNT}\s*", re.IGNORECASE)
LEADING = re.compile(rf"\s*{COUNT}\s*(?:[;(]|\b[^\d]+$)", re.IGNORECASE)
GROUP = re.compile(rf"\s*at least {COUNT}\s+(?!%)[^\d,;]+?(?=\s+from\b|\s*[,;]|$)", re.IGNORECASE)
FROM_STATES = re.compile(
    rf"\bfrom\s+(?:at least\s+)?{COUNT}\s+(?:(?:different|EU|widening|eligible|member)\s+)*(?:states|countries)",
    re.IGNORECASE,
)
SECOND_GROUP = re.compile(rf"\b(?:and|plus)\s+(?:at least\s+)?{COUNT}\b", re.IGNORECASE)
UNFUNDED = re.compile(
    r"\b(?:may|can) (?:join|take part|participate)\b[^;]*"
    r"\b(?:at their own cost|without funding|as associated partners?)\b",
    re.IGNORECASE,
)
"""A clause by which bodies join that get no money."""


class Conditions(NamedTuple):
    """The stored texts on who may apply and on what terms, and the criteria that stand in them."""

    applicants: str
    terms: str
    criteria: tuple[Criterion, ...]


def understand_criteria(raw: RawCall, issues: Issues, language: str = "en") -> Conditions:
    """Read the conditions that a record states in fields of its own; `language` is that of a national call's words."""
    who = lay_out("applicants", {"applicants": html_to_text(raw.applicants, issues, "applicants")})
    terms = lay_out(
        "terms",
        {
            "lead_rule": clean_line(raw.lead_rule),
            "min_applicants": clean_line(raw.min_applicants),
            "min_countries": clean_line(raw.min_countries),
            "roles": clean_line(raw.roles),
            "countries": ", ".join(filter(None, map(clean_line, raw.countries))),
        },
    )
    found = (
        *(_national_applicants(who, raw.national, language, issues) if raw.national else _applicant_kinds(who)),
        *_leaders(terms),
        *_roles(terms),
        *_least(terms, issues),
        *_countries(terms, raw, issues),
    )
    return Conditions(who.text, terms.text, found)


def _applicant_kinds(words: Words) -> list[Criterion]:
    text = words.field("applicants")
    leaders = consortium_led_by(text)
    values = leaders or understand_applicants(text)
    if not values:
        return []
    role = Role.COORDINATOR if leaders else None
    return [_criterion(CriterionKind.APPLICANT_KIND, values, words.quote("applicants", 0, len(text)), role)]


def _national_applicants(words: Words, national: RawNational, language: str, issues: Issues) -> list[Criterion]:
    """The kinds in the country's own words; what is not understood stands beside them, for it may hide anybody."""
    told = understand_applicant_words(national.applicants, language, issues)
    values = tuple(ApplicantKind) if told.anyone else criterion_values(told)
    text = words.field("applicants")
    return [_criterion(CriterionKind.APPLICANT_KIND, values, words.quote("applicants", 0, len(text)))] if values else []


def _leaders(words: Words) -> list[Criterion]:
    """Who may coordinate and who may not, each where a clause says that and nothing else."""
    found = (
        (kind, values, span)
        for clause, span in _clauses(words.field("lead_rule"))
        for kind, values in (
            (CriterionKind.APPLICANT_KIND, who_leads(clause)),
            (CriterionKind.EXCLUDED_COUNTRY, countries_that_lead_not(clause)),
        )
        if values
    )
    return [_criterion(kind, values, words.quote("lead_rule", *span), Role.COORDINATOR) for kind, values, span in found]


def _roles(words: Words) -> list[Criterion]:
    """The role without money, where a clause offers it; the funded roles are as usual then."""
    return [
        _criterion(CriterionKind.ROLE, (Role.ASSOCIATED_PARTNER,), words.quote("roles", *span))
        for clause, span in _clauses(words.field("roles"))
        if UNFUNDED.search(clause)
    ]


def _clauses(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """What stands between two semicolons, and where."""
    for found in re.finditer(r"[^;]+", text):
        clause = found[0].strip()
        start = found.start() + found[0].find(clause)
        yield clause, (start, start + len(clause))


def _least(words: Words, issues: Issues) -> list[Criterion]:
    """Least numbers of applicants and of countries. A bare number is a value, not words that could be quoted."""
    text = words.field("min_applicants")
    found = [
        _criterion(kind, (str(number),), None if text.isdigit() else words.quote("min_applicants", *span))
        for kind, stated in (
            (CriterionKind.MIN_APPLICANTS, _applicants(text)),
            (CriterionKind.MIN_COUNTRIES, _number(FROM_STATES.search(text))),
        )
        if stated
        for number, span in (stated,)
    ]
    if text and not found:
        issues.add("min_applicants", "states no one number of applicants or countries", text, FORMS)
    least = words.field("min_countries")
    number = _number(WHOLE.fullmatch(least))
    if number and not any(criterion.kind is CriterionKind.MIN_COUNTRIES for criterion in found):
        found.append(_criterion(CriterionKind.MIN_COUNTRIES, (str(number[0]),), None))
    elif least and not number:
        issues.add("min_countries", "not a number", least, ["3"])
    return found


FORMS = ("3", "at least 3 organisations", "at least 3 organisations from at least 3 different countries")


def _applicants(text: str) -> tuple[int, tuple[int, int]] | None:
    """The least number of applicants; None where the text counts several groups, or something else than applicants."""
    if SECOND_GROUP.search(text.split(" from ")[0]):
        return None
    return _number(WHOLE.fullmatch(text) or LEADING.match(text) or GROUP.match(text))


def _number(found: re.Match[str] | None) -> tuple[int, tuple[int, int]] | None:
    if found is None:
        return None
    number = NUMBERS.get(found[1].lower()) or int(found[1]) if found[1].lower() in NUMBERS or found[1].isdigit() else 0
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return (number, (start, found.start() + len(found[0].rstrip(" ;(")))) if number else None


def _countries(words: Words, raw: RawCall, issues: Issues) -> list[Criterion]:
    """The countries a call is limited to.

    A list that names a group whose members change gives no criterion: the programme's table answers. Where the group
    leaves some participants out, its name stands among the countries, so that the rule finds it open who is in it.
    """
    text = words.field("countries")
    places = understand_countries(raw.countries)
    for name in places.unknown:
        issues.add(
            "countries", "not a country or group of countries that is known", name, ["ISO code", "English name", "EU"]
        )
    named = (*sorted(places.codes), *places.narrower)
    if not named or not (places.complete or places.narrower):
        return []
    return [_criterion(CriterionKind.COUNTRY, named, words.quote("countries", 0, len(text)))]


def _criterion(
    kind: CriterionKind, values: tuple[str, ...], quote: Quote | None, role: Role | None = None
) -> Criterion:
    return Criterion(kind=kind, values=values, basis=Basis.CALL_RECORD, quote=quote, role=role)
