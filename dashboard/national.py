"""Draws what is held of each Member State's own calls, and where the country publishes them itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets, words
from dashboard.escape import md_escape, md_link
from matcher.national_coverage import Reach
from matcher.reference.told import Witness
from matcher.wording.sources import held_words

if TYPE_CHECKING:
    from matcher.national_coverage import MemberState
    from matcher.reference.bodies import NamedBody
    from matcher.reference.national_portals import NationalPortal, Portal, Timetable

LOOKS: dict[Reach, widgets.Look] = {
    Reach.COVERED: widgets.Look("green", ":material/check:"),
    Reach.IMPORTED: widgets.Look("blue", ":material/upload_file:"),
    Reach.LINKED: widgets.Look("orange", ":material/link:"),
    Reach.NOTHING: widgets.Look("gray", ":material/help:"),
}
"""How what is held looks. Its words are always beside colour and icon."""
INTRODUCTION = (
    "Most of ESF+, ERDF and AMIF is handed out by the Member States. "
    "Where the calls of a country are not read here, its own portal lists them."
)
FOOTNOTE = (
    "* as a third party says, or general knowledge; no official page was read. None of these pages was seen live."
)


def table(members: Sequence[MemberState]) -> None:
    """A row for each Member State, with links to its portal, its timetables and its authorities."""
    st.subheader("National calls, by Member State", anchor="national")
    st.markdown(INTRODUCTION)
    st.table(
        {
            "Member State": [md_escape(words.country_words(member.country)) for member in members],
            "state": [_badge(member.reach) for member in members],
            "read here": [_held(member) for member in members],
            "not read here": [", ".join(member.elsewhere) or "–" for member in members],
            "portal": [_portal(member.known) for member in members],
            "timetables and authorities": [_to_ask(member) for member in members],
        },
        border="horizontal",
        hide_index=True,
    )
    widgets.small(md_escape(FOOTNOTE))


def _badge(reach: Reach) -> str:
    look = LOOKS[reach]
    return f":{look.colour}-badge[{look.icon} {reach}]"


def _held(member: MemberState) -> str:
    funds = ", ".join(member.funds) or "no fund named"
    return md_escape(f"{funds}: {held_words(member)}") if member.states else "–"


def _portal(known: NationalPortal | None) -> str:
    return _told(known.portal.title, known.portal) if known and known.portal else "none known"


def _to_ask(member: MemberState) -> str:
    """Links to the timetables, then to the authorities, each with its funds."""
    pages = member.known.timetables if member.known else ()
    links = [_told(f"timetable ({', '.join(page.funds)})", page) for page in pages]
    links += [_told(f"{body.name} ({body.money})", body) for body in member.authorities]
    return ", ".join(links) or "–"


def _told(label: str, fact: Portal | Timetable | NamedBody) -> str:
    """A link, or only its label where no address is known; marked where no official page was read."""
    mark = "" if fact.evidence is Witness.SEEN else r" \*"
    return md_link(label, fact.url or "") + mark
