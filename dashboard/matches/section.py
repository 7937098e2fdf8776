"""Draws a fund's part of the page: its row of the brief's table, its calls as cards, and folded below the others."""

from __future__ import annotations

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.guard import guarded
from dashboard.listing import Listing, Part
from dashboard.matches import cards, folds, funds
from dashboard.told.calls import Known
from dashboard.told.funds import anchor
from matcher.languages import Speaker
from matcher.model import Profile, Pursuit, RouteKind, Stage

CARDS, CARDS_ALONE = 3, 10
"""Calls on a page of one fund: among others, and where it is the only one shown."""


@st.fragment
@guarded
def drawn(frame: Frame, profile: Profile, part: Part, listing: Listing, known: Known, key: str, size: int) -> None:
    """A part of its own: paging in it, opening a list and saving a call draw nothing else anew.

    `key`: names the filters. Where a call was put aside or brought back since, the whole page is drawn anew.
    """
    pursuits = queries.pursuits(profile.id)
    if _put_aside(part, pursuits) - listing.returned != set(part.dismissed):
        st.rerun()
    say, place = frame.say, anchor(part.row)
    _head(say, part)
    if part.usable:
        _cards(frame, profile, part, listing, pursuits, known, f"page of {place} {key}", size)
    else:
        _no_call(frame, profile, part)
    lists = {
        "not-open": (say.gettext("Not open to you, because …"), part.not_open),
        "closed": (say.gettext("Closed"), part.closed),
        "put-aside": (say.gettext("Put aside"), part.dismissed),
    }
    for name, (heading, ids) in lists.items():
        aside = pursuits if name == "put-aside" else None
        folds.fold(frame, profile, heading, ids, known, f"{name} {place} {key}", aside)


def _put_aside(part: Part, pursuits: dict[str, Pursuit]) -> set[str]:
    gone = {id for id, one in pursuits.items() if one.stage is Stage.DISMISSED}
    return gone & {*part.usable, *part.not_open, *part.closed, *part.dismissed} if gone else gone


def _head(say: Speaker, part: Part) -> None:
    if part.row is None:
        st.header(md_escape(say.gettext("Other EU programmes")), anchor=anchor(None))
        st.markdown(say.gettext("Calls outside the five funds of the brief that come near to what you look for."))
        return
    funds.headed(say, part.row)


def _cards(
    frame: Frame,
    profile: Profile,
    part: Part,
    listing: Listing,
    pursuits: dict[str, Pursuit],
    known: Known,
    key: str,
    size: int,
) -> None:
    shown = folds.page_of(part.usable, size, key)
    first = part.usable.index(shown[0]) + 1
    _count(frame.say, first, len(shown), len(part.usable))
    for match in queries.entries(profile.id, shown, frame.on):
        id = match.call.id
        marks = cards.new(frame.say, match.call) if id in listing.new else []
        marks += [cards.back(frame.say)] if id in listing.returned else []
        cards.drawn(frame, profile, match, known, pursuits.get(id), marks)
    folds.pages(part.usable, size, key)


def _count(say: Speaker, first: int, shown: int, total: int) -> None:
    """How many calls there are, and which of them are drawn here."""
    if shown == total:
        told = say.ngettext(
            "%(num)s call that is or may be open to you",
            "%(num)s calls that are or may be open to you",
            total,
        )
    else:
        told = say.ngettext(
            "%(first)s to %(last)s of %(num)s call that is or may be open to you",
            "%(first)s to %(last)s of %(num)s calls that are or may be open to you",
            total,
            first=say.number(first),
            last=say.number(first + shown - 1),
        )
    widgets.small(md_escape(told))


def _no_call(frame: Frame, profile: Profile, part: Part) -> None:
    say = frame.say
    told = [say.gettext("No call that is open to you is known on %(day)s.", day=say.day(frame.on))]
    told += [way for way in (_other_way(say, one, profile.country) for one in part.other_ways) if way]
    st.markdown(md_escape(" ".join(told)))


def _other_way(say: Speaker, way: RouteKind, code: str) -> str:
    country = say.country_name(code)
    if way is RouteKind.MANAGING_AUTHORITY:
        return say.gettext(
            "Money of this fund is also given out within %(country)s: ask its managing authority.", country=country
        )
    if way is RouteKind.NATIONAL_AGENCY:
        return say.gettext(
            "Money of this fund is also given out within %(country)s: ask its National Agency.", country=country
        )
    return ""
