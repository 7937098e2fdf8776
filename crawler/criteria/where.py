"""In which countries applicants may be established. Who takes part in a programme on which day is not its concern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pycountry

from crawler.criteria.clauses import Clause
from crawler.criteria.found import HALF, Found
from crawler.criteria.vocabulary import any_of, facts, patterns
from crawler.normalise.places import country_group
from matcher.model import CountryGroup, Role
from matcher.model import CriterionKind as Kind

_P = patterns("where")
TRIGGER: tuple[str, ...] = tuple(facts("where")["trigger"])
_RESOLVED = re.compile(r"[Aa]ssociated[^.;:(]{0,80}[:(] ?[A-Z]")
NEXT = " ; "
"""Between the items of a list."""
ALL_ASSOCIATED = 9
"""Countries that are listed as associated and are not a choice of some: fewer than nine are associated to no programme
of which documents list them all."""
_MEMBERS = {CountryGroup.EU: country_group("eu") or (), CountryGroup.EEA: ("IS", "LI", "NO")}
_CLOSED: dict[str, tuple[str, ...]] = {rf"\b{name}\b": tuple(codes) for name, codes in facts("where")["closed"].items()}
_GROUPS = {CountryGroup(name): any_of(words, r"(?<!\w)", "") for name, words in facts("where")["groups"].items()}


def read(clause: Clause) -> Iterator[Found]:
    """Countries that applicants must, or must not, be established in."""
    said = clause.said
    if not clause.items and _P["beside"].match(clause.own):
        yield from _let_in_beside(clause.own)
        return
    if "egotiat" in said and _P["negotiating"].search(said):
        if _P["negotiating_may"].search(said):
            yield Found(Kind.COUNTRY, (CountryGroup.NEGOTIATING,))
        return
    if "Denmark" in said and _P["denmark"].search(said):
        yield Found(Kind.EXCLUDED_COUNTRY, ("DK",))
    found = tuple(_barred(said) or _established(clause))
    if found and not _P["not_all"].search(_P["next_duty"].sub("", clause.own if clause.items else said)):
        yield from found


def _let_in_beside(own: str) -> Iterator[Found]:
    """Of an item on countries outside the EU: those associated and those that negotiate. Others stand by their names in
    the list that the item belongs to."""
    associated = (CountryGroup.ASSOCIATED,) if CountryGroup.ASSOCIATED in _groups(own) else ()
    negotiating = (CountryGroup.NEGOTIATING,) if _P["negotiating"].search(own) else ()
    if values := (*associated, *negotiating):
        yield Found(Kind.COUNTRY, values)


def _barred(said: str) -> list[Found]:
    barred = _P["barred"].search(said) if " not " in said.lower() else None
    return [Found(Kind.EXCLUDED_COUNTRY, _countries(barred["where"]))] if barred and _countries(barred["where"]) else []


def _established(clause: Clause) -> list[Found]:
    words = _P["overseas"].sub("", _P["next_duty"].sub("", _where(clause)))
    if not words or not _P["about"].search(clause.said) or not _P["binding"].search(clause.said):
        return []
    excluded = _excluded(words)
    stays = _P["excluding"].sub("", words)
    named = _named(stays)
    if not named:
        return []
    shut = [Found(Kind.EXCLUDED_COUNTRY, excluded)] if excluded else []
    role = Role.COORDINATOR if _P["of_coordinator"].search(clause.said) else None
    return [Found(Kind.COUNTRY, tuple(dict.fromkeys(named)), role, sure=_sure(clause.said, stays)), *shut]


def _named(words: str) -> tuple[str, ...]:
    """Groups and countries of the words, or of every item of a list."""
    lead, *items = words.split(NEXT)
    name, colon, first = lead.partition(":")
    resolved = _P["following"].search(name) and (colon or items)
    items = [first if resolved else lead, *items]
    return tuple(dict.fromkeys(value for item in items for value in _of_item(item)))


def _of_item(words: str) -> tuple[str, ...]:
    """Groups and countries. Associated countries that are chosen stand by their names; where all of them are listed,
    and where Member States are, the group stands for them."""
    if _P["territories"].match(words) or _P["persons"].search(words):
        return ()
    groups, countries = _groups(words), _countries(words)
    if countries and CountryGroup.ASSOCIATED in groups and _RESOLVED.search(words):
        if len(countries) < ALL_ASSOCIATED:
            groups = tuple(group for group in groups if group != CountryGroup.ASSOCIATED)
        else:
            countries = ()
    listed = frozenset(code for group, codes in _MEMBERS.items() if group in groups for code in codes)
    countries = tuple(code for code in countries if code not in listed)
    closed = (code for name, codes in _CLOSED.items() if re.search(name, words) for code in codes)
    return (*groups, *dict.fromkeys((*countries, *closed)))


def _where(clause: Clause) -> str:
    """The words that name the places, a list with what follows it; empty where no place is asked for."""
    words = f"{clause.own} {NEXT.join(clause.items)}" if clause.own.endswith(":") and clause.items else clause.own
    for name in ("established", "limited", "eligible_from", "eligible_list"):
        if found := _P[name].search(words):
            return found["where"]
    return ""


def _sure(said: str, where: str) -> float:
    """Half, where a group is named that has no code here: widening countries, third countries of a work programme; or
    where it holds only for those that have a partner somewhere."""
    return HALF if _P["narrower"].search(where) or _P["supposed"].search(said) else 1.0


def _groups(words: str) -> tuple[str, ...]:
    found = [str(group) for group, pattern in _GROUPS.items() if pattern.search(words)]
    if (
        "participating" in found
        and "eu" in found
        and re.search(r"participating member|member states participating", words, re.I)
    ):
        found.remove("eu")
    return tuple(found)


def _excluded(words: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(code for found in _P["excluding"].finditer(words) for code in _countries(found["where"]))
    )


def _countries(words: str) -> tuple[str, ...]:
    """Countries named one by one, in the order of the words."""
    also = facts("where")["also"]
    names = [found[0] for found in _names().finditer(words.replace("’", "'"))]
    codes = [frozenset({also[name]}) if also.get(name) else country_group(name) for name in names]
    return tuple(dict.fromkeys(code for group in codes if group and len(group) == 1 for code in group))


@cache
def _names() -> re.Pattern[str]:
    """The names of all countries, as pycountry and countries.yml have them, with capitals: "Turkey" is no bird."""
    plain = {name for country in pycountry.countries for name in (country.name, getattr(country, "common_name", ""))}
    plain |= set(facts("where")["also"])
    names = sorted((re.escape(name) for name in plain if name and "," not in name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})\b")
