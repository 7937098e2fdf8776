"""Draws organisations that could be asked: who they are, what they did, how to reach them, how to invite them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard import widgets
from dashboard.call.invitation import Invitation
from dashboard.escape import host, md_escape, md_link
from dashboard.frame import Frame
from dashboard.partners.searching import WORDS
from matcher.languages import Speaker
from matcher.partners.candidate import Engagement
from matcher.partners.directory import SORTS, Entry
from matcher.printable import one_line
from matcher.wording.partners import done_words

PAGE = 20
"""Organisations on a page."""
PROJECTS = 3
"""Past projects named of an organisation; how many more there are is told."""
NAME = 160


def cards(frame: Frame, entries: Sequence[Entry], invite: Callable[[Entry], Invitation] | None) -> None:
    """`invite`: the ready text for the chosen call; None where none is chosen."""
    for one in entries:
        with st.container(border=True, gap="xsmall", key=f"partner {one.candidate.id}"):
            st.subheader(md_escape(one_line(one.candidate.name, NAME)), anchor=False)
            st.markdown("\n\n".join(_about(frame.say, one)))
            if invite:
                _invitation(frame.say, one, invite(one))


def _about(say: Speaker, one: Entry) -> Iterator[str]:
    candidate = one.candidate
    place = ", ".join(filter(None, (candidate.city.title(), say.country_name(candidate.country))))
    kinds = [say.term(WORDS[sort]) for sort in SORTS if sort in one.sorts]
    yield md_escape(" · ".join((place, *kinds, *([_found(say)] if one.wants_to_be_found else []))))
    yield _experience(say, one)
    if candidate.past:
        yield "\n".join(f"- {_project(say, done)}" for done in candidate.past[:PROJECTS])
    if (rest := len(candidate.past) - PROJECTS) > 0:
        yield say.ngettext("and %(num)s more project", "and %(num)s more projects", rest)
    yield _contact(say, one)


def _found(say: Speaker) -> str:
    return say.gettext("looks for partners")


def _experience(say: Speaker, one: Entry) -> str:
    joined = say.ngettext("at least %(num)s EU project", "at least %(num)s EU projects", one.candidate.joined)
    led = say.ngettext("led %(num)s of them", "led %(num)s of them", one.led) if one.led else ""
    return f"**{say.gettext('Experience:')}** {', '.join(filter(None, (joined, led)))}"


def _project(say: Speaker, done: Engagement) -> str:
    return md_link(one_line(say.say(done_words(done)), NAME), done.url)


def _contact(say: Speaker, one: Entry) -> str:
    """Organisations only: no person and no address of one is kept."""
    candidate = one.candidate
    if host(candidate.url):
        return f"**{say.gettext('Contact:')}** {md_link(host(candidate.url), candidate.url)}"
    if one.wants_to_be_found:
        told = say.gettext("it entered itself here; its address is on its own public page.")
    else:
        told = say.gettext("no page of it is known here; the pages of its projects name one.")
    return f"**{say.gettext('Contact:')}** {md_escape(told)}"


def _invitation(say: Speaker, one: Entry, text: Invitation) -> None:
    name = md_escape(one_line(one.candidate.name, 60))
    with st.popover(say.gettext("Invite %(name)s", name=name), icon=":material/mail:"):
        st.markdown(say.gettext("A text to copy. Change what you like; nothing is sent from here."))
        st.code(f"{text.subject}\n\n{text.body}", language=None, wrap_lines=True)
        if not one.wants_to_be_found:
            told = say.gettext("They were not asked whether they look for partners: use the contact on their own page.")
            widgets.small(md_escape(told))


def map_link(frame: Frame) -> str:
    """The way to the same organisations on the map."""
    kept = {name: value for name, value in st.query_params.items() if name in ("country", "kind", "programme")}
    return f"[{frame.say.gettext('The same on a map')}](/map?{urlencode(frame.query(**kept))})"
