"""Which calls belong to a call: sub-grants, topics, editions, the programme's year; each once, never itself."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.model import Call, CallKind, Deadline, National
from matcher.precedents import line_of
from matcher.related import COLUMNS, related, year_stem


def a_call(code: str, **facts: object) -> Call:
    known = {
        "source": "portal",
        "reference": facts.pop("key", code),
        "identifier": code,
        "title": code,
        "kind": CallKind.TOPIC,
        "url": "https://portal.example/",
        "as_of": date(2026, 1, 1),
    }
    return Call.model_validate(known | facts)


def listing(*calls: Call) -> pd.DataFrame:
    rows = [
        (
            call.id,
            call.code or "",
            line_of(call.code or "") or "",
            call.programme or "",
            call.national.country if call.national else "",
            pd.Timestamp(call.opening) if call.opening else pd.NaT,
            pd.Timestamp(call.final_day) if call.final_day else pd.NaT,
        )
        for call in calls
    ]
    return pd.DataFrame(rows, columns=["call", *COLUMNS]).set_index("call")


def ids(*codes: str) -> tuple[str, ...]:
    return tuple(f"portal:{code}" for code in codes)


WOMEN = a_call("AMIF-2025-TF2-AG-INTE-01-WOMEN", call_identifier="AMIF-2025-TF2-AG-INTE", programme="AMIF")
WORK = a_call("AMIF-2025-TF2-AG-INTE-02-WORK", call_identifier="AMIF-2025-TF2-AG-INTE", programme="AMIF")
THB = a_call("AMIF-2025-TF2-AG-THB", programme="AMIF")
BEFORE = a_call("AMIF-2023-TF2-AG-INTE-03-WOMEN", programme="AMIF")
LONG_BEFORE = a_call("AMIF-2021-TF1-AG-INTE-01-WOMEN", programme="AMIF")
AFTER = a_call("AMIF-2026-TF2-AG-INTE-01-WOMEN", programme="AMIF")
SUB = a_call("AMIF-2025-TF2-AG-INTE-01-WOMEN", key="cascade", kind=CallKind.CASCADE)
OTHER = a_call("CERV-2025-CITIZENS", programme="CERV")


def test_each_call_stands_in_the_nearest_group():
    found = related(WOMEN, listing(WOMEN, WORK, THB, BEFORE, LONG_BEFORE, AFTER, SUB, OTHER))
    assert found.under == ids("cascade")
    assert found.topics == ids(WORK.identifier)
    assert found.later == ids(AFTER.identifier)
    assert found.earlier == ids(BEFORE.identifier)
    assert found.year == ids(THB.identifier)


def test_editions_are_told_from_the_nearest_year_on():
    known = [a_call(f"CERV-{year}-CITIZENS-TOWN-NT") for year in (2021, 2022, 2024, 2026, 2027)]
    found = related(known[2], listing(*known))
    assert found.earlier == ids("CERV-2022-CITIZENS-TOWN-NT", "CERV-2021-CITIZENS-TOWN-NT")
    assert found.later == ids("CERV-2026-CITIZENS-TOWN-NT", "CERV-2027-CITIZENS-TOWN-NT")


def test_a_code_that_only_begins_alike_is_another_call():
    one = a_call("CERV-2025-CHAR", call_identifier="CERV-2025-CHAR")
    assert related(one, listing(one, a_call("CERV-2025-CHARTER"))).topics == ()


def test_letter_case_does_not_count():
    one = a_call("amif-2025-x-women", call_identifier="amif-2025-x")
    assert related(one, listing(one, a_call("AMIF-2025-X-WORK"))).topics == ids("AMIF-2025-X-WORK")


def test_without_a_code_programme_country_and_year_tell():
    def national(key: str, country: str, year: int, programme: str = "AMIF-NATIONAL") -> Call:
        return a_call(
            key, programme=programme, national=National(country=country), deadlines=(Deadline(day=date(year, 5, 1)),)
        )

    own = national("a", "LV", 2026)
    others = [
        national("b", "LV", 2026),
        national("c", "LV", 2025),
        national("d", "GR", 2026),
        national("e", "LV", 2026, "ESF+-NATIONAL"),
    ]
    assert related(own, listing(own, *others)).year == ids("b")


def test_the_opening_counts_where_no_deadline_is_known():
    one = a_call("x", programme="P", kind=CallKind.CALL, opening=date(2026, 3, 1))
    other = a_call("y", programme="P", kind=CallKind.CALL, opening=date(2026, 7, 1))
    assert related(one, listing(one, other)).year == ids("y")


def test_what_is_alone_has_nobody():
    lonely = a_call("lonely", kind=CallKind.CALL)
    assert related(lonely, listing(lonely)) == related(lonely, listing())


@pytest.mark.parametrize(
    ("code", "stem"),
    [
        ("AMIF-2025-TF2", "AMIF-2025"),
        ("horizon-cl2-2025-01", "HORIZON-CL2-2025"),
        ("URBACT", ""),
        ("2025-FIRST", ""),
        ("", ""),
    ],
)
def test_the_stem_of_a_code_ends_with_its_year(code, stem):
    assert year_stem(code) == stem


PART = st.sampled_from(["AMIF", "CERV", "2024", "2025", "01", "02", "WOMEN", "TOWN"])
CODES = st.lists(st.lists(PART, min_size=1, max_size=5).map("-".join), min_size=1, max_size=12)


@given(CODES, st.booleans())
def test_nobody_stands_twice_nor_beside_itself(codes, has_call):
    calls = [a_call(code, key=str(place)) for place, code in enumerate(codes)]
    own = calls[0].model_copy(update={"call_identifier": codes[0].rpartition("-")[0] or None if has_call else None})
    found = related(own, listing(*calls))
    told = [*found.under, *found.topics, *found.later, *found.earlier, *found.year]
    assert len(told) == len(set(told))
    assert own.id not in told
    assert set(told) <= {call.id for call in calls}
