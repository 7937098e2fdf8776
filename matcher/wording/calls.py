"""Calls in plain words for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from matcher.amounts import grant_words
from matcher.coverage import TIERS
from matcher.currency import Rates
from matcher.days import date_words, day_words
from matcher.history import Step
from matcher.model import (
    Call,
    CallStatus,
    Deadline,
    DeadlineModel,
    Document,
    Link,
)
from matcher.model.said import Said, said
from matcher.provenance import Titles, read_in_text, testimonies, unconfirmed, unconfirmed_in_short
from matcher.wording.layout import paragraphs, shortened
from matcher.wording.national import budget_words, national_facts, step_words


def deadline_words(deadline: Deadline) -> str:
    """The deadline as precisely as its source states it, never more."""
    day = deadline.day
    if deadline.at is None:
        return date_words(day, deadline.precision)
    zone = (deadline.zone or "time zone not stated").replace("Europe/Brussels", "Brussels time")
    return f"{day_words(day)}, {deadline.at:%H:%M} ({zone})"


def when(call: Call, on: date) -> str:
    """What a reader must know about time: opens, closes, closed."""
    deadline, status = call.next_deadline(on), call.status(on)
    if status is CallStatus.CLOSED:
        last = max(call.deadlines, key=lambda known: known.last_day, default=None)
        return f"closed {deadline_words(last)}" if last and last.last_day < on else "closed, as its authority says"
    until = f"until {deadline_words(deadline)}" if deadline else no_deadline_words(call)
    if call.is_planned:
        return ", ".join([opens_words(call) or "planned", *([until] if deadline else [])])
    if status is CallStatus.FORTHCOMING:
        return f"{opens_words(call)}, {until}" if call.opening else f"not open yet, {until}"
    return until if status is CallStatus.OPEN else f"{until} (not known whether open)"


def no_deadline_words(call: Call) -> Said:
    """Why there is no deadline: applications are taken all the time, or the source names none."""
    return said("no closing day") if call.deadline_model is DeadlineModel.PERMANENT else said("no deadline stated")


def key_words(call: Call) -> str:
    """The official code; else the key the commands know the call by, which must not be taken for one."""
    return call.code or f"{call.identifier} (our key)"


def opens_words(call: Call) -> str:
    """When a call opens that has an opening date; what a timetable says is planned."""
    if call.opening is None:
        return ""
    day = date_words(call.opening, call.opening_precision)
    return said("planned for %(day)s", day=day) if call.is_planned else said("opens %(day)s", day=day)


def call_line(call: Call, on: date, titles: Titles) -> str:
    what = f"{call.status(on):<11} {fund_words(call):<9} {key_words(call)}  {shortened(call.title, 80)}"
    return f"{what}  [{when(call, on)}]  ({known_from(call, titles)})"


def known_from(call: Call, titles: Titles) -> str:
    """Which source, what it is worth and how fresh; the source as the commands name it."""
    others = f", also {', '.join(seen.source for seen in call.sightings)}" if call.sightings else ""
    worth = TIERS[call.tier] if call.is_confirmed else unconfirmed_in_short(call, titles)
    return f"{call.source}, {worth}, as of {call.as_of.isoformat()}{others}"


def call_page(
    call: Call,
    on: date,
    rates: Rates,
    titles: Titles,
    fetched: Mapping[str, Document],
    steps: Iterable[Step] = (),
) -> Iterator[str]:
    """Everything stored of a call and its history; `fetched`: those of its documents that were fetched, by address."""
    yield call.title
    if not call.is_confirmed:
        yield f"Attention: {unconfirmed(call, titles)}."
    yield f"{key_words(call)} · {fund_words(call)} · {call.status(on)} · {call.url}"
    yield from _dates_and_money(call, rates)
    if grant := grant_words(call.grant, rates):
        yield f"One grant: {grant}"
    if read := read_in_text(call):
        yield f"Read in running text: {read}"
    for label, text in (
        ("Who may apply", call.applicants),
        ("Terms", call.terms),
        ("What it funds", call.text),
        ("Conditions", call.conditions),
    ):
        if text:
            yield from ("", f"{label}:", *paragraphs(text))
    if told := [step_words(step) for step in steps]:
        yield from ("", "What changed:", *(f"  {line}" for line in told))
    if call.documents:
        yield from ("", "Documents:", *(_document_line(page, fetched.get(page.url)) for page in call.documents))
    yield from ("", "Where this comes from:", *_testimony_lines(call, titles), *call.sources)


def _dates_and_money(call: Call, rates: Rates) -> Iterator[str]:
    planned = " (planned)" if call.is_planned else ""
    if call.opening:
        yield f"Opening: {date_words(call.opening, call.opening_precision)}{planned}"
    for deadline in call.deadlines:
        yield f"Deadline: {deadline_words(deadline)}{planned}"
    if call.budget:
        yield f"Budget: {budget_words(call, rates)}"
    yield from (f"{label}: {text}" for label, text in national_facts(call).items())


def _document_line(page: Link, fetched: Document | None) -> str:
    language = f" ({page.language})" if page.language else ""
    read = f", fetched {fetched.last_fetched.isoformat()}" if fetched else ""
    return f"  {page.label or 'document'}{language}: {page.url}{read}"


def _testimony_lines(call: Call, titles: Titles) -> Iterator[str]:
    for found in testimonies(call, titles):
        yield f"  {found.title}: {found.tier}, as of {found.as_of.isoformat()}, {found.url}"
        yield f"    {found.match}"
        if found.gave:
            yield f"    gave: {', '.join(found.gave)}"


def fund_words(call: Call) -> str:
    """The fund, else the programme; of a national call with its country."""
    fund = call.fund or call.programme or "–"
    return f"{fund} {call.national.country}" if call.national else fund
