"""How the pages get at the service: one for each state of the store, and what can go wrong with it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from matcher.service import Service
    from matcher.settings import Settings


class BadSetting(ValueError):
    """An environment variable of ours is wrong; the message names it."""


def problems() -> tuple[type[Exception], ...]:
    """What a reader or operator can mend: each message says what is wrong, where, and what to do."""
    from matcher.factfile import BadFactFile
    from matcher.local_model import ModelMissing
    from matcher.service import NoCalls, NotFound, Outdated
    from matcher.sign_in import BadSignIn
    from matcher.store import StoreError
    from matcher.workspaces.permissions import LastAdmin, NotAllowed

    return (
        BadSetting,
        BadSignIn,
        NoCalls,
        NotFound,
        Outdated,
        BadFactFile,
        ModelMissing,
        StoreError,
        NotAllowed,
        LastAdmin,
    )


def is_to_be_asked_again(problem: Exception) -> bool:
    """Whether calls were loaded while a page was drawn: once for each state of the store; what is read next is new."""
    from matcher.service import Outdated

    if not isinstance(problem, Outdated):
        return False
    look_again()
    is_new = st.session_state.get("drawn again for") != state()
    st.session_state["drawn again for"] = state()
    return is_new


def open_kept(on: date) -> None:
    """Open what the jobs of the night kept, before the first reader asks. Each page tells what is wrong itself."""
    try:
        service().open_kept(on)
    except problems():
        return


def public_address() -> str:
    """Where readers reach this dashboard, without a slash at its end."""
    return settings().public_url.rstrip("/")


def service() -> Service:
    """The one for the store as it is now."""
    return service_at(state())


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Raises BadSetting."""
    from pydantic import ValidationError

    from matcher.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        found = "; ".join(f"FUNDING_{e['loc'][0]}".upper() + f": {e['msg']}" for e in error.errors())
        raise BadSetting(f"{found}. Correct the environment variable and start the dashboard again.") from error


@st.cache_resource(max_entries=3, show_spinner=False)
def service_at(loaded: str) -> Service:
    """One service for each state of the store, because it reads calls and vectors once."""
    from matcher.service import Service

    return Service(settings())


def state() -> str:
    """Names the state of the store: another string after each crawl that was loaded, and while its texts are read.

    A page asks for it dozens of times; it is looked up once a second.
    """
    return _looked_up()[0]


def look_again() -> None:
    """What was looked up within the second is forgotten."""
    _looked_up.clear()


def _is_recent(looked_up: tuple[str, float]) -> bool:
    return monotonic() - looked_up[1] < 1


# Not by `ttl`: Streamlit 1.67 asks first whether a value is there and then for it, and raises KeyError where its time
# ends in between. A value that its `validate` refuses is looked up anew.
@st.cache_resource(validate=_is_recent, show_spinner=False)
def _looked_up() -> tuple[str, float]:
    return service_at("").store.worked_out.state(), monotonic()


def entered(profile: str) -> str:
    """Names the state of an organisation: another string after each save, by whichever process. Raises NotFound."""
    return sha256(service().profile(profile).model_dump_json().encode()).hexdigest()
