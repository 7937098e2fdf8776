"""Dates, money and numbers as a reader of each language writes them, as precisely as they are known and never more."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.eligibility.consortium.words import from_another_country
from matcher.eligibility.rules import RULES as REGISTRY
from matcher.eligibility.words import categories, programme
from matcher.geography import Category
from matcher.languages import LANGUAGES, speaker, terms
from matcher.model import (
    Answer,
    CallStatus,
    Deadline,
    EventKind,
    MaterialField,
    Money,
    Precision,
    Rhythm,
    RouteKind,
)
from matcher.model.said import a_fact, series

APRIL = date(2027, 4, 1)
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def said(text: str) -> str:
    """With plain spaces, whichever keep words together in a language."""
    return text.translate(SPACES)


@pytest.mark.parametrize(
    ("language", "day", "month", "quarter"),
    [
        ("en", "1 April 2027", "April 2027", "2nd quarter 2027"),
        ("fr", "1er avril 2027", "avril 2027", "2e trimestre 2027"),
        ("de", "1. April 2027", "April 2027", "2. Quartal 2027"),
        ("es", "1 de abril de 2027", "abril de 2027", "2.º trimestre de 2027"),
        ("el", "1 Απριλίου 2027", "Απρίλιος 2027", "2ο τρίμηνο 2027"),
        ("it", "1 aprile 2027", "aprile 2027", "2º trimestre 2027"),
        ("nl", "1 april 2027", "april 2027", "2e kwartaal 2027"),
        ("lv", "2027. gada 1. aprīlis", "2027. g. aprīlis", "2027. g. 2. ceturksnis"),
    ],
)
def test_a_date_is_told_as_precisely_as_it_is_known(language, day, month, quarter):
    voice = speaker(language)
    assert said(voice.day(APRIL)) == day
    assert said(voice.day(APRIL, Precision.MONTH)) == month
    assert said(voice.day(APRIL, Precision.QUARTER)) == quarter
    assert said(voice.day(date(2027, 1, 1), Precision.YEAR)).startswith("2027")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "2 March 2027, 17:00 (Brussels time)"),
        ("fr", "2 mars 2027, 17:00 (heure de Bruxelles)"),
        ("de", "2. März 2027, 17:00 Uhr (Brüsseler Zeit)"),
        ("el", "2 Μαρτίου 2027, 17:00 (ώρα Βρυξελλών)"),
        ("lv", "2027. gada 2. marts, plkst. 17:00 (pēc Briseles laika)"),
    ],
)
def test_a_deadline_with_its_hour_and_zone(language, words):
    deadline = Deadline(day=date(2027, 3, 2), at=time(17), zone="Europe/Brussels", precision=Precision.MINUTE)
    assert said(speaker(language).deadline(deadline)) == words


def test_a_zone_is_told_by_its_city_and_a_missing_one_as_missing():
    athens = Deadline(day=date(2027, 3, 2), at=time(15), zone="Europe/Athens", precision=Precision.MINUTE)
    assert speaker("el").deadline(athens) == "2 Μαρτίου 2027, 15:00 (τοπική ώρα: Αθήνα)"
    assert speaker("nl").deadline(athens) == "2 maart 2027, 15:00 uur (plaatselijke tijd in Athene)"
    unknown = athens.model_copy(update={"zone": None})
    assert speaker("en").deadline(unknown) == "2 March 2027, 15:00 (time zone not stated)"


def test_a_deadline_without_an_hour_has_none():
    for language in LANGUAGES:
        assert ":" not in speaker(language).deadline(Deadline(day=APRIL, precision=Precision.QUARTER))


@pytest.mark.parametrize(
    ("language", "whole", "cents"),
    [
        ("en", "EUR 1,200,000", "CZK 999.50"),
        ("fr", "1 200 000 EUR", "999,50 CZK"),
        ("de", "1.200.000 EUR", "999,50 CZK"),
        ("nl", "EUR 1.200.000", "CZK 999,50"),
        ("lv", "1 200 000 EUR", "999,50 CZK"),
    ],
)
def test_money_has_cents_only_where_there_are_any(language, whole, cents):
    voice = speaker(language)
    assert said(voice.money(Money(amount=Decimal("1200000.00")))) == whole
    assert said(voice.money(Money(amount=Decimal("999.5"), currency="CZK"))) == cents


@given(st.integers(min_value=0, max_value=10**12))
def test_every_language_says_the_same_number(number):
    assert {"".join(filter(str.isdigit, speaker(language).number(number))) for language in LANGUAGES} == {str(number)}


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("fr", {0: "jour", 1: "jour", 2: "jours", 21: "jours"}),
        ("el", {0: "ημέρες", 1: "ημέρα", 2: "ημέρες", 21: "ημέρες"}),
        ("lv", {0: "dienas", 1: "diena", 2: "dienas", 10: "dienas", 11: "dienas", 21: "diena", 111: "dienas"}),
    ],
)
def test_plural_forms(language, forms):
    one, many = "Deadline: %(day)s, %(num)s day left", "Deadline: %(day)s, %(num)s days left"
    for number, word in forms.items():
        told = speaker(language).ngettext(one, many, number, day="X")
        assert told.split()[-1] == word
        assert str(number) in told


def test_latvian_has_three_forms_by_its_rule():
    """Unicode CLDR, plural rules of Latvian: a form of its own for 0, for tens and for 11 to 19."""
    told = {
        number: speaker("lv").ngettext("%(num)s changed", "%(num)s changed", number) for number in (1, 2, 10, 11, 21)
    }
    assert told == {1: "1 mainīts", 2: "2 mainīti", 10: "10 mainītu", 11: "11 mainītu", 21: "21 mainīts"}


def test_a_message_takes_its_values_and_keeps_percent_signs():
    assert speaker("en").gettext("up to %(rate)s %% of it", rate=80) == "up to 80 % of it"
    with pytest.raises(KeyError):
        speaker("fr").gettext("Deadline: %(day)s")


def test_names_of_languages_and_countries():
    assert [speaker(language).name for language in LANGUAGES] == [
        "English",
        "Français",
        "Deutsch",
        "Español",
        "Ελληνικά",
        "Italiano",
        "Nederlands",
        "Latviešu",
    ]
    assert speaker("de").language_name("lv") == "Lettisch"
    assert speaker("it").country_name("GR") == "Grecia"
    assert speaker("it").country_name("ZZ9") == "ZZ9"


@pytest.mark.parametrize(
    ("table", "things"),
    [
        (terms.ROUTES, RouteKind),
        (terms.STATUSES, CallStatus),
        (terms.EVENTS, EventKind),
        (terms.FIELDS, MaterialField),
        (terms.RHYTHMS, Rhythm),
    ],
)
def test_every_word_of_a_closed_list_has_its_term(table, things):
    assert list(table) == list(things)


def test_every_rule_that_can_be_open_or_broken_has_its_words():
    """Whether one can apply now is told with the days of a call."""
    asked = {name: rule for name, rule in REGISTRY.items() if name != "call_status"}
    assert terms.CHECKS.keys() == asked.keys()
    assert terms.OBSTACLES.keys() == {name for name, rule in asked.items() if Answer.NOT_MET in rule.answers}


def test_routes_in_the_words_of_each_country():
    managing, agency = terms.ROUTES[RouteKind.MANAGING_AUTHORITY], terms.ROUTES[RouteKind.NATIONAL_AGENCY]
    words = {
        "fr": ("autorité de gestion", "agence nationale"),
        "de": ("Verwaltungsbehörde", "Nationale Agentur"),
        "es": ("autoridad de gestión", "Agencia Nacional"),
        "el": ("διαχειριστικής αρχής", "Εθνικού Οργανισμού"),
        "it": ("autorità di gestione", "Agenzia nazionale"),
        "nl": ("beheersautoriteit", "nationaal agentschap"),
        "lv": ("vadošās iestādes", "valsts aģentūras"),
    }
    for language, (authority, office) in words.items():
        assert authority in speaker(language).term(managing)
        assert office in speaker(language).term(agency)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "100 %; a, b; c"), ("de", "100 %; a, b; c"), ("el", "100 %· a, b· c"), ("fr", "100 % ; a, b ; c")],
)
def test_items_of_a_series_are_parted_as_the_language_does(language, told):
    parts = ["100 %", "a, b", "c"]
    assert said(speaker(language).series(parts)) == told
    assert said(speaker(language).say(series(["", *parts]))) == told
    assert speaker(language).series([]) == speaker(language).say(series([])) == ""


def test_a_country_more_and_the_richness_of_regions_are_said_in_the_language():
    here = ["GR"]
    assert from_another_country(1, here) == "A partner from a second country, not Greece."
    assert speaker("de").say(from_another_country(1, here)).startswith("Ein Partner aus einem zweiten Land")
    assert categories([Category.LESS_DEVELOPED, Category.TRANSITION]) == "less developed or transition"
    assert speaker("fr").say(categories(list(Category))) == "moins développées, en transition ou plus développées"


def test_a_programme_has_the_name_that_the_reader_knows():
    own = programme(a_fact("Internal Security Fund"))
    assert own == "the Internal Security Fund"
    assert speaker("it").say(own) == "Fondo sicurezza interna"
    assert speaker("it").say(programme("A programme of the future")) == "A programme of the future"
