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

RULES = {
    "call_status": Term("rule", "Can one apply now or later?"),
    "applicant_kind": Term("rule", "May this kind of organisation apply?"),
    "excluded_kind": Term("rule", "Is this kind of organisation left out?"),
    "excluded_body": Term("rule", "Is it a body that gets no EU grant at present?"),
    "invited": Term("rule", "Is the call open without an invitation?"),
    "country": Term("rule", "Does the country take part?"),
    "excluded_country": Term("rule", "Is the country left out?"),
    "area": Term("rule", "Does the call serve the organisation's area?"),
    "population": Term("rule", "Does the municipality have the inhabitants asked for?"),
    "experience": Term("rule", "Does the organisation have the experience asked for?"),
    "language": Term("rule", "Can the organisation apply in a language of the call?"),
    "role": Term("rule", "Does the call offer a role the organisation can take on?"),
    "min_applicants": Term("rule", "Does it take several applicants?"),
    "min_countries": Term("rule", "Does it take several countries?"),
    "min_member_states": Term("rule", "Does it take applicants from Member States?"),
    "independent": Term("rule", "Must applicants be independent of each other?"),
    "must_include_kind": Term("rule", "Does it take a partner of a certain kind?"),
}
"""Name of an eligibility rule -> its label, as the registry of rules has it."""

RHYTHMS = {
    Rhythm.WEEKLY: Term("rhythm", "every Monday"),
    Rhythm.MONTHLY: Term("rhythm", "the first Monday of each month"),
}
