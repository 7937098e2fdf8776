"""A draft made into a profile, or what is wrong with it, in words and field by field. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from matcher.countries import known_codes
from matcher.model import Experience, Fact, Need, Population, Profile
from matcher.model.profile import Sum
from matcher.model.said import Said, said
from matcher.organisations.draft import STATED, Draft, DraftNeed, Figure, Past
from matcher.printable import one_line, printable

LONGEST_NAME = 200
LONGEST_TEXT = 1_000
"""Characters of a description, a need or a fact: what fits on a card."""
MOST_NEEDS = 20
MOST_LINES = 50
"""Networks, labels, facts."""
LONGEST_ID = 60
MOST = 10**13
"""No figure of an organisation is larger: more than the yearly budget of any state."""
MOST_PROJECTS = 10_000

_GROUPED = re.compile(r"\d{1,3}(?:([ .,’'\u00a0\u202f])\d{3})(?:\1\d{3})*|\d+")
"""A whole number, its thousands apart or not."""


class Fault(NamedTuple):
    """What is wrong with a field, what is allowed and what to do."""

    field: str
    told: Said


def made(
    draft: Draft, id: str, on: date, regions: Collection[str], language_of: Callable[[str], str]
) -> Profile | tuple[Fault, ...]:
    """The profile, or all faults of the draft in the order of its fields.

    `regions`: NUTS codes of its country. `language_of`: in which language a need is written that names none.
    """
    if faults := tuple(_faults(draft, regions)):
        return faults
    assert draft.type
    description = _text(draft.description)
    return Profile(
        id=id,
        name=one_line(draft.name, LONGEST_NAME),
        type=draft.type,
        country=draft.country,
        nuts=draft.nuts or None,
        population=_population(draft.population, on),
        kinds=draft.kinds,
        roles=draft.roles,
        languages=draft.languages,
        description=description,
        needs=tuple(_need(one, language_of) for one in _needs(draft)),
        networks=_lines(draft.networks),
        annual_budget=_sum(draft.budget, on),
        experience=_experience(draft.past, on),
        partner_search=draft.partner_search,
        facts=draft.facts or (Fact(text=description, source=STATED, as_of=on),),
    )


def new_id(name: str, ending: str) -> str:
    """An id made of the name's Latin letters and digits, which people can read, and a random ending: links to an
    organisation that was deleted never lead to the next of its name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-") or "organisation"
    return f"{stem}-{ending}"


def whole_number(typed: str) -> int | None:
    """A number as people write it: 641000, 641 000, 641.000, 641,000. None: it is none."""
    found = _GROUPED.fullmatch(typed.strip())
    return int(re.sub(r"\D", "", found[0])) if found and len(found[0]) <= 40 else None


def _faults(draft: Draft, regions: Collection[str]) -> Iterator[Fault]:
    yield from _who(draft, regions)
    yield from _figure("population", draft.population)
    yield from _figure("budget", draft.budget)
    yield from _past(draft.past)
    yield from _wishes(draft)


def _who(draft: Draft, regions: Collection[str]) -> Iterator[Fault]:
    if not one_line(draft.name):
        yield Fault("name", said("The name is empty. Write the name of the organisation."))
    elif len(draft.name) > LONGEST_NAME:
        yield _too_long("name", draft.name, LONGEST_NAME)
    if draft.type is None:
        yield Fault("type", said("Nothing is chosen. Choose what the organisation is."))
    yield from _place(draft, regions)
    if not _text(draft.description):
        yield Fault(
            "description", said("The description is empty. Say in one or two sentences what the organisation does.")
        )
    elif len(draft.description) > LONGEST_TEXT:
        yield _too_long("description", draft.description, LONGEST_TEXT)
    if not draft.kinds:
        yield Fault("kinds", said("Nothing is chosen. Choose at least one legal form: calls say which may apply."))
    if not draft.roles:
        yield Fault("roles", said("Nothing is chosen. Choose at least one role that you could take on in a project."))


def _place(draft: Draft, regions: Collection[str]) -> Iterator[Fault]:
    if not draft.country:
        yield Fault("country", said("Nothing is chosen. Choose the country in which the organisation is registered."))
    elif draft.country not in known_codes():
        found = one_line(draft.country, 20)
        yield Fault("country", said("“%(found)s” is no country. Choose one from the list.", found=found))
    if draft.nuts and draft.nuts not in regions:
        found = one_line(draft.nuts, 20)
        told = said("“%(found)s” is no region of that country. Choose one from the list, or none.", found=found)
        yield Fault("nuts", told)


def _figure(field: str, typed: Figure) -> Iterator[Fault]:
    if not typed.value.strip():
        return
    number = whole_number(typed.value)
    if number is None:
        found = one_line(typed.value, 40)
        told = said(
            "“%(found)s” is no whole number. Write digits only, such as 641000, or leave it empty.", found=found
        )
        yield Fault(field, told)
    elif not 0 < number <= MOST:
        told = said("Found %(found)s. Write a number from 1 to %(most)s, or leave it empty.", found=number, most=MOST)
        yield Fault(field, told)


def _past(past: Past) -> Iterator[Fault]:
    numbers = {"projects": past.projects, "led": past.led}
    for field, typed in numbers.items():
        number = whole_number(typed or "0")
        if number is None or number > MOST_PROJECTS:
            told = said(
                "“%(found)s” is no number of projects. Write one from 0 to %(most)s, or leave it empty.",
                found=one_line(typed, 40),
                most=MOST_PROJECTS,
            )
            yield Fault(field, told)
    projects, led = (whole_number(typed or "0") for typed in numbers.values())
    if projects is not None and led is not None and led > projects:
        told = said(
            "%(led)s projects led are more than the %(projects)s you took part in. Count the led ones in both.",
            led=led,
            projects=projects,
        )
        yield Fault("led", told)


def _wishes(draft: Draft) -> Iterator[Fault]:
    needs = [need.text for need in _needs(draft)]
    if not needs:
        yield Fault("needs", said("There is no need yet. Write at least one thing that you look for money for."))
    yield from _entries("needs", needs, MOST_NEEDS, LONGEST_TEXT)
    yield from _entries("networks", draft.networks, MOST_LINES, LONGEST_NAME)
    yield from _entries("labels", draft.past.labels, MOST_LINES, LONGEST_NAME)
    yield from _entries("facts", [fact.text for fact in draft.facts], MOST_LINES, LONGEST_TEXT)


def _entries(field: str, typed: Sequence[str], most: int, longest: int) -> Iterator[Fault]:
    if len(typed) > most:
        told = said("There are %(found)s entries; %(most)s are the most. Take some out.", found=len(typed), most=most)
        yield Fault(field, told)
    yield from (_too_long(field, one, longest) for one in typed if len(one) > longest)


def _too_long(field: str, found: str, most: int) -> Fault:
    told = said(
        "“%(beginning)s” has %(found)s characters; %(most)s are the most. Shorten it.",
        beginning=one_line(found, 40),
        found=len(found),
        most=most,
    )
    return Fault(field, told)


def _text(typed: str) -> str:
    return printable(typed).strip()


def _needs(draft: Draft) -> list[DraftNeed]:
    return [one for one in draft.needs if _text(one.text)]


def _need(typed: DraftNeed, language_of: Callable[[str], str]) -> Need:
    text = _text(typed.text)
    return Need(text=text, language=typed.language or language_of(text))


def _lines(typed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for one in typed if (line := one_line(one, LONGEST_NAME)))


def _population(typed: Figure, on: date) -> Population | None:
    value = whole_number(typed.value)
    return Population(value=value, source=typed.source or STATED, as_of=_when(typed, on)) if value else None


def _sum(typed: Figure, on: date) -> Sum | None:
    value = whole_number(typed.value)
    return Sum(value=value, source=typed.source or STATED, as_of=_when(typed, on)) if value else None


def _when(typed: Figure, on: date) -> str:
    return one_line(typed.as_of, 40) or on.isoformat()


def _experience(past: Past, on: date) -> Experience | None:
    if past.is_empty:
        return None
    return Experience(
        projects=whole_number(past.projects) or 0,
        led=whole_number(past.led) or 0,
        multi_country=past.multi_country,
        labels=_lines(past.labels),
        source=past.source or STATED,
        as_of=date.fromisoformat(past.as_of) if past.as_of else on,
    )
