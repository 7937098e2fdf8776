"""The closed lists of the trade as words of a mail or page, each with the subject that says which sense is meant.

A term's text is its message in English; `Speaker.term` says it in a reader's language. Funds keep their names.
"""

from __future__ import annotations

from typing import NamedTuple

from matcher.model import CallStatus, EventKind, MaterialField, Rhythm, RouteKind


class Term(NamedTuple):
    context: str
    text: str


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
