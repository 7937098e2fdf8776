"""From verdicts to the way an organisation gets at a call's money. Judges no condition itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.eligibility import seats, words
from matcher.eligibility.situation import Situation
from matcher.model import Answer, Authority, Call, CallKind, Profile, Role, Route, RouteKind, Verdict
from matcher.reference import Management, Programme, Reference

SEATS = {
    Role.COORDINATOR: RouteKind.LEAD,
    Role.BENEFICIARY: RouteKind.CO_APPLICANT,
    Role.SUB_GRANTEE: RouteKind.SUB_GRANT,
}
LABELS = {
    RouteKind.LEAD: "lead",
    RouteKind.CO_APPLICANT: "co-applicant",
    RouteKind.SUB_GRANT: "sub-grant",
    RouteKind.NATIONAL_AUTHORITY: "direct to the national authority",
    RouteKind.MANAGING_AUTHORITY: "through the managing authority",
    RouteKind.NATIONAL_AGENCY: "through the National Agency",
}
DECISIVE = ("call_status", "country", "applicant_kind", "role")
NATIONAL = ("call_status", "country", "area", "applicant_kind")
"""Rules whose "not met" shuts a call, in the order in which they are given as the reason.

Inhabitants shut only the seats they are asked for; the search for partners shuts nothing.
"""
THROUGH = frozenset({RouteKind.MANAGING_AUTHORITY, RouteKind.NATIONAL_AGENCY})
ASSOCIATED_PARTNERS = "EU model grant agreement, Article 9.1 (associated partners)"


def find_route(profile: Profile, call: Call, verdicts: Sequence[Verdict], on: date, reference: Reference) -> Route:
    """The best way to the call's money, what else is open, and why; `verdicts` are those of `assess` for the same four.

    A closed call is not open; whom a condition shuts out may still join without funding where the rules foresee it;
    a decisive unknown makes the route unknown; else the organisation's preferred role comes first.
    """
    situation = Situation(profile, call, on, reference)
    answered = {verdict.rule: verdict for verdict in verdicts}
    ways, certain = _ways(situation)
    asked = [answered[name] for name in _rules(call, ways, certain) if name in answered or name in DECISIVE]
    shut = next((v for v in asked if v.answer is Answer.NOT_MET and not (ways and v.rule == "population")), None)
    if shut is not None:
        return _shut_out(situation, shut)
    doubts = [verdict for verdict in asked if verdict.answer is Answer.UNKNOWN]
    return _open(situation, ways, asked) if certain and not doubts else _perhaps(situation, ways, doubts)


def _rules(call: Call, ways: Sequence[RouteKind], certain: bool) -> tuple[str, ...]:
    """Rules the route hangs on. Who may apply through an authority counts where the call itself says it."""
    if call.national:
        return NATIONAL
    if THROUGH & set(ways):
        return ("call_status", "country", "applicant_kind") if call.applicants else ("call_status", "country")
    return DECISIVE if certain else (*DECISIVE, "population")


def _shut_out(situation: Situation, verdict: Verdict) -> Route:
    if verdict.rule == "call_status":
        return Route(kind=RouteKind.NOT_OPEN, label="closed", reason=verdict.reason, reference=verdict.reference)
    if _takes_associated_partners(situation.call, situation.programme):
        return Route(
            kind=RouteKind.ASSOCIATED_PARTNER,
            label="associated partner, without funding",
            reason=f"{verdict.reason} {situation.profile.name} may still join a project at its own cost.",
            reference=f"{verdict.reference}; {ASSOCIATED_PARTNERS}",
        )
    return Route(kind=RouteKind.NOT_OPEN, label="not open", reason=verdict.reason, reference=verdict.reference)


def _takes_associated_partners(call: Call, programme: Programme | None) -> bool:
    """Calls under direct management use the model grant agreement of 2021-2027, which knows associated partners.

    So do those that are known from another page than the portal's; not national calls, external action nor sub-grants.
    """
    if programme is None or call.kind not in (CallKind.TOPIC, CallKind.CALL) or programme.route or call.national:
        return False
    return programme.management is Management.DIRECT and programme.period == "2021-2027"


def _ways(situation: Situation) -> tuple[tuple[RouteKind, ...], bool]:
    """Ways in by preference, and whether they are certain.

    A national call is applied to at its authority; an authority that hands on all the programme's money is the way;
    else the roles that all conditions leave open.
    Roles in doubt come only where none is certain.
    """
    if situation.call.national:
        return (RouteKind.NATIONAL_AUTHORITY,), True
    if situation.programme and situation.programme.route and situation.call.kind is not CallKind.CASCADE:
        return (situation.programme.route,), True
    found = {SEATS[role]: seats.seat(situation, role).answer for role in situation.taken}
    certain = tuple(way for way, answer in found.items() if answer is Answer.MET)
    return certain or tuple(way for way, answer in found.items() if answer is Answer.UNKNOWN), bool(certain)


def _perhaps(situation: Situation, ways: Sequence[RouteKind], doubts: Sequence[Verdict]) -> Route:
    """Unknown, naming what is in doubt: conditions, or that no single role fulfils them all for certain."""
    by_role = (f"As {words.ROLES[role]}: {seats.seat(situation, role).reason}" for role in situation.taken)
    return Route(
        kind=RouteKind.UNKNOWN,
        label=f"perhaps {_label(ways)}" if ways else "not known",
        reason=" ".join([verdict.reason for verdict in doubts] or by_role),
        reference=_references(doubts),
        body=_body(situation),
    )


def _open(situation: Situation, ways: Sequence[RouteKind], basis: Sequence[Verdict]) -> Route:
    reasons = [verdict.reason for verdict in basis]
    if ways[0] in THROUGH:
        reasons.append(f"The money of {situation.programme_name} is handed out {LABELS[ways[0]]}.")
    return Route(
        kind=ways[0],
        also=tuple(ways[1:]),
        label=_label(ways),
        reason=" ".join(reasons),
        reference=_references(basis),
        body=_body(situation),
    )


def _body(situation: Situation) -> Authority | None:
    """Whom a national call is applied to: the body it names, else the single portal of its country."""
    national = situation.call.national
    if national is None:
        return None
    if national.authority:
        return national.authority
    known = situation.reference.portals.get(national.country)
    return known.authority if known else None


def _label(ways: Sequence[RouteKind]) -> str:
    return words.listing((LABELS[way] for way in ways), "or")


def _references(verdicts: Sequence[Verdict]) -> str:
    return "; ".join(dict.fromkeys(verdict.reference for verdict in verdicts if verdict.reference))
