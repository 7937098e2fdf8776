"""Conditions of a consortium in English words: who counts, from where, what is missing. Decides nothing."""

from __future__ import annotations

from collections.abc import Collection

from matcher.eligibility import words
from matcher.eligibility.consortium.draft import Draft, Places
from matcher.model import Answer, Member


def who_counts(draft: Draft) -> str:
    """ "Riga counts; whether Athens counts is open, because …"."""
    parts = []
    for answer, ending in (
        (Answer.MET, "{names} {verb}"),
        (Answer.UNKNOWN, "whether {names} {verb} is open, because it is not known whether the country takes part"),
        (Answer.NOT_MET, "{names} {not_verb}, because the country takes no part"),
    ):
        if found := [one for one, told in draft.standing if told is answer]:
            one = len(found) == 1
            verbs = {"verb": "counts" if one else "count", "not_verb": "does not count" if one else "do not count"}
            parts.append(ending.format(names=named(found), **verbs))
    return "; ".join(parts) or "nobody in the draft counts"


def which_countries(places: Places) -> str:
    """ "Greece and Latvia are there; whether Serbia counts is open"."""
    sure, doubtful, out = places.sure, places.doubtful, places.out
    parts = [f"{lands(sure)} {plural(len(sure), 'is', 'are')} there"] if sure else ["none is there for sure"]
    if doubtful:
        parts.append(f"whether {lands(doubtful)} {plural(len(doubtful), 'counts', 'count')} is open")
    if out:
        parts.append(f"{lands(out)} {plural(len(out), 'takes', 'take')} no part")
    if places.nowhere:
        parts.append(f"the country of {named(places.nowhere)} is not known")
    return "; ".join(parts)


def to_find_out(places: Places) -> str:
    """What to find out where it hangs on countries."""
    nowhere, doubtful = places.nowhere, places.doubtful
    told = [f"in which country {named(nowhere)} {plural(len(nowhere), 'is', 'are')} established"] if nowhere else []
    told += [f"whether {lands(doubtful)} {plural(len(doubtful), 'takes', 'take')} part"] if doubtful else []
    return f"Find out {words.listing(told or ['whether the countries of all members take part'])}."


def from_elsewhere(missing: int, here: Collection[str], noun: str) -> str:
    """ "A partner from a third country, not Greece or Latvia."."""
    others = f", not {lands(here, 'or')}" if here else ""
    if missing == 1:
        return f"A partner from a {_ORDINALS.get(len(here) + 1, 'further')} {noun}{others}."
    nouns = {"country": "countries", "Member State": "Member States"}[noun]
    return f"{words.sentence(spelt(missing))} partners from {spelt(missing)} further {nouns}{others}."


_ORDINALS = dict(enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 1))
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spelt(value: int) -> str:
    """ "three"; from eleven on in figures."""
    return _NUMBERS[value] if value < len(_NUMBERS) else str(value)


def plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def count(number: int, one: str, many: str) -> str:
    return f"{spelt(number)} {plural(number, one, many)}"


def lands(codes: Collection[str], last: str = "and") -> str:
    return words.listing(sorted(map(words.country, codes)), last)


def named(members: Collection[Member]) -> str:
    return words.listing(one.name for one in members)
