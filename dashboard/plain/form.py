"""The filters as a form that any browser can send without a script. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.filters import Filters
from dashboard.told.filters import Offer, label, offers
from matcher.languages import Speaker
from matcher.model import Goal

Option = tuple[str, str]
"""A value in the address, and its word."""


@dataclass(frozen=True)
class Boxes:
    """Several may be ticked."""

    name: str
    label: str
    options: tuple[Option, ...]
    ticked: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One of them; the first stands for any."""

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: str


@dataclass(frozen=True)
class Figure:
    """A whole number, or nothing."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Form:
    text: str
    boxes: tuple[Boxes, ...]
    choices: tuple[Choice, ...]
    figures: tuple[Figure, ...]


def form(
    filters: Filters, say: Speaker, goals: Mapping[Goal, str], languages: Iterable[str], countries: Iterable[str]
) -> Form:
    """`languages`: of the calls' texts; `countries`: of national calls that can be asked for."""
    offered = offers(say, filters, goals, languages, countries)
    return Form(
        text=filters.text,
        boxes=tuple(_boxes(offered[name], filters) for name in ("fund", "status", "route", "goal", "language")),
        choices=tuple(_choice(offered[name], filters) for name in ("role", "country", "sort")),
        figures=_figures(filters, say),
    )


def _boxes(offer: Offer, filters: Filters) -> Boxes:
    return Boxes(offer.name, offer.label, tuple(offer.words.items()), getattr(filters, offer.name))


def _choice(offer: Offer, filters: Filters) -> Choice:
    return Choice(offer.name, offer.label, tuple(offer.words.items()), getattr(filters, offer.name) or "")


def _figures(filters: Filters, say: Speaker) -> tuple[Figure, ...]:
    return (
        Figure("within", say.gettext("Days to the deadline, at most"), _digits(filters.within)),
        Figure("seen", say.gettext("Days since first seen, at most"), _digits(filters.seen)),
        Figure("least", label(say, "least"), _digits(filters.least)),
        Figure("most", label(say, "most"), _digits(filters.most)),
    )


def _digits(number: int | None) -> str:
    return "" if number is None else str(number)
