"""What holds for every page: who looks, in which language, for which organisation, on which day. Drawn once a run.

All but the user stands in the page's address, so that a view can be shared. The address is written by anybody: what it
names is looked up, never trusted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import days, menu, queries
from dashboard.escape import md_escape
from dashboard.pipeline import account
from dashboard.told import organisations
from matcher.languages import LANGUAGES, Speaker, speaker
from matcher.model import Permission, Profile
from matcher.workspaces.permissions import User

if TYPE_CHECKING:
    from matcher.coverage import Freshness

PROFILE, ON, CALL, LANGUAGE = "profile", "on", "call", menu.LANGUAGE
"""Names of the address's parameters; the first is also the key of its widget."""

STALE = 7
"""Days after which a page says that newer calls may be missing: sources are read daily, or weekly."""

STYLE, ICON = Path(__file__).with_name("frame.css"), Path(__file__).with_name("icon.svg")

_FRAME = "frame"
_BEFORE = "address before"
"""The path of the page of the last run, and what its address named."""


@dataclass(frozen=True)
class Frame:
    user: User
    say: Speaker
    profiles: tuple[Profile, ...]
    """The organisations this user may look at."""
    profile: Profile | None
    on: date
    today: date
    is_language_asked: bool = False
    """By the address; else it follows each reader's browser, and links do not name it."""

    def query(self, **more: str) -> dict[str, str]:
        """The address parameters that lead here again, and further ones. Today is not named: a bookmark stays fresh."""
        profile = {PROFILE: self.profile.id} if self.profile else {}
        day = {ON: self.on.isoformat()} if self.on != self.today else {}
        language = {LANGUAGE: self.say.language} if self.is_language_asked else {}
        return language | profile | day | more

    def may(self, permission: Permission) -> bool:
        """Whether the user may do that in the chosen organisation."""
        return self.profile is not None and self.user.may(permission, self.profile.id)


def language() -> Speaker:
    """What the address asks for, or asked for before; else what the browser prefers, else English."""
    before = st.session_state.get(_BEFORE, ("", {}))[1]
    browser = (st.context.locale or "").split("-")[0].lower()
    wanted = [st.query_params.get(LANGUAGE, ""), before.get(LANGUAGE, ""), browser]
    return speaker(next((one for one in wanted if one in LANGUAGES), LANGUAGES[0]))


def set_up(say: Speaker, page: StreamlitPage) -> None:
    """What comes before anything is drawn: the browser's title, the style, what the address goes on to name."""
    title = say.gettext("%(page)s – %(site)s", page=page.title, site=say.gettext("EU funds for integration"))
    st.set_page_config(page_title=title, page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    _carry(page.url_path)


def draw(say: Speaker, page: StreamlitPage, profiles: Sequence[Profile], today: date, data: Freshness) -> Frame:
    """Name of the site, day of the data, organisation and language above every page; what is chosen goes into the
    address and to `made`."""
    by_id = {profile.id: profile for profile in profiles}
    on, wrong_day = _day(today)
    unknown = (_follow_address(by_id, page.url_path), wrong_day)
    with st.container(horizontal=True, vertical_alignment="bottom", key="frame"):
        _name(say, data, today)
        chosen = _organisation(say, by_id)
        frame = Frame(
            user=queries.current_user(),
            say=say,
            profiles=tuple(profiles),
            profile=by_id.get(chosen or ""),
            on=on,
            today=today,
            is_language_asked=st.query_params.get(LANGUAGE) == say.language,
        )
        _write_address(frame, page.url_path)
        menu.languages(say, page)
        account.account_corner(frame)
    account.failure(say)
    for named in filter(None, unknown):
        _not_known(say, named)
    if on != today:
        _another_day(frame)
    st.session_state[_FRAME] = frame
    return frame


def made() -> Frame:
    """What `draw` was answered in this run."""
    frame: Frame = st.session_state[_FRAME]
    return frame


def _name(say: Speaker, data: Freshness, today: date) -> None:
    """Of the site; below it how old everything on the page is."""
    name = md_escape(say.gettext("EU funds for integration"))
    with st.container(key="name", width="stretch"):
        st.markdown(f"{name}\n\n{_as_of(say, data, today)}")


def _as_of(say: Speaker, data: Freshness, today: date) -> str:
    if data.as_of is None:
        return md_escape(say.gettext("No calls were read yet"))
    day = md_escape(say.gettext("Calls as of %(day)s", day=say.day(data.as_of)))
    return f":material/history: {day}" if is_stale(data, today) else day


def is_stale(data: Freshness, today: date) -> bool:
    """Whether what is shown is so old that calls may be missing and days may have moved."""
    return data.as_of is not None and (today - data.as_of).days > STALE


def _organisation(say: Speaker, by_id: Mapping[str, Profile]) -> str | None:
    names = organisations.names(say, by_id.values())
    return st.selectbox(
        say.gettext("Organisation"),
        list(names),
        index=None,
        key=PROFILE,
        format_func=names.__getitem__,
        placeholder=say.gettext("Choose an organisation"),
    )


def _another_day(frame: Frame) -> None:
    """A page of another day says so, and leads back to today."""
    say = frame.say
    with st.container(horizontal=True, vertical_alignment="center", key="another-day"):
        st.info(say.gettext("You see how things stand on %(day)s.", day=say.day(frame.on)), icon=":material/event:")
        st.button(say.gettext("Show today"), on_click=_forget_day)


def _forget_day() -> None:
    st.query_params.pop(ON, None)


def _follow_address(by_id: Mapping[str, Profile], page: str) -> str:
    """Take over the organisation that the address names when it was changed from outside: a shared link, going back.

    Returns what the address names and nobody knows.
    """
    named, seen = st.query_params.get(PROFILE), f"{PROFILE} seen"
    path, before = st.session_state.get(_BEFORE, ("", {}))
    if named is None and path == page and before.get(PROFILE) == st.session_state.get(PROFILE):
        st.session_state[PROFILE] = None  # went back to where none was chosen
    if named is None or named == st.session_state.get(seen):
        return ""
    st.session_state[seen] = named
    if named not in by_id:
        return named
    st.session_state[PROFILE] = named
    return ""


def _day(today: date) -> tuple[date, str]:
    """The day to look at, and what the address names instead of one."""
    named = st.query_params.get(ON, "")
    day = days.read(named)
    return (day, "") if day else (today, named)


def _not_known(say: Speaker, named: str) -> None:
    name = md_escape(named[:60])
    st.warning(say.gettext("The address of this page names “%(name)s”, which is not known here.", name=name))


def _write_address(frame: Frame, page: str) -> None:
    """An organisation that the user may not see stays named: whoever signs in now may."""
    chosen, named = frame.profile.id if frame.profile else None, st.query_params.get(PROFILE)
    if chosen is None:
        if named in {one.id for one in frame.profiles}:
            del st.query_params[PROFILE]
    elif named != chosen:
        st.query_params[PROFILE] = st.session_state[f"{PROFILE} seen"] = chosen
    st.session_state[_BEFORE] = (page, frame.query())


def _carry(page: str) -> None:
    """Streamlit's menu leads to addresses without parameters: what held on the page before holds on the next.

    `page`: its path. On the same page a parameter that is gone was taken out, by a link or by going back.
    """
    path, before = st.session_state.get(_BEFORE, (page, {}))
    if path != page:
        st.query_params.update({name: value for name, value in before.items() if name not in st.query_params})
