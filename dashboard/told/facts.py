"""What is known of a call, and what its source says in its own words: each under its label. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard import words
from matcher.languages import Speaker
from matcher.model import Call, CriterionKind
from matcher.printable import printable
from matcher.provenance import read_in_text
from matcher.wording.national import national_facts

if TYPE_CHECKING:
    from matcher.currency import Rates


def facts(say: Speaker, call: Call, on: date, rates: Rates) -> dict[str, str]:
    """Label -> what is known."""
    unstated = say.gettext("not stated")
    rows = {
        say.gettext("Code"): call.code or "",
        say.gettext("Fund or programme"): call.fund or call.programme or "",
        say.gettext("Part of the call"): call.call_title or "",
        say.gettext("Kind"): say.term(words.kind_term(call)),
        say.gettext("State on %(day)s", day=say.day(on)): words.status_words(say, call, on),
        say.gettext("Opening"): words.opening_words(say, call),
        say.gettext("Budget of the call"): words.budget_words(say, call, rates),
        say.gettext("Size of one grant"): words.grant_words(say, call.grant, rates) or _grant_unknown(say, call),
        say.gettext("Type of action"): ", ".join(call.types_of_action) or unstated,
        say.gettext("Language of the texts"): say.language_name(call.language) if call.language else unstated,
        say.gettext("Read in running text"): read_in_text(call),
        say.gettext("Sub-grant of"): call.parent_title or "",
        say.gettext("Given on by"): call.granting_project or "",
    }
    return {label: text for label, text in (rows | _national(say, call)).items() if text}


def _national(say: Speaker, call: Call) -> dict[str, str]:
    return {say.say(label): text for label, text in national_facts(call).items()}


def _grant_unknown(say: Speaker, call: Call) -> str:
    """A text or document may say the size of a grant, which the record does not."""
    if any(one.kind in (CriterionKind.GRANT_MIN, CriterionKind.GRANT_MAX) for one in call.criteria):
        return say.gettext("see “Money for one project” below")
    return say.gettext("not stated")


def texts(say: Speaker, call: Call) -> dict[str, str]:
    """Label -> text of the source, as it stands there."""
    told = {
        say.gettext("Who may apply"): call.applicants,
        say.gettext("On what terms"): call.terms,
        say.gettext("What it funds"): call.text,
        say.gettext("Conditions"): call.conditions,
    }
    return {label: printable(text) for label, text in told.items() if text.strip()}
