"""Who sits before the screen. The only module that asks Streamlit who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from dashboard.queries import door
from matcher.workspaces.permissions import User


def current_user() -> User:
    """Without sign-in the one user of this machine; where others reach the site, then, somebody who may only look."""
    if not is_sign_in_configured():
        return User(is_single=door.settings().is_single)
    return _user(claims())


def is_sign_in_configured() -> bool:
    from matcher.sign_in import read_sign_in

    return read_sign_in(door.settings()) is not None


def claims() -> Mapping[str, object]:
    """What the provider said of whoever signed in, from the cookie that came with this visit; hostile texts."""
    return st.user.to_dict()


def _user(claims: Mapping[str, object]) -> User:
    """By what the provider says of them: with the permissions of this moment."""
    from matcher.workspaces.identity import identity
    from matcher.workspaces.signing_in import user_of

    store, operators = door.service_at("").store, door.settings().operator_keys
    return user_of(store, identity(claims), datetime.now(UTC), operators)
