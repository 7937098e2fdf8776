"""The form's fields in a calm order: who it is, what is worth asking, what it looks for, what else is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.organisation import asking
from dashboard.organisation.typed import Form
from dashboard.unseen import shortened
from matcher.languages import Speaker, terms
from matcher.model import ApplicantKind, OrganisationType, Role
from matcher.model.said import Said
from matcher.organisations.draft import USUAL_KINDS, Draft
from matcher.organisations.form import LONGEST_NAME, MOST_NEEDS
from matcher.organisations.questions import Agenda
from matcher.organisations.tongues import KNOWN, heard


@dataclass(frozen=True)
class Fields:
    """`faults`: by field, once somebody tried to save."""

    say: Speaker
    form: Form
    draft: Draft
    faults: Mapping[str, Sequence[Said]]

    def who(self, agenda: Agenda | None) -> None:
        say = self.say
        widgets.small(
            say.gettext("Needed are this first part and one need. All else may stay empty, and be added later.")
        )
        st.header(say.gettext("Who you are"))
        self._text("name", say.gettext("Name of the organisation"), LONGEST_NAME)
        left, right = st.columns(2)
        with left:
            self._type()
        with right:
            self._country()
        if self.draft.country and (regions := queries.regions(self.draft.country)):
            self._region(regions, agenda)
        self._lines("description", say.gettext("What you do, in one or two sentences"))

    def questions(self, agenda: Agenda | None) -> None:
        """Those that settle most come first; each says why it is asked."""
        say = self.say
        st.header(say.gettext("What calls ask about"))
        if agenda is None:
            widgets.small(say.gettext("Choose first what the organisation is and where: the questions hang on that."))
            return
        widgets.small(asking.preface(say, agenda))
        for fact in asking.order(agenda, self.draft.type):
            self._question(fact)
            if why := asking.why(say, agenda, fact):
                widgets.small(why)

    def needs(self) -> None:
        say = self.say
        st.header(say.gettext("What you look for"))
        st.text_area(
            say.gettext("Your needs, one on each line, in any language"),
            key=self.form.state("needs"),
            height=150,
            help=say.gettext("Calls are compared with these sentences. Say what the money is to bring about."),
        )
        self._faults("needs")
        if self.draft.needs:
            with st.spinner(say.gettext("Looking in which language that is …")):
                self._languages_of_needs()

    def further(self) -> None:
        say, state = self.say, self.form.state
        st.header(say.gettext("Further facts"))
        st.multiselect(
            say.gettext("Legal form, as calls sort applicants"),
            list(ApplicantKind),
            key=state("kinds"),
            format_func=lambda kind: _capital(say.term(terms.KINDS[kind])),
            placeholder=say.gettext("Choose at least one"),
            help=say.gettext("Filled in with what is usual for the type. Check it: calls say which forms may apply."),
        )
        self._faults("kinds")
        st.multiselect(
            say.gettext("Roles that you could take on in a project, the preferred one first"),
            list(Role),
            key=state("roles"),
            format_func=lambda role: _capital(say.term(terms.ROLES[role])),
            placeholder=say.gettext("Choose at least one"),
        )
        self._faults("roles")
        self._lines("networks", say.gettext("Networks you belong to, one on each line"))
        self._facts()
        st.checkbox(say.gettext("Others may be told that we look for partners"), key=state("partner_search"))

    def _type(self) -> None:
        say, state = self.say, self.form.state

        def fitted() -> None:
            """What was proposed for another type makes room for what is usual for this one."""
            usual = [list(kinds) for kinds in USUAL_KINDS.values()]
            if not self.form.value("kinds") or self.form.value("kinds") in usual:
                chosen = self.form.value("type")
                st.session_state[state("kinds")] = list(USUAL_KINDS[chosen]) if chosen else []

        st.selectbox(
            say.gettext("What it is"),
            list(OrganisationType),
            index=None,
            key=state("type"),
            format_func=lambda one: say.term(terms.ORGANISATIONS[one]),
            placeholder=say.gettext("Choose one"),
            on_change=fitted,
        )
        self._faults("type")

    def _country(self) -> None:
        say, state = self.say, self.form.state

        def moved() -> None:
            st.session_state[state("nuts")] = None

        st.selectbox(
            say.gettext("Country"),
            queries.countries(say.language),
            index=None,
            key=state("country"),
            format_func=say.country_name,
            placeholder=say.gettext("Choose one"),
            on_change=moved,
        )
        self._faults("country")

    def _region(self, regions: Mapping[str, str], agenda: Agenda | None) -> None:
        say = self.say
        narrowest = max(map(len, regions))
        options = sorted(regions, key=lambda code: (len(code) != narrowest, regions[code]))
        st.selectbox(
            say.gettext("Region"),
            options,
            index=None,
            key=self.form.state("nuts"),
            format_func=lambda code: f"{regions[code]} ({code})",
            placeholder=say.gettext("Not stated"),
        )
        if agenda and (why := asking.why(say, agenda, "nuts")):
            widgets.small(why)
        self._faults("nuts")

    def _question(self, fact: str) -> None:
        say, state = self.say, self.form.state
        if fact == "population":
            year = say.gettext("Year of the number of inhabitants")
            self._figure("population", say.gettext("Inhabitants"), year)
        elif fact == "annual_budget":
            self._figure("budget", say.gettext("Yearly budget in euro"), say.gettext("Year of the budget"))
        elif fact == "languages":
            names = {code: say.language_name(code) for code in KNOWN}
            st.multiselect(
                say.gettext("Languages in which you could write an application"),
                sorted(names, key=names.__getitem__),
                key=state("languages"),
                format_func=lambda code: _capital(names[code]),
                placeholder=say.gettext("Choose any number"),
            )
        elif fact == "experience":
            self._past()

    def _past(self) -> None:
        say, state = self.say, self.form.state
        left, middle, right = st.columns(3)
        with left:
            st.text_input(say.gettext("EU projects taken part in"), key=state("projects"))
            self._faults("projects")
        with middle:
            st.text_input(say.gettext("EU projects led"), key=state("led"))
            self._faults("led")
        with right:
            st.selectbox(
                say.gettext("Worked with partners abroad"),
                [True, False],
                index=None,
                key=state("multi_country"),
                format_func=lambda done: say.gettext("Yes") if done else say.gettext("No"),
                placeholder=say.gettext("Not stated"),
            )
        self._lines("labels", say.gettext("Labels and awards for such projects, one on each line"))

    def _figure(self, field: str, label: str, year: str) -> None:
        state = self.form.state
        left, right = st.columns([2, 1])
        with left:
            st.text_input(label, key=state(field))
        with right:
            st.text_input(year, key=state(f"{field} as of"))
        self._faults(field)

    def _languages_of_needs(self) -> None:
        """Beside each need the language that is heard in it, to be corrected."""
        say = self.say
        names = {code: _capital(say.language_name(code)) for code in KNOWN}
        for need in list({one.text: one for one in self.draft.needs}.values())[:MOST_NEEDS]:
            found, key = heard(need.text, say.language), self.form.state(f"language of {need.text}")
            st.session_state.setdefault(key, need.language or found.language)
            options = list(dict.fromkeys([*sorted(names, key=names.__getitem__), st.session_state[key]]))
            label = say.gettext("Language of “%(need)s”", need=md_escape(shortened(need.text)))
            st.selectbox(label, options, key=key, format_func=lambda code: names.get(code, code), width=320)
            if not found.is_sure and st.session_state[key] == found.language:
                widgets.small(say.gettext("Not sure: the text is short or could be of several languages."))

    def _facts(self) -> None:
        say = self.say
        began: Draft = st.session_state[self.form.state("began with")]
        if began.facts:
            st.subheader(say.gettext("Facts to keep"))
        for at, fact in enumerate(began.facts):
            st.checkbox(md_escape(fact.text), value=True, key=self.form.state(f"fact {at}"))
            widgets.small(asking.told_by(say, fact))
        label = say.gettext("Facts worth knowing, one on each line")
        self._lines("new facts", label, "facts")

    def _text(self, field: str, label: str, longest: int) -> None:
        st.text_input(label, key=self.form.state(field), max_chars=longest)
        self._faults(field)

    def _lines(self, field: str, label: str, faults: str = "") -> None:
        st.text_area(label, key=self.form.state(field), height=90)
        self._faults(faults or field)

    def _faults(self, field: str) -> None:
        for told in self.faults.get(field, ()):
            st.markdown(f":red[:material/error: {md_escape(self.say.say(told))}]")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
