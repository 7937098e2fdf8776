"""Draws one call: its facts with their source, and what they mean for one organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import verdicts, widgets, words
from dashboard.escape import host, md_escape, md_link, printable
from matcher.amounts import grant_words
from matcher.days import day_words
from matcher.documents.cited import Cited
from matcher.model import Call, CriterionKind, Document, Link, Profile
from matcher.provenance import Titles, read_in_text, testimonies, unconfirmed
from matcher.wording.national import national_facts, step_words

if TYPE_CHECKING:
    from matcher.currency import Rates
    from matcher.explanation import Explanation
    from matcher.history import Step

BELOW = "see the money for one project, below"


def facts(call: Call, on: date, rates: Rates, titles: Titles, fetched: Mapping[str, Document]) -> None:
    """What the sources say of the call, and whether an official one is among them; `fetched`: documents by address."""
    st.title(md_escape(call.title))
    if not call.is_confirmed:
        st.warning(md_escape(f"This call is {unconfirmed(call, titles)}."), icon=":material/help:")
    named = (call.code, call.fund or call.programme, call.call_title)
    widgets.small(" · ".join(md_escape(name) for name in named if name))
    told = _facts(call, on, rates)
    st.table(
        {"fact": [f"**{label}**" for label in told], "value": list(map(md_escape, told.values()))},
        border="horizontal",
        hide_index=True,
        hide_header=True,
    )
    st.markdown("\n".join(f"- {md_link(label, url)}" for label, url in _pages(call, fetched).items()))
    widgets.small(f"As of {day_words(call.as_of)}, from {md_escape(titles.get(call.source, call.source))}.")


def changes(steps: Sequence[Step]) -> None:
    """What became of the call since it was first read; nothing where nothing changed."""
    if steps:
        st.header("What changed", divider="blue")
        st.markdown("\n".join(f"- {md_escape(step_words(step))}" for step in steps))


def origins(call: Call, titles: Titles) -> None:
    """Each source that knows the call: what it is worth, how fresh, how sure it is the same call, what it gave."""
    st.header("Where this comes from", divider="blue")
    for found in testimonies(call, titles):
        with st.container(gap="xxsmall"):
            st.markdown(f"**{md_link(found.title, found.url)}**: {md_escape(found.tier)}")
            gave = f"; gave: {md_escape(', '.join(found.gave))}" if found.gave else ""
            widgets.small(f"As of {day_words(found.as_of)}; {md_escape(found.match)}{gave}")


def for_organisation(explanation: Explanation, profile: Profile, documents: Mapping[str, Cited]) -> None:
    """Route, fit, verdicts, evidence, what speaks against it and what is not known.

    `documents`: those that quotes stand in, by SHA-256.
    """
    match = explanation.match
    st.header(f"For {md_escape(profile.name)}", divider="blue")
    left, right = st.columns([5, 2])
    with left:
        widgets.route_badge(match.route)
        st.markdown(md_escape(match.route.reason))
        if match.route.reference:
            widgets.small(widgets.source(match.route.reference))
        widgets.whom(match.route)
    with right:
        widgets.score(match.score, match.contributions, match.call.id)
    verdicts.shown(match.verdicts, documents)
    if explanation.evidence:
        st.subheader("Sentences of the call that speak to a need")
    for found in explanation.evidence:
        widgets.evidence(found)


def texts(call: Call) -> None:
    """The stored texts of the call, shown as plain text, and later news of its publisher."""
    st.header("What the source says", divider="blue")
    for label, text in (
        ("Who may apply", call.applicants),
        ("On what terms", call.terms),
        ("What it funds", call.text),
        ("Conditions", call.conditions),
    ):
        if text:
            with st.expander(label):
                st.text(printable(text))
    if call.updates:
        with st.expander(f"News ({words.count_words(len(call.updates), 'update', 'updates')})"):
            for update in call.updates:
                day = day_words(update.published.date()) if update.published else "day not stated"
                st.markdown(f"**{md_escape(update.title)}** ({day})")
                st.text(printable(update.text))
    if not (call.applicants or call.terms or call.text or call.conditions or call.updates):
        st.markdown("The source gives no text for this call; see its official page.")


def _facts(call: Call, on: date, rates: Rates) -> dict[str, str]:
    deadlines = [f"{words.deadline_words(d, on)} {words.stage_words(d, call)}".strip() for d in call.deadlines]
    rows = {
        "Kind": words.NATIONAL if call.national else words.KINDS[call.kind],
        "State": f"{words.status_words(call, on)}, on {day_words(on)}",
        "Opening": words.opening_words(call),
        "Deadline" if len(deadlines) < 2 else "Deadlines": "; ".join(deadlines) or "not stated",
        "Budget": words.budget_words(call, rates),
        "One grant": grant_words(call.grant, rates) or (BELOW if _says_grant(call) else "not stated"),
        "Type of action": ", ".join(call.types_of_action) or "not stated",
    }
    further = {
        "Read in running text": read_in_text(call),
        "Sub-grant of": call.parent_title,
        "Given on by": call.granting_project,
    }
    return rows | national_facts(call) | {label: name for label, name in further.items() if name}


def _says_grant(call: Call) -> bool:
    """Whether a text or document of the call says the size of a grant, which its record does not."""
    return any(one.kind in (CriterionKind.GRANT_MIN, CriterionKind.GRANT_MAX) for one in call.criteria)


def _pages(call: Call, fetched: Mapping[str, Document]) -> dict[str, str]:
    """Pages a reader can open, by a label that names the host; what is no http or https address is left out."""
    named = [(f"Official page ({host(call.url)})", call.url)]
    named += [(_document(page, fetched.get(page.url)), page.url) for page in call.documents]
    named += [(f"Further source: {url}", url) for url in call.sources if url != call.url]
    return {label: url for label, url in named if host(url)}


def _document(page: Link, fetched: Document | None) -> str:
    language = f", {page.language}" if page.language else ""
    read = f", fetched on {day_words(fetched.last_fetched)}" if fetched else ""
    return f"Document: {page.label or page.url} ({host(page.url)}{language}{read})"
