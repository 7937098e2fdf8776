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

TEXTS = {
    1: "Towns and associations of migrants run language courses together, with child care, close to where people live. "
    "The courses lead to local services, to health care and to the labour market.",
    2: "Refugee women who arrived lately find a path into work and society: advice, training and a first employer. "
    "Associations of migrant women receive small grants and help to build their capacity.",
    3: "Families who arrived lately get a flat, and neighbours who know the place. "
    "Municipalities, owners of houses and associations share the work.",
    4: "Local health services learn to reach migrants and refugees, with interpreters and mediators. "
    "Psychosocial support for women and children has priority.",
    5: "Towns build networks in which residents from abroad take part in local public life. "
    "Cities exchange how councils of migrants are heard.",
    6: "Young migrants stand up for their neighbourhood: volunteering, mentoring and local councils. "
    "Newcomers and long-time residents work in pairs.",
    7: "Cities draw up local strategies against racism together with migrants and their associations. "
    "The action trains staff of local authorities and supports those who were discriminated against.",
    8: "Cities and associations in Europe exchange how adults who arrived as migrants go on learning. "
    "They meet, and write down for others what helped people to take part in public life.",
}
"""What the named calls say of themselves."""


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
        about=TEXTS.get(number, ""),
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
