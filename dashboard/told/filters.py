"""The filters of a list in words: what each is called, what can be chosen, and what a reader asks for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from dashboard.filters import Filters, Part, Sort
from matcher.languages import Speaker, terms
from matcher.model import CallStatus, Fund, Goal, RouteKind
from matcher.printable import one_line

LONGEST = 40
"""Characters of the words searched for that are shown again."""
WINDOWS = (14, 30, 60, 90, 180)
"""Days to the deadline that are offered."""
AGES = (7, 14, 30, 90)
"""Days since a call was first seen that are offered."""
LABELLED = ("within", "seen")
"""Days, which do not say what happens in them."""


@dataclass(frozen=True)
class Offer:
    """A filter as a reader sets it by choosing."""

    name: str
    """In the address."""
    label: str
    words: Mapping[str, str]
    """A value in the address -> its words, in order; an empty value stands for any."""


def label(say: Speaker, name: str) -> str:
    """What a filter is called, by its name in the address."""
    return {
        "text": say.gettext("Search in plain words"),
        "fund": say.gettext("Fund"),
        "route": say.gettext("Way in"),
        "status": say.gettext("State"),
        "within": say.gettext("Deadline"),
        "seen": say.gettext("First seen"),
        "role": say.gettext("What you want to do"),
        "least": say.gettext("One grant can reach, in euro"),
        "most": say.gettext("One grant starts at no more than, in euro"),
        "country": say.gettext("National calls"),
        "goal": say.gettext("Goal of the MILE brief"),
        "language": say.gettext("Language of the call’s text"),
        "sort": say.gettext("Order"),
    }[name]


def offers(
    say: Speaker, filters: Filters, goals: Mapping[Goal, str], languages: Iterable[str], countries: Iterable[str]
) -> dict[str, Offer]:
    """By name. `languages`: of the calls' texts; `countries`: of the national calls among them. What is asked for is
    always offered."""
    values: dict[str, Iterable[object]] = {
        "fund": Fund,
        "status": CallStatus,
        "route": RouteKind,
        "goal": Goal,
        "language": sorted({*languages, *filters.language} - {""}),
        "role": ("", *Part),
        "country": ("", *sorted({*countries, filters.country} - {""})),
        "within": ("", *_with(WINDOWS, filters.within)),
        "seen": ("", *_with(AGES, filters.seen)),
        "sort": Sort,
    }
    return {
        name: Offer(name, label(say, name), {str(one): words(say, name, one, goals) for one in offered})
        for name, offered in values.items()
    }


def _with(offered: Iterable[int], asked: int | None) -> list[int]:
    return sorted({*offered, *([] if asked is None else [asked])})


def each(say: Speaker, filters: Filters, goals: Mapping[Goal, str]) -> Iterator[tuple[str, str, str]]:
    """Name, value and words of each filter in use; several values of one filter one by one. `value` is empty where
    the filter has only one."""
    for name, values in _in_use(filters):
        is_one_of_several = isinstance(getattr(filters, name), tuple)
        for value in values if name != "sort" else ():
            yield name, str(value) if is_one_of_several else "", _alone(say, name, value, goals)


def asked_for(say: Speaker, filters: Filters, goals: Mapping[Goal, str]) -> list[str]:
    """A sentence for each filter in use, and for the order where it is not as always: for whoever sees no controls."""
    return [
        _labelled(say, name, say.either([_below_label(say, name, value, goals) for value in values]))
        for name, values in _in_use(filters)
    ]


def _in_use(filters: Filters) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Name and values of what is not as always."""
    for one in fields(Filters):
        value = getattr(filters, one.name)
        if value != one.default:
            yield one.name, value if isinstance(value, tuple) else (value,)


def words(say: Speaker, name: str, value: object, goals: Mapping[Goal, str]) -> str:
    """One value of a filter, told without its label."""
    said: dict[str, Callable[[str], str]] = {
        "text": lambda text: say.gettext("“%(words)s”", words=_short(text)),
        "fund": str,
        "route": lambda text: say.term(terms.ROUTES[RouteKind(text)]),
        "status": lambda text: say.term(terms.STATUSES[CallStatus(text)]),
        "within": lambda text: _ahead(say, text),
        "seen": lambda text: _ago(say, text),
        "role": lambda text: say.term(terms.PARTS[Part(text)]) if text else say.gettext("Any role"),
        "least": lambda text: say.gettext("grant can reach EUR %(amount)s", amount=say.number(int(text))),
        "most": lambda text: say.gettext("grant from EUR %(amount)s at most", amount=say.number(int(text))),
        "country": lambda text: _country(say, text),
        "goal": lambda text: say.say(goals[Goal(text)]),
        "language": say.language_name,
        "sort": lambda text: say.term(terms.SORTS[Sort(text)]),
    }
    return said[name](str(value))


def _alone(say: Speaker, name: str, value: object, goals: Mapping[Goal, str]) -> str:
    """The same where no label stands beside it."""
    told = words(say, name, value, goals)
    return _labelled(say, name, told) if name in LABELLED else told


def _below_label(say: Speaker, name: str, value: object, goals: Mapping[Goal, str]) -> str:
    """The same beside its label, which need not be told twice."""
    match name:
        case "text":
            return one_line(str(value))
        case "country":
            return say.country_name(str(value))
        case "least" | "most":
            return say.number(int(str(value)))
    return words(say, name, value, goals)


def _labelled(say: Speaker, name: str, told: str) -> str:
    return say.gettext("%(label)s: %(value)s", label=label(say, name), value=told)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _ahead(say: Speaker, days: str) -> str:
    """How far the deadline may lie ahead."""
    if not days:
        return say.gettext("any day")
    return say.ngettext("within %(num)s day", "within %(num)s days", int(days))


def _ago(say: Speaker, days: str) -> str:
    """How long ago a call may have been seen first."""
    if not days:
        return say.gettext("any day")
    return say.ngettext("in the last %(num)s day", "in the last %(num)s days", int(days))


def _country(say: Speaker, code: str) -> str:
    if not code:
        return say.gettext("Of all countries that are listed")
    return say.gettext("National calls of %(country)s alone", country=say.country_name(code))
