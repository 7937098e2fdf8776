"""Who sits before the screen. The only module that asks Streamlit who is signed in."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from matcher.workspaces.permissions import User

__all__ = ["User", "claims", "current_user", "is_sign_in_configured"]


def current_user() -> User:
    """Without sign-in the one user of this machine; where others reach the site, then, somebody who may only look."""
    from dashboard import queries

    settings = queries.settings()
    if not is_sign_in_configured():
        return User(is_single=settings.is_single)
    return queries.user(claims())


def is_sign_in_configured() -> bool:
    from dashboard import queries
    from matcher.sign_in import read_sign_in

    return read_sign_in(queries.settings()) is not None


def claims() -> Mapping[str, object]:
    """What the provider said of whoever signed in, from the cookie that came with this visit; hostile texts."""
    return st.user.to_dict()
