"""One of the organisation's own calls: what is due, who sees to it, what changed, and the notes on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import words
from dashboard.escape import md_escape
from dashboard.frame import CALL, Frame
from dashboard.guard import guarded
from dashboard.pipeline import acting
from dashboard.pipeline.buttons import not_for_us, stage
from dashboard.unseen import named, shortened
from matcher.alerts.letters.changes import change_words
from matcher.languages import Speaker, terms
from matcher.model import Event, Note, Permission, Pursuit
from matcher.workspaces.desk import LONGEST_NAME, LONGEST_TEXT
from matcher.workspaces.our_calls import OurCall

SHOWN_NEWS = 3
"""Changes of a call that are told on the page; all stand on the page of the call."""


def our_call(frame: Frame, one: OurCall) -> None:
    """Heading, facts and a row of what can be done: five elements and what holds them."""
    with st.container(border=True):
        st.markdown(f"### {md_escape(shortened(one.title))}\n\n" + "\n\n".join(facts(frame.say, one, frame.on)))
        acting.problem(one.pursuit.call)
        with st.container(horizontal=True, vertical_alignment="center"):
            if frame.may(Permission.EDITOR) and frame.profile:
                stage(frame, frame.profile.id, one.pursuit.call, one.title, one.pursuit)
            notes_button(frame, one.pursuit.call, one.title, one.pursuit, one.notes)
            details(frame, one)
            if frame.may(Permission.EDITOR):
                not_for_us(frame, one.pursuit.call, one.title)


def details(frame: Frame, one: OurCall) -> None:
    """The way to the page of the call, while a source lists it."""
    if one.call is not None:
        label = named(frame.say.gettext("Details"), one.title)
        query = frame.query(**{CALL: one.call.id})
        st.page_link("views/call.py", label=label, icon=":material/arrow_forward:", query_params=query)


def facts(say: Speaker, one: OurCall, on: date) -> list[str]:
    """Lines of Markdown."""
    lines = [_due(say, one, on)]
    if one.pursuit.owner:
        lines.append(md_escape(say.gettext("Seen to by %(name)s", name=one.pursuit.owner)))
    lines += [_news(say, event) for event in reversed(one.news[-SHOWN_NEWS:])]
    if one.notes:
        newest = one.notes[0]
        note = say.gettext("Note of %(day)s: %(text)s", day=say.day(newest.written.date()), text=shortened(newest.text))
        lines.append(md_escape(note))
    return lines


def _due(say: Speaker, one: OurCall, on: date) -> str:
    if one.call is None:
        return md_escape(say.gettext("No source lists this call any more."))
    due = words.next_deadline_words(say, one.call, on)
    return f"**{md_escape(say.gettext('Deadline: %(deadline)s', deadline=due))}**"


def _news(say: Speaker, event: Event) -> str:
    told = say.term(terms.EVENTS[event.kind])
    changes = say.series([change_words(change, say) for change in event.changes])
    line = say.gettext("%(day)s: %(news)s", day=say.day(event.on), news=f"{told}. {changes}".strip())
    return f":material/update: {md_escape(line[:600])}"


def notes_button(frame: Frame, call: str, title: str, pursuit: Pursuit | None, notes: Sequence[Note]) -> None:
    """Opens the notes on a call, on its card and on its page. Of a call that is not saved any more they are still
    read and deleted; nothing where there are none."""
    if pursuit is None and not notes:
        return
    label = frame.say.ngettext("%(num)s note", "%(num)s notes", len(notes))
    if pursuit and frame.may(Permission.EDITOR):
        label = frame.say.gettext("Notes, who sees to it (%(number)s)", number=frame.say.number(len(notes)))
    if st.button(named(label, title), key=f"notes {call}", icon=":material/edit_note:"):
        st.dialog(frame.say.gettext("Notes"), width="medium")(guarded(_notes))(frame, title, pursuit, notes)


def _notes(frame: Frame, title: str, pursuit: Pursuit | None, notes: Sequence[Note]) -> None:
    assert frame.profile is not None
    st.markdown(f"**{md_escape(shortened(title))}**")
    may_change = frame.may(Permission.EDITOR)
    if pursuit and may_change:
        _writing(frame.say, pursuit)
    if not notes:
        st.markdown(frame.say.gettext("No notes yet. They are seen by the members of your organisation only."))
    for note in notes:
        _note(frame.say, frame.profile.id, note, may_change)


def _writing(say: Speaker, pursuit: Pursuit) -> None:
    organisation, call = pursuit.organisation, pursuit.call
    owner, text = f"owner {call}", f"new note {call}"

    def keep() -> None:
        name, words = st.session_state[owner], st.session_state[text]
        acting.act(say, call, lambda desk, now: desk.set_owner(organisation, call, name, now))
        acting.act(say, call, lambda desk, now: desk.write_note(organisation, call, words, now))

    st.text_input(say.gettext("Who sees to it"), pursuit.owner, max_chars=LONGEST_NAME, key=owner)
    st.text_area(say.gettext("A new note"), max_chars=LONGEST_TEXT, key=text)
    if st.button(say.gettext("Keep"), type="primary", key=f"keep {call}", on_click=keep):
        st.rerun()


def _note(say: Speaker, organisation: str, note: Note, may_change: bool) -> None:
    day = say.day(note.written.date())
    st.markdown(f"**{md_escape(day)}**")
    st.text(note.text)
    if not may_change:
        return
    gone = st.button(
        named(say.gettext("Delete the note"), f"{day}: {note.text}"),
        key=f"delete {note.id}",
        type="tertiary",
        on_click=acting.act,
        args=(say, note.call, lambda desk, _: desk.delete_note(organisation, note.id)),
    )
    if gone:
        st.rerun()
