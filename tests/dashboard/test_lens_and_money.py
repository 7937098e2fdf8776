"""The brief's lens, the money of a project and size, as a reader of the dashboard meets them."""

from decimal import Decimal

import pytest

from dashboard.escape import md_escape
from matcher.model import Answer, Contribution, Criterion, GoalServed, GrantSize, Money, Quote

DAY = "2025-05-01"
SAID = "Refugees take part in drafting the integration strategy of [their](http://evil.example) town."


@pytest.fixture
def page(service, open_page, shown):
    """The call's page after its only call was changed."""

    def show(page="call", **changes):
        match = service.matches[0]
        call = match.call.model_copy(update=changes)
        goals = (GoalServed(goal="decisions", quote=Quote(text=SAID, place="text", start=0, end=1), confidence=0.85),)
        service.matches = [match.model_copy(update={"call": call, "goals": goals})]
        return shown(open_page(page, profile="riga", on=DAY, call=call.id))

    return show


def test_a_card_names_the_goals(page):
    assert ":blue-badge[:material/groups: a say in decisions and policies]" in page("")


def test_a_goal_is_shown_with_its_sentence_escaped(page):
    text = page(text=SAID)
    assert "Serves **a say in decisions and policies**" in text
    assert "Refugees take part in drafting the integration strategy" in text
    assert f"> “{md_escape(SAID)}”" in text
    assert md_escape(SAID) != SAID


def test_a_call_without_a_goal_says_so_and_still_asks(page):
    text = page(text="Companies test batteries.")
    assert "No sentence of the call shows" in text
    assert f"**{md_escape('Can migrant organisations be funded partners?')}**" in text
    assert "**Anchored in law:**" in text


def test_money_is_shown_with_whose_word_it_is(page):
    size = GrantSize(minimum=Money(amount=Decimal(90_000)), rate_percent=Decimal(90))
    quote = Quote(text="At least 12 months.", place="text", start=0, end=19)
    lasting = Criterion(kind="duration_max", values=("12",), basis="call_document", quote=quote)
    text = page(grant=size, criteria=(lasting,))
    assert f"**Smallest grant:** {md_escape('EUR 90,000 a project')}" in text
    assert md_escape("add at least EUR 10,000 for the smallest grant") in text
    assert f"> “{md_escape('At least 12 months.')}”" in text
    assert "**Largest grant:** not known" in text


@pytest.mark.parametrize(
    ("kinds", "told"), [(("grant_min",), "see the money for one project, below"), ((), "not stated")]
)
def test_a_grant_that_only_a_document_states_is_not_called_unstated(service, open_page, kinds, told):
    match = service.matches[0]
    criteria = tuple(Criterion(kind=kind, values=("90000",), basis="call_document") for kind in kinds)
    call = match.call.model_copy(update={"grant": GrantSize(), "criteria": criteria})
    service.matches = [match.model_copy(update={"call": call})]
    facts = open_page("call", profile="riga", on=DAY, call=call.id).table[0].value
    assert dict(zip(facts["fact"], facts["value"], strict=True))["**One grant**"] == md_escape(told)


def test_what_takes_from_the_fit_is_told_in_words(service, open_page, shown):
    note = "The smallest grant is 6 times your yearly budget: join as co-applicant rather than lead."
    match = service.matches[0]
    named = {"name": "size", "label": "too large for the yearly budget", "note": note, "answer": Answer.NOT_MET}
    size = Contribution(weight=-0.05, signal=1, value=-0.05, **named)
    parts = (*match.contributions, size)
    changed = {"contributions": parts, "score": sum(part.value for part in parts)}
    service.matches = [match.model_copy(update=changed)]
    text = shown(open_page("", profile="riga", on=DAY))
    assert "Fit 0.70 of 1" in text
    assert "6 times your yearly budget" in text
