"""Draws what is held of each Member State's own calls, and where the country publishes them itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.escape import md_escape, md_link
from dashboard.sources.states import REACHES, badge
from dashboard.widgets import small
from matcher.languages import Speaker
from matcher.reference.told import Witness
from matcher.wording.sources import held_words

if TYPE_CHECKING:
    from matcher.national_coverage import MemberState
    from matcher.reference.bodies import NamedBody
    from matcher.reference.national_portals import Portal, Timetable


def listing(say: Speaker, members: Sequence[MemberState]) -> None:
    """An item for each Member State, with links to its portal, its timetables and its authorities."""
    st.header(say.gettext("National calls, by Member State"), anchor="national")
    st.markdown(
        say.gettext(
            "Most of ESF+, ERDF and AMIF is handed out by the Member States. Where the calls of a country are not read "
            "here, its own portal lists them."
        )
    )
    by_name = sorted(members, key=lambda one: say.country_name(one.country))
    st.markdown("\n".join("- " + "  \n  ".join(_lines(say, one)) for one in by_name))
    small(
        md_escape(
            say.gettext(
                "* as a third party says, or general knowledge; no official page was read. None of these pages was "
                "seen live."
            )
        )
    )


def _lines(say: Speaker, member: MemberState) -> Iterator[str]:
    yield f"**{md_escape(say.country_name(member.country))}** {badge(say, REACHES[member.reach])}"
    if member.states:
        funds = ", ".join(member.funds) or say.gettext("no fund named")
        yield md_escape(f"{funds}: {say.say(held_words(member))}")
    if member.elsewhere:
        yield say.gettext("Not read here: %(funds)s", funds=md_escape(", ".join(member.elsewhere)))
    yield f"{say.gettext('Portal:')} {_portal(say, member)}"
    if asked := list(_to_ask(say, member)):
        yield ", ".join(asked)


def _portal(say: Speaker, member: MemberState) -> str:
    known = member.known
    return _told(known.portal.title, known.portal) if known and known.portal else say.gettext("none known")


def _to_ask(say: Speaker, member: MemberState) -> Iterator[str]:
    """The timetables, then the authorities, each with its funds."""
    for page in member.known.timetables if member.known else ():
        yield _told(say.gettext("timetable of planned calls (%(funds)s)", funds=", ".join(page.funds)), page)
    for body in member.authorities:
        yield _told(f"{body.name} ({say.say(body.money)})", body)


def _told(label: str, fact: Portal | Timetable | NamedBody) -> str:
    """A link, or only its label where no address is known; marked where no official page was read."""
    mark = "" if fact.evidence is Witness.SEEN else r" \*"
    return md_link(label, fact.url or "") + mark
