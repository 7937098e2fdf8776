"""From verdicts to the way an organisation gets at a call's money. Judges no condition itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.eligibility import seats, words
from matcher.eligibility.doors import Whom, whom
from matcher.eligibility.situation import Situation
from matcher.model import (
    Answer,
    Basis,
    Call,
    CallKind,
    CriterionKind,
    Profile,
    Role,
    Route,
    RouteKind,
    Said,
    Verdict,
    said,
    said_of,
    to_say,
    together,
)
from matcher.reference import Reference

SEATS = {
    Role.COORDINATOR: RouteKind.LEAD,
    Role.BENEFICIARY: RouteKind.CO_APPLICANT,
    Role.AFFILIATED_ENTITY: RouteKind.AFFILIATED_ENTITY,
    Role.SUB_GRANTEE: RouteKind.SUB_GRANT,
}
LABELS = {
    RouteKind.LEAD: said_of("route", "lead"),
    RouteKind.CO_APPLICANT: said_of("route", "co-applicant"),
    RouteKind.AFFILIATED_ENTITY: said_of("route", "affiliated entity of a beneficiary"),
    RouteKind.SUB_GRANT: said_of("route", "sub-grant"),
    RouteKind.NATIONAL_AUTHORITY: said_of("route", "direct to the national authority"),
    RouteKind.MANAGING_AUTHORITY: said_of("route", "through the managing authority"),
    RouteKind.NATIONAL_AGENCY: said_of("route", "through the National Agency"),
}
TAKES_PART = {
    RouteKind.LEAD: said_of("can", "lead"),
    RouteKind.CO_APPLICANT: said_of("can", "join as co-applicant"),
    RouteKind.AFFILIATED_ENTITY: said_of("can", "join as affiliated entity of a beneficiary"),
    RouteKind.SUB_GRANT: said_of("can", "apply for a sub-grant"),
}
SUBJECTS = {
    "country": said_of("subject", "countries"),
    "area": said_of("subject", "areas"),
    "applicant_kind": said_of("subject", "kinds of applicant"),
    "excluded_country": said_of("subject", "countries left out"),
    "excluded_kind": said_of("subject", "kinds left out"),
    "invited": said_of("subject", "who is invited"),
    "role": said_of("subject", "roles"),
    "population": said_of("subject", "inhabitants"),
    "experience": said_of("subject", "earlier projects"),
}
"""What a rule that a route hangs on is about."""
STATED_LIMITS = ("excluded_country", "excluded_kind", "invited")
"""Rules that arise only where a call says so, and then shut it."""
DECISIVE = ("call_status", "country", "applicant_kind", *STATED_LIMITS, "role")
NATIONAL = ("call_status", "country", "area", "applicant_kind", *STATED_LIMITS)
"""Rules whose "not met" shuts a call, in the order in which they are given as the reason.

The search for partners shuts nothing, nor does the language of an application or a body of which nothing is known.
"""
OF_A_SEAT = ("population", "experience")
"""Inhabitants and earlier projects shut only the seats they are asked for."""
THROUGH = frozenset({RouteKind.MANAGING_AUTHORITY, RouteKind.NATIONAL_AGENCY})
ASSOCIATED_PARTNERS = "EU model grant agreement, Article 9.1 (associated partners)"


def find_route(profile: Profile, call: Call, verdicts: Sequence[Verdict], on: date, reference: Reference) -> Route:
    """The best way to the call's money, what else is open, and why; `verdicts` are those of `assess` for the same four.

    A closed call is not open; whom a condition shuts out may still join without funding where the rules foresee it;
    a decisive unknown makes the route unknown; else the organisation's preferred role comes first.
    """
    return route(Situation.of(profile, call, on, reference), verdicts)


def route(situation: Situation, verdicts: Sequence[Verdict]) -> Route:
    """The same for a situation whose verdicts were asked already: what was found for a seat is not asked twice."""
    answered = {verdict.rule: verdict for verdict in verdicts}
    ways, certain = _ways(situation)
    asked = [answered[name] for name in _rules(situation.call, ways, certain) if name in answered]
    shut = next((v for v in asked if v.answer is Answer.NOT_MET and not (ways and v.rule in OF_A_SEAT)), None)
    if shut is not None:
        return _shut_out(situation, shut)
    doubts = [verdict for verdict in asked if verdict.answer is Answer.UNKNOWN]
    return _open(situation, ways, asked) if certain and not doubts else _perhaps(situation, ways, doubts)


def _rules(call: Call, ways: Sequence[RouteKind], certain: bool) -> tuple[str, ...]:
    """Rules the route hangs on. Who may apply through an authority counts where the call itself says it."""
    if call.national:
        return NATIONAL
    if THROUGH & set(ways):
        stated = call.applicants or any(one.kind is CriterionKind.APPLICANT_KIND for one in call.criteria)
        return ("call_status", "country", *(["applicant_kind"] if stated else []), *STATED_LIMITS)
    return DECISIVE if certain else (*DECISIVE, *OF_A_SEAT)


def _shut_out(situation: Situation, verdict: Verdict) -> Route:
    if verdict.rule == "call_status":
        return Route(
            kind=RouteKind.NOT_OPEN,
            label=said_of("route", "closed"),
            reason=verdict.reason,
            reference=verdict.reference,
        )
    if basis := _takes_associated_partners(situation):
        return Route(
            kind=RouteKind.ASSOCIATED_PARTNER,
            label=said_of("route", "associated partner, without funding"),
            reason=together(verdict.reason, said(AT_OWN_COST, name=situation.profile.name)),
            reference=words.sources([verdict.reference, basis]),
            contacts=_whom(situation).contacts,
        )
    return Route(
        kind=RouteKind.NOT_OPEN, label=said_of("route", "not open"), reason=verdict.reason, reference=verdict.reference
    )


AT_OWN_COST = to_say("%(name)s may still join a project at its own cost.")


def _takes_associated_partners(situation: Situation) -> str:
    """Where it is said that bodies may join at their own cost: by the call itself or by its model grant agreement.

    Empty where neither says so, as for national calls, external action and sub-grants.
    """
    if situation.call.national:
        return ""
    if Role.ASSOCIATED_PARTNER in situation.terms.roles_named:
        return words.page(situation.call, "criteria")
    return ASSOCIATED_PARTNERS if situation.terms.has_model_agreement else ""


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
    by_role = (
        said("As %(role)s: %(reason)s", role=words.ROLES[role], reason=seats.seat(situation, role).reason)
        for role in situation.taken
    )
    return Route(
        kind=RouteKind.UNKNOWN,
        label=said("perhaps %(ways)s", ways=_label(ways)) if ways else said_of("route", "not known"),
        reason=_in_doubt(doubts) if doubts else together(*by_role),
        reference=_references(doubts),
        **_whom(situation)._asdict(),
    )


def _open(situation: Situation, ways: Sequence[RouteKind], basis: Sequence[Verdict]) -> Route:
    return Route(
        kind=ways[0],
        also=tuple(ways[1:]),
        label=_label(ways),
        reason=together(_way(situation, ways), _grounds(basis)),
        reference=_references(basis),
        **_whom(situation)._asdict(),
    )


def _in_doubt(doubts: Sequence[Verdict]) -> str:
    """The first doubt in full, of the others what they are about; each is told in full by its own verdict."""
    others = [SUBJECTS[verdict.rule] for verdict in doubts[1:] if verdict.rule in SUBJECTS]
    if not others:
        return doubts[0].reason
    return together(doubts[0].reason, said("Also open: %(subjects)s.", subjects=words.listing(others, "and")))


def _way(situation: Situation, ways: Sequence[RouteKind]) -> Said:
    if ways[0] is RouteKind.MANAGING_AUTHORITY:
        return said(
            "The money of %(name)s is handed out through the managing authority.", name=situation.programme_name
        )
    if ways[0] is RouteKind.NATIONAL_AGENCY:
        return said("The money of %(name)s is handed out through the National Agency.", name=situation.programme_name)
    if ways[0] is RouteKind.NATIONAL_AUTHORITY:
        return said("Applications go direct to the national authority.")
    return said("The organisation can %(ways)s.", ways=words.listing((TAKES_PART[way] for way in ways), "or"))


def _grounds(basis: Sequence[Verdict]) -> str:
    """On what the call speaks for itself, and on what only the programme's rules and habits do; each in few words."""
    subjects = {one.rule: SUBJECTS[one.rule] for one in basis if one.rule in SUBJECTS and one.basis}
    usual = {one.rule for one in basis if one.basis is Basis.PROGRAMME_RULE}
    stated = words.listing((name for rule, name in subjects.items() if rule not in usual), "and")
    silent = words.listing((name for rule, name in subjects.items() if rule in usual), "and")
    if stated and silent:
        return said(SPEAKS_AND_SILENT, stated=stated, silent=silent)
    if silent:
        return said("The call is silent on %(silent)s, where what holds for the programme counts.", silent=silent)
    return said("The call itself speaks on %(stated)s.", stated=stated) if stated else ""


SPEAKS_AND_SILENT = to_say(
    "The call itself speaks on %(stated)s; it is silent on %(silent)s, where what holds for the programme counts."
)


def _whom(situation: Situation) -> Whom:
    """Looked up once for all organisations of a region."""
    profile, known = situation.profile, situation.terms.doors
    place = (profile.country, profile.nuts)
    if place not in known:
        known[place] = whom(profile, situation.call, situation.reference)
    return known[place]


def _label(ways: Sequence[RouteKind]) -> Said:
    return words.listing((LABELS[way] for way in ways), "or")


def _references(verdicts: Sequence[Verdict]) -> str:
    return words.sources(verdict.reference for verdict in verdicts)
