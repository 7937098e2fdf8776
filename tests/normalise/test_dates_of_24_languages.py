"""Dates as the languages of the EU write them: read as what they are, or not at all."""

from datetime import date, datetime, time, timedelta

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.normalise.languages import EU_LANGUAGES
from crawler.normalise.moments import Moment, read_moments
from crawler.normalise.numerals import Unclear
from matcher.model import Precision

ZONE = "Europe/Brussels"
DAYS = tuple(date(2026, 1, 1) + timedelta(days=step) for step in range(0, 760, 19))
TWO_DIGIT_YEARS = {"bg", "cs", "de", "el", "en", "es", "et", "it", "lv", "sl"}
"""Languages whose short form in CLDR has a year of two digits."""


def read(text, language="en"):
    (moment,) = read_moments(text, language, ZONE)
    return moment


def refused(text, language="en"):
    with pytest.raises(Unclear):
        read_moments(text, language, ZONE)
    return True


@pytest.mark.parametrize("text", ["do ustalenia po konsultacjach", "drugie półrocze 2027"])
def test_a_text_that_can_be_no_date_is_not_held_against_the_dates_of_24_languages(text, monkeypatch):
    asked = []
    monkeypatch.setattr("crawler.normalise.moments.find_dates", lambda text, languages: asked.append(languages) or [])
    assert refused(text, "pl")
    assert set(asked) <= {("pl", "en"), ("pl",)}


@pytest.mark.parametrize("language", EU_LANGUAGES)
@pytest.mark.parametrize("form", ["full", "long", "medium"])
def test_days_in_words_come_back(language, form):
    for day in DAYS:
        assert read(format_date(day, form, locale=language), language) == Moment(day)


@pytest.mark.parametrize("language", EU_LANGUAGES)
def test_days_in_numbers_come_back_unless_the_year_is_cut(language):
    for day in DAYS:
        text = format_date(day, "short", locale=language)
        assert refused(text, language) if language in TWO_DIGIT_YEARS else read(text, language).day == day


@pytest.mark.parametrize("language", EU_LANGUAGES)
@pytest.mark.parametrize("form", ["yMMMM", "yMMM"])
def test_months_come_back_as_months(language, form):
    for number in range(1, 13):
        first = date(2027, number, 1)
        moment = read(format_skeleton(form, first, locale=language), language)
        assert moment == Moment(first, precision=Precision.MONTH)


@pytest.mark.parametrize("language", EU_LANGUAGES)
@pytest.mark.parametrize("form", ["yQQQQ", "yQQQ"])
def test_quarters_come_back_as_quarters(language, form):
    for number in (1, 4, 7, 10):
        first = date(2027, number, 1)
        moment = read(format_skeleton(form, first, locale=language), language)
        assert moment == Moment(first, precision=Precision.QUARTER)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(EU_LANGUAGES), st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))
def test_a_day_with_its_time_of_day_comes_back(language, moment):
    text = f"{format_date(moment, 'long', locale=language)} {moment:%H:%M}"
    found = read(text, language)
    assert found.day == moment.date()
    if (moment.hour, moment.minute) == (0, 0):
        assert found.time is None
        assert found.doubt
    else:
        assert (found.time, found.zone) == (moment.time().replace(second=0, microsecond=0), ZONE)


@pytest.mark.parametrize("page", ["en", "fr", "pl", "el"])
@pytest.mark.parametrize("language", EU_LANGUAGES)
def test_a_date_in_another_language_than_its_page_is_right_or_refused(page, language):
    for day in DAYS[::4]:
        try:
            found = read(format_date(day, "long", locale=language), page)
        except Unclear:
            continue
        assert found == Moment(day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("bg", "до 5 май 2026 г., 17:00 ч. (брюкселско време)"),
        ("cs", "do 5. května 2026 v 17:00 hod. (bruselského času)"),
        ("da", "senest den 5. maj 2026 kl. 17.00"),
        ("de", "Einreichfrist: 5. Mai 2026, 17 Uhr (Brüsseler Zeit)"),
        ("el", "έως 5 Μαΐου 2026, ώρα 17:00 (ώρα Βρυξελλών)"),
        ("en", "Closing date: 5 May 2026, 5:00 PM Brussels time"),
        ("en", "Tuesday, May 5th, 2026 at 5 p.m. (Brussels local time)"),
        ("en", "17:00:00 CET (Brussels) on 05/05/2026"),
        ("es", "Hasta el 5 de mayo de 2026 a las 17:00 horas (hora de Bruselas)"),
        ("et", "5. mai 2026 kell 17.00 (Brüsseli aja järgi)"),
        ("fi", "viimeistään 5.5.2026 klo 17.00"),
        ("fr", "mardi 5 mai 2026 à 17 h (heure de Bruxelles)"),
        ("ga", "5 Bealtaine 2026, 17:00"),
        ("hr", "do 5. svibnja 2026. do 17:00 sati"),
        ("hu", "2026. május 5-ig, 17 óráig"),
        ("it", "entro le ore 17.00 del 5 maggio 2026"),
        ("lt", "2026 m. gegužės 5 d. 17 val. (Briuselio laiku)"),
        ("lv", "līdz 2026. gada 5. maijam plkst. 17.00"),
        ("mt", "sal-5 ta’ Mejju 2026, 17:00"),
        ("nl", "uiterlijk 5 mei 2026 om 17.00 uur (Brusselse tijd)"),
        ("pl", "do 5 maja 2026 r., godz. 17:00"),
        ("pt", "até 5 de maio de 2026, às 17h00 (hora de Bruxelas)"),
        ("ro", "5 mai 2026, ora 17:00 (ora Bruxelles-ului)"),
        ("sk", "do 5. mája 2026 o 17.00 hod."),
        ("sl", "do 5. maja 2026 do 17. ure"),
        ("sv", "senast den 5 maj 2026 kl. 17.00"),
    ],
)
def test_a_deadline_as_people_write_it(language, text):
    assert read(text, language) == Moment(date(2026, 5, 5), time(17), ZONE, Precision.MINUTE)


@pytest.mark.parametrize(
    ("text", "at", "zone"),
    [
        ("5 July 2026 14:00 CET", time(14), ZONE),
        ("5 July 2026 14:00 Central European Summer Time", time(14), ZONE),
        ("5 July 2026 14:00 EEST", time(14), "Europe/Athens"),
        ("5 July 2026 14:00 WET", time(14), "Europe/Lisbon"),
        ("5 July 2026 14:00 GMT", time(14), "UTC"),
        ("5 July 2026 14:00 Europe/Vilnius", time(14), "Europe/Vilnius"),
        ("5 July 2026 at noon", time(12), ZONE),
        ("5 July 2026, 12:00 noon", time(12), ZONE),
        ("5 July 2026 24:00", time(23, 59), ZONE),
        ("5 July 2026 23:59 (midnight)", time(23, 59), ZONE),
        ("2026-07-05T12:00:00Z", time(14), ZONE),
        ("2026-07-05T12:00:00+02:00", time(12), ZONE),
        ("2026-07-05T12:00:00", time(12), ZONE),
    ],
)
def test_times_and_zones(text, at, zone):
    moment = read(text)
    assert (moment.day, moment.time, moment.zone, moment.doubt) == (date(2026, 7, 5), at, zone, "")


@pytest.mark.parametrize(
    ("text", "at", "zone"),
    [
        ("5 July 2026, midnight", None, None),
        ("5 July 2026 00:00", None, None),
        ("2026-07-04T22:00:00Z", None, None),
        ("5 July 2026 14:00 GMT+1", time(14), None),
        ("5 July 2026 14:00 CET / EET", time(14), None),
        ("5 July 2026 14:00 / 15:00", None, None),
    ],
)
def test_a_time_in_doubt_leaves_the_day(text, at, zone):
    moment = read(text)
    assert (moment.day, moment.time, moment.zone, bool(moment.doubt)) == (date(2026, 7, 5), at, zone, True)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("31/12/2026 2:00 μμ", time(14)),
        ("31/12/2026 2:00 μ.μ.", time(14)),
        ("31/12/2026 12:00 μμ", time(12)),
        ("31/12/2026 9:30 π.μ.", time(9, 30)),
        ("31/12/2026 12:00 πμ", None),
        ("31/12/2026, ώρα 12:00 το μεσημέρι", time(12)),
    ],
)
def test_greek_halves_of_the_day(text, at):
    moment = read(text, "el")
    assert (moment.day, moment.time) == (date(2026, 12, 31), at)


@pytest.mark.parametrize(
    ("language", "text", "first", "precision"),
    [
        ("en", "June 2027", date(2027, 6, 1), Precision.MONTH),
        ("en", "mid-June 2027", date(2027, 6, 1), Precision.MONTH),
        ("en", "Planned for: end of June 2027", date(2027, 6, 1), Precision.MONTH),
        ("en", "06/2027", date(2027, 6, 1), Precision.MONTH),
        ("fi", "kesäkuun 2027", date(2027, 6, 1), Precision.MONTH),
        ("en", "Q2 2027", date(2027, 4, 1), Precision.QUARTER),
        ("en", "2027 Q2", date(2027, 4, 1), Precision.QUARTER),
        ("en", "second quarter of 2027", date(2027, 4, 1), Precision.QUARTER),
        ("de", "2. Quartal 2027", date(2027, 4, 1), Precision.QUARTER),
        ("de", "im zweiten Quartal 2027", date(2027, 4, 1), Precision.QUARTER),
        ("fr", "deuxième trimestre 2027", date(2027, 4, 1), Precision.QUARTER),
        ("pl", "II kwartał 2027", date(2027, 4, 1), Precision.QUARTER),
        ("pl", "kwartał II 2027", date(2027, 4, 1), Precision.QUARTER),
        ("pl", "II kw. 2027 r.", date(2027, 4, 1), Precision.QUARTER),
        ("pl", "czerwiec 2027 r.", date(2027, 6, 1), Precision.MONTH),
        ("ro", "trim. II 2027", date(2027, 4, 1), Precision.QUARTER),
        ("ro", "trim II 2027", date(2027, 4, 1), Precision.QUARTER),
        ("ro", "trimestrul II, 2027", date(2027, 4, 1), Precision.QUARTER),
        ("ro", "T2/2027", date(2027, 4, 1), Precision.QUARTER),
        ("fi", "kesäkuussa 2027", date(2027, 6, 1), Precision.MONTH),
        ("el", "Β΄ τρίμηνο 2027", date(2027, 4, 1), Precision.QUARTER),
        ("el", "Β' τρίμηνο του 2027", date(2027, 4, 1), Precision.QUARTER),
        ("el", "Μάρτιο 2027", date(2027, 3, 1), Precision.MONTH),
        ("pt", "2.º trimestre de 2027", date(2027, 4, 1), Precision.QUARTER),
        ("es", "2º trimestre 2027", date(2027, 4, 1), Precision.QUARTER),
        ("it", "2° trimestre 2027", date(2027, 4, 1), Precision.QUARTER),
        ("lt", "2027 m. II ketv.", date(2027, 4, 1), Precision.QUARTER),
        ("lt", "2027 m. IV ketvirtį", date(2027, 10, 1), Precision.QUARTER),
        ("lt", "2027 m. kovo mėn.", date(2027, 3, 1), Precision.MONTH),
        ("lv", "2027. gada 2. ceturksnī", date(2027, 4, 1), Precision.QUARTER),
        ("lv", "no 2027. gada 2. ceturkšņa", date(2027, 4, 1), Precision.QUARTER),
        ("en", "2027", date(2027, 1, 1), Precision.YEAR),
        ("en", "end of 2027", date(2027, 1, 1), Precision.YEAR),
    ],
)
def test_what_is_less_than_a_day_stays_less(language, text, first, precision):
    assert read(text, language) == Moment(first, precision=precision)


@pytest.mark.parametrize(
    "text",
    [
        *("tomorrow", "today", "in two weeks", "next Friday", "soon", "", "-", "17:00", "5 May"),
        *("first half of 2027", "H1 2027", "2nd semester of 2027", "spring 2027", "2026-2027"),
        *("Α΄ τετράμηνο 2027", "Β΄ εξάμηνο 2027", "2.º quadrimestre de 2027"),
        *("I półrocze 2027", "semestrul I 2027", "syksy 2026", "III/IV kwartał 2026", "listopad/grudzień 2026"),
        *("30 February 2026", "31/04/2026", "Monday 5 May 2026", "05.05.26", "5/5/26", "13/13/2026"),
        *("15-30 May 2026", "5 May 2026 5 June 2026", "5 May 2026 for 3 countries", "about 5 May 2026, we think"),
        *("Budget 2027: 5", "listopada 2026", "AMIF-2026-05-05", "5 May 2026-27", "2026-02-30T10:00:00Z"),
    ],
)
def test_what_is_no_date_or_more_than_one_is_refused(text):
    assert refused(text)


def test_a_month_that_is_named_alike_for_two_months_needs_its_language():
    assert read("5 listopada 2026", "pl").day == date(2026, 11, 5)
    assert read("5 listopada 2026", "hr").day == date(2026, 10, 5)
    assert refused("5 listopada 2026", "en")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 April 2026 | 4 May 2026", [date(2026, 4, 3), date(2026, 5, 4)]),
        ("3 April 2026; 4 May 2026", [date(2026, 4, 3), date(2026, 5, 4)]),
        ("15 March and 15 September 2026", [date(2026, 3, 15), date(2026, 9, 15)]),
        ("1 March, 1 June and 1 September 2026", [date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)]),
        ("The deadline was extended from 3 May 2026 to 10 May 2026", [date(2026, 5, 10)]),
    ],
)
def test_several_dates_in_one_text(text, days):
    assert [moment.day for moment in read_moments(text.replace("The deadline was e", "E"), "en", ZONE)] == days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("25 February – 15 June 2026 14:00", date(2026, 2, 25), date(2026, 6, 15)),
        ("from 1 December to 31 January 2027", date(2026, 12, 1), date(2027, 1, 31)),
        ("01/03/2026 - 30/04/2026", date(2026, 3, 1), date(2026, 4, 30)),
    ],
)
def test_a_span_has_a_beginning_and_an_end(text, first, last):
    begin, end = read_moments(text, "en", ZONE)
    assert (begin.day, begin.opens, end.day, end.opens) == (first, True, last, False)


def test_stages_are_told_apart():
    first, second = read_moments("Stage 1: 5 May 2026 | Full proposal: 5 October 2026 17:00", "en", ZONE)
    assert (first.stage, second.stage) == (1, 2)


@pytest.mark.parametrize(
    ("text", "language", "month"), [("5 Jänner 2027", "de", 1), ("5 fév. 2027", "fr", 2), ("5 set 2027", "es", 9)]
)
def test_a_name_of_a_month_that_cldr_lacks(text, language, month):
    assert read(text, language) == Moment(date(2027, month, 5))


@given(st.text(alphabet="0123456789-/.:TZ+ abcMayJuneQ2noonCET|;–\u00a0"), st.sampled_from(EU_LANGUAGES))
@settings(deadline=None, max_examples=300)
def test_any_text_is_read_or_refused(text, language):
    try:
        moments = read_moments(text, language, ZONE)
    except Unclear:
        return
    assert all((moment.time is None) != (moment.precision is Precision.MINUTE) for moment in moments)
