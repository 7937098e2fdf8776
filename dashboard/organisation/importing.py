"""Answers for the form from a text or a document: what was found is shown with its sentence, to be ticked.

What would take the place of something that is there already says so, and is not ticked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.organisation.typed import Form
from dashboard.unseen import shortened
from matcher.languages import Speaker, terms
from matcher.model import OrganisationType
from matcher.organisations.draft import Draft
from matcher.organisations.form import whole_number
from matcher.organisations.papers import MOST_BYTES, Unreadable, handed_in, pasted
from matcher.organisations.reading import Proposal
from matcher.organisations.taking import new_to, replaced, taken

TYPES = ["pdf", "docx", "txt"]


def draw(frame: Frame, form: Form, is_begun: bool) -> None:
    """`is_begun`: there is an organisation already, to which the text adds."""
    say = frame.say
    found: tuple[Proposal, ...] | None = form.value("proposals")
    title = say.gettext("Add from a text you have") if is_begun else say.gettext("Begin with a text you have")
    with st.expander(title, expanded=found is not None):
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
    st.session_state[form.state("proposals")] = new = new_to(_typed(form), found)
    if found and not new:
        st.info(say.gettext("All that was found in it stands in the form already."))
    elif not found:
        st.info(say.gettext("Nothing was found in it that the form asks for. Fill it in by hand."))


def _propose(say: Speaker, form: Form, found: Sequence[Proposal]) -> None:
    st.markdown(say.gettext("Found in the text. Take out what is wrong."))
    for one in found:
        before = replaced(_typed(form), one)
        st.checkbox(_label(say, one, before), value=not before, key=form.state(_key(one)))
        if one.sentence != one.value:
            widgets.small(say.gettext("From: “%(sentence)s”", sentence=md_escape(shortened(one.sentence))))

    def take() -> None:
        form.fill(taken(_typed(form), [one for one in found if form.value(_key(one))]))
        del st.session_state[form.state("proposals")]

    st.button(say.gettext("Fill in what is ticked"), on_click=take, key=form.state("take"))


def _typed(form: Form) -> Draft:
    """As the form was drawn last."""
    typed: Draft | None = form.value("kept")
    return typed or Draft()


def _key(one: Proposal) -> str:
    return f"proposal {one.field} {one.value}"


def _label(say: Speaker, one: Proposal, before: str) -> str:
    name, value = _named(say, one)
    label = say.gettext("%(field)s: %(value)s", field=name, value=md_escape(shortened(value)))
    if not before:
        return label
    _, old = _named(say, one._replace(value=before))
    return say.gettext("%(found)s (in place of “%(before)s”)", found=label, before=md_escape(shortened(old)))


def _named(say: Speaker, one: Proposal) -> tuple[str, str]:
    """Of which field it is, and its value in words."""
    if one.field == "type":
        return say.gettext("What it is"), say.term(terms.ORGANISATIONS[OrganisationType(one.value)])
    if one.field == "country":
        return say.gettext("Country"), say.country_name(one.value)
    if one.field == "languages":
        return say.gettext("Language"), say.language_name(one.value)
    if one.field == "population":
        number = whole_number(one.value)
        return say.gettext("Inhabitants"), one.value if number is None else say.number(number)
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
