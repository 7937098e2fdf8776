"""Badges: how a way in and an answer look, each beside its words. Pure."""

from __future__ import annotations

from typing import NamedTuple

from matcher.languages import Speaker
from matcher.languages.terms import ANSWERS
from matcher.model import Answer, Match, RouteKind


class Mark(NamedTuple):
    """Its words say what colour and icon (of Material Symbols) only repeat."""

    colour: str
    icon: str
    words: str


OF_ROUTES = {
    RouteKind.LEAD: ("green", "flag"),
    RouteKind.CO_APPLICANT: ("green", "group_add"),
    RouteKind.AFFILIATED_ENTITY: ("green", "link"),
    RouteKind.SUB_GRANT: ("blue", "redeem"),
    RouteKind.NATIONAL_AUTHORITY: ("green", "account_balance"),
    RouteKind.MANAGING_AUTHORITY: ("violet", "account_balance"),
    RouteKind.NATIONAL_AGENCY: ("violet", "account_balance"),
    RouteKind.ASSOCIATED_PARTNER: ("orange", "handshake"),
    RouteKind.UNKNOWN: ("gray", "help"),
    RouteKind.NOT_OPEN: ("red", "block"),
}
OF_ANSWERS = {Answer.NOT_MET: ("red", "close"), Answer.UNKNOWN: ("gray", "help"), Answer.MET: ("green", "check")}


def way_in(say: Speaker, match: Match) -> Mark:
    """The route of a call, as every card and page marks it."""
    return Mark(*OF_ROUTES[match.route.kind], say.say(match.route.label))


def answers(say: Speaker) -> dict[Answer, Mark]:
    return {answer: Mark(*look, say.term(ANSWERS[answer])) for answer, look in OF_ANSWERS.items()}
