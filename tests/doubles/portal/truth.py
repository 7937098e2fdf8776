"""The live records of the double's portal as plain facts, decided before any row is written. Our own invention.

`DAY` is the day the facts are stated for. Rows are written from these facts (rows.py); tests compare with these facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAY = date(2026, 10, 10)


@dataclass(frozen=True)
class Truth:
    """A call as a well-informed reader would state it on `DAY`."""

    reference: str
    kind: str
    identifier: str
    title: str
    programme: str
    """The portal's id."""
    status: str
    """What the dates say: forthcoming, open, closed, or unknown where there is no deadline."""
    label: str
    """The status the portal prints, stale or not."""
    opening: date | None
    deadlines: tuple[date, ...]
    model: str
    call: str = ""
    budget: int | None = None
    shared: bool = False
    budget_form: str = "none"
    """How the row says it: own line, shared pot, two years, none, zero, or JSON that breaks off."""
    text: str = ""
    """What is special in the text: hostile HTML, nul characters, elsewhere (only in topicDetails); of a sub-grant, the
    parent's title."""
    about: str = ""
    """What the call says of itself; empty: that it is about its title."""
    times: tuple[str, ...] = ()
    """Times of day as the portal prints them, where it prints them."""


@dataclass(frozen=True)
class News:
    reference: str
    identifier: str
    published: str
    title: str


@dataclass(frozen=True)
class Shape:
    status: str
    label: str
    opens: int | None
    """Days from DAY; deadlines too."""
    deadlines: tuple[int, ...]
    model: str = "single-stage"


FORTHCOMING, OPEN, CLOSED = "31094501", "31094502", "31094503"

SHAPES = (
    Shape("open", OPEN, -40, (30,)),
    Shape("closed", CLOSED, -200, (-60,)),
    Shape("forthcoming", FORTHCOMING, 20, (90,)),
    Shape("closed", OPEN, -120, (-3,)),  # the label is stale
    Shape("open", FORTHCOMING, -2, (60,)),  # so is this one
    Shape("open", OPEN, -30, (25, 200), "two-stage"),
    Shape("closed", CLOSED, -100, (-10, 120), "two-stage"),  # stage two lies ahead, for those who passed stage one
    Shape("open", OPEN, -700, (-600, -500, -400, -200, -20, 40, 300), "multiple cut-off"),
    Shape("closed", OPEN, -700, (-600, -500, -400, -300, -250, -200, -100), "multiple cut-off"),
    Shape("unknown", OPEN, -50, ()),
    Shape("open", OPEN, 0, (0,)),  # opens and closes on the day itself
)
BUDGETS = ("own", "shared", "years", "none", "zero", "malformed")
TEXTS = ("", "", "", "hostile", "", "nul", "", "elsewhere", "")

PROGRAMMES = {
    # portal id: (prefix of codes, number of topics)
    "43251447": ("AMIF-2026-TF2-AG", 18),
    "43251589": ("CERV-2026", 30),
    "43254019": ("ESF-2026-EASI", 12),
    "43353764": ("ERASMUS-2026-PI", 24),
    "43108390": ("HORIZON-CL2-2026", 96),
    "49999999": ("NEWPROG-2026", 6),  # a programme that no table knows yet
}


def topics() -> list[Truth]:
    found: list[Truth] = []
    for programme, (prefix, count) in PROGRAMMES.items():
        for number in range(count):
            found.append(_topic(programme, prefix, number, 46_000_000 + len(found) * 7))
    return found


def _topic(programme: str, prefix: str, number: int, ccm2_id: int) -> Truth:
    shape = SHAPES[number % len(SHAPES)]
    call = f"{prefix}-CALL{number // 3:02}"
    budget = BUDGETS[(number // 3) % len(BUDGETS)]
    amounts = {"own": 1_000_000 + number * 50_000, "shared": 21_000_000, "years": 3_000_000 + number * 50_000}
    return Truth(
        reference=f"{ccm2_id}TOPICSen",
        kind="topic",
        identifier=f"{prefix}-{number:02}-PLACES",
        title=f"Places to arrive, part {number} of {prefix}",
        programme=programme,
        status=shape.status,
        label=shape.label,
        opening=None if shape.opens is None else DAY + timedelta(shape.opens),
        deadlines=tuple(DAY + timedelta(days) for days in shape.deadlines),
        model=shape.model,
        call=call,
        budget=amounts.get(budget),
        shared=budget == "shared",
        budget_form=budget,
        text=TEXTS[number % len(TEXTS)],
    )


def external_actions() -> list[Truth]:
    found = []
    for number in range(15):
        shape = SHAPES[(0, 1, 2)[number % 3]]
        found.append(
            Truth(
                reference=f"{186_400 + number}PROSPECTSEN",
                kind="external_action",
                identifier=f"EuropeAid/{186_400 + number}/DD/ACT/Multi",
                title=f"Support to host communities, lot {number}",
                programme="111111",
                status=shape.status,
                label=shape.label,
                opening=DAY + timedelta(shape.opens or 0),
                deadlines=tuple(DAY + timedelta(days) for days in shape.deadlines),
                model=shape.model,
                call=str(186_400 + number),
                budget=900_000 + number * 1_000,
            )
        )
    return found


def cascade_calls(parents: list[Truth]) -> list[Truth]:
    """Sub-grants of five parents: all those of a parent share its identifier and its title."""
    found = []
    for number in range(30):
        parent = parents[number % 5]
        shape = SHAPES[(0, 1, 7)[number % 3]]
        time = ("17:00", "23:59")[number % 2]
        found.append(
            Truth(
                reference=f"{15_000 + number}COMPETITIVE_CALLen",
                kind="cascade",
                identifier=parent.identifier,
                title=f"Small grants for newcomers' groups, round {number}",
                programme=parent.programme,
                status=shape.status,
                label=shape.label,
                opening=DAY + timedelta(shape.opens or 0),
                deadlines=tuple(DAY + timedelta(days) for days in shape.deadlines),
                model=shape.model,
                call=str(47_000_000 + number),
                budget=60_000 if number % 4 else None,
                text=parent.title,
                times=(time,) * len(shape.deadlines),
            )
        )
    return found


def news(about: list[Truth]) -> list[News]:
    """Three on each of forty topics, published in the same millisecond: they tie, and a page's end divides some."""
    return [
        News(
            reference=f"{topic.reference.removesuffix('TOPICSen')}{4_400_000 + number * 3 + part}",
            identifier=topic.identifier,
            published=f"2026-09-{number % 28 + 1:02}T08:00:00.{number:03}+0000",
            title=f"{topic.title}: notice {part + 1}",
        )
        for number, topic in enumerate(about[:40])
        for part in range(3)
    ]


def latecomer() -> Truth:
    """The topic that appears in the middle of a crawl; its code sorts before all others."""
    return Truth(
        reference="49000001TOPICSen",
        kind="topic",
        identifier="AMIF-2026-A-LATE-PLACES",
        title="A topic published while others were being read",
        programme="43251447",
        status="open",
        label=OPEN,
        opening=DAY,
        deadlines=(DAY + timedelta(50),),
        model="single-stage",
        call="AMIF-2026-A-LATE",
    )
