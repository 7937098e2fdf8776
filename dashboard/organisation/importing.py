"""A beginning for the form from a text or a document: what was found is shown with its sentence, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.organisation.typed import Form
from dashboard.unseen import shortened
from matcher.languages import Speaker, terms
from matcher.model import OrganisationType
from matcher.organisations.draft import Draft, DraftNeed, Figure, usual
from matcher.organisations.papers import MOST_BYTES, Unreadable, handed_in, pasted
from matcher.organisations.reading import Proposal

TYPES = ["pdf", "docx", "txt"]


def draw(frame: Frame, form: Form) -> None:
    say = frame.say
    found: tuple[Proposal, ...] | None = form.value("proposals")
    with st.expander(say.gettext("Begin with a text you have"), expanded=found is not None):
        widgets.small(say.gettext("A text is only read for proposals, and kept nowhere. No address in it is opened."))
        st.text_area(say.gettext("Paste a description"), key=form.state("pasted"), height=120)
        st.file_uploader(
            say.gettext("Or hand in a document: PDF, DOCX or plain text, up to 5 MB"),
            type=TYPES,
            key=form.state("document"),
            max_upload_size=MOST_BYTES // 1024**2,
        )
        if st.button(say.gettext("Look through it"), key=form.state("look")):
            _look(say, form)
        if found := form.value("proposals"):
            _propose(say, form, found)


def _look(say: Speaker, form: Form) -> None:
    document = form.value("document")
    try:
        with st.spinner(say.gettext("Reading …")):
            text = handed_in(document.getvalue()) if document else pasted(form.value("pasted") or "")
            found = queries.proposals(text)
    except Unreadable as refusal:
        st.session_state.pop(form.state("proposals"), None)
        st.error(md_escape(say.say(refusal.told)), icon=":material/error:")
        return
    st.session_state[form.state("proposals")] = found
    if not found:
        st.info(say.gettext("Nothing was found in it that the form asks for. Fill it in by hand."))


def _propose(say: Speaker, form: Form, found: Sequence[Proposal]) -> None:
    st.markdown(say.gettext("Found in the text. Take out what is wrong."))
    for at, one in enumerate(found):
        name, value = _named(say, one)
        label = say.gettext("%(field)s: %(value)s", field=name, value=md_escape(shortened(value)))
        st.checkbox(label, value=True, key=form.state(f"proposal {at}"))
        if one.sentence != one.value:
            widgets.small(say.gettext("From: “%(sentence)s”", sentence=md_escape(shortened(one.sentence))))

    def taken() -> None:
        ticked = [one for at, one in enumerate(found) if form.value(f"proposal {at}")]
        form.fill(_with(form.value("kept") or Draft(), ticked))
        del st.session_state[form.state("proposals")]

    st.button(say.gettext("Fill in what is ticked"), on_click=taken, key=form.state("take"))


def _named(say: Speaker, one: Proposal) -> tuple[str, str]:
    """Of which field it is, and its value in words."""
    if one.field == "type":
        return say.gettext("What it is"), say.term(terms.ORGANISATIONS[OrganisationType(one.value)])
    if one.field == "country":
        return say.gettext("Country"), say.country_name(one.value)
    if one.field == "languages":
        return say.gettext("Language"), say.language_name(one.value)
    if one.field == "population":
        return say.gettext("Inhabitants"), say.number(int(one.value))
    names = {
        "name": say.pgettext("of an organisation", "Name"),
        "description": say.gettext("What it does"),
        "needs": say.gettext("Need"),
        "nuts": say.gettext("Region"),
    }
    if one.field == "nuts":
        return names["nuts"], f"{_region(one.value)} ({one.value})"
    return names[one.field], one.value


def _region(code: str) -> str:
    country = {"EL": "GR"}.get(code[:2], code[:2])
    return queries.regions(country).get(code, code)


def _with(draft: Draft, ticked: Sequence[Proposal]) -> Draft:
    """The draft with what was found: single facts in the place of its own, needs and languages beside them."""
    found = {one.field: one.value for one in reversed(ticked)}
    known = {need.text for need in draft.needs}
    needs = [DraftNeed(one.value) for one in ticked if one.field == "needs" and one.value not in known]
    spoken = dict.fromkeys([*draft.languages, *(one.value for one in ticked if one.field == "languages")])
    return usual(
        replace(
            draft,
            name=found.get("name", draft.name),
            type=OrganisationType(found["type"]) if "type" in found else draft.type,
            country=found.get("country", draft.country),
            nuts=found.get("nuts", draft.nuts),
            description=found.get("description", draft.description),
            population=Figure(found["population"]) if "population" in found else draft.population,
            needs=(*draft.needs, *needs),
            languages=tuple(spoken),
        )
    )
