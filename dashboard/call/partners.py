"""Draws who could join a draft for one call, with a ready text to invite them, and which networks to ask.

Nothing is searched before a reader asks: past projects must be read and compared for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets
from dashboard.call.blocks import NAME, entry, listed, small, titled
from dashboard.call.drawing import heading
from dashboard.call.invitation import Invitation, invitation
from dashboard.escape import md_escape, md_link
from dashboard.frame import Frame
from dashboard.partners.missing import no_projects
from dashboard.told.parts import Part
from matcher.eligibility import words
from matcher.languages import Speaker
from matcher.printable import one_line
from matcher.reference.networks import Network
from matcher.wording.partners import (
    ADVISED,
    UNASKED,
    advice_words,
    body_words,
    done_words,
    empty_words,
    groups,
    invitation_words,
    origin_words,
    place_words,
)

if TYPE_CHECKING:
    from matcher.partners.page import PartnerPage
    from matcher.partners.suggesting import Suggestion

SHOWN = 5
"""Suggestions of each sort that are drawn."""
PROJECTS = 3
"""Past projects named of a suggestion."""


def is_wanted(say: Speaker, call: str) -> bool:
    """Heading and switch; True once the reader asks."""
    heading(say, Part.PARTNERS)
    return st.toggle(say.gettext("Look for partners among past projects and networks"), key=f"partners {call}")


def found(frame: Frame, page: PartnerPage, address: str) -> None:
    """Advised role, suggestions with reasons and evidence, networks. `address`: of the call's page."""
    say = frame.say
    st.markdown("\n\n".join(filter(None, _advice(frame, page))))

    def invite(one: Suggestion) -> Invitation:
        role = say.say(ADVISED[one.role])
        return invitation(say, page.board.call, page.asking, one.candidate.name, role, address, frame.on)

    for title, suggestions in groups(page).items():
        _group(say, say.say(title), suggestions, invite)
    if page.suggestions.repairing or page.suggestions.strengthening:
        widgets.small(md_escape(say.say(UNASKED)))
    with st.expander(say.gettext("Networks to ask: places to look for partners")):
        st.markdown(listed(_network(say, one, one.key in page.memberships) for one in page.networks))


def _advice(frame: Frame, page: PartnerPage) -> Iterator[str]:
    say = frame.say
    yield f"**{say.gettext('Advised role: %(role)s', role=md_escape(say.say(advice_words(page.advice))))}**"
    yield small(say.gettext("Rests on: %(ground)s", ground=widgets.source(say, page.advice.source)))
    if page.closed or page.stored:
        yield md_escape(say.say(empty_words(page)))
    else:
        yield no_projects(frame)
    yield md_escape(say.say(invitation_words(page)))


def _group(
    say: Speaker, title: str, suggestions: Sequence[Suggestion], invite: Callable[[Suggestion], Invitation]
) -> None:
    if not suggestions:
        return
    st.subheader(md_escape(title), anchor=False)
    if len(suggestions) > SHOWN:
        shown, number = say.number(SHOWN), say.number(len(suggestions))
        widgets.small(say.gettext("The first %(shown)s of %(number)s", shown=shown, number=number))
    for one in suggestions[:SHOWN]:
        _suggestion(say, one, invite(one))


def _suggestion(say: Speaker, one: Suggestion, text: Invitation) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 2])
        with left:
            st.markdown("\n\n".join(_who(say, one)))
        with right:
            note = say.gettext("The fit is the sum of these parts. Their weights are set by judgement, not measured.")
            widgets.score(say, one.score, one.contributions, f"partner {one.candidate.id}", note)
            _invite(say, one, text)


def _who(say: Speaker, one: Suggestion) -> Iterator[str]:
    candidate = one.candidate
    kinds = say.say(words.sentence(words.kinds(candidate.kinds))) if candidate.kinds else say.gettext("Kind not known")
    name = md_link(one_line(candidate.name, NAME), candidate.url)
    yield f"**{name}**, {md_escape(say.country_name(candidate.country))}  \n" + small(
        md_escape(say.gettext("%(kinds)s; as %(role)s", kinds=kinds, role=say.say(ADVISED[one.role])))
    )
    yield listed(f"- {md_escape(say.say(reason))}" for reason in one.reasons)
    yield "  \n".join(small(line) for line in _evidence(say, one))


def _evidence(say: Speaker, one: Suggestion) -> Iterator[str]:
    candidate = one.candidate
    for done in candidate.telling(PROJECTS):
        yield f"{md_link(one_line(say.say(done_words(done)), NAME), done.url)} ({widgets.source(say, done.source)})"
    if one.role is not one.advice.role:
        yield say.gettext("Advised role: %(role)s", role=md_escape(say.say(advice_words(one.advice))))
    yield md_escape(say.say(place_words(one)))
    yield md_escape(say.say(origin_words(candidate)))
    if candidate.not_known:
        unknown = md_escape(say.series([say.say(one) for one in candidate.not_known]))
        yield f":material/help: {say.gettext('Not known: %(what)s', what=unknown)}"


def _invite(say: Speaker, one: Suggestion, text: Invitation) -> None:
    """The ready text; a link into the mail program only for who said that it wants to be found."""
    name = titled(one.candidate.name, 60)
    with st.popover(say.gettext("Invite %(name)s", name=name), icon=":material/mail:", wrap=True):
        st.markdown(say.gettext("A text to copy. Change what you like; nothing is sent from here."))
        st.code(f"{text.subject}\n\n{text.body}", language=None, wrap_lines=True)
        if one.candidate.profile:
            st.markdown(f"[{md_escape(say.gettext('Open it in your mail program'))}]({text.mailto})")
            told = say.gettext("Fill in the address yourself: it is on their public page, none is kept here.")
        else:
            told = say.gettext("They were not asked whether they look for partners: use the contact on their own page.")
        widgets.small(md_escape(told))


def _network(say: Speaker, network: Network, member: bool) -> str:
    joined = f" ({md_escape(say.gettext('a member of the draft is in it'))})" if member else ""
    doors = (f"{md_link(door.title, door.url)} {md_escape(say.say(door.note))}" for door in network.doorways)
    body = widgets.source(say, body_words(network.body)) if network.body else md_escape(say.say(network.no_body))
    day = md_escape(say.gettext("as of %(day)s", day=say.day(network.as_of)))
    return entry(
        f"**{md_link(network.name, network.url)}**{joined}",
        md_escape(f"{say.say(network.what)} {say.say(network.members)}"),
        *doors,
        small(body),
        small(f"{widgets.source(say, network.source)}, {day}"),
    )
