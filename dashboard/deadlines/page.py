"""Draws the page of deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from dashboard import choices
from dashboard.days import EARLIEST, LATEST
from dashboard.deadlines import month, timeline
from dashboard.deadlines.days import OTHER, Moment, in_month
from dashboard.deadlines.links import calendar_file, subscription
from dashboard.deadlines.sentences import line, link
from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.widgets import small
from matcher.languages import Speaker
from matcher.model import Call, Fund, Precision, Profile

VIEW = "views/deadlines.py"
FUND, WITHIN, SHOW, MONTH = "fund", "within", "show", "month"
"""Names in the address; the first two as in dashboard.filters."""
TIMELINE, SHEET = "timeline", "month"
WINDOWS = ("180", "30", "90", "365", "all")
"""Days ahead; the first is as always."""


def introduction(frame: Frame, profile: Profile) -> None:
    st.markdown(
        frame.say.gettext(
            "Openings and deadlines of the calls that %(name)s can use or may be able to use, and of its own calls.",
            name=md_escape(profile.name),
        )
    )


def filters(say: Speaker, others: int) -> tuple[str, tuple[str, ...], int | None]:
    """How it is shown, of which funds, and how many days ahead. `others`: calls of no fund of the brief."""
    shows = {TIMELINE: say.gettext("Timeline"), SHEET: say.gettext("Month")}
    windows = {one: say.ngettext("%(num)s day", "%(num)s days", int(one)) for one in WINDOWS if one.isdigit()}
    windows["all"] = say.gettext("no limit")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = choices.one(say.gettext("Show as"), SHOW, list(shows), shows.__getitem__)
        ahead = (
            choices.one(say.gettext("How far ahead"), WITHIN, WINDOWS, windows.__getitem__) if show == TIMELINE else ""
        )
        funds = choices.several(
            say.gettext("Funds"), FUND, [*Fund, *[OTHER] * bool(others)], lambda one: _fund_words(say, one, others)
        )
    return show, funds, int(ahead) if ahead.isdigit() else None


def _fund_words(say: Speaker, fund: str, others: int) -> str:
    if fund != OTHER:
        return fund
    count = say.ngettext("%(num)s call", "%(num)s calls", others)
    return f"{say.gettext('Other EU programmes')} ({count})"


def nothing(say: Speaker, found: Sequence[Moment]) -> None:
    """Of all that is known, what the window leaves out is told."""
    if found:
        st.info(
            say.ngettext(
                "Nothing opens or closes in that time; %(num)s day lies further ahead.",
                "Nothing opens or closes in that time; %(num)s days lie further ahead.",
                len(found),
            )
        )
    else:
        st.info(say.gettext("No day ahead is known of any call that this organisation can use. Look at other funds."))


def as_timeline(frame: Frame, found: Sequence[Moment], known: Sequence[Moment]) -> None:
    """`known`: also those beyond the window, whose number is told."""
    say = frame.say
    drawn = timeline.rows(found)
    calls = len({one.call.id for one in found})
    st.header(say.gettext("Timeline"))
    st.markdown(
        say.gettext(
            "A bar reaches from today or the opening to the last deadline. ▶ opening, ◆ deadline; a box with a broken "
            "line is a month, quarter or year of which the day is not stated. The thick line is today."
        )
    )
    alt = say.ngettext(
        "Timeline of %(num)s call. The list below says the same in words.",
        "Timeline of %(num)s calls. The list below says the same in words.",
        len(drawn),
    )
    st.altair_chart(timeline.chart(frame, drawn), width="stretch", alt=alt)
    if calls > len(drawn):
        small(
            say.gettext(
                "The timeline draws the %(drawn)s calls whose days come first; the list has all %(all)s.",
                drawn=say.number(len(drawn)),
                all=say.number(calls),
            )
        )
    st.header(say.gettext("The same as a list"))
    for first, days in groupby(found, lambda one: max(one.first, frame.on).replace(day=1)):
        st.subheader(say.day(first, Precision.MONTH))
        st.markdown("\n".join(line(frame, one) for one in days))
    if rest := len(known) - len(found):
        small(say.ngettext("%(num)s day lies further ahead.", "%(num)s days lie further ahead.", rest))


def as_month(frame: Frame, found: Sequence[Moment]) -> None:
    say = frame.say
    shown = month.first_of(st.query_params.get(MONTH, ""), frame.on)
    here = in_month(found, shown)
    st.header(say.day(shown, Precision.MONTH))
    _neighbours(frame, shown)
    alt = say.ngettext(
        "Calendar sheet with %(num)s day that matters. The list below says the same in words.",
        "Calendar sheet with %(num)s days that matter. The list below says the same in words.",
        len(here),
    )
    st.altair_chart(month.chart(say, shown, here, frame.on), width="stretch", alt=alt)
    small(say.gettext("◆ so many calls close, ▶ so many open; the day with the thick frame is today."))
    st.subheader(say.gettext("What opens and closes in this month"))
    if here:
        st.markdown("\n".join(line(frame, one) for one in here))
    else:
        st.markdown(say.gettext("Nothing that is known."))


def _neighbours(frame: Frame, shown: date) -> None:
    """The way to the months before and after, as far as days can be looked at."""
    with st.container(horizontal=True):
        for step, icon in ((-1, ":material/arrow_back:"), (1, ":material/arrow_forward:")):
            other = month.beside(shown, step)
            if not EARLIEST <= other <= LATEST:
                continue
            asked = {name: value for name, value in st.query_params.items() if name in (FUND, SHOW)}
            query = frame.query(**asked, **{MONTH: month.name(other)})
            st.page_link(VIEW, label=frame.say.day(other, Precision.MONTH), icon=icon, query_params=query)


def undated(frame: Frame, calls: Sequence[Call]) -> None:
    """What no calendar can show is told all the same."""
    if not calls:
        return
    say = frame.say
    title = say.ngettext("%(num)s call without a known day", "%(num)s calls without a known day", len(calls))
    with st.expander(title):
        st.markdown("\n".join(f"- {' · '.join(filter(None, (link(frame, one), one.fund or '')))}" for one in calls))


def subscribing(frame: Frame, key: str) -> None:
    """The calendar file, and how to have it kept up to date by a calendar program."""
    say = frame.say
    st.header(say.gettext("In your own calendar"))
    address = calendar_file(frame, key)
    st.markdown(f"[{say.gettext('Calendar file of these deadlines (ICS)')}]({address})")
    st.markdown(
        say.gettext(
            "To keep it up to date, copy the address of this link and add it in your calendar program as a calendar "
            "from the web (“subscribe by URL”). Days that are not known exactly are named in its description."
        )
    )
    if key:  # what is not public is told by no mail
        small(say.gettext("This address is yours alone, and works for 90 days: whoever has it sees these deadlines."))
        return
    follow = say.gettext("Or follow single calls: news by mail, with a calendar of your own")
    st.markdown(f"[{follow}]({subscription(frame)})")
