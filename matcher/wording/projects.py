"""Funded projects in plain words for a reader at a terminal. Pure; knows neither store nor day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from matcher.amounts import money_words
from matcher.model import OrganisationKind, Project, ProjectRole
from matcher.precedents import Basis, Precedents, line_of, portrait
from matcher.wording.layout import shortened

KINDS = {
    OrganisationKind.PUBLIC_BODY: "public bodies",
    OrganisationKind.FOR_PROFIT: "companies",
    OrganisationKind.EDUCATION: "schools and universities",
    OrganisationKind.RESEARCH: "research bodies",
    OrganisationKind.OTHER: "others, most of them associations",
}
LISTED = 8
"""Countries named in a count."""


def project_list(projects: Sequence[Project], limit: int) -> Iterator[str]:
    """Funded projects, each with who coordinates it and from where."""
    if not projects:
        yield "no funded project of that kind is known"
    for project in projects:
        yield from _project_lines(project)
    if projects and len(projects) == limit:
        yield f"(the first {limit}; --limit shows more)"


def precedents_page(found: Precedents, limit: int) -> Iterator[str]:
    """Who was funded under a call before, in counts, then project by project."""
    if found.basis is None:
        yield f"No funded project is known under {found.codes.topic} or other editions of it."
        return
    counts, number = portrait(found.projects), len(found.projects)
    yield f"{number} funded {'project' if number == 1 else 'projects'} {_under(found)}"
    if counts.coordinators:
        yield f"Coordinated from: {_counted(counts.coordinators)}"
        yield f"With partners from: {_counted(counts.countries)}"
    if counts.sizes:
        least, most = counts.sizes[0], counts.sizes[-1]
        yield f"Organisations in a project: {least if least == most else f'{least} to {most}'}"
    if counts.kinds:
        yield "Organisations: " + ", ".join(f"{KINDS[kind]} {count}" for kind, count in counts.kinds.most_common())
    yield ""
    for project in found.projects[:limit]:
        yield from _project_lines(project)
    if number > limit:
        yield f"(the first {limit} of {number}; --limit shows more)"


def _under(found: Precedents) -> str:
    codes = found.codes
    words = {
        Basis.TOPIC: f"under {codes.topic}",
        Basis.CALL: f"under the call {codes.call}",
        Basis.LINE: f"under other editions of {codes.topic} ({line_of(codes.topic)} of any year)",
        Basis.CALL_LINE: f"under other editions of the call {codes.call} (any of its topics)",
    }
    return words[found.basis] if found.basis else ""


def _counted(countries: Mapping[str, int]) -> str:
    first = sorted(countries.items(), key=lambda item: (-item[1], item[0]))
    rest = f", {len(first) - LISTED} more" if len(first) > LISTED else ""
    return ", ".join(f"{country} {count}" for country, count in first[:LISTED]) + rest


def _project_lines(project: Project) -> Iterator[str]:
    title = project.title if project.acronym in ("", project.title) else f"{project.acronym}: {project.title}"
    yield shortened(title)
    grant = money_words(project.eu_contribution) if project.eu_contribution else ""
    years = "–".join(dict.fromkeys(str(day.year) for day in (project.start, project.end) if day))
    facts = (project.topic or project.programme or "", years, grant, project.status or "", project.url)
    yield "      " + " · ".join(filter(None, facts))
    for lead in project.coordinators:
        yield f"      coordinator: {shortened(lead.name)}" + (f" ({lead.country})" if lead.country else "")
    others = Counter(one.country for one in project.participants if one.role is not ProjectRole.COORDINATOR)
    if others:
        abroad = {country: count for country, count in others.items() if country}
        places = f", from {_counted(abroad)}" if abroad else ""
        yield f"      with {others.total()} {'other' if others.total() == 1 else 'others'}{places}"
