"""All raw records of a run -> what the store keeps, each kind by its own rules, each thing once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crawler.normalise import normalise
from crawler.normalise.bodies import understand_body
from crawler.normalise.documents import understand_document
from crawler.normalise.issues import Issues
from crawler.normalise.projects import understand_project
from crawler.source import RawBody, RawCall, RawDocument, RawProject, RawRecord, RawUpdate, Source
from matcher.model import Body, Call, Document, Frozen, Issue, Project
from matcher.reference import Reference


@dataclass
class Harvest:
    """What a run gave. `parsed`: raw records of the kind that the source is read for, understood or not."""

    calls: list[Call] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    parsed: int = 0


COUNTED: dict[str, tuple[type[RawRecord], ...]] = {
    "calls": (RawCall,),
    "projects": (RawProject,),
    "documents": (RawDocument, RawBody),
}
"""What a source is read for (`Source.yields`) -> the raw records that count."""


def bring_in(records: Iterable[RawRecord], source: Source, reference: Reference) -> Harvest:
    """The calls by id, documents, bodies and projects of a run, and all issues; of a doubled call the richest."""
    harvest = Harvest()
    calls: dict[str, Call] = {}
    for call, found in normalise(_others_aside(records, source, reference, harvest), source, reference):
        harvest.issues += found
        if call is None:
            continue
        if other := calls.get(call.id):
            doubled = "two records of one call; the richer was kept"
            harvest.issues.append(Issue(field="reference", problem=doubled, reference=call.reference))
            call = max(other, call, key=_richness)
        calls[call.id] = call
    harvest.calls = [calls[id] for id in sorted(calls)]
    return harvest


def counted(harvest: Harvest, source: Source) -> Sequence[Frozen]:
    """The things that the source is read for."""
    if source.yields == "documents":
        return [*harvest.documents, *harvest.bodies]
    return harvest.projects if source.yields == "projects" else harvest.calls


def _others_aside(
    records: Iterable[RawRecord], source: Source, reference: Reference, harvest: Harvest
) -> Iterator[RawCall | RawUpdate]:
    """Calls and news on them pass; every other record is understood on its way and put into the harvest."""
    for raw in records:
        harvest.parsed += isinstance(raw, COUNTED[source.yields])
        if isinstance(raw, RawCall | RawUpdate):
            yield raw
            continue
        issues = Issues(raw.reference)
        _take(raw, reference, harvest, issues)
        harvest.issues += issues.all()


def _take(raw: RawDocument | RawBody | RawProject, reference: Reference, harvest: Harvest, issues: Issues) -> None:
    match raw:
        case RawDocument():
            document = understand_document(raw, issues)
            harvest.documents += [document] if document else []
        case RawBody():
            body = understand_body(raw, reference, issues)
            harvest.bodies += [body] if body else []
        case RawProject():
            project = understand_project(raw, reference, issues)
            harvest.projects += [project] if project else []


def _richness(call: Call) -> tuple[int, int, str]:
    """Filled fields, then text; the serial form breaks ties, so that the order of the records does not matter."""
    filled = call.model_dump(exclude_defaults=True)
    return len(filled), len(call.text) + len(call.conditions), call.model_dump_json()
