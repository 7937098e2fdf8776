"""Which organisation and day the reader looks at, kept in the page's address so that a view can be shared.

The address is written by anybody: what it names is looked up, never trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard.escape import md_escape
from dashboard.words import country_words
from matcher.model import Profile

PROFILE, ON, CALL = "profile", "on", "call"
"""Names of the address's parameters, and of the widgets bound to them."""

EARLIEST, LATEST = date(2014, 1, 1), date(2035, 12, 31)
"""Days that can be looked at: the programming periods that calls are known of."""

_CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    profile: Profile | None
    on: date
    today: date

    def query(self, call: str | None = None) -> dict[str, str]:
        """The address parameters that lead here, and to a call. Today is not named, so that a bookmark stays fresh."""
        profile = {PROFILE: self.profile.id} if self.profile else {}
        day = {ON: self.on.isoformat()} if self.on != self.today else {}
        return profile | day | ({CALL: call} if call else {})


def draw(profiles: Sequence[Profile], today: date) -> Choice:
    """The two fields above every page; what is chosen goes into the address and to `made`."""
    by_id = {profile.id: profile for profile in profiles}
    _follow_address(PROFILE, lambda named: named if named in by_id else None, "organisation")
    _follow_address(ON, _day, "day")
    st.session_state.setdefault(ON, min(max(today, EARLIEST), LATEST))
    left, right, _ = st.columns([3, 1, 2], vertical_alignment="bottom")
    named = left.selectbox(
        "Organisation",
        list(by_id),
        index=None,
        key=PROFILE,
        format_func=lambda key: f"{by_id[key].name} ({country_words(by_id[key].country)})",
        placeholder="Choose an organisation",
    )
    on = right.date_input("On this day", key=ON, min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD")
    choice = Choice(by_id.get(named) if named else None, on, today)
    _write_address(choice)
    st.session_state[_CHOICE] = choice
    return choice


def made() -> Choice:
    """What `draw` was answered in this run."""
    choice: Choice = st.session_state[_CHOICE]
    return choice


def _follow_address(name: str, read: Callable[[str], Any], what: str) -> None:
    """Take over what the address names when it was changed from outside: a shared link, the back button."""
    named, seen = st.query_params.get(name), f"{name} seen"
    if named is None or named == st.session_state.get(seen):
        return
    st.session_state[seen] = named
    value = read(named[:200])
    if value is not None:
        st.session_state[name] = value
    else:
        st.warning(f"The address of this page names the {what} “{md_escape(named[:60])}”, which is not known here.")


def _write_address(choice: Choice) -> None:
    for name in (PROFILE, ON):
        value = choice.query().get(name)
        if value is not None and st.query_params.get(name) != value:
            st.query_params[name] = st.session_state[f"{name} seen"] = value
        elif value is None:
            st.query_params.pop(name, None)


def _day(named: str) -> date | None:
    try:
        day = date.fromisoformat(named)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
