"""What a reader filters by, as an address carries it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import (
    BETWEEN,
    LONGEST_TEXT,
    LONGEST_WINDOW,
    MOST_MONEY,
    READERS,
    Filters,
    Part,
    Sort,
    from_query,
    to_query,
)
from dashboard.told.filters import asked_for, each, label, offers, words
from matcher.languages import LANGUAGES, speaker
from matcher.model import CallStatus, Fund, Goal, RouteKind

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
GOALS = {one: one.value for one in Goal}
NUMBERS = st.none() | st.integers(0, MOST_MONEY)
COUNTRIES = st.sampled_from(["", "LV", "GR", "GB", "XK"])
LANGUAGE_CODES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=2)


def some(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(values, unique=True, max_size=3).map(tuple)


FILTERS = st.builds(
    Filters,
    text=st.text(max_size=LONGEST_TEXT).map(str.strip),
    fund=some(st.sampled_from(Fund)),
    route=some(st.sampled_from(RouteKind)),
    status=some(st.sampled_from(CallStatus)),
    within=st.none() | st.integers(0, LONGEST_WINDOW),
    seen=st.none() | st.integers(0, LONGEST_WINDOW),
    role=st.none() | st.sampled_from(Part),
    least=NUMBERS,
    most=NUMBERS,
    country=COUNTRIES,
    goal=some(st.sampled_from(Goal)),
    language=some(LANGUAGE_CODES),
    sort=st.sampled_from(Sort),
)


@given(FILTERS)
def test_an_address_gives_back_the_filters_that_made_it(filters):
    assert from_query(to_query(filters)) == (filters, ())


@given(st.dictionaries(st.sampled_from(sorted(READERS)) | st.text(max_size=8), st.text(max_size=300)))
def test_whatever_an_address_holds_is_understood_or_named(query):
    filters, refused = from_query(query)
    known = {name for name in READERS if query.get(name, "").strip()}
    assert set(refused) <= known
    assert set(to_query(filters)) <= known - set(refused), "nothing is guessed"


@given(FILTERS, st.sampled_from(LANGUAGES))
def test_every_filter_in_use_has_words_in_every_language(filters, language):
    told = list(each(speaker(language), filters, GOALS))
    assert {name for name, _, _ in told} == set(to_query(filters)) - {"sort"}
    assert all(words for _, _, words in told)
    assert all(label(speaker(language), name) for name in READERS)
    assert len(asked_for(speaker(language), filters, GOALS)) == len(to_query(filters))


@given(FILTERS)
def test_what_is_asked_for_is_among_what_is_offered(filters):
    offered = offers(speaker("en"), filters, GOALS, ["de"], ["LV"])
    asked = {name: value for name, value in to_query(filters).items() if name in offered}
    assert all(set(value.split(BETWEEN)) <= set(offered[name].words) for name, value in asked.items())


def test_files_say_what_was_asked_for_without_its_controls():
    filters = Filters(text="housing", fund=(Fund.AMIF, Fund.CERV), within=30, seen=7, least=100_000, country="LV")
    told = [one.translate(SPACES) for one in asked_for(speaker("en"), filters, GOALS)]
    assert told == [
        "Search in plain words: housing",
        "Fund: AMIF or CERV",
        "Deadline: within 30 days",
        "First seen: in the last 7 days",
        "One grant can reach, in euro: 100,000",
        "National calls: Latvia",
    ]


IN_THE_LAST_DAYS = {
    "en": ("in the last 1 day", "in the last 7 days"),
    "fr": ("il y a 1 jour au plus", "ces 7 derniers jours"),
    "de": ("vor höchstens 1 Tag", "in den letzten 7 Tagen"),
    "es": ("hace 1 día como máximo", "en los últimos 7 días"),
    "el": ("πριν από 1 ημέρα το πολύ", "τις τελευταίες 7 ημέρες"),
    "it": ("al massimo 1 giorno fa", "negli ultimi 7 giorni"),
    "nl": ("hoogstens 1 dag geleden", "de afgelopen 7 dagen"),
    "lv": ("pēdējās 1 dienas laikā", "pēdējo 7 dienu laikā"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_that_are_over_are_told_in_the_form_of_their_number(language):
    say = speaker(language)
    told = tuple(words(say, "seen", days, GOALS).translate(SPACES) for days in (1, 7))
    assert told == IN_THE_LAST_DAYS[language]
    assert words(say, "seen", 7, GOALS) != words(say, "within", 7, GOALS), "a deadline lies ahead"


def test_days_are_told_with_what_happens_in_them():
    told = [one for _, _, one in each(speaker("en"), Filters(within=14, seen=7, fund=(Fund.AMIF,)), GOALS)]
    assert told == ["AMIF", "Deadline: within 14 days", "First seen: in the last 7 days"]


def test_the_age_that_an_address_asks_for_stands_in_its_place_among_those_offered():
    for filters, offered in (
        (Filters(), ["", "7", "14", "30", "90"]),
        (Filters(seen=21), ["", "7", "14", "21", "30", "90"]),
    ):
        assert list(offers(speaker("en"), filters, GOALS, [], [])["seen"].words) == offered


@pytest.mark.parametrize("nonsense", ["x", "-1", "+7", "7.0", "7~14", "²", str(LONGEST_WINDOW + 1)])
def test_what_is_no_number_of_days_is_named_and_left_out(nonsense):
    assert from_query({"seen": nonsense, "fund": "AMIF"}) == (Filters(fund=(Fund.AMIF,)), ("seen",))


@pytest.mark.parametrize("empty", [{}, {"fund": ""}, {"text": "  "}, {"on": date(2026, 1, 1).isoformat()}])
def test_an_address_that_names_no_filter_asks_for_all(empty):
    assert from_query(empty) == (Filters(), ())
    assert not Filters().are_any


def test_an_order_is_no_filter():
    assert not Filters(sort=Sort.AMOUNT).are_any
