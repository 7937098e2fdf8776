"""Draws the coverage page: a summary of all sources, then each with its age, calls, stages, alarms and known gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets, words
from dashboard.escape import md_escape, md_link
from matcher.coverage import TIERS, Condition
from matcher.days import day_words
from matcher.model import CallStatus, RunOutcome
from matcher.wording.sources import STAGES, age_words, expected_words, percent, records_words

if TYPE_CHECKING:
    from matcher.coverage import SourceState
    from matcher.model import Issue, Run, Stages

Columns = dict[str, list[str] | list[int]]
LISTED = 50
"""Issues that are drawn; how many more there are is said."""
LOOKS: dict[Condition, widgets.Look] = {
    Condition.GOOD: widgets.Look("green", ":material/check:"),
    Condition.REMARKS: widgets.Look("blue", ":material/info:"),
    Condition.STALE: widgets.Look("orange", ":material/history:"),
    Condition.FAILED: widgets.Look("red", ":material/front_hand:"),
    Condition.NEVER_READ: widgets.Look("gray", ":material/hourglass_empty:"),
}
"""How a state looks. Its words are always beside colour and icon."""


def summary(states: Sequence[SourceState]) -> None:
    """A row for each source, with a link to its part of the page."""
    counts = Counter(state.condition for state in states)
    st.markdown(f"{words.count_words(len(states), 'source', 'sources')}: {_counted(counts)}.")
    st.table(
        {
            "source": [f"[{md_escape(state.title)}](#{_anchor(number)})" for number, state in enumerate(states)],
            "state": [_badge(state.condition) for state in states],
            "what it is": [TIERS[state.card.tier] if state.card else "" for state in states],
            "funds": [", ".join(state.card.funds) if state.card else "" for state in states],
            "last good run": [day_words(state.last_good.as_of) if state.last_good else "–" for state in states],
            "open": [_calls(state, CallStatus.OPEN) for state in states],
            "forthcoming": [_calls(state, CallStatus.FORTHCOMING) for state in states],
            "all": [f"{sum(state.calls.values()):,}" if state.calls else "–" for state in states],
        },
        border="horizontal",
        hide_index=True,
    )


def source(state: SourceState, number: int) -> None:
    """Everything known of one source; `number` is its row in the summary."""
    with st.container(border=True, gap="small"):
        st.subheader(md_escape(state.title), anchor=_anchor(number))
        st.markdown(f"{_badge(state.condition)} {_age(state)}")
        _publisher(state)
        _facts(state)
        if state.latest:
            _remarks(state, state.latest)
        _gaps(state)
        _issues(state.issues)


def _publisher(state: SourceState) -> None:
    if card := state.card:
        licence = f"licence: {md_escape(card.licence)}"
        widgets.small(f"{md_escape(card.publisher)} · {md_link(card.url, card.url)} · {licence}")
        funds = ", ".join(card.funds) or "outside the five funds"
        rhythm = f"read {card.frequency}" if state.is_crawled else "comes with the project, is not crawled"
        widgets.small(md_escape(f"{TIERS[card.tier]} · {funds} · {rhythm} · {expected_words(state)}"))


def _facts(state: SourceState) -> None:
    """Calls by status, and beside them how far things came in the last good run."""
    shown = [status for status in words.STATUSES if status in state.calls]
    by_status: Columns = {"calls now": [words.STATUSES[s] for s in shown], "number": [state.calls[s] for s in shown]}
    stages = state.last_good.stages if state.last_good else None
    tables = [by_status] * bool(shown) + ([_stage_columns(stages)] if stages else [])
    for place, columns in zip(st.columns([2, 3], gap="large"), tables, strict=False):
        with place:
            st.table(columns, border="horizontal", hide_index=True, width="content")


def _stage_columns(stages: Stages) -> Columns:
    rates = stages.rates.items()
    return {
        "stage of the last good run": ["listed", *(STAGES[stage] for stage, _ in rates)],
        "things": [f"{stages.listed:,}", *(f"{part:,}" for _, (part, _) in rates)],
        "of the stage before": ["", *(percent(part / whole) if whole else "–" for _, (part, whole) in rates)],
    }


def _remarks(state: SourceState, latest: Run) -> None:
    """What was suspicious or went wrong in the latest attempt, and what it notes."""
    for alarm in state.alarms:
        st.warning(md_escape(alarm), icon=":material/notifications:")
    others = [reason for reason in latest.reasons if reason not in state.alarms]
    if latest.outcome is RunOutcome.FAIL:
        kept = "the data of the last good run stay" if state.last_good else "nothing of it is shown"
        why = "; ".join(others) or "see the alarms above" if latest.reasons else "no reason was recorded"
        st.error(f"Latest run ({latest.outcome}), {kept}: {md_escape(why)}", icon=":material/front_hand:")
    elif others:
        st.warning(f"Latest run ({latest.outcome}): {md_escape('; '.join(others))}", icon=":material/warning:")
    if latest.notes:
        widgets.small(f"Notes: {md_escape('; '.join(latest.notes))}")


def _gaps(state: SourceState) -> None:
    if state.card and state.card.gaps:
        st.markdown("**Known to be missing**\n" + "\n".join(f"- {md_escape(gap)}" for gap in state.card.gaps))


def _age(state: SourceState) -> str:
    good = state.last_good
    if good is None:
        return "No good run yet: nothing of this source is shown." if state.latest else "Nothing of it is shown yet."
    kind = "Bundled snapshot" if good.snapshot else "Last good run"
    return f"{kind} of {day_words(good.as_of)} ({age_words(state)}): {records_words(good.calls, state)}."


def _badge(condition: Condition) -> str:
    look = LOOKS[condition]
    return f":{look.colour}-badge[{look.icon} {condition}]"


def _counted(counts: Counter[Condition]) -> str:
    return ", ".join(f"{counts[condition]} {condition}" for condition in Condition if counts[condition])


def _calls(state: SourceState, status: CallStatus) -> str:
    return f"{state.calls.get(status, 0):,}" if state.calls else "–"


def _anchor(number: int) -> str:
    return f"source-{number + 1}"


def _issues(issues: tuple[Issue, ...]) -> None:
    """Values that were kept apart instead of guessed, by field, then one by one."""
    if not issues:
        return
    with st.expander(f"Not read or not understood ({words.count_words(len(issues), 'value', 'values')})"):
        by_field = Counter(issue.field for issue in issues)
        st.markdown(", ".join(f"{md_escape(field)}: {count}" for field, count in sorted(by_field.items())))
        for issue in issues[:LISTED]:
            found = f", found “{issue.found[:80]}”" if issue.found else ""
            where = f" ({issue.place})" if issue.place else ""
            widgets.small(md_escape(f"{issue.reference} {issue.field}: {issue.problem}{found}{where}"))
        if len(issues) > LISTED:
            st.markdown(f"… and {len(issues) - LISTED:,} more; `funding sources --json` lists them all.")
