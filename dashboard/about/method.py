"""Draws how the matching works, in plain words; every figure is read from data."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.escape import md_escape
from dashboard.pieces import table
from dashboard.widgets import small
from matcher.languages import Speaker

if TYPE_CHECKING:
    from matcher.ranking import Weights


def origin(say: Speaker, link: str) -> None:
    """`link`: address of the page of sources."""
    st.header(say.gettext("Where the calls come from"))
    st.markdown(
        say.gettext(
            "Calls are read from the EU Funding & Tenders Portal, from the sites of the programmes, and from the lists "
            "of national authorities. Each keeps its source and the day it was read. A reading that looks wrong is "
            "held back and the last good one stays."
        )
    )
    st.markdown(f"[{say.gettext('Every source with its age and its gaps')}]({link})")


def judging(say: Speaker) -> None:
    st.header(say.gettext("How it is judged who may apply"))
    st.markdown(
        "\n".join(
            f"- {one}"
            for one in (
                say.gettext("Each condition is met, not met or not known. Silence of a call is never a no."),
                say.gettext(
                    "The call’s own document counts before the conditions of its topic, those before what is usual for "
                    "the programme. Each answer names the law or the sentence it rests on."
                ),
                say.gettext(
                    "The way in follows from who may apply, from the roles the organisation can take, and from who "
                    "manages the money: the Commission, an agency, or an authority of a Member State."
                ),
                say.gettext("Nothing here decides for an authority: before you apply, read the call itself."),
            )
        )
    )


def scoring(say: Speaker, weights: Weights) -> None:
    """The weights as they are used."""
    st.header(say.gettext("How the score is made"))
    st.markdown(
        say.gettext(
            "A score is the sum of its parts, each a signal from 0 (worst of the compared calls) to 1 (best), times "
            "its weight. Who may apply changes the place in the list, never the score."
        )
    )
    same, other = (_weight(say, weights.lexical(same_language=one)) for one in (True, False))
    rows = [
        (say.gettext("nearness in meaning"), _weight(say, weights.dense)),
        (say.gettext("shared words, where the call is in a language of your needs"), same),
        (say.gettext("shared words, in other calls"), other),
        (say.gettext("too large for the yearly budget"), _weight(say, weights.size.weight)),
    ]
    table(say, rows, (say.gettext("Signal"), say.gettext("Weight")))
    for told in (weights.same_language, weights.different_language, weights.size):
        ground = md_escape(told.source)
        small(say.gettext("What a weight rests on (%(day)s): %(ground)s", day=say.day(told.as_of), ground=ground))
    if say.language != "en":
        small(say.gettext("What the weights rest on is written in English."))


def limits(say: Speaker) -> None:
    st.header(say.gettext("Limits"))
    st.markdown(
        "\n".join(
            f"- {one}"
            for one in (
                say.gettext(
                    "A call that no source lists is not found here. National calls are read of some countries."
                ),
                say.gettext("Scores order the calls of one organisation. They are no chance of success."),
                say.gettext("Conditions in long documents can be missed; such a condition is then not known, not met."),
                say.gettext(
                    "No public record says which organisations migrants lead: only those that say so are shown so."
                ),
                say.gettext("Texts of calls stay in their own language."),
            )
        )
    )


def _weight(say: Speaker, value: float) -> str:
    return say.number(Decimal(str(round(value, 3))))
