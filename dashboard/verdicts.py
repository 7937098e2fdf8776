"""Draws what is met, not met and not known, of an organisation or a consortium, each with the call's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import widgets, words
from dashboard.escape import md_escape, md_link
from matcher.days import day_words
from matcher.documents.cited import Cited
from matcher.model import Answer, Condition, Quote, Verdict
from matcher.wording.quotes import place_words

HEADINGS = {
    Answer.NOT_MET: "What speaks against it",
    Answer.UNKNOWN: "What is not known",
    Answer.MET: "What speaks for it",
}
"""In the order a reader needs them: what stops, what to find out, what is fine."""

BADGES = {
    Answer.NOT_MET: ("Not met", "red", ":material/close:"),
    Answer.UNKNOWN: ("Not known", "gray", ":material/help:"),
    Answer.MET: ("Met", "green", ":material/check:"),
}


def shown(verdicts: Sequence[Verdict], documents: Mapping[str, Cited]) -> None:
    """All verdicts under three headings; `documents`: those that quotes stand in, by SHA-256."""
    for answer, heading in HEADINGS.items():
        found = [verdict for verdict in verdicts if verdict.answer is answer]
        st.subheader(heading)
        if not found:
            st.markdown("Nothing, as far as it was checked.")
        for verdict in found:
            one(verdict, documents)


def one(verdict: Verdict | Condition, documents: Mapping[str, Cited]) -> None:
    """Symbol and word of the answer, reason, what to do, quote, and what it rests on."""
    word, colour, icon = BADGES[verdict.answer]
    with st.container(gap="xxsmall"):
        st.markdown(f":{colour}-badge[{icon} {word}] **{md_escape(verdict.label)}** {md_escape(verdict.reason)}")
        if verdict.remedy:
            st.markdown(f":material/arrow_forward: {md_escape(verdict.remedy)}")
        if verdict.quote:
            st.markdown(f"> “{md_escape(verdict.quote.text)}”")
        widgets.small(_grounds(verdict, documents))


def _grounds(verdict: Verdict | Condition, documents: Mapping[str, Cited]) -> str:
    """Where a verdict comes from: what it rests on, the law or page, and the place of its quote."""
    told = [f"Rests on {words.BASES[verdict.basis]}"] if verdict.basis else []
    told += [widgets.source(verdict.reference)] if verdict.reference else []
    told += [f"quoted from {place(verdict.quote, documents)}"] if verdict.quote else []
    return " · ".join(told)


def place(quote: Quote, documents: Mapping[str, Cited]) -> str:
    """The field of the call, or the document with its page, as a link where its address is known."""
    if quote.document is None:
        return md_escape(place_words(quote))
    page = f", page {quote.page}" if quote.page else ""
    known = documents.get(quote.document)
    if known is None:
        return f"the call document{page}"
    return f"{md_link(known.title, known.url)}{page}, as of {day_words(known.as_of)}"
