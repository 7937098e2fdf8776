"""When two titles, dates and amounts are those of one call, and when they are surely not."""

from datetime import date
from decimal import Decimal

import pytest

from matcher.merging.likeness import THRESHOLD, Name, likeness
from matcher.model import Budget, Deadline, Fund, Money, Precision

AMOUNT, OTHER = (Budget(total=Money(amount=Decimal(amount))) for amount in (5_000_000, 6_000_000))


def alike(one, other):
    return likeness(one, other, Name.of(one.title), Name.of(other.title))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Town Twinning", "Call for proposals: town-twinning"),
        ("CERV-2026-CITIZENS-TOWN-TT: Town twinning", "Town twinning"),
        ("Fourth call for innovative actions", "EUI Innovative Actions – 4th Call"),
        ("Citizens’ engagement and participation", "Citizens' Engagement & Participation"),
        ("Organisations of migrants", "Migrant organizations"),
        ("Intégration des femmes réfugiées", "INTEGRATION DES FEMMES REFUGIEES"),
    ],
)
def test_the_same_title_written_differently(record, one, other):
    found = alike(record("portal", title=one), record("list", title=other))
    assert (found.confidence, found.basis) == (0.95, "title, deadline")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Call for proposals", "Call for proposals"),
        ("First call for integration of migrant women", "Second call for integration of migrant women"),
        ("Integration of migrant women 2025", "Integration of migrant women 2026"),
        ("Integration of migrant women II", "Integration of migrant women III"),
        ("Vouchers for associations, lot A", "Vouchers for associations, lot B"),
        ("Support for the integration of migrant women", "Support for the integration of migrant children"),
        ("Promoting complementary pathways linked to work", "Promoting complementary pathways linked to education"),
        ("Fighting irregular migration at sea", "Fighting regular migration at sea"),
        ("Integration of women", "Integration of women and children in towns"),
    ],
)
def test_titles_of_different_calls(record, one, other):
    assert alike(record("portal", title=one), record("list", title=other)).confidence == 0


def test_a_title_may_say_a_little_more_where_the_deadline_agrees(record):
    long = "Multi-stakeholder initiatives for migrant integration into the labour market"
    one, other = record("portal", title=long), record("list", title=f"{long}: local")
    assert THRESHOLD <= alike(one, other).confidence < 0.95
    assert alike(one, other.model_copy(update={"deadlines": ()})).confidence == 0


@pytest.mark.parametrize(
    ("changes", "confidence", "basis"),
    [
        ({}, 0.95, "title, deadline"),
        ({"budget": AMOUNT}, 0.97, "title, deadline, amount"),
        ({"budget": OTHER}, 0, ""),
        ({"budget": OTHER.model_copy(update={"shared": True})}, 0.95, "title, deadline"),
        ({"deadlines": ()}, 0.9, "title"),
        ({"deadlines": (Deadline(day=date(2026, 11, 6)),)}, 0, ""),
        ({"deadlines": (Deadline(day=date(2026, 10, 1), precision=Precision.QUARTER),)}, 0.95, "title, deadline"),
        ({"fund": Fund.CERV}, 0, ""),
        ({"fund": None}, 0.95, "title, deadline"),
        ({"programme": "AMIF-NATIONAL"}, 0.95, "title, deadline"),
    ],
)
def test_what_the_confidence_is_made_of(record, changes, confidence, basis):
    one = record("portal", budget=AMOUNT, programme="AMIF")
    assert alike(one, record("list", **changes)) == (confidence, basis)


def test_without_a_deadline_a_later_reading_may_be_of_the_next_round(record):
    over = record("portal", deadlines=(Deadline(day=date(2025, 11, 5)),))
    assert alike(over, record("list", deadlines=())).confidence == 0
    assert alike(over, record("list", deadlines=(), first_seen=date(2025, 10, 1))).confidence == 0.9


def test_a_short_title_without_a_deadline_tells_nothing(record):
    one, other = record("portal", title="Town twinning"), record("list", title="Town twinning", deadlines=())
    assert alike(one, other).confidence == 0
