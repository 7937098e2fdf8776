"""Controls whose value stands in the page's address: a link carries it, and going back takes it back.

An address is written by anybody: what is not among the options counts as nothing chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.filters import BETWEEN


def several(label: str, name: str, options: Sequence[str], words: Callable[[str], str]) -> tuple[str, ...]:
    """Any number of the options."""
    asked = st.query_params.get(name, "").split(BETWEEN)
    st.session_state[_key(name)] = [one for one in options if one in asked]
    chosen = st.pills(
        label, options, selection_mode="multi", format_func=words, key=_key(name), on_change=_write, args=(name,)
    )
    return tuple(chosen)


def one(label: str, name: str, options: Sequence[str], words: Callable[[str], str]) -> str:
    """One of the options, of which the first is as always and stands in no address."""
    asked = st.query_params.get(name, "")
    st.session_state[_key(name)] = asked if asked in options else options[0]
    written = (name, options[0])
    return str(st.selectbox(label, options, format_func=words, key=_key(name), on_change=_write, args=written))


def text(label: str, name: str, longest: int, placeholder: str = "") -> str:
    """Words; what is longer is cut."""
    st.session_state[_key(name)] = st.query_params.get(name, "")[:longest]
    key = _key(name)
    typed = st.text_input(label, key=key, max_chars=longest, placeholder=placeholder, on_change=_write, args=(name,))
    return typed.strip()


def page(name: str, number: int, label: str) -> int:
    """The page of a long list that the address asks for, from 1; draws the choice where there is more than one."""
    asked = st.query_params.get(name, "")
    at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    if number < 2:
        return 1
    options = [str(one) for one in range(1, number + 1)]
    st.session_state[_key(name)] = str(min(max(at, 1), number))
    return int(st.selectbox(label, options, key=_key(name), on_change=_write, args=(name, "1"), width=160))


def _write(name: str, as_always: str = "") -> None:
    value = st.session_state[_key(name)]
    written = BETWEEN.join(value) if isinstance(value, list) else str(value or "")
    if written and written != as_always:
        st.query_params[name] = written
    else:
        st.query_params.pop(name, None)


def _key(name: str) -> str:
    return f"choice {name}"
