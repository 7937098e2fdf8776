"""Whether an area covers a place, as laws: a neighbour's call never fits, knowing less never says more."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.areas import covers
from matcher.geography import load_nuts
from matcher.model import Answer

REGIONS = load_nuts(Path(__file__).parents[2] / "data" / "reference")
ANY = st.sampled_from(sorted(REGIONS))
AREAS = st.lists(ANY, max_size=4)
COUNTRIES = sorted({region.country for region in REGIONS.values()})


@st.composite
def places(draw):
    """A country, and one of its regions or None."""
    country = draw(st.sampled_from(COUNTRIES))
    own = [code for code, region in REGIONS.items() if region.country == country and region.level]
    return country, draw(st.none() | st.sampled_from(own))


@pytest.mark.parametrize(
    ("codes", "narrower", "country", "nuts", "answer"),
    [
        (("CZ",), False, "CZ", None, Answer.MET),
        (("EL",), False, "GR", "EL303", Answer.MET),
        (("CZ06",), False, "CZ", "CZ064", Answer.MET),
        (("CZ064",), False, "CZ", "CZ06", Answer.UNKNOWN),
        (("CZ064",), False, "CZ", None, Answer.UNKNOWN),
        (("CZ063",), False, "CZ", "CZ064", Answer.NOT_MET),
        (("CZ064",), True, "CZ", "CZ064", Answer.UNKNOWN),
        (("CZ063",), True, "CZ", "CZ064", Answer.NOT_MET),
        (("SK",), False, "CZ", None, Answer.NOT_MET),
        (("SK",), True, "CZ", "CZ064", Answer.NOT_MET),
        ((), False, "CZ", "CZ064", Answer.UNKNOWN),
        (("CZ",), False, "CZ", "SK042", Answer.MET),
    ],
)
def test_an_area_against_a_place(codes, narrower, country, nuts, answer) -> None:
    assert covers(codes, narrower, country, nuts) is answer


@given(ANY, places())
def test_a_regional_call_never_fits_a_neighbour(code: str, place) -> None:
    country, nuts = place
    here = REGIONS[code].country == country and (nuts is None or nuts.startswith(code) or code.startswith(nuts))
    assert (covers([code], False, country, nuts) is Answer.NOT_MET) is not here


@given(places(), AREAS)
def test_a_nation_wide_call_fits_every_region_of_its_country(place, more) -> None:
    country, nuts = place
    whole = next(code for code, region in REGIONS.items() if region.country == country and region.level == 0)
    assert covers([whole, *more], False, country, nuts) is Answer.MET


@given(AREAS, ANY, st.booleans(), places())
def test_a_further_code_never_closes_a_call(codes, more, narrower, place) -> None:
    before = covers(codes, narrower, *place)
    after = covers([*codes, more], narrower, *place)
    assert before is not Answer.MET or after is Answer.MET


@given(AREAS, st.booleans(), places())
def test_without_the_region_the_answer_only_becomes_less_certain(codes, narrower, place) -> None:
    country, nuts = place
    assert covers(codes, narrower, country, None) in (covers(codes, narrower, country, nuts), Answer.UNKNOWN)


@given(AREAS, places())
def test_a_narrower_area_never_says_yes(codes, place) -> None:
    certain = covers(codes, False, *place)
    doubtful = covers(codes, True, *place)
    assert doubtful is (Answer.UNKNOWN if certain is Answer.MET else certain)
