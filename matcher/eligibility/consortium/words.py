"""Conditions of a consortium in words: who counts, from where, what is missing. Decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from matcher.eligibility import words
from matcher.eligibility.consortium.draft import Draft, Places
from matcher.model import Answer, Member, Said, said, said_n, to_say
from matcher.model.said import a_number, series


def who_counts(draft: Draft) -> Said:
    """ "Riga counts; whether Athens counts is open, because …"."""
    return series(list(_who_counts(draft))) or said("nobody in the draft counts")


def _who_counts(draft: Draft) -> Iterator[Said]:
    by_answer = {answer: [one for one, told in draft.standing if told is answer] for answer in Answer}
    if found := by_answer[Answer.MET]:
        yield said_n("%(names)s counts", "%(names)s count", len(found), names=named(found))
    if found := by_answer[Answer.UNKNOWN]:
        yield said_n(
            "whether %(names)s counts is open, because it is not known whether the country takes part",
            "whether %(names)s count is open, because it is not known whether the country takes part",
            len(found),
            names=named(found),
        )
    if found := by_answer[Answer.NOT_MET]:
        yield said_n(
            "%(names)s does not count, because the country takes no part",
            "%(names)s do not count, because the country takes no part",
            len(found),
            names=named(found),
        )


def which_countries(places: Places) -> Said:
    """ "Greece and Latvia are there; whether Serbia counts is open"."""
    return series(list(_which_countries(places)))


def _which_countries(places: Places) -> Iterator[Said]:
    if sure := places.sure:
        yield said_n("%(countries)s is there", "%(countries)s are there", len(sure), countries=lands(sure))
    else:
        yield said("none is there for sure")
    if doubtful := places.doubtful:
        yield said_n(
            "whether %(countries)s counts is open",
            "whether %(countries)s count is open",
            len(doubtful),
            countries=lands(doubtful),
        )
    if out := places.out:
        yield said_n("%(countries)s takes no part", "%(countries)s take no part", len(out), countries=lands(out))
    if places.nowhere:
        yield said("the country of %(names)s is not known", names=named(places.nowhere))


def to_find_out(places: Places) -> Said:
    """What to find out where it hangs on countries."""
    told = list(_to_find_out(places)) or [said("whether the countries of all members take part")]
    return said("Find out %(questions)s.", questions=words.listing(told))


def _to_find_out(places: Places) -> Iterator[Said]:
    if nowhere := places.nowhere:
        yield said_n(
            "in which country %(names)s is established",
            "in which country %(names)s are established",
            len(nowhere),
            names=named(nowhere),
        )
    if doubtful := places.doubtful:
        yield said_n(
            "whether %(countries)s takes part",
            "whether %(countries)s take part",
            len(doubtful),
            countries=lands(doubtful),
        )


def from_another_country(missing: int, here: Collection[str]) -> Said:
    """ "A partner from a third country, not Greece or Latvia."."""
    if missing != 1:
        return _partners_from_countries(missing, here)
    if not here:
        return said("A partner from a first country.")
    return said(_COUNTRY.get(len(here) + 1, FURTHER_COUNTRY), here=lands(here, "or"))


def from_another_member_state(missing: int, here: Collection[str]) -> Said:
    """ "A partner from a second Member State, not Greece."."""
    if missing != 1:
        return _partners_from_member_states(missing, here)
    if not here:
        return said("A partner from a first Member State.")
    return said(_MEMBER_STATE.get(len(here) + 1, FURTHER_MEMBER_STATE), here=lands(here, "or"))


def _partners_from_countries(missing: int, here: Collection[str]) -> Said:
    begun, number = words.sentence(spelt(missing)), spelt(missing)
    if here:
        others = lands(here, "or")
        return said(
            "%(many)s partners from %(number)s further countries, not %(here)s.", many=begun, number=number, here=others
        )
    return said("%(many)s partners from %(number)s further countries.", many=begun, number=number)


def _partners_from_member_states(missing: int, here: Collection[str]) -> Said:
    begun, number = words.sentence(spelt(missing)), spelt(missing)
    if here:
        others = lands(here, "or")
        return said(
            "%(many)s partners from %(number)s further Member States, not %(here)s.",
            many=begun,
            number=number,
            here=others,
        )
    return said("%(many)s partners from %(number)s further Member States.", many=begun, number=number)


# Whole sentences: the ordinal agrees with its noun in most languages.
_COUNTRY = {
    2: to_say("A partner from a second country, not %(here)s."),
    3: to_say("A partner from a third country, not %(here)s."),
    4: to_say("A partner from a fourth country, not %(here)s."),
    5: to_say("A partner from a fifth country, not %(here)s."),
}
_MEMBER_STATE = {
    2: to_say("A partner from a second Member State, not %(here)s."),
    3: to_say("A partner from a third Member State, not %(here)s."),
    4: to_say("A partner from a fourth Member State, not %(here)s."),
    5: to_say("A partner from a fifth Member State, not %(here)s."),
}
FURTHER_COUNTRY = to_say("A partner from a further country, not %(here)s.")
FURTHER_MEMBER_STATE = to_say("A partner from a further Member State, not %(here)s.")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spelt(value: int) -> Said:
    """ "three"; from eleven on in figures, as in all other languages."""
    return a_number(value, _NUMBERS[value] if value < len(_NUMBERS) else str(value))


def lands(codes: Collection[str], last: str = "and") -> Said:
    return words.listing(sorted(map(words.country, codes)), last)


def named(members: Collection[Member]) -> Said:
    return words.listing((one.name for one in members), "and")
