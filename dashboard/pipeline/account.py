"""The corner of every page where one signs in and out, and sees and erases what is kept of oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import queries
from dashboard.escape import md_escape
from dashboard.guard import guarded
from matcher.languages import Speaker, terms

if TYPE_CHECKING:
    from dashboard.frame import Frame

FAILED = "sign-in"
"""Parameter of the address to which `dashboard.routes.signing_in` sends whoever could not sign in."""


def account_corner(frame: Frame) -> None:
    """One element; none where nobody signs in."""
    if not queries.is_sign_in_configured():
        return
    if not frame.user.account:
        if st.button(frame.say.gettext("Sign in"), icon=":material/login:", key="sign in"):
            st.login()
        return
    with st.popover(md_escape(frame.user.name or frame.say.gettext("Signed in")), icon=":material/person:"):
        _about_me(frame)


def failure(say: Speaker) -> None:
    """Told once to whoever comes back without being signed in."""
    if st.query_params.pop(FAILED, None):
        st.error(
            say.gettext(
                "Signing in did not work: the sign-in service does not answer, or it did not let you in. Nothing was "
                "changed. Try again later, or tell whoever runs this site."
            ),
            icon=":material/error:",
        )


def _about_me(frame: Frame) -> None:
    say = frame.say
    names = {profile.id: profile.name for profile in frame.profiles}
    lines = [
        say.gettext(
            "%(organisation)s: %(permission)s",
            organisation=names.get(id, id),
            permission=say.term(terms.PERMISSIONS[permission]),
        )
        for id, permission in sorted(frame.user.permissions.items())
    ]
    st.markdown(
        "\n".join(f"- {md_escape(line)}" for line in lines) or say.gettext("You belong to no organisation yet.")
    )
    if st.button(say.gettext("Sign out"), key="sign out", icon=":material/logout:"):
        st.logout()
    if st.button(say.gettext("Erase my account"), key="erase me", type="tertiary"):
        st.dialog(say.gettext("Erase my account"))(guarded(_erase))(frame)


def _erase(frame: Frame) -> None:
    say = frame.say
    st.markdown(
        say.gettext(
            "Your name, your address and what you may do for organisations are deleted. Notes that you wrote stay with "
            "the organisation, without your name. Where you are the only admin, whoever runs this site must let in "
            "another one."
        )
    )
    if st.button(say.gettext("Erase it now"), type="primary"):
        queries.members().erase_me()
        st.logout()
