"""Puts the first page together for a chosen organisation, and says what is wrong where there is nothing to show."""

from __future__ import annotations

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.filters import Filters, from_query
from dashboard.frame import Frame, is_stale
from dashboard.listing import Listing
from dashboard.matches import funds, narrowing, section, who
from dashboard.told.calls import Known
from dashboard.told.filters import label
from dashboard.told.funds import anchor
from matcher.languages import Speaker
from matcher.model import Profile


def drawn(frame: Frame, profile: Profile) -> None:
    say = frame.say
    filters, refused = from_query(st.query_params.to_dict())
    listing = queries.listing(profile.id, frame.on, filters)
    who.drawn(frame, profile, filters)
    _stale(frame)
    narrowing.refused(say, refused)
    _filters(say, listing, filters)
    _summary(say, listing, filters)
    if listing.table.empty:
        _nothing(frame, profile, filters)
        return
    shown = [part for part in listing.parts if part.number or not filters.are_any]
    size = section.CARDS_ALONE if len(shown) == 1 else section.CARDS
    funds.language_note(say, [part.row for part in shown if part.row])
    known = Known(queries.source_titles(), queries.goal_names(), queries.rates())
    for part in shown:
        with st.container(key=f"fund-{anchor(part.row)}"):
            section.drawn(frame, profile, part, listing, known, narrowing.key(filters), size)
    _left_out(say, queries.left_out(profile.id))


def _filters(say: Speaker, listing: Listing, filters: Filters) -> None:
    goals = queries.goal_names()
    narrowing.drawn(say, filters, goals, listing.every["language"].unique(), listing.every["country"].unique())
    narrowing.in_use(say, filters, goals)


def _summary(say: Speaker, listing: Listing, filters: Filters) -> None:
    """How many calls, and where in the page they are."""
    if filters.are_any:
        told = say.ngettext(
            "%(num)s call of %(total)s",
            "%(num)s calls of %(total)s",
            len(listing.table),
            total=say.number(listing.total),
        )
    else:
        told = say.ngettext("%(num)s call", "%(num)s calls", listing.total)
    usable = say.ngettext("%(num)s is or may be open to you", "%(num)s are or may be open to you", listing.usable)
    jumps = [
        f"[{md_escape(part.row.fund if part.row else say.gettext('Other EU programmes'))}"
        f" ({say.number(len(part.usable))})](#{anchor(part.row)})"
        for part in listing.parts
        if part.number
    ]
    st.markdown(f"**{md_escape(told)}**, {md_escape(usable)}  \n{' · '.join(jumps)}")


def _nothing(frame: Frame, profile: Profile, filters: Filters) -> None:
    """Which filter to take out."""
    say = frame.say
    st.info(say.gettext("No call fulfils all of these filters."), icon=":material/filter_alt_off:")
    counts = queries.without_each(profile.id, frame.on, filters)
    with st.container(horizontal=True):
        for name, number in counts.items():
            if number:
                calls = say.ngettext("%(num)s call", "%(num)s calls", number)
                without = say.gettext("Without “%(filter)s”: %(calls)s", filter=label(say, name), calls=calls)
                st.button(without, key=f"without {name}", on_click=narrowing.take_out, args=(name, ""))


def _stale(frame: Frame) -> None:
    say, data = frame.say, queries.freshness()
    if data.as_of is not None and is_stale(data, frame.today):
        st.warning(
            say.gettext(
                "Last read on %(day)s: newer calls are missing here, and dates may have changed. "
                "Look at the official page.",
                day=say.day(data.as_of),
            ),
            icon=":material/history:",
        )


def _left_out(say: Speaker, number: int) -> None:
    """Nothing is cut in silence: national calls of other countries are not for this organisation."""
    if number:
        widgets.small(
            say.ngettext(
                "Left out: %(num)s national call of other countries, which their own authorities run.",
                "Left out: %(num)s national calls of other countries, which their own authorities run.",
                number,
            )
        )
