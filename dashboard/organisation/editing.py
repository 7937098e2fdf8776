"""The form as a whole: begun, checked, saved, and told what the save changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex

import streamlit as st

from dashboard import queries
from dashboard.escape import md_escape
from dashboard.frame import PROFILE, Frame
from dashboard.organisation import importing
from dashboard.organisation.fields import Fields
from dashboard.organisation.mode import Mode, go
from dashboard.organisation.telling import remember
from dashboard.organisation.typed import Form
from matcher.model import Profile
from matcher.model.said import Said
from matcher.organisations.draft import Draft, DraftNeed, draft_of, usual
from matcher.organisations.form import Fault, made, new_id
from matcher.organisations.keeping import Taken
from matcher.organisations.questions import Agenda
from matcher.organisations.tongues import heard
from matcher.workspaces.permissions import NotAllowed


def draw(frame: Frame, what: Mode) -> None:
    """The form of a new organisation, of a copy, or of the chosen one."""
    chosen = frame.profile if what is not Mode.NEW else None
    form = Form(f"organisation {what.value} {chosen.id if chosen else ''}")
    form.begin(_beginning(frame, what, chosen))
    importing.draw(frame, form, what is not Mode.NEW)
    draft = form.draft(frame.today)
    faults = _checked(draft, frame) if form.value("tried") else ()
    fields = Fields(frame.say, form, draft, _by_field(faults if isinstance(faults, tuple) else ()))
    agenda = _agenda(frame, form, draft)
    fields.who(agenda)
    fields.questions(agenda)
    fields.needs()
    fields.further()
    _end(frame, what, form, draft)


def _beginning(frame: Frame, what: Mode, chosen: Profile | None) -> Draft:
    if chosen is None:
        return usual(Draft())
    draft = draft_of(chosen)
    if what is Mode.EDIT:
        return draft
    return replace(draft, name=frame.say.gettext("Copy of %(name)s", name=chosen.name), partner_search=False)


def _agenda(frame: Frame, form: Form, draft: Draft) -> Agenda | None:
    """What to ask, by what was known when the form was begun: the questions keep their places while it is filled in.

    None until it is known what the organisation is, and where.
    """
    if draft.type is None or not draft.country:
        return None
    began: Draft = st.session_state[form.state("began with")]
    known = usual(replace(began, type=draft.type, country=draft.country, kinds=draft.kinds, nuts=began.nuts))
    if draft.country != began.country:
        known = replace(known, nuts="")
    some = (DraftNeed("…", frame.say.language),)
    whole = replace(known, name=known.name or "…", description=known.description or "…", needs=known.needs or some)
    profile = made(whole, "draft", frame.today, queries.regions(draft.country), lambda text: frame.say.language)
    if not isinstance(profile, Profile):
        return None
    with st.spinner(frame.say.gettext("Looking which answers count most …")):
        return queries.agenda(profile, frame.on)


def _checked(draft: Draft, frame: Frame, id: str = "draft") -> Profile | tuple[Fault, ...]:
    regions = queries.regions(draft.country) if draft.country else {}
    return made(draft, id, frame.today, regions, lambda text: heard(text, frame.say.language).language)


def _by_field(faults: tuple[Fault, ...]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for fault in faults:
        found[fault.field].append(fault.told)
    return found


def _end(frame: Frame, what: Mode, form: Form, draft: Draft) -> None:
    say = frame.say

    def tried() -> None:
        st.session_state[form.state("tried")] = st.session_state[form.state("saving")] = True

    def left() -> None:
        form.forget()
        go(Mode.LOOK)

    place = st.container()
    with st.container(horizontal=True):
        st.button(say.gettext("Save"), type="primary", on_click=tried, key=form.state("save"))
        st.button(say.gettext("Leave without saving"), on_click=left, key=form.state("leave"))
    if not st.session_state.pop(form.state("saving"), False):
        return
    with place:
        _save(frame, what, form, draft)


def _save(frame: Frame, what: Mode, form: Form, draft: Draft) -> None:
    say = frame.say
    id = frame.profile.id if what is Mode.EDIT and frame.profile else new_id(draft.name, token_hex(4))
    found = _checked(draft, frame, id)
    if not isinstance(found, Profile):
        told = say.ngettext(
            "It is not saved yet: %(num)s entry above needs another look.",
            "It is not saved yet: %(num)s entries above need another look.",
            len(found),
        )
        st.error(told, icon=":material/error:")
        return
    try:
        with st.spinner(say.gettext("Saving, and comparing all calls with what changed …")):
            before = queries.standing_if_any(id, frame.on) if what is Mode.EDIT else None
            _keep(found, what)
            remember(found.id, before, queries.standing_if_any(found.id, frame.on))
    except (NotAllowed, Taken) as refusal:
        st.error(md_escape(say.say(refusal.args[0])), icon=":material/error:")
        return
    form.forget()
    go(Mode.LOOK)
    st.query_params[PROFILE] = found.id
    st.rerun()


def _keep(profile: Profile, what: Mode) -> None:
    door, now = queries.keeping(), datetime.now(UTC)
    if what is Mode.EDIT:
        door.change(profile, now)
    else:
        door.create(profile, now)
