"""The calls of the demonstration: invented ones of the portal, as they stand on each day of two weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.doubles.portal import Truth
from tests.doubles.portal.truth import FORTHCOMING, OPEN

AMIF, CERV, ERASMUS = "43251447", "43251589", "43353764"

TITLES = {
    # number: (programme, code, title)
    1: (AMIF, "AMIF-2026-TF2-AG-INTE-01-LANGUAGE", "Language and orientation courses that towns run with newcomers"),
    2: (AMIF, "AMIF-2026-TF2-AG-INTE-02-WOMEN", "Work and learning for women who came from abroad"),
    3: (AMIF, "AMIF-2026-TF2-AG-INTE-03-HOUSING", "Housing and neighbourhood work for newly arrived families"),
    4: (AMIF, "AMIF-2026-TF2-AG-INTE-04-HEALTH", "A way to the doctor: newcomers and local health services"),
    5: (CERV, "CERV-2026-CITIZENS-TOWN-NT", "Networks of towns on the participation of new residents"),
    6: (CERV, "CERV-2026-CITIZENS-CIV", "Civic engagement of young people with a migrant background"),
    7: (CERV, "CERV-2026-EQUAL", "Local action against discrimination and racism"),
    8: (ERASMUS, "ERASMUS-2026-PCOOP-INCL", "Learning together as adults: partnerships of cities"),
}


def call(number: int, opening: date, *deadlines: date, status: str = OPEN) -> Truth:
    """One of the named calls; a number without a name is one of the many others that a portal holds."""
    programme, code, title = TITLES.get(
        number, (AMIF, f"AMIF-2026-OTHER-{number:02}", f"Control of goods, lot {number}")
    )
    return Truth(
        reference=f"{46_100_000 + number}TOPICSen",
        kind="topic",
        identifier=code,
        title=title,
        programme=programme,
        status="",
        label=status,
        opening=opening,
        deadlines=deadlines,
        model="single-stage",
        call=code.rpartition("-")[0],
        budget=3_000_000 + 250_000 * number,
        budget_form="own",
    )


def moved(calls: dict[int, Truth], number: int, *deadlines: date) -> dict[int, Truth]:
    return calls | {number: replace(calls[number], deadlines=deadlines)}


def without(calls: dict[int, Truth], number: int) -> dict[int, Truth]:
    return {key: one for key, one in calls.items() if key != number}


OTHERS = {number: call(number, date(2026, 5, 4), date(2027, 3, 18)) for number in range(20, 45)}
AT_FIRST = OTHERS | {
    2: call(2, date(2026, 6, 1), date(2026, 11, 12)),
    3: call(3, date(2026, 6, 1), date(2026, 12, 3)),
    4: call(4, date(2026, 6, 1), date(2027, 1, 21)),
    5: call(5, date(2026, 10, 22), date(2027, 2, 25), status=FORTHCOMING),
    6: call(6, date(2026, 7, 1), date(2026, 10, 29)),
    7: call(7, date(2026, 7, 1), date(2027, 1, 14)),
}
