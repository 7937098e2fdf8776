"""Draws all sources: how many are in which state, then each with all that is known of it, folded.

A source is two elements however much there is to tell: a page of forty sources stays quick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.escape import md_escape, md_link
from dashboard.sources.remarks import remarks
from dashboard.sources.states import CONDITIONS, FREQUENCIES, badge
from matcher.coverage import Condition, SourceState
from matcher.languages import Speaker, terms
from matcher.wording.sources import STAGES, age_words, expected_words, records_words

if TYPE_CHECKING:
    from matcher.model import SourceCard, Stages


def summary(say: Speaker, states: Sequence[SourceState]) -> None:
    """How many sources there are, by state."""
    counts = Counter(state.condition for state in states)
    sources = say.ngettext("%(num)s source", "%(num)s sources", len(states))
    shown = [one for one in Condition if counts[one]]
    st.markdown(f"**{sources}**  \n" + "  \n".join(f"{counts[one]} × {badge(say, CONDITIONS[one])}" for one in shown))


def sources(say: Speaker, states: Sequence[SourceState]) -> None:
    """Those first that a reader should beware of."""
    order = [Condition.FAILED, Condition.STALE, Condition.NEVER_READ, Condition.REMARKS, Condition.GOOD]
    for state in sorted(states, key=lambda one: order.index(one.condition)):
        with st.expander(f"{md_escape(state.title)} · {badge(say, CONDITIONS[state.condition])}"):
            st.markdown("\n\n".join(told(say, state)))


def told(say: Speaker, state: SourceState) -> Iterator[str]:
    """All that is known of a source, in paragraphs of Markdown."""
    yield _age(say, state)
    if state.card:
        yield from _card(say, state, state.card)
    if state.calls:
        yield f"**{say.gettext('Calls now:')}** {_calls(say, state)}"
    if state.last_good and state.last_good.stages:
        yield f"**{say.gettext('Of the last good run:')}** {_stages(say, state.last_good.stages)}"
    if state.card and state.card.gaps:
        gaps = "\n".join(f"- {md_escape(say.say(gap))}" for gap in state.card.gaps)
        yield f"**{say.gettext('Known to be missing')}**\n\n{gaps}"
    yield from remarks(say, state)


def _age(say: Speaker, state: SourceState) -> str:
    good = state.last_good
    if good is None and state.latest:
        return say.gettext("No good run yet: nothing of this source is shown.")
    if good is None:
        return say.gettext("Nothing of it is shown yet.")
    values = {
        "day": say.day(good.as_of),
        "age": say.say(age_words(state)),
        "records": say.say(records_words(good.calls, state)),
    }
    if good.snapshot:
        return say.gettext("Bundled snapshot of %(day)s (%(age)s): %(records)s.", **values)
    return say.gettext("Last good run of %(day)s (%(age)s): %(records)s.", **values)


def _card(say: Speaker, state: SourceState, card: SourceCard) -> Iterator[str]:
    licence = say.gettext("licence: %(licence)s", licence=md_escape(card.licence))
    yield f"{md_escape(card.publisher)} · {md_link(card.url, card.url)} · {licence}"
    rhythm = FREQUENCIES.get(card.frequency)
    facts = (
        say.term(terms.TIERS[card.tier]),
        ", ".join(card.funds) or say.gettext("outside the five funds"),
        say.term(rhythm) if rhythm else say.gettext("comes with the project, is not crawled"),
        say.say(expected_words(state)),
    )
    yield md_escape(" · ".join(facts))


def _calls(say: Speaker, state: SourceState) -> str:
    shown = [status for status in terms.STATUSES if status in state.calls]
    return ", ".join(f"{say.number(state.calls[status])} {say.term(terms.STATUSES[status])}" for status in shown)


def _stages(say: Speaker, stages: Stages) -> str:
    listed = say.gettext("%(number)s listed", number=say.number(stages.listed))
    rates = [
        f"{say.number(part)} {say.say(STAGES[stage])}" + (f" ({say.percent(part / whole)})" if whole else "")
        for stage, (part, whole) in stages.rates.items()
    ]
    return ", ".join([listed, *rates])
