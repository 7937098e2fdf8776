"""Draws one source of the coverage page: its publisher, its age, its calls, and what could not be understood."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets, words
from dashboard.escape import md_escape, md_link
from matcher.days import day_words
from matcher.model import RunOutcome

if TYPE_CHECKING:
    from matcher.coverage import SourceState
    from matcher.model import Issue

LISTED = 50
"""Issues that are drawn; how many more there are is said."""


def source(state: SourceState) -> None:
    card = state.latest.card
    st.header(md_escape(card.title if card else state.source), divider="gray")
    if card:
        st.markdown(f"{md_escape(card.publisher)} · {md_link(card.url, card.url)} · licence: {md_escape(card.licence)}")
    st.markdown(_age(state))
    if state.calls:
        st.table(
            {
                "state": [words.STATUSES[status] for status in words.STATUSES if status in state.calls],
                "calls": [state.calls[status] for status in words.STATUSES if status in state.calls],
            },
            border="horizontal",
            hide_index=True,
            width="content",
        )
    if state.latest.outcome is not RunOutcome.OK:
        reasons = "; ".join(state.latest.reasons) or "no reason was recorded"
        st.warning(f"Latest run ({state.latest.outcome}): {md_escape(reasons)}", icon=":material/warning:")
    for note in state.latest.notes:
        widgets.small(md_escape(note))
    _issues(state.issues)


def _age(state: SourceState) -> str:
    good = state.last_good
    if good is None:
        return "No good run yet: nothing of this source is shown."
    kind = "Bundled snapshot" if good.snapshot else "Last good run"
    age = "" if state.age_days is None else f" ({words.count_words(state.age_days, 'day', 'days')} old)"
    return f"{kind} of {day_words(good.as_of)}{age}: {words.count_words(good.calls, 'call', 'calls')}."


def _issues(issues: tuple[Issue, ...]) -> None:
    """Values that were kept apart instead of guessed, by field, then one by one."""
    if not issues:
        return
    with st.expander(f"Not understood ({words.count_words(len(issues), 'value', 'values')})"):
        by_field = Counter(issue.field for issue in issues)
        st.markdown(", ".join(f"{md_escape(field)}: {count}" for field, count in sorted(by_field.items())))
        for issue in issues[:LISTED]:
            found = f", found “{issue.found[:80]}”" if issue.found else ""
            widgets.small(md_escape(f"{issue.reference} {issue.field}: {issue.problem}{found}"))
        if len(issues) > LISTED:
            st.markdown(f"… and {len(issues) - LISTED:,} more; `funding sources --json` lists them all.")
