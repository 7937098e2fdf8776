"""In which order the form asks, and why it asks, in words. Draws nothing."""

from __future__ import annotations

from dashboard.escape import md_escape
from matcher.languages import Speaker
from matcher.model import Fact, OrganisationType
from matcher.organisations.draft import STATED
from matcher.organisations.questions import Agenda, Question

BESIDE = ("nuts",)
"""Asked where the form asks who they are; its weight is told there."""
ASKED = ("annual_budget", "experience", "languages", "population")


def order(agenda: Agenda, type: OrganisationType | None) -> list[str]:
    """What is not answered yet, by what it settles; then what is. Only a municipality has inhabitants."""
    open = [one.fact for one in agenda.questions if one.fact not in BESIDE]
    known = [fact for fact in ASKED if fact not in open]
    return [fact for fact in (*open, *known) if fact != "population" or type is OrganisationType.MUNICIPALITY]


def preface(say: Speaker, agenda: Agenda) -> str:
    """What was looked at, and how much of it is open."""
    if not agenda.calls:
        return say.gettext("There are no calls to compare with yet.")
    if not agenda.questions:
        return say.gettext("All of it is answered. Correct what has changed.")
    told = say.ngettext(
        "In the %(num)s running call that ends first, %(open)s answers are not known yet.",
        "In the %(num)s running calls that end first, %(open)s answers are not known yet.",
        agenda.calls,
        open=say.number(agenda.open),
    )
    if any(one.settles for one in agenda.questions):
        return told
    rest = say.gettext(
        "Your answers settle none of them today: the calls themselves do not say. They help with others."
    )
    return f"{told} {rest}"


def why(say: Speaker, agenda: Agenda, fact: str) -> str:
    """Why it is asked; empty where it is answered, or where its answer settles nothing today."""
    question = agenda.question(fact)
    return _settles(say, question, say.number(agenda.open)) if question and question.settles else ""


def told_by(say: Speaker, fact: Fact) -> str:
    """Where a fact comes from and since when it is known."""
    source = say.gettext("Stated by the organisation itself") if fact.source == STATED else md_escape(fact.source)
    return say.gettext("%(source)s, %(day)s", source=source, day=say.day(fact.as_of))


def _settles(say: Speaker, question: Question, open: str) -> str:
    number = question.settles
    return {
        "annual_budget": say.ngettext(
            "Settles up to %(num)s of %(open)s open questions: whether a grant is within your reach.",
            "Settles up to %(num)s of %(open)s open questions: whether grants are within your reach.",
            number,
            open=open,
        ),
        "experience": say.ngettext(
            "Settles up to %(num)s of %(open)s open questions: whether you have the experience that a call asks for.",
            "Settles up to %(num)s of %(open)s open questions: whether you have the experience that calls ask for.",
            number,
            open=open,
        ),
        "languages": say.ngettext(
            "Settles up to %(num)s of %(open)s open questions: whether you can apply in a language of the call.",
            "Settles up to %(num)s of %(open)s open questions: whether you can apply in a language of the calls.",
            number,
            open=open,
        ),
        "nuts": say.ngettext(
            "Settles up to %(num)s of %(open)s open questions: whether a call covers your area.",
            "Settles up to %(num)s of %(open)s open questions: whether calls cover your area.",
            number,
            open=open,
        ),
        "population": say.ngettext(
            "Settles up to %(num)s of %(open)s open questions: whether you are large enough for a call.",
            "Settles up to %(num)s of %(open)s open questions: whether you are large enough for calls.",
            number,
            open=open,
        ),
    }[question.fact]
