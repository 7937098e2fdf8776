"""The parts of a call's page: their places in it and their headings. Pure."""

from __future__ import annotations

from enum import StrEnum

from matcher.languages import Speaker
from matcher.model import Answer


class Part(StrEnum):
    """Its anchor in the page's address."""

    FACTS = "facts"
    DEADLINES = "deadlines"
    MONEY = "money"
    CRITERIA = "criteria"
    OFFERS = "offers"
    WAY_IN = "way-in"
    CONSORTIUM = "consortium"
    PARTNERS = "partners"
    CHANGES = "changes"
    DOCUMENTS = "documents"
    RELATED = "related"
    WINNERS = "winners"
    INCLUSION = "inclusion"
    TEXTS = "texts"
    ORIGINS = "origins"
    KEEPING = "keeping"


OF_ORGANISATION = frozenset({Part.CRITERIA, Part.WAY_IN})
"""Parts that are there only once an organisation is chosen."""


def titles(say: Speaker) -> dict[Part, str]:
    """In the order of the page, which is that of a reader's questions."""
    return {
        Part.FACTS: say.gettext("Facts"),
        Part.DEADLINES: say.gettext("Deadlines"),
        Part.MONEY: say.gettext("Money for one project"),
        Part.CRITERIA: say.gettext("May you apply?"),
        Part.OFFERS: say.gettext("What else the call says"),
        Part.WAY_IN: say.gettext("Way in, and whom to ask"),
        Part.CONSORTIUM: say.gettext("Try a consortium"),
        Part.PARTNERS: say.gettext("Who could join"),
        Part.CHANGES: say.gettext("What changed"),
        Part.DOCUMENTS: say.gettext("Documents"),
        Part.RELATED: say.gettext("Sister calls and other editions"),
        Part.WINNERS: say.gettext("Who won before"),
        Part.INCLUSION: say.gettext("Migrants' political inclusion"),
        Part.TEXTS: say.gettext("What the source says"),
        Part.ORIGINS: say.gettext("Where this comes from"),
        Part.KEEPING: say.gettext("Print, export, share"),
    }


def contents(say: Speaker, has_match: bool, has_offers: bool) -> dict[Part, str]:
    """The parts that a page has: of an organisation only with one, and what else the call says only where it does."""
    without = (frozenset() if has_match else OF_ORGANISATION) | (frozenset() if has_offers else {Part.OFFERS})
    return {part: title for part, title in titles(say).items() if part not in without}


def of_answers(say: Speaker) -> dict[Answer, str]:
    """The headings of the verdicts in the order a reader needs them: what stops, what to find out, what is fine."""
    return {
        Answer.NOT_MET: say.gettext("What speaks against it"),
        Answer.UNKNOWN: say.gettext("What is not known"),
        Answer.MET: say.gettext("What speaks for it"),
    }
