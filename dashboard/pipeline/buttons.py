"""What can be done about a call on its card and its page: save it, say how far one is, put it aside with a reason."""

from __future__ import annotations

import streamlit as st

from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.guard import guarded
from dashboard.pipeline import acting
from dashboard.unseen import named, shortened
from matcher.languages import Speaker, terms
from matcher.model import Dislike, Permission, Pursuit, Stage
from matcher.workspaces.our_calls import IN_WORK

LONGEST_REMARK = 500
NO_STAGE = "none"
"""Choice that takes a call off the list."""


def buttons(frame: Frame, call_id: str, title: str, pursuit: Pursuit | None) -> None:
    """Two elements, for a row that holds them. Who may only look sees how far the organisation is."""
    if frame.profile is None or not (frame.may(Permission.EDITOR) or pursuit):
        return
    if not frame.may(Permission.EDITOR):
        standing(frame, pursuit)
        return
    acting.problem(call_id)
    if pursuit is None:
        _save(frame, frame.profile.id, call_id, title)
    elif pursuit.stage is Stage.DISMISSED:
        standing(frame, pursuit)
        _bring_back(frame, frame.profile.id, call_id, title)
        return
    else:
        stage(frame, frame.profile.id, call_id, title, pursuit)
    not_for_us(frame, call_id, title)


def standing(frame: Frame, pursuit: Pursuit | None) -> None:
    """How far the organisation is, in words."""
    if pursuit is None:
        return
    words = frame.say.term(terms.STAGES[pursuit.stage])
    if pursuit.stage is Stage.DISMISSED and pursuit.reason:
        reason = frame.say.term(terms.DISLIKES[pursuit.reason])
        words = frame.say.gettext("Put aside: %(reason)s", reason=reason)
    remark = f" – {md_escape(shortened(pursuit.remark))}" if pursuit.remark else ""
    st.markdown(f"{md_escape(words)}{remark}", width="content")


def stage(frame: Frame, organisation: str, call_id: str, title: str, pursuit: Pursuit) -> None:
    """A choice of all stages, and of none."""
    key = f"stage of {call_id} {pursuit.stage}"  # set elsewhere, it begins anew with what was set

    def chosen() -> None:
        to: str = st.session_state[key]
        if to == NO_STAGE:
            acting.act(frame.say, call_id, lambda desk, _: desk.drop(organisation, call_id))
        else:
            acting.act(frame.say, call_id, lambda desk, now: desk.set_stage(organisation, call_id, Stage(to), now))

    st.selectbox(
        frame.say.gettext("How far we are with “%(title)s”", title=shortened(title)),
        [*IN_WORK, NO_STAGE],
        index=IN_WORK.index(pursuit.stage),
        format_func=lambda one: _stage_words(frame.say, one),
        key=key,
        label_visibility="collapsed",
        on_change=chosen,
        width=260,
    )


def _stage_words(say: Speaker, one: str) -> str:
    return say.gettext("Not saved any more") if one == NO_STAGE else say.term(terms.STAGES[Stage(one)])


def not_for_us(frame: Frame, call_id: str, title: str) -> None:
    """The button; what it opens asks for the reason."""
    if st.button(named(frame.say.gettext("Not for us"), title), key=f"not for us {call_id}", type="tertiary"):
        st.dialog(frame.say.gettext("Not for us"))(guarded(_ask_why))(frame, call_id, title)


def _ask_why(frame: Frame, call_id: str, title: str) -> None:
    say, why, words = frame.say, f"why not {call_id}", f"why not in words {call_id}"
    assert frame.profile is not None
    organisation = frame.profile.id

    def put_aside() -> None:
        reason: Dislike | None = st.session_state[why]
        remark: str = st.session_state[words]
        if reason is not None:
            acting.act(say, call_id, lambda desk, now: desk.dismiss(organisation, call_id, reason, remark, now))

    st.markdown(f"**{md_escape(shortened(title))}**")
    st.radio(
        say.gettext("Why?"), list(Dislike), index=None, format_func=lambda one: say.term(terms.DISLIKES[one]), key=why
    )
    st.text_input(
        say.gettext("In your own words, if you like; please name no person"), max_chars=LONGEST_REMARK, key=words
    )
    st.markdown(say.gettext("It comes back when something that matters about it changes."))
    if st.button(say.gettext("Put it aside"), type="primary", key=f"put aside {call_id}", on_click=put_aside):
        if st.session_state[why] is not None:
            st.rerun()
        st.error(say.gettext("Choose a reason first."), icon=":material/error:")


def _save(frame: Frame, organisation: str, call_id: str, title: str) -> None:
    st.button(
        named(frame.say.pgettext("a call", "Save"), title),
        key=f"save {call_id}",
        icon=":material/bookmark_add:",
        on_click=acting.act,
        args=(frame.say, call_id, lambda desk, now: desk.set_stage(organisation, call_id, Stage.SAVED, now)),
    )


def _bring_back(frame: Frame, organisation: str, call_id: str, title: str) -> None:
    st.button(
        named(frame.say.gettext("Bring it back"), title),
        key=f"bring back {call_id}",
        on_click=acting.act,
        args=(frame.say, call_id, lambda desk, now: desk.drop(organisation, call_id)),
    )
