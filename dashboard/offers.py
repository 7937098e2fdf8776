"""Draws what a call states beside its conditions: who may lead, sub-grants, how affiliated entities count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import verdicts, widgets
from dashboard.escape import md_escape
from matcher.documents.cited import Cited

if TYPE_CHECKING:
    from matcher.eligibility.offers import Offer


def section(found: Sequence[Offer], documents: Mapping[str, Cited]) -> None:
    """Nothing where the call states none of it; `documents`: those that quotes stand in, by SHA-256."""
    if found:
        st.header("What else the call says", divider="blue")
    for offer in found:
        with st.container(gap="xxsmall"):
            doubt = "" if offer.certain else " (read with doubt)"
            st.markdown(f"**{md_escape(offer.label)}:** {md_escape(offer.text)}{doubt}")
            if offer.quote:
                st.markdown(f"> “{md_escape(offer.quote.text)}”")
                widgets.small(f"quoted from {verdicts.place(offer.quote, documents)}")
            else:
                widgets.small(widgets.source(offer.reference))
