"""Draws who was funded under a call or its other editions before: counts, then the projects with who led them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import streamlit as st

from dashboard.call.blocks import NAME, entry, listed, small
from dashboard.call.drawing import heading
from dashboard.escape import host, md_escape, md_link
from dashboard.frame import Frame
from dashboard.partners.missing import no_projects
from dashboard.told.parts import Part
from matcher.languages import Speaker
from matcher.languages.terms import PROJECT_STATUSES
from matcher.model import Participant, Project, ProjectRole
from matcher.precedents import Basis, Precedents, line_of, portrait
from matcher.printable import one_line

SHOWN = 10
"""Projects that are drawn; their number is told."""
LEADS = 3
"""Coordinators of a project that are named; a project of many has one."""
COUNTRIES = 6
"""Countries named in a count."""


def section(frame: Frame, key: str, are_known: bool, precedents: Callable[[], Precedents]) -> None:
    """`are_known`: whether funded projects were read at all; `precedents` is asked once a reader opens the part."""
    say = frame.say
    heading(say, Part.WINNERS)
    if not are_known:
        st.info(no_projects(frame))
        return
    folded = st.expander(
        say.gettext("Projects funded under this call or its earlier editions"), on_change="rerun", key=f"winners {key}"
    )
    if folded.open:
        with folded, st.spinner(say.gettext("Looking through funded projects …")):
            st.markdown("\n\n".join(told(say, precedents())))


def told(say: Speaker, found: Precedents) -> Iterator[str]:
    """Markdown, a paragraph each."""
    if found.basis is None:
        topic = md_escape(one_line(found.codes.topic, NAME))
        yield say.gettext("No funded project is known under %(code)s or other editions of it.", code=topic)
        return
    yield f"**{_number(say, found)}** {_basis(say, found)}"
    yield from _counts(say, found)
    yield listed(_project(say, project) for project in found.projects[:SHOWN])
    if len(found.projects) > SHOWN:
        yield small(md_escape(say.gettext("The newest %(number)s are shown.", number=say.number(SHOWN))))


def _number(say: Speaker, found: Precedents) -> str:
    return md_escape(say.ngettext("%(num)s funded project", "%(num)s funded projects", len(found.projects)))


def _basis(say: Speaker, found: Precedents) -> str:
    codes = found.codes
    match found.basis:
        case Basis.TOPIC:
            words = say.gettext("Under this topic: %(code)s", code=codes.topic)
        case Basis.CALL:
            words = say.gettext("Under the same call: %(code)s", code=codes.call)
        case Basis.LINE:
            words = say.gettext("Under other editions of this topic: %(code)s of any year", code=line_of(codes.topic))
        case _:
            words = say.gettext(
                "Under other editions of the call: %(code)s of any year", code=line_of(codes.call or "")
            )
    return md_escape(words)


def _counts(say: Speaker, found: Precedents) -> Iterator[str]:
    counts = portrait(found.projects)
    if counts.coordinators:
        yield md_escape(say.gettext("Led from: %(countries)s", countries=_countries(say, counts.coordinators)))
    if counts.sizes:
        least, most = say.number(counts.sizes[0]), say.number(counts.sizes[-1])
        yield md_escape(say.gettext("Organisations in a project: %(least)s to %(most)s", least=least, most=most))


def _countries(say: Speaker, counted: Mapping[str, int]) -> str:
    first = Counter(counted).most_common(COUNTRIES)
    return ", ".join(f"{say.country_name(code)} {say.number(number)}" for code, number in first)


def _project(say: Speaker, project: Project) -> str:
    title = f"{project.acronym}: {project.title}" if project.acronym not in ("", project.title) else project.title
    years = "–".join(dict.fromkeys(str(day.year) for day in (project.start, project.end) if day))
    grant = say.money(project.eu_contribution) if project.eu_contribution else ""
    status = say.term(PROJECT_STATUSES[project.status]) if project.status else ""
    return entry(
        f"**{md_link(one_line(title, NAME), project.url)}**",
        md_escape(" · ".join(filter(None, (one_line(project.topic or "", NAME), years, grant, status)))),
        *(small(_lead(say, one)) for one in project.coordinators[:LEADS]),
        small(md_escape(_others(say, project))),
    )


def _lead(say: Speaker, one: Participant) -> str:
    name = md_link(one_line(one.name, NAME), one.web) if host(one.web) else md_escape(one_line(one.name, NAME))
    country = f" ({md_escape(say.country_name(one.country))})" if one.country else ""
    return say.gettext("Coordinator: %(name)s", name=f"{name}{country}")


def _others(say: Speaker, project: Project) -> str:
    others = [one for one in project.participants if one.role is not ProjectRole.COORDINATOR]
    if not others:
        return ""
    abroad = Counter(one.country for one in others if one.country)
    places = _countries(say, abroad) if abroad else say.gettext("countries not known")
    return say.ngettext(
        "%(num)s further organisation: %(places)s",
        "%(num)s further organisations: %(places)s",
        len(others),
        places=places,
    )
