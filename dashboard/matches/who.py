"""Draws for whom the list is: the organisation in a line, what it looks for, and where its list leads to."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.filters import Filters
from dashboard.frame import LANGUAGE, PROFILE, Frame
from dashboard.plain import links
from matcher.languages import Speaker, terms
from matcher.model import Permission, Profile


def drawn(frame: Frame, profile: Profile, filters: Filters) -> None:
    say = frame.say
    st.title(md_escape(say.gettext("EU calls for %(organisation)s", organisation=profile.name)))
    st.markdown(f"{_in_a_line(say, profile)}  \n{md_escape(profile.description)}")
    _looks_for(say, profile)
    with st.container(horizontal=True, vertical_alignment="center", key="ways-on"):
        _ways_on(frame, profile, filters)
        if frame.may(Permission.EDITOR):
            st.page_link(
                "views/organisation.py",
                label=say.gettext("Change the organisation"),
                icon=":material/edit:",
                query_params=frame.query(),
            )


def _in_a_line(say: Speaker, profile: Profile) -> str:
    told = [say.term(terms.ORGANISATIONS[profile.type]), say.country_name(profile.country)]
    if profile.population:
        number = profile.population.value
        told.append(say.ngettext("%(num)s inhabitant", "%(num)s inhabitants", number))
    return md_escape(" · ".join(told))


def _looks_for(say: Speaker, profile: Profile) -> None:
    """What all matches on the page rest on, and where it is known from."""
    needs = [f"- {md_escape(one.text)} ({md_escape(say.language_name(one.language))})" for one in profile.needs]
    facts = [f"- {md_escape(one.text)} ({_known(say, one.source)}, {say.day(one.as_of)})" for one in profile.facts]
    title = say.ngettext("What it looks for: %(num)s need", "What it looks for: %(num)s needs", len(needs))
    with st.expander(md_escape(title), type="compact"):
        st.markdown("\n".join(needs))
        st.markdown(f"**{md_escape(say.gettext('What is known of it'))}**\n\n" + "\n".join(facts))


def _known(say: Speaker, source: str) -> str:
    return widgets.source(say, source)


def _ways_on(frame: Frame, profile: Profile, filters: Filters) -> None:
    """Links that leave the dashboard, as a list in a landmark: their words are ours, their values encoded."""
    say = frame.say
    on, key = (frame.on if frame.on != frame.today else None), queries.key(profile.id)

    def matches(form: links.Form) -> str:
        return links.matches(profile.id, say.language, filters, form, key, on)

    mail = f"/alerts/subscribe?{urlencode({PROFILE: profile.id, LANGUAGE: say.language})}"
    ways = {
        **({} if key else {say.gettext("One mail on Mondays"): mail}),  # mails tell what is public
        say.gettext("Plain version"): matches(links.Form.HTML),
        say.gettext("List as PDF"): matches(links.Form.PDF),
        say.gettext("List as XLSX"): matches(links.Form.XLSX),
        say.gettext("List as CSV"): matches(links.Form.CSV),
        say.gettext("Text for a newsletter"): matches(links.Form.TEXT),
    }
    items = "".join(f'<li><a href="{escape(to)}">{escape(words)}</a></li>' for words, to in ways.items())
    st.html(f'<nav class="ways" aria-label="{escape(say.gettext("This list elsewhere"))}"><ul>{items}</ul></nav>')
