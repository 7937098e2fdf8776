"""Draws the filters of the list: the most used in sight, the others one step away, those in use to be taken out one by
one. What is chosen stands in the address alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

import streamlit as st

from dashboard import choices
from dashboard.escape import md_escape
from dashboard.filters import BETWEEN, LONGEST_TEXT, MOST_MONEY, Filters, to_query
from dashboard.told.filters import Offer, each, label, offers
from dashboard.unseen import named
from matcher.languages import Speaker
from matcher.model import Goal


def drawn(
    say: Speaker, filters: Filters, goals: Mapping[Goal, str], languages: Iterable[str], countries: Iterable[str]
) -> None:
    """`languages`: of the calls' texts; `countries`: of the national calls among them."""
    offered = offers(say, filters, goals, languages, countries)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        example = say.gettext("for example: housing, language courses, voting")
        choices.text(label(say, "text"), "text", LONGEST_TEXT, example)
        _one(offered["within"])
        _one(offered["sort"])
        with st.popover(say.gettext("More filters"), icon=":material/tune:"):
            _more(say, filters, offered)
    _several(offered["fund"])


def _more(say: Speaker, filters: Filters, offered: Mapping[str, Offer]) -> None:
    _one(offered["seen"])
    _several(offered["route"])
    _one(offered["role"])
    _several(offered["status"])
    left, right = st.columns(2)
    with left:
        _amount(label(say, "least"), "least", filters.least)
    with right:
        _amount(label(say, "most"), "most", filters.most)
    _one(offered["country"])
    _several(offered["goal"])
    _several(offered["language"])


def _one(offer: Offer) -> None:
    choices.one(offer.label, offer.name, list(offer.words), offer.words.__getitem__)


def _several(offer: Offer) -> None:
    choices.several(offer.label, offer.name, list(offer.words), offer.words.__getitem__)


def _amount(title: str, name: str, value: int | None) -> None:
    key = f"choice {name}"
    st.session_state[key] = value

    def written() -> None:
        amount = st.session_state[key]
        if amount is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(amount)

    st.number_input(title, min_value=0, max_value=MOST_MONEY, step=10_000, key=key, on_change=written)


def in_use(say: Speaker, filters: Filters, goals: Mapping[Goal, str]) -> None:
    """Each filter in use as a button that takes it out, and one for all; nothing where none is."""
    if not filters.are_any:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="in-use"):
        st.markdown(md_escape(say.gettext("In use:")), width="content")
        for name, value, words in each(say, filters, goals):
            st.button(
                named(md_escape(words), say.gettext("take this filter out")),
                key=f"take out {name} {value}",
                icon=":material/close:",
                on_click=take_out,
                args=(name, value),
            )
        st.button(say.gettext("Clear all filters"), type="tertiary", on_click=clear)


def refused(say: Speaker, names: Iterable[str]) -> None:
    """An address with nonsense is told in words; what it asks for beside that holds."""
    labels = [md_escape(label(say, name)) for name in names]
    if labels:
        st.warning(
            say.gettext(
                "The address of this page asks for something that is not known here, in: %(filters)s. It was left out.",
                filters=say.listing(labels),
            )
        )


def take_out(name: str, value: str) -> None:
    """One value of a filter, out of the address."""
    left = [one for one in st.query_params.get(name, "").split(BETWEEN) if one not in (value, "")]
    if left and value:
        st.query_params[name] = BETWEEN.join(left)
    else:
        st.query_params.pop(name, None)


def clear() -> None:
    for one in fields(Filters):
        if one.name != "sort":
            st.query_params.pop(one.name, None)


def key(filters: Filters) -> str:
    """Names the filters, so that another choice begins on the first page again."""
    return " ".join(f"{name}={value}" for name, value in to_query(filters).items())
