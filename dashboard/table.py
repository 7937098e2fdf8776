"""Draws the brief's table: for each fund its four cells, and below them the organisation's calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import lens, queries, widgets, words
from dashboard.choice import Choice
from dashboard.escape import md_escape
from matcher.days import day_words
from matcher.eligibility.words import country
from matcher.model import Answer, Call, CallStatus, Match, Profile, RouteKind

if TYPE_CHECKING:
    from dashboard.sections import Section
    from matcher.provenance import Titles
    from matcher.reference import Cell, FundRow

LISTED = 20
"""Calls in a folded list; how many more there are is said."""

COLUMNS = {
    "objectives": "Objectives and actions",
    "actors": "Who has access",
    "management": "How it is managed",
    "direct_access": "Direct access for municipalities",
}
"""The brief's columns, the last split in two."""

OTHER_WAYS = {
    RouteKind.MANAGING_AUTHORITY: "Money of this fund is also given out within {country}: ask its managing authority.",
    RouteKind.NATIONAL_AGENCY: "Money of this fund is also given out within {country}: ask its National Agency.",
}


def fund_section(section: Section, choice: Choice, profile: Profile, titles: Titles) -> None:
    """A row of the table, the calls that can be used, and folded below it those that cannot, with the reason."""
    st.space("small")
    if section.row is None:
        st.header("Other EU programmes", divider="gray")
        st.markdown("Calls outside the five funds of the brief that come near to what the organisation looks for.")
    else:
        fund_row(section.row)
    for match in section.best:
        _card(match, choice, titles)
    if not section.best:
        _no_call(section, choice, profile)
    _fold("More calls, less near or less certain", section.more, choice, titles)
    _fold("Not open to you, because …", section.not_open, choice, titles)
    _fold("Closed", section.closed, choice, titles)


def left_out(number: int) -> None:
    """Say that national calls of other countries are not in the table, where there are any."""
    if number:
        calls = words.count_words(number, "national call", "national calls")
        widgets.small(f"Left out: {calls} of other countries, which their own authorities run.")


def fund_row(row: FundRow) -> None:
    """The fund's row: what holds now in four cells, folded below what the brief of April 2023 said."""
    with st.container(border=True, gap="xsmall"):
        first, *cells = st.columns([3, 5, 5, 5, 5], gap="medium")
        with first:
            st.header(md_escape(row.fund), divider="blue", anchor=row.fund.name.lower().replace("_", "-"))
            widgets.small(md_escape(row.name))
        for place, (field, label) in zip(cells, COLUMNS.items(), strict=True):
            with place.container(gap="xsmall"):
                _cell(label, getattr(row, field).now)
        with st.expander("What the MILE brief said in April 2023", type="compact"):
            _, *cells = st.columns([3, 5, 5, 5, 5], gap="medium")
            for place, (field, label) in zip(cells, COLUMNS.items(), strict=True):
                with place.container(gap="xsmall"):
                    _cell(label, getattr(row, field).brief)


def _cell(label: str, cell: Cell) -> None:
    st.markdown(f"**{label}**")
    st.markdown(md_escape(cell.text))
    widgets.small(f"{widgets.source(cell.source)}, as of {day_words(cell.as_of)}")


def _card(match: Match, choice: Choice, titles: Titles) -> None:
    call = match.call
    with st.container(border=True):
        left, right = st.columns([5, 2], gap="medium")
        with left.container(gap="xsmall"):
            st.subheader(md_escape(call.title), anchor=False)
            known_as = call.code or titles.get(call.source, call.source)
            widgets.small(
                " · ".join(filter(None, (md_escape(known_as), _run_by(call), words.status_words(call, match.on))))
            )
            widgets.unconfirmed(call, titles)
            _why(match)
            lens.badges(match.goals, queries.goal_names())
            _link(match, choice)
        with right.container(gap="xsmall"):
            widgets.route_badge(match.route)
            widgets.deadline(call, match.on)
            widgets.score(match.score, match.contributions, call.id)


def _run_by(call: Call) -> str:
    """The national programme and its country, of calls that a Member State runs."""
    national = call.national
    return md_escape(", ".join(filter(None, (national.programme, country(national.country))))) if national else ""


def _link(match: Match, choice: Choice) -> None:
    """The way to the call's page; its label names the call, because many such links stand on one page."""
    label = f"Details of {md_escape(match.call.code or match.call.title)}"
    query = choice.query(match.call.id)
    st.page_link("views/call.py", label=label, icon=":material/arrow_forward:", query_params=query)


def _why(match: Match) -> None:
    for found in match.evidence[:1]:
        widgets.evidence(found)
    unknown = [verdict.label for verdict in match.verdicts if verdict.answer is Answer.UNKNOWN]
    if unknown:
        widgets.small(f":material/help: Not known: {md_escape(' · '.join(unknown))}")


def _no_call(section: Section, choice: Choice, profile: Profile) -> None:
    st.markdown(f"No call that is open to the organisation is known on {day_words(choice.on)}.")
    for way in section.other_ways:
        if way in OTHER_WAYS:
            st.markdown(OTHER_WAYS[way].format(country=country(profile.country)))


def _in_short(match: Match) -> str:
    when = words.next_deadline_words(match.call, match.on)
    return when if match.status is CallStatus.CLOSED else f"{match.route.label}: {match.route.reason} · {when}"


def _fold(heading: str, matches: tuple[Match, ...], choice: Choice, titles: Titles) -> None:
    if not matches:
        return
    with st.expander(f"{heading} ({words.count_words(len(matches), 'call', 'calls')})"):
        for match in matches[:LISTED]:
            with st.container(gap="xxsmall"):
                st.markdown(f"**{md_escape(match.call.title)}**")
                widgets.unconfirmed(match.call, titles)
                widgets.small(md_escape(_in_short(match)))
                _link(match, choice)
        if len(matches) > LISTED:
            st.markdown(f"… and {len(matches) - LISTED:,} more; `funding match` lists them all.")
