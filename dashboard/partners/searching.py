"""What a reader looks for among organisations, from the page's address; shared by the page of partners and the map."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import choices
from matcher.languages import Speaker, Term, terms
from matcher.model import ApplicantKind, OrganisationKind
from matcher.partners.directory import LOCAL, SORTS, Entry, Wanted

TEXT, COUNTRY, KIND, PROGRAMME = "text", "country", "kind", "programme"
LONGEST = 100
WORDS = {
    LOCAL: terms.KINDS[ApplicantKind.LOCAL_AUTHORITY],
    OrganisationKind.PUBLIC_BODY: terms.KINDS[ApplicantKind.PUBLIC_BODY],
    OrganisationKind.FOR_PROFIT: terms.KINDS[ApplicantKind.FOR_PROFIT],
    OrganisationKind.EDUCATION: terms.KINDS[ApplicantKind.EDUCATION],
    OrganisationKind.RESEARCH: terms.KINDS[ApplicantKind.RESEARCH],
    OrganisationKind.OTHER: Term("kind", "associations and others"),
}
"""Of SORTS, as sorts of bodies; the register has most associations under "other"."""


def wanted(say: Speaker, entries: Sequence[Entry], has_text: bool = True) -> Wanted:
    """Draws the filters; the options are what there is."""
    countries = sorted({one.candidate.country for one in entries}, key=say.country_name)
    programmes = sorted({programme for one in entries for programme in one.programmes})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = choices.text(say.gettext("Words of name or project"), TEXT, LONGEST) if has_text else ""
        country = choices.one(
            say.gettext("Country"),
            COUNTRY,
            ("", *countries),
            lambda code: say.country_name(code) if code else _all(say),
        )
        kind = choices.one(
            say.gettext("Kind of organisation"),
            KIND,
            ("", *SORTS),
            lambda one: say.term(WORDS[one]) if one else _all(say),
        )
        programme = choices.one(
            say.gettext("Programme"), PROGRAMME, ("", *programmes), lambda one: one if one else _all(say)
        )
    return Wanted(typed, country, kind, programme)


def _all(say: Speaker) -> str:
    return say.pgettext("filter", "all")
