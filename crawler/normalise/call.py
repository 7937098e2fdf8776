"""One raw call -> one Call and what could not be understood in it. Pure; a record that names itself is never lost."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.normalise.budget import understand_funds
from crawler.normalise.call_dates import understand_stated_dates
from crawler.normalise.criteria import understand_criteria
from crawler.normalise.deadlines import Dates, understand_dates
from crawler.normalise.issues import Issues
from crawler.normalise.links import safe_urls, understand_documents, understand_url
from crawler.normalise.national import national_programme, understand_national
from crawler.normalise.portal_json import read, strings
from crawler.normalise.programmes import understand_programme
from crawler.normalise.prose import Facts, with_prose
from crawler.normalise.text import clean_line, html_to_text
from crawler.normalise.updates import latest_infos
from crawler.source import RawCall, Source
from matcher.model import Call, CallKind, CallStatus
from matcher.reference import Programme, Reference

STATUSES = {
    "31094501": CallStatus.FORTHCOMING,
    "31094502": CallStatus.OPEN,
    "31094503": CallStatus.CLOSED,
    "forthcoming": CallStatus.FORTHCOMING,
    "open": CallStatus.OPEN,
    "open for submission": CallStatus.OPEN,
    "closed": CallStatus.CLOSED,
    "upcoming": CallStatus.FORTHCOMING,
    "planned": CallStatus.FORTHCOMING,
    "announced": CallStatus.FORTHCOMING,
    "coming soon": CallStatus.FORTHCOMING,
    "open call": CallStatus.OPEN,
    "ongoing": CallStatus.OPEN,
    "ongoing call": CallStatus.OPEN,
    "permanently open": CallStatus.OPEN,
    "closed call": CallStatus.CLOSED,
    "call closed": CallStatus.CLOSED,
    "expired": CallStatus.CLOSED,
}
SHORTEST = 12
"""Characters that a title has at least which stands there several times."""
BETWEEN = " -–|:"
LONG = 1000
"""Characters of a title from which on a repetition is not looked for: the search would take too long."""


def understand_call(raw: RawCall, source: Source, reference: Reference, issues: Issues) -> Call | None:
    """The call a record describes; None, with an issue, for a record without reference, or with neither title nor code.

    `support` (help pages, the same on every topic) is left out on purpose. `note`, how sure a restated call is, ends
    its terms.
    """
    raw = corrected(raw, source)
    own, identifier = clean_line(raw.reference), clean_line(raw.identifier)
    title = _title(clean_line(raw.title), identifier, issues)
    if not own or not title:
        issues.add("reference" if not own else "title", "the record cannot be told apart or named, so it is no call")
        return None
    conditions = html_to_text(raw.conditions, issues, "conditions")
    language = _language(raw, source)
    programme = _programme(raw, language, reference, issues)
    dates = _dates(raw, conditions, source, issues)
    funds = understand_funds(raw, issues, language)
    stated = understand_criteria(raw, issues, language)
    text = html_to_text(raw.description, issues, "description")
    facts = Facts(dates, funds, ())
    if raw.kind is CallKind.CALL and not _is_listed(raw):
        facts = with_prose(dates, funds, text, raw, source, issues)
    return Call(
        source=raw.source,
        reference=own,
        identifier=identifier or own,
        title=title,
        kind=raw.kind,
        url=understand_url(raw, issues),
        tier=source.tier,
        programme=programme.key if programme else None,
        fund=programme.fund if programme else None,
        call_identifier=clean_line(raw.call_identifier) or None,
        call_title=clean_line(raw.call_title) or None,
        granting_project=clean_line(raw.granting_project) or None,
        national=understand_national(raw, language, issues),
        parent_title=clean_line(raw.parent_title) or None,
        language=clean_line(raw.language).lower() or None,
        published_status=_status(raw.status, issues),
        opening=facts.dates.opening,
        opening_precision=facts.dates.opening_precision,
        deadlines=facts.dates.deadlines,
        deadline_model=facts.dates.model,
        budget=facts.funds.budget,
        grant=facts.funds.grant,
        text=text,
        conditions=conditions,
        applicants=stated.applicants,
        terms="\n".join(filter(None, (stated.terms, *facts.notes, raw.note and f"Note: {clean_line(raw.note)}"))),
        criteria=stated.criteria,
        keywords=_keywords(raw, issues),
        types_of_action=_labels(raw.types_of_action),
        documents=understand_documents(raw, issues),
        updates=latest_infos(raw.latest_infos, issues),
        mentions=_labels(raw.mentions),
        sources=safe_urls(raw.sources, "sources", issues),
        as_of=raw.fetched_at.date(),
    )


def _programme(raw: RawCall, language: str, reference: Reference, issues: Issues) -> Programme | None:
    if raw.national:
        return national_programme(raw, language, reference, issues)
    return understand_programme(raw.programme, reference, issues)


def _is_listed(raw: RawCall) -> bool:
    """A national call with days of its own: its text is not searched for further facts, which are another's there."""
    return raw.national is not None and bool(raw.opening or raw.deadlines)


def _dates(raw: RawCall, conditions: str, source: Source, issues: Issues) -> Dates:
    if raw.kind is not CallKind.CALL:
        return understand_dates(raw, conditions, issues)
    return understand_stated_dates(raw, conditions, source, issues)


def _language(raw: RawCall, source: Source) -> str:
    """Of the words of money; those of the portal are read as before, without one."""
    return (raw.language.strip().lower() or source.language) if raw.kind is CallKind.CALL else ""


def corrected(raw: RawCall, source: Source) -> RawCall:
    """The record with the corrections of its source's registry entry (field, found -> meant)."""
    changes: dict[str, object] = {}
    for field, meant in source.lookups.items():
        found = getattr(raw, field)
        new = meant.get(found, found) if isinstance(found, str) else tuple(meant.get(item, item) for item in found)
        if new != found:
            changes[field] = new
    return raw.model_copy(update=changes) if changes else raw


def _title(title: str, identifier: str, issues: Issues) -> str:
    if not title and identifier:
        issues.add("title", "no title; the identifier stands in for it", identifier)
    return _once(title) or identifier


def _once(title: str) -> str:
    """A title that the source wrote several times in a row, once."""
    at = title.find(title[:SHORTEST], SHORTEST) if len(title) < LONG else -1
    while at > 0:
        once = title[:at].rstrip(BETWEEN)
        if len(once) >= SHORTEST and not title.replace(once, "").strip(BETWEEN):
            return once
        at = title.find(title[:SHORTEST], at + 1)
    return title


def _status(text: str, issues: Issues) -> CallStatus:
    words = " ".join(text.lower().split())
    if words and words not in STATUSES:
        issues.add("status", "unknown status", text, STATUSES)
    return STATUSES.get(words, CallStatus.UNKNOWN)


def _keywords(raw: RawCall, issues: Issues) -> tuple[str, ...]:
    """The labels without the codes of topic and call, which stand among them."""
    words = [word for entry in raw.keywords for word in _listed(entry, issues)]
    codes = {code.strip().casefold() for code in (raw.identifier, raw.call_identifier)}
    return tuple(word for word in _labels(words) if word.casefold() not in codes)


def _listed(entry: str, issues: Issues) -> list[str]:
    """The keywords in one entry: a single one, or all of them written as JSON."""
    return strings(read(entry, "keywords", issues)) if entry.lstrip().startswith("[") else [entry]


def _labels(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_line, texts))))
