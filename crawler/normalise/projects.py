"""One raw project of the portal -> one Project and what could not be understood in it. Pure; loses no record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from crawler.normalise.dates import parse_day
from crawler.normalise.issues import Issues
from crawler.normalise.links import is_safe, safe_url
from crawler.normalise.money import parse_money
from crawler.normalise.numerals import Unclear
from crawler.normalise.places import understand_country
from crawler.normalise.programmes import understand_programme
from crawler.normalise.text import clean_line, html_to_text
from crawler.source import RawParticipant, RawProject
from matcher.model import Money, OrganisationKind, Participant, Project, ProjectRole, ProjectStatus
from matcher.reference import Reference

Word = TypeVar("Word", bound=StrEnum)

STATUSES = {str(status): status for status in ProjectStatus}
ROLES = {
    "coordinator": ProjectRole.COORDINATOR,
    "participant": ProjectRole.PARTICIPANT,
    "beneficiary": ProjectRole.PARTICIPANT,
    "thirdparty": ProjectRole.AFFILIATED_ENTITY,
    "affiliatedentity": ProjectRole.AFFILIATED_ENTITY,
    "associatedpartner": ProjectRole.ASSOCIATED_PARTNER,
}
KINDS = {
    "pub": OrganisationKind.PUBLIC_BODY,
    "prc": OrganisationKind.FOR_PROFIT,
    "hes": OrganisationKind.EDUCATION,
    "rec": OrganisationKind.RESEARCH,
    "oth": OrganisationKind.OTHER,
}
YES_NO = {"true": True, "false": False}


def understand_project(raw: RawProject, reference: Reference, issues: Issues) -> Project | None:
    """The project a record describes; None, with an issue, for a record without reference.

    A value that is not understood is an issue and stays empty; amounts are in euro, and a zero says nothing.
    """
    own = clean_line(raw.reference)
    if not own:
        issues.add("reference", "the record cannot be told apart, so it is no project")
        return None
    programme = understand_programme(raw.programme, reference, issues)
    return Project(
        source=raw.source,
        reference=own,
        title=_title(raw, own, issues),
        acronym=clean_line(raw.acronym),
        url=safe_url(raw.url, "url", issues),
        objective=html_to_text(raw.objective, issues, "objective"),
        programme=programme.key if programme else None,
        fund=programme.fund if programme else None,
        topic=clean_line(raw.topic) or None,
        call_identifier=clean_line(raw.call_identifier) or None,
        type_of_action=clean_line(raw.type_of_action),
        status=_word(raw.status, STATUSES, "status", issues),
        start=_day(raw.start, "start", issues),
        end=_day(raw.end, "end", issues),
        budget=_money(raw.budget, "budget", issues),
        eu_contribution=_money(raw.eu_contribution, "eu_contribution", issues),
        keywords=tuple(dict.fromkeys(filter(None, map(clean_line, raw.keywords)))),
        participants=tuple(filter(None, (_participant(one, issues) for one in raw.participants))),
        as_of=raw.fetched_at.date(),
    )


def _title(raw: RawProject, own: str, issues: Issues) -> str:
    title = clean_line(raw.title) or clean_line(raw.acronym)
    if not title:
        issues.add("title", "neither title nor acronym; the reference stands in for them")
    return title or own


def _participant(raw: RawParticipant, issues: Issues) -> Participant | None:
    name = clean_line(raw.name)
    if not name:
        issues.add("participants", "a participant without a name; it was left out", raw.pic)
        return None
    return Participant(
        pic=clean_line(raw.pic),
        name=name,
        role=_word(raw.role, ROLES, "role", issues),
        country=understand_country(raw.country, issues),
        kind=_word(raw.kind, KINDS, "kind", issues),
        sme=YES_NO.get(raw.sme.strip().lower()),
        city=clean_line(raw.city),
        nuts=clean_line(raw.nuts),
        eu_contribution=_money(raw.eu_contribution, "eu_contribution", issues),
        web=_web(raw.web),
    )


def _word(text: str, words: Mapping[str, Word], field: str, issues: Issues) -> Word | None:
    """The word of ours for a word of the index, in any letter case and however it is joined."""
    key = "".join(letter for letter in text.lower() if letter.isalpha())
    if text.strip() and key not in words:
        issues.add(field, f"unknown {field}", text, words)
    return words.get(key)


def _day(text: str, field: str, issues: Issues) -> date | None:
    day = parse_day(text)
    if text.strip() and day is None:
        issues.add(field, "no date that can be understood", text, ["2023-01-01T00:00:00.000+0100"])
    return day


def _money(text: str, field: str, issues: Issues) -> Money | None:
    try:
        return parse_money(text, "EUR")
    except Unclear as unclear:
        issues.add(field, f"no amount that can be understood: {unclear}", text, ["632500", "498734.4"])
        return None


def _web(text: str) -> str:
    """The organisation's site; most are written without a scheme, and a word that is none says nothing."""
    address = text.strip() if "://" in text else f"https://{text.strip()}"
    return address if is_safe(address) and "." in address else ""
