"""Draws licences, the pages on privacy and accessibility, and the version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.escape import md_escape, md_link
from dashboard.plain.links import statement
from matcher.languages import Speaker

if TYPE_CHECKING:
    from matcher.about import Licence
    from matcher.model import SourceCard


def licences(say: Speaker, known: Iterable[Licence], cards: Iterable[SourceCard]) -> None:
    st.header(say.gettext("Licences"))
    st.markdown("\n".join(f"- {md_escape(one.what)}: {md_link(one.licence, one.url)}" for one in known))
    by_licence: dict[str, list[SourceCard]] = defaultdict(list)
    for card in cards:
        by_licence[card.licence].append(card)
    if by_licence:
        with st.expander(say.gettext("Licences of the sources")):
            st.markdown("\n".join(f"- **{md_escape(name)}**: {_titles(of)}" for name, of in sorted(by_licence.items())))


def _titles(cards: Iterable[SourceCard]) -> str:
    return ", ".join(md_link(card.title, card.url) for card in cards)


def further(say: Speaker, version: str) -> None:
    st.header(say.gettext("Privacy, accessibility, version"))
    lines = (
        f"[{say.gettext('What is kept about readers, and how long')}](/privacy?lang={say.language})",
        f"[{say.gettext('Accessibility statement')}]({statement(say.language)})",
        f"[{say.gettext('For programs: the read-only API')}](/api/v1/)",
        say.gettext("Version %(version)s", version=md_escape(version)),
    )
    st.markdown("\n".join(f"- {one}" for one in lines))
