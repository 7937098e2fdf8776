"""One organisation looked at: who it is, what it looks for, what is known of it and from where; and the user's own."""

from __future__ import annotations

import streamlit as st

from dashboard import queries, widgets
from dashboard.escape import md_escape
from dashboard.frame import PROFILE, Frame
from dashboard.organisation import asking
from dashboard.organisation.mode import Mode, go
from dashboard.pieces import table
from dashboard.told import organisations
from dashboard.unseen import named
from matcher.languages import Speaker, terms
from matcher.model import Experience, Money, Permission, Population, Profile
from matcher.model.profile import Sum


def own(frame: Frame) -> None:
    """The organisations of which the user is a member, as links, and the way to a new one."""
    say = frame.say
    mine = [one for one in frame.profiles if not queries.is_public(one.id)]
    st.header(say.gettext("Your organisations"))
    if not mine:
        st.markdown(say.gettext("None yet. Create one in two minutes, or choose a public example above to look at it."))
    for id, name in organisations.names(say, mine).items():
        st.button(
            md_escape(name),
            on_click=_choose,
            args=(id,),
            icon=":material/arrow_forward:",
            type="tertiary",
            key=f"organisation chosen {id}",
        )
    if queries.keeping().may_create:
        label = say.gettext("Create an organisation")
        st.button(label, icon=":material/add:", on_click=go, args=(Mode.NEW,), key="organisation new")
    else:
        st.info(say.gettext("Sign in to create an organisation of your own."))


def profile(frame: Frame, one: Profile) -> None:
    say = frame.say
    public = queries.is_public(one.id)
    widgets.small(_standing(say, one, public))
    _doors(frame, one, public)
    st.markdown(md_escape(one.description))
    table(say, _facts(say, one).items())
    st.header(say.gettext("What it looks for"))
    lines = (f"- {md_escape(need.text)} ({md_escape(say.language_name(need.language))})" for need in one.needs)
    st.markdown("\n".join(lines))
    st.header(say.gettext("Facts and where they come from"))
    st.markdown("\n".join(f"- {md_escape(fact.text)}  \n  :small[{asking.told_by(say, fact)}]" for fact in one.facts))


def _choose(id: str) -> None:
    """A link to the same page would not take its parameters into the address."""
    st.query_params[PROFILE] = id


def _standing(say: Speaker, one: Profile, public: bool) -> str:
    if public:
        return say.gettext("A public example: everybody may look at it, and its facts come from public pages.")
    if queries.shipped_profile(one.id):
        return say.gettext("Your own facts in the place of the public ones. Only members see them.")
    return say.gettext("Only its members see it.")


def _doors(frame: Frame, one: Profile, public: bool) -> None:
    """What the user may do with it. Who may not edit is told so."""
    say = frame.say
    with st.container(horizontal=True):
        if frame.may(Permission.EDITOR):
            st.button(named(say.gettext("Edit"), one.name), on_click=go, args=(Mode.EDIT,), key="organisation edit")
        if queries.keeping().may_create:
            label = named(say.gettext("Copy as a start"), one.name)
            st.button(label, on_click=go, args=(Mode.COPY,), key="organisation copy")
        if not public and frame.may(Permission.ADMIN):
            label = say.gettext("Take back to the public facts") if queries.shipped_profile(one.id) else ""
            label = label or named(say.gettext("Delete"), one.name)
            st.button(label, on_click=go, args=(Mode.DELETE,), key="organisation delete")
    if not public and not frame.may(Permission.EDITOR):
        st.info(say.gettext("You may look at this organisation. To change it, ask one of its admins."))


def _facts(say: Speaker, one: Profile) -> dict[str, str]:
    """What it is, a line a fact; what is not known is said to be so."""
    unknown = say.gettext("not stated")
    regions = queries.regions(one.country)
    place = [regions.get(one.nuts, one.nuts)] if one.nuts else []
    facts = {
        say.gettext("What it is"): say.term(terms.ORGANISATIONS[one.type]),
        say.gettext("Where"): ", ".join([*place, say.country_name(one.country)]),
        say.gettext("Legal form"): say.listing([say.term(terms.KINDS[kind]) for kind in one.kinds]),
        say.gettext("Roles it takes on"): say.listing([say.term(terms.ROLES[role]) for role in one.roles]),
        say.gettext("Languages"): say.listing([say.language_name(code) for code in one.languages]) or unknown,
        say.gettext("Yearly budget"): _sum(say, one.annual_budget) or unknown,
        say.gettext("EU projects"): _past(say, one.experience) or unknown,
        say.gettext("Networks"): say.listing(one.networks) or unknown,
    }
    if one.population:
        facts[say.gettext("Inhabitants")] = _people(say, one.population)
    return facts


def _sum(say: Speaker, found: Sum | None) -> str:
    if found is None:
        return ""
    return say.gettext("%(sum)s (%(year)s)", sum=say.money(Money(amount=found.value)), year=found.as_of)


def _people(say: Speaker, found: Population) -> str:
    return say.gettext("%(number)s (%(year)s)", number=say.number(found.value), year=found.as_of)


def _past(say: Speaker, found: Experience | None) -> str:
    if found is None:
        return ""
    return say.ngettext(
        "%(num)s taken part in, of which %(led)s led",
        "%(num)s taken part in, of which %(led)s led",
        found.projects,
        led=say.number(found.led),
    )
