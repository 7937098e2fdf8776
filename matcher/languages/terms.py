"""The closed lists of the trade as words of a mail or page, each with the subject that says which sense is meant.

A term's text is its message in English; `Speaker.term` says it in a reader's language, and inside of a sentence of ours
it stands as `Term.said`. Funds keep their names.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.model import (
    OTHER,
    SOME_LOCAL,
    SOME_PRIVATE,
    Answer,
    ApplicantKind,
    Basis,
    CallKind,
    CallStatus,
    Dislike,
    DocumentRole,
    EventKind,
    MaterialField,
    OrganisationType,
    Permission,
    ProjectStatus,
    Rhythm,
    Role,
    RouteKind,
    Stage,
    Tier,
    some,
)
from matcher.model.said import Said, said_of


class Term(NamedTuple):
    context: str
    text: str

    @property
    def said(self) -> Said:
        """For a sentence of ours: a value that is said in the sentence's language."""
        return _said(self)


@cache
def _said(term: Term) -> Said:
    return said_of(term.context, term.text)


ROUTES = {
    RouteKind.LEAD: Term("route", "as lead applicant"),
    RouteKind.CO_APPLICANT: Term("route", "as co-applicant"),
    RouteKind.AFFILIATED_ENTITY: Term("route", "as affiliated entity of a beneficiary"),
    RouteKind.SUB_GRANT: Term("route", "by a sub-grant from a funded project"),
    RouteKind.NATIONAL_AUTHORITY: Term("route", "directly at the national authority"),
    RouteKind.MANAGING_AUTHORITY: Term("route", "through the managing authority"),
    RouteKind.NATIONAL_AGENCY: Term("route", "through the National Agency"),
    RouteKind.ASSOCIATED_PARTNER: Term("route", "as associated partner, without funding"),
    RouteKind.UNKNOWN: Term("route", "not known"),
    RouteKind.NOT_OPEN: Term("route", "not open to you"),
}
"""How an organisation gets at the money (EU model grant agreement, Articles 7-9; Regulation (EU) 2021/1060)."""

STATUSES = {
    CallStatus.FORTHCOMING: Term("call status", "not open yet"),
    CallStatus.OPEN: Term("call status", "open"),
    CallStatus.CLOSED: Term("call status", "closed"),
    CallStatus.UNKNOWN: Term("call status", "not known whether open"),
}

EVENTS = {
    EventKind.NEW: Term("event", "New call"),
    EventKind.CHANGED: Term("event", "Changed"),
    EventKind.ELIGIBILITY: Term("event", "Conditions changed"),
    EventKind.OPENING: Term("event", "Opening soon"),
    EventKind.OPENED: Term("event", "Open now"),
    EventKind.CLOSING: Term("event", "Closing soon"),
    EventKind.CLOSED: Term("event", "Closed"),
    EventKind.WITHDRAWN: Term("event", "Withdrawn"),
    EventKind.RETURNED: Term("event", "Published again"),
}

FIELDS = {
    MaterialField.TITLE: Term("field", "Title"),
    MaterialField.STATE: Term("field", "Status"),
    MaterialField.OPENING: Term("field", "Opening date"),
    MaterialField.DEADLINES: Term("field", "Deadline"),
    MaterialField.BUDGET: Term("field", "Budget of the call"),
    MaterialField.GRANT: Term("field", "Size of a grant"),
    MaterialField.APPLICANTS: Term("field", "Who may apply"),
    MaterialField.TERMS: Term("field", "Terms of participation"),
    MaterialField.CONDITIONS: Term("field", "Conditions"),
    MaterialField.CRITERIA: Term("field", "Requirements"),
    MaterialField.DOCUMENT: Term("field", "Call document"),
}

CHECKS = {
    "applicant_kind": Term("to find out", "Find out whether organisations of your kind may apply."),
    "excluded_kind": Term("to find out", "Find out whether organisations of your kind are left out."),
    "invited": Term("to find out", "Find out whether you are invited: only bodies chosen before may apply."),
    "country": Term("to find out", "Find out whether organisations from your country may apply."),
    "excluded_country": Term("to find out", "Find out whether your country is left out."),
    "area": Term("to find out", "Find out whether the call covers your area."),
    "role": Term("to find out", "Find out which role in a project you could take on."),
    "population": Term("to find out", "Find out whether your municipality has the inhabitants asked for."),
    "experience": Term("to find out", "Find out whether you have the experience asked for."),
    "excluded_body": Term("to find out", "Find out whether you are one of the bodies that get no EU grant at present."),
    "min_applicants": Term("to find out", "Find out whether you need partners: the call’s record does not say."),
    "min_countries": Term("to find out", "Find out from how many countries partners must come."),
    "min_member_states": Term("to find out", "Find out how many Member States must be among the partners’ countries."),
    "must_include_kind": Term("to find out", "Find out which kind of partner the call insists on."),
    "independent": Term("to find out", "Find out whether your partners and you are independent of each other."),
    "language": Term("to find out", "Find out who can write the application in a language of the call."),
}
"""Name of an eligibility rule -> what a reader does where its answer is not known."""

OBSTACLES = {
    "applicant_kind": Term("obstacle", "Organisations of your kind may not apply."),
    "excluded_kind": Term("obstacle", "The call leaves out organisations of your kind."),
    "country": Term("obstacle", "Organisations from your country may not apply."),
    "excluded_country": Term("obstacle", "The call leaves out your country."),
    "area": Term("obstacle", "The call does not cover your area."),
    "role": Term("obstacle", "The call offers no role in a project that you take on."),
    "population": Term("obstacle", "Your municipality does not have the inhabitants asked for."),
    "experience": Term("obstacle", "You do not have the experience asked for."),
}
"""The same, where the answer can be no and is."""

RHYTHMS = {
    Rhythm.WEEKLY: Term("rhythm", "every Monday"),
    Rhythm.MONTHLY: Term("rhythm", "the first Monday of each month"),
}

CALL_KINDS = {
    CallKind.TOPIC: Term("call kind", "Grant topic"),
    CallKind.EXTERNAL_ACTION: Term("call kind", "External action"),
    CallKind.CASCADE: Term("call kind", "Sub-grant of a funded project"),
    CallKind.CALL: Term("call kind", "Call of a programme outside the portal"),
}
NATIONAL = Term("call kind", "Call of a national or regional programme")
"""In place of the kind, of a call that a Member State's authorities run."""

BASES = {
    Basis.CALL_DOCUMENT: Term("rests on", "the call document"),
    Basis.TOPIC_CONDITIONS: Term("rests on", "the conditions of the topic"),
    Basis.CALL_RECORD: Term("rests on", "the record of the call"),
    Basis.PROGRAMME_RULE: Term("rests on", "what is usual for this programme"),
}
"""Where a verdict comes from."""

ANSWERS = {
    Answer.MET: Term("answer", "Met"),
    Answer.NOT_MET: Term("answer", "Not met"),
    Answer.UNKNOWN: Term("answer", "Not known"),
}
"""Of one condition."""

TIERS = {
    Tier.OFFICIAL_RECORD: Term("tier", "official record"),
    Tier.CURATED: Term("tier", "restated by hand from public pages"),
    Tier.OFFICIAL_POINTER: Term("tier", "official page that points to calls"),
    Tier.DISCOVERY: Term("tier", "somebody else's list, unconfirmed"),
}
"""What a source is worth."""

ROLES = {
    Role.COORDINATOR: Term("role", "coordinator"),
    Role.BENEFICIARY: Term("role", "beneficiary"),
    Role.AFFILIATED_ENTITY: Term("role", "affiliated entity"),
    Role.ASSOCIATED_PARTNER: Term("role", "associated partner"),
    Role.SUB_GRANTEE: Term("role", "sub-grantee"),
}
"""In a project."""

KINDS: dict[str, Term] = {
    ApplicantKind.LOCAL_AUTHORITY: Term("kind", "local authorities"),
    ApplicantKind.REGIONAL_AUTHORITY: Term("kind", "regional authorities"),
    ApplicantKind.PUBLIC_BODY: Term("kind", "public bodies"),
    ApplicantKind.NON_PROFIT: Term("kind", "non-profit organisations"),
    ApplicantKind.CIVIL_SOCIETY: Term("kind", "civil society organisations"),
    ApplicantKind.SOCIAL_ENTERPRISE: Term("kind", "social enterprises"),
    ApplicantKind.INTERNATIONAL_ORGANISATION: Term("kind", "international organisations"),
    ApplicantKind.FOR_PROFIT: Term("kind", "for-profit bodies"),
    ApplicantKind.SME: Term("kind", "small and medium-sized enterprises"),
    ApplicantKind.RESEARCH: Term("kind", "research organisations"),
    ApplicantKind.EDUCATION: Term("kind", "education providers"),
    ApplicantKind.SOCIAL_PARTNER: Term("kind", "social partners"),
    ApplicantKind.NATURAL_PERSON: Term("kind", "natural persons"),
    ApplicantKind.INFORMAL_GROUP: Term("kind", "informal groups"),
    OTHER: Term("kind", "bodies of other kinds"),
    SOME_LOCAL: Term("kind", "certain local authorities or their associations"),
    SOME_PRIVATE: Term("kind", "private bodies"),
    some(ApplicantKind.REGIONAL_AUTHORITY): Term("kind", "certain regional authorities"),
    some(ApplicantKind.PUBLIC_BODY): Term("kind", "certain public bodies"),
    some(ApplicantKind.NON_PROFIT): Term("kind", "certain non-profit organisations"),
    some(ApplicantKind.CIVIL_SOCIETY): Term("kind", "certain civil society organisations"),
    some(ApplicantKind.SOCIAL_ENTERPRISE): Term("kind", "certain social enterprises"),
    some(ApplicantKind.INTERNATIONAL_ORGANISATION): Term("kind", "certain international organisations"),
    some(ApplicantKind.FOR_PROFIT): Term("kind", "certain for-profit bodies"),
    some(ApplicantKind.SME): Term("kind", "certain small and medium-sized enterprises"),
    some(ApplicantKind.RESEARCH): Term("kind", "certain research organisations"),
    some(ApplicantKind.EDUCATION): Term("kind", "certain education providers"),
    some(ApplicantKind.SOCIAL_PARTNER): Term("kind", "certain social partners"),
    some(ApplicantKind.NATURAL_PERSON): Term("kind", "certain natural persons"),
    some(ApplicantKind.INFORMAL_GROUP): Term("kind", "certain informal groups"),
}
"""Of applicants, as sorts of bodies; and the words of a condition that mean a part of a kind."""

ORGANISATIONS = {
    OrganisationType.MUNICIPALITY: Term("organisation", "Municipality"),
    OrganisationType.MIGRANT_LED: Term("organisation", "Organisation led by migrants"),
    OrganisationType.MIGRANT_SERVING: Term("organisation", "Organisation that works for migrants"),
}

STAGES = {
    Stage.SAVED: Term("stage", "Saved"),
    Stage.CONSIDERING: Term("stage", "Being considered"),
    Stage.WRITING: Term("stage", "Application being written"),
    Stage.SUBMITTED: Term("stage", "Submitted"),
    Stage.WON: Term("stage", "Won"),
    Stage.LOST: Term("stage", "Lost"),
    Stage.DISMISSED: Term("stage", "Dismissed"),
}
"""How far an organisation is with a call."""

DISLIKES = {
    Dislike.OTHER_FIELD: Term("dislike", "Not what we work on"),
    Dislike.NOT_ELIGIBLE: Term("dislike", "We may not apply"),
    Dislike.TOO_LARGE: Term("dislike", "The grant is too large for us"),
    Dislike.TOO_SMALL: Term("dislike", "The grant is too small for us"),
    Dislike.NO_CO_FUNDING: Term("dislike", "We cannot pay our own part"),
    Dislike.TOO_SOON: Term("dislike", "The deadline is too soon"),
    Dislike.NO_CAPACITY: Term("dislike", "Nobody has time to write it"),
    Dislike.NO_PARTNERS: Term("dislike", "We lack the partners"),
    Dislike.OTHER: Term("dislike", "Another reason"),
}
"""Why a call was dismissed."""

PERMISSIONS = {
    Permission.READER: Term("permission", "may look"),
    Permission.EDITOR: Term("permission", "may change things"),
    Permission.ADMIN: Term("permission", "may let others in and out"),
}

SORTS = {
    "fit": Term("sort", "Usable and nearest first"),
    "deadline": Term("sort", "Next deadline first"),
    "first-seen": Term("sort", "Newest first"),
    "amount": Term("sort", "Largest grant first"),
}
"""By `dashboard.filters.Sort`."""

PARTS = {
    "lead": Term("part", "lead a project"),
    "join": Term("part", "join as a partner"),
    "sub-grant": Term("part", "receive a sub-grant"),
}
"""By `dashboard.filters.Part`: what the organisation wants to be."""

DOCUMENT_ROLES = {
    DocumentRole.CALL_DOCUMENT: Term("document", "call document"),
    DocumentRole.PROGRAMME_GUIDE: Term("document", "programme guide"),
    DocumentRole.WORK_PROGRAMME: Term("document", "work programme"),
    DocumentRole.TEMPLATE: Term("document", "form or template"),
    DocumentRole.OTHER: Term("document", "other document"),
}
"""What a document is for a call."""

PROJECT_STATUSES = {
    ProjectStatus.FORTHCOMING: Term("project status", "not begun yet"),
    ProjectStatus.ONGOING: Term("project status", "going on"),
    ProjectStatus.SUSPENDED: Term("project status", "suspended"),
    ProjectStatus.ENDED: Term("project status", "ended"),
}
"""Of a funded project."""
