"""Organisations and their matches in plain words for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.explanation import Explanation
from matcher.model import (
    Answer,
    Match,
    Profile,
    Route,
    RouteKind,
)
from matcher.provenance import Titles
from matcher.selection import usability
from matcher.wording.calls import fund_words, key_words, known_from, when
from matcher.wording.layout import indented, shortened
from matcher.wording.quotes import quote_words
from matcher.wording.routes import body_words, whom_lines

HANGING = 10
"""Indent of the further lines of a statement, in a list of many."""
GROUPS = {
    0: "Open to you",
    1: "Not known whether open to you",
    2: "Not open to you, because …",
    3: "Closed, but near to your needs (calls often return)",
}
"""Headings for the groups of `selection.usability`."""
BY_BODY = frozenset({RouteKind.MANAGING_AUTHORITY, RouteKind.NATIONAL_AGENCY, RouteKind.NATIONAL_AUTHORITY})
"""Ways in that lead through one body."""


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


def profile_line(profile: Profile) -> str:
    """Id, name, country and sort of an organisation."""
    return f"{profile.id:<28} {profile.name}, {profile.country} ({profile.type.replace('_', '-')})"


def left_out_lines(number: int) -> Iterator[str]:
    """That national calls of other countries are not in the list, where there are any."""
    if number:
        yield ""
        calls = "national call" if number == 1 else "national calls"
        yield f"Left out: {number:,} {calls} of other countries, which their own authorities run."


def explanation_page(explanation: Explanation, titles: Titles) -> Iterator[str]:
    """One match with the parts of its score, what speaks for and against it, and the call's words."""
    match = explanation.match
    yield from _match_lines(None, match, titles)
    for line in whom_lines(match.route):
        yield from indented(line, HANGING)
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
    number, call = "" if place is None else f"{place}. ", match.call
    yield f"  {number}{call.title}"
    yield f"      {key_words(call)} · {fund_words(call)} · {when(call, match.on)} · fit {match.score:.2f}"
    yield f"      {known_from(call, titles)}"
    yield f"      way in: {match.route.label}{_at(match.route)}"
    for line in _hindrances(match):
        yield from indented(line, HANGING)
    if match.goals:
        yield f"      goals of the brief: {', '.join(served.goal for served in match.goals)}"
    for evidence in match.evidence[:1]:
        yield f"      why: “{shortened(evidence.quote.text, 160)}”"


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
