"""What values alone tell of the field a column belongs to."""

from datetime import date

import pytest

from crawler.imports.evidence import evidence, middle_day
from crawler.timetables.mapping import Field


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["2027-06-30", "2027. július", "folyamatos"], Field.DEADLINES),
        (["EFOP-2.1.7-27", "EFOP-3.2.1-27", "EFOP-3.2.2-27"], Field.CODE),
        (["35 000 000", "12 500 000", "800 000"], Field.BUDGET),
        (["Budapest", "országos", "Pest vármegye"], Field.AREA),
        (["települési önkormányzatok", "kis- és középvállalkozások", "egyetemek"], Field.APPLICANTS),
        (["ESZA+", "ERFA", "ESZA+"], Field.FUND),
        (["https://www.palyazat.gov.hu/1", "https://www.palyazat.gov.hu/2"], Field.URL),
    ],
)
def test_values_speak_for_their_field(values, field):
    told = evidence(values, "HU", "hu")
    assert told[field] > 0
    assert told[field] == max(told.values())


def test_the_middle_of_a_column_of_days_in_any_form():
    written = middle_day(["2027. március", "2027. május 15.", "2027. I. negyedév"], "hu")
    assert written == date(2027, 3, 1).toordinal()
    assert middle_day(["46402"], "hu") == date(2027, 1, 15).toordinal()
    assert middle_day(["1800000000000"], "hu") == date(2027, 1, 15).toordinal()
    assert middle_day(["hamarosan", "később", "2027-01-15"], "hu") is None
    assert middle_day([], "hu") is None
