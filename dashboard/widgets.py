"""Drawing functions that more than one page uses. Every text from outside goes through `md_escape` or `st.text`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from dashboard.escape import host, md_escape, md_link
from matcher.languages import Speaker
from matcher.model import Contribution, Said, said


def small(markdown: str) -> None:
    """A line of lesser weight. Not `st.caption`: that fades links below a readable contrast."""
    st.markdown(f":small[:gray[{markdown}]]")


def problem(say: Speaker, error: Exception) -> None:
    """A sentence a reader can act on: what is wrong, where, what to do."""
    st.error(md_escape(problem_words(say, error)), icon=":material/error:")


def problem_words(say: Speaker, error: Exception) -> str:
    told = error.args[0] if error.args and isinstance(error.args[0], Said) else str(error)
    sentence = say.say(told)
    return sentence[:1].upper() + sentence[1:]


def source(say: Speaker, named: str) -> str:
    """Where something is known from, as Markdown: words, and for each address in them a link that shows its host."""
    pieces = _ADDRESS.split(say.say(named))
    return "".join(md_link(host(piece), piece) if host(piece) else _words(piece) for piece in pieces)


_ADDRESS = re.compile(r"(https?://\S+?)(?=[;,.)]*(?:\s|$))")


def _words(piece: str) -> str:
    """Escaped, with the space kept that stands between words and a link."""
    before, after = piece[:1].isspace() * " ", piece[-1:].isspace() * " "
    return f"{before}{md_escape(piece)}{after}" if piece.strip() else before


FIT_OF_A_CALL = said("The fit is the sum of these parts; who may apply does not change it.")


def score(say: Speaker, value: float, parts: Sequence[Contribution], key: str, note: str = FIT_OF_A_CALL) -> None:
    """The score as bar and figure, and on demand the parts it is the sum of; `note` is a sentence of ours."""
    fit = say.gettext("Fit %(score)s of 1", score=say.decimal(value))
    st.progress(min(max(value, 0.0), 1.0), text=fit)
    with st.popover(say.gettext("How the fit is made"), type="tertiary", key=f"fit {key}"):
        st.markdown(say.say(note))
        st.table(
            {
                say.gettext("part"): [md_escape(say.say(part.label)) for part in parts],
                say.gettext("weight"): [say.decimal(part.weight) for part in parts],
                say.gettext("signal"): [say.decimal(part.signal) for part in parts],
                say.gettext("part of the fit"): [say.decimal(part.value) for part in parts],
            },
            hide_index=True,
        )
        for part in parts:
            if part.note:
                small(md_escape(say.say(part.note)))
