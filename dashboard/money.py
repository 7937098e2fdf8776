"""Draws the money of one project of a call: grant, rate, own part, first payment, each with whose word it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets
from dashboard.escape import md_escape
from matcher.wording.money import MoneyFact, money_facts

if TYPE_CHECKING:
    from matcher.currency import Rates
    from matcher.money.own_contribution import Finance


def section(found: Finance, rates: Rates) -> None:
    st.header("Money for one project", divider="blue")
    for fact in money_facts(found, rates):
        _fact(fact)


def _fact(fact: MoneyFact) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"**{md_escape(fact.label)}:** {md_escape(fact.text)}")
        if fact.quote:
            st.markdown(f"> “{md_escape(fact.quote.text)}”")
        if fact.reference:
            widgets.small(widgets.source(fact.reference))
