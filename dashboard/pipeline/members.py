"""Who belongs to the chosen organisation: a table for its members, and for its admins the means to change it."""

from __future__ import annotations

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.pipeline import acting
from dashboard.unseen import named
from matcher.addresses import BadAddress
from matcher.languages import Speaker, terms
from matcher.model import Permission
from matcher.workspaces.members import Member

PLACE = "members"


def members(frame: Frame) -> None:
    """Nothing where nobody signs in, nor for who neither belongs to it nor may let somebody in."""
    if frame.profile is None or not queries.is_sign_in_configured():
        return
    found = queries.members().of(frame.profile.id)
    may_let_in = queries.members().may_let_in(frame.profile.id)
    if not found and not may_let_in:
        return
    st.header(frame.say.gettext("Who belongs to it"))
    acting.problem(PLACE)
    if found:
        _table(frame.say, found)
    if may_let_in:
        _let_in(frame, frame.profile.id, is_first=not frame.may(Permission.ADMIN))
    for one in found:
        if frame.may(Permission.ADMIN) or one.is_me:
            _change(frame, one)


def _table(say: Speaker, found: list[Member]) -> None:
    st.table(
        {
            say.pgettext("of a person", "Name"): [md_escape(_name(say, one)) for one in found],
            say.gettext("May do"): [say.term(terms.PERMISSIONS[one.membership.permission]) for one in found],
        },
        hide_index=True,
    )


def _name(say: Speaker, one: Member) -> str:
    """What the admins know somebody by."""
    if one.account is None:
        address = one.membership.invited or say.gettext("somebody")
        return say.gettext("%(name)s, invited", name=address)
    name = one.account.name or one.account.address or say.gettext("without a name")
    if one.account.address and one.account.address != name:
        name = say.gettext("%(name)s (%(address)s)", name=name, address=one.account.address)
    return say.gettext("%(name)s, you", name=name) if one.is_me else name


def _let_in(frame: Frame, organisation: str, is_first: bool) -> None:
    say = frame.say
    allowed = [Permission.ADMIN] if is_first else list(Permission)
    with st.form("let in", clear_on_submit=True):
        address = st.text_input(say.gettext("Mail address of somebody to let in"), max_chars=254)
        permission = st.selectbox(
            say.gettext("What they may do"), allowed, format_func=lambda one: say.term(terms.PERMISSIONS[one])
        )
        st.markdown(
            say.gettext(
                "No mail is sent: tell them. They belong to the organisation as soon as they sign in with that address."
            )
        )
        if not st.form_submit_button(say.gettext("Let in")):
            return
    try:
        queries.members().let_in(organisation, address, permission)
    except BadAddress:
        st.error(say.gettext("This is not one mail address; write one, such as name@example.org."))
    except queries.problems() as trouble:
        widgets.problem(say, trouble)
    else:
        st.rerun()


def _change(frame: Frame, one: Member) -> None:
    """A row of choices for one member; for oneself without being an admin only to leave."""
    say, now = frame.say, one.membership.permission
    name = _name(say, one)
    key = f"{one.membership.account or one.membership.invited} {now}"

    def chosen() -> None:
        to: Permission = st.session_state[f"may {key}"]
        acting.act(say, PLACE, lambda desk, _: queries.members().change(one.membership, to))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        if frame.may(Permission.ADMIN):
            st.selectbox(
                md_escape(say.gettext("What %(name)s may do", name=name)),
                list(Permission),
                index=list(Permission).index(now),
                format_func=lambda permission: say.term(terms.PERMISSIONS[permission]),
                key=f"may {key}",
                on_change=chosen,
            )
        st.button(
            say.gettext("Leave the organisation") if one.is_me else named(say.gettext("Let out"), name),
            key=f"let out {key}",
            on_click=acting.act,
            args=(say, PLACE, lambda desk, _: queries.members().let_out(one.membership)),
        )
