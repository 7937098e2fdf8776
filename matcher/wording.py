"""Calls, matches and sources in plain words for a reader at a terminal. Pure: the day comes from outside."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from matcher.amounts import grant_words, money_words
from matcher.coverage import TIERS
from matcher.currency import Rates
from matcher.days import date_words, day_words
from matcher.explanation import Explanation
from matcher.history import Step
from matcher.model import (
    Answer,
    Call,
    CallStatus,
    Deadline,
    DeadlineModel,
    Document,
    Link,
    Match,
    Profile,
    Route,
    RouteKind,
)
from matcher.national_wording import budget_note, national_facts, step_words
from matcher.provenance import Titles, read_in_text, testimonies, unconfirmed, unconfirmed_in_short
from matcher.quote_wording import quote_words
from matcher.route_wording import body_words, whom_lines
from matcher.selection import usability

GROUPS = {
    0: "Open to you",
    1: "Not known whether open to you",
    2: "Not open to you, because …",
    3: "Closed, but near to your needs (calls often return)",
}
"""Headings for the groups of `selection.usability`."""


BY_BODY = frozenset({RouteKind.MANAGING_AUTHORITY, RouteKind.NATIONAL_AGENCY, RouteKind.NATIONAL_AUTHORITY})
"""Ways in that lead through one body."""


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


def no_deadline_words(call: Call) -> str:
    """Why there is no deadline: applications are taken all the time, or the source names none."""
    return "no closing day" if call.deadline_model is DeadlineModel.PERMANENT else "no deadline stated"


def key_words(call: Call) -> str:
    """The official code; else the key the commands know the call by, which must not be taken for one."""
    return call.code or f"{call.identifier} (our key)"


def opens_words(call: Call) -> str:
    """When a call opens that has an opening date; what a timetable says is planned."""
    if call.opening is None:
        return ""
    return f"{'planned for' if call.is_planned else 'opens'} {date_words(call.opening, call.opening_precision)}"


def call_line(call: Call, on: date, titles: Titles) -> str:
    what = f"{call.status(on):<11} {_fund(call):<9} {key_words(call)}  {_short(call.title, 80)}"
    return f"{what}  [{when(call, on)}]  ({_known_from(call, titles)})"


def _known_from(call: Call, titles: Titles) -> str:
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
    yield f"{key_words(call)} · {_fund(call)} · {call.status(on)} · {call.url}"
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
            yield from ("", f"{label}:", *_paragraphs(text))
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
        yield f"Budget: {money_words(call.budget.total, rates)}{budget_note(call)}"
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


def profile_line(profile: Profile) -> str:
    return f"{profile.id:<28} {profile.name}, {profile.country} ({profile.type.replace('_', '-')})"


def match_list(matches: Iterable[Match], top: int, titles: Titles) -> Iterator[str]:
    """The best `top` matches of each group, with what decides."""
    groups: dict[int, list[Match]] = {}
    for match in matches:
        groups.setdefault(usability(match), []).append(match)
    for group, heading in GROUPS.items():
        found = groups.get(group, [])
        if found:
            yield from ("", f"{heading} ({min(top, len(found))} of {len(found)})")
            for place, match in enumerate(found[:top], 1):
                yield from _match_lines(place, match, titles)


def left_out_lines(number: int) -> Iterator[str]:
    """That national calls of other countries are not in the list, where there are any."""
    if number:
        yield ""
        calls = "national call" if number == 1 else "national calls"
        yield f"Left out: {number:,} {calls} of other countries, which their own authorities run."


def explanation_page(explanation: Explanation, titles: Titles) -> Iterator[str]:
    match = explanation.match
    yield from _match_lines(None, match, titles)
    for line in whom_lines(match.route):
        yield from _indented(line)
    for part in match.contributions:
        yield f"      {part.label}: {part.weight:g} x {part.signal:.3f} = {part.value:.3f}"
    for heading, lines in (
        ("In favour", explanation.in_favour),
        ("Against", explanation.against),
        ("Not known", explanation.unknown),
    ):
        if lines:
            yield from ("", heading, *(f"  - {line}" for line in lines))
    grounds = [(verdict.quote, verdict.label) for verdict in match.verdicts if verdict.quote]
    if grounds or match.evidence:
        yield from ("", "In the call's words")
    yield from (f"  {quote_words(quote)}: {label}" for quote, label in grounds)
    for evidence in match.evidence:
        yield f"  “{evidence.quote.text}” ({evidence.quote.place}) for: {evidence.need}"


def _match_lines(place: int | None, match: Match, titles: Titles) -> Iterator[str]:
    number = "" if place is None else f"{place}. "
    yield f"  {number}{match.call.title}"
    yield f"      {key_words(match.call)} · {_fund(match.call)} · {when(match.call, match.on)} · fit {match.score:.2f}"
    yield f"      {_known_from(match.call, titles)}"
    yield f"      way in: {match.route.label}{_at(match.route)}"
    for line in _hindrances(match):
        yield from _indented(line)
    if match.goals:
        yield f"      goals of the brief: {', '.join(served.goal for served in match.goals)}"
    for evidence in match.evidence[:1]:
        yield f"      why: “{_short(evidence.quote.text, 160)}”"


def _indented(line: str) -> list[str]:
    return textwrap.wrap(
        line,
        110,
        initial_indent=" " * 6,
        subsequent_indent=" " * 10,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _hindrances(match: Match) -> Iterator[str]:
    """What shuts the call to the organisation, with the law; else what is not known of the way in."""
    for verdict in match.verdicts:
        if verdict.answer is Answer.NOT_MET:
            yield f"no: {verdict.reason} [{verdict.reference}]"
    if match.route.is_open is None:
        yield f"not known: {match.route.reason}"
    for part in match.contributions:
        if part.answer is Answer.NOT_MET:
            yield f"size: {part.note}"


def _at(route: Route) -> str:
    """The body to apply to, with its page; else that it is not known."""
    if route.body:
        return f": {body_words(route.body)}"
    return " (whom to apply to is not known here)" if route.gap and route.kind in BY_BODY else ""


def _fund(call: Call) -> str:
    fund = call.fund or call.programme or "–"
    return f"{fund} {call.national.country}" if call.national else fund


def _short(text: str, width: int) -> str:
    return textwrap.shorten(text, width, placeholder=" …")


def _paragraphs(text: str) -> Sequence[str]:
    return [line for paragraph in text.splitlines() for line in textwrap.wrap(paragraph, 110) or [""]]
