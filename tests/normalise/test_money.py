"""Money is read exactly or not at all: never wrong by powers of ten."""

from decimal import Decimal

import pytest
from babel.numbers import format_compact_currency, format_compact_decimal, format_currency
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.normalise.languages import EU_LANGUAGES
from crawler.normalise.money import find_amounts, parse_money
from crawler.normalise.numerals import Unclear, parse_numeral
from matcher.model import Money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("EUR 60 million", 60_000_000),
        ("€2.5 million", 2_500_000),
        ("1,5 Mio. €", 1_500_000),
        ("€300k", 300_000),
        ("1’500’000 EUR", 1_500_000),
        ("EUR 1'500'000", 1_500_000),
        ("EUR 1 500 000", 1_500_000),
        ("EUR\u00a01\u00a0500\u202f000", 1_500_000),
        ("1.500.000,00 €", 1_500_000),
        ("€ 1,500,000.50", Decimal("1500000.5")),
        ("30 EUR million", 30_000_000),
        ("EUR 60.000", 60_000),
        ("EUR 7.00 million", 7_000_000),
        ("EUR 0.500 million", 500_000),
        ("€ 1.5bn", 1_500_000_000),
        ("2 miliardi EUR", 2_000_000_000),
        ("EUR 3 millones", 3_000_000),
        ("EUR 2,75 milhões", 2_750_000),
        ("0,5 Mrd. EUR", 500_000_000),
        ("5 MEUR", 5_000_000),
        ("M€ 5.2", 5_200_000),
        ("k€ 300", 300_000),
        ("300 TEUR", 300_000),
        ("60 millions d'euros", 60_000_000),
        ("60 millions d’euros", 60_000_000),
        ("2,5 milioni di euro", 2_500_000),
        ("2,5 millones de euros", 2_500_000),
        ("3 mil millones de euros", 3_000_000_000),
        ("2 mil milhões de euros", 2_000_000_000),
        ("100 tys. euro", 100_000),
        ("2 млн. евро", 2_000_000),
        ("2,5 εκατ. ευρώ", 2_500_000),
    ],
)
def test_one_amount(text, amount):
    (found,) = find_amounts(text)
    assert found.low == found.high == Money(amount=amount, currency="EUR")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("EUR 1-2 million", 1_000_000, 2_000_000),
        ("1 to 2 million EUR", 1_000_000, 2_000_000),
        ("EUR 500 000 to 2 million", 500_000, 2_000_000),
        ("EUR 1.5 million – 2 million", 1_500_000, 2_000_000),
        ("EUR 50 000 – 100 000", 50_000, 100_000),
        ("1 à 2 millions EUR", 1_000_000, 2_000_000),
        ("EUR 1 bis 2 Millionen", 1_000_000, 2_000_000),
    ],
)
def test_a_range_shares_its_multiple(text, low, high):
    (found,) = find_amounts(text)
    assert (found.low.amount, found.high.amount) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "EUR 1.500 million",
        "EUR 1,500 million",
        "EUR 300 mil",
        "EUR 900 to 1 million",
        "EUR 5 million thousand",
        "EUR 12,34,567",
        "EUR 1.500.00",
        "EUR 10x",
        "€ 3 billones",
        "in thousand EUR 300",
        "M€ 5 million",
        "300 kr",
        "300 lei",
        "300 $",
    ],
)
def test_doubt_is_said(text):
    with pytest.raises(Unclear):
        find_amounts(text)


@pytest.mark.parametrize("text", ["60 %", "up to 6 proposals", "in 2026", "", "five projects", "Article 3", "EUR 0"])
def test_what_is_no_amount(text):
    assert find_amounts(text) == []


def test_an_amount_is_found_where_it_stands():
    text = "EUR 2,100,000 for Open Call 1 (EUR 4,100,000 in total)"
    assert [text[found.start : found.end] for found in find_amounts(text)] == ["EUR 2,100,000", "EUR 4,100,000"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("9000000", 9_000_000),
        ("32700000.50", Decimal("32700000.5")),
        ("60 000", 60_000),
        ("up to EUR 60 000", 60_000),
        ("2,5 million", 2_500_000),
    ],
)
def test_a_field_of_one_amount(text, amount):
    assert parse_money(text, "SEK").amount == amount


@pytest.mark.parametrize("text", ["", "0", "0.00", "EUR 0"])
def test_zero_is_not_stated(text):
    assert parse_money(text, "EUR") is None


@pytest.mark.parametrize(
    "text",
    [
        "60.000",
        "lump-sum grant",
        "EUR 1 500 000 for 60 months",
        "EUR 1 or EUR 2",
        "EUR 5 per third party",
        "EUR 1-2 million",
    ],
)
def test_a_field_that_says_more_than_one_amount(text):
    with pytest.raises(Unclear):
        parse_money(text, "EUR")


@pytest.mark.parametrize(
    ("text", "language", "amount", "currency"),
    [
        ("300 mil euros", "es", 300_000, "EUR"),
        ("300 mil. eur", "sk", 300_000_000, "EUR"),
        ("300 mila euro", "it", 300_000, "EUR"),
        ("3 Md €", "fr", 3_000_000_000, "EUR"),
        ("€3 billion", "en", 3_000_000_000, "EUR"),
        ("250 de mii de euro", "ro", 250_000, "EUR"),
        ("60.000 de euro", "ro", 60_000, "EUR"),
        ("300 000 kr", "sv", 300_000, "SEK"),
        ("300.000 kr.", "da", 300_000, "DKK"),
        ("12 500 Ft", "hu", 12_500, "HUF"),
        ("12 500 Kč", "cs", 12_500, "CZK"),
        ("12 500 zł", "pl", 12_500, "PLN"),
        ("12 500 лв.", "bg", 12_500, "BGN"),
        ("12.500 lei", "ro", 12_500, "RON"),
    ],
)
def test_words_that_the_language_decides(text, language, amount, currency):
    (found,) = find_amounts(text, language)
    assert found.low == found.high == Money(amount=amount, currency=currency)


@pytest.mark.parametrize(
    ("text", "language"),
    [("3 Billionen Euro", "de"), ("3 billion euros", "fr"), ("300 mil EUR", "en"), ("300 kr", "fi")],
)
def test_a_word_of_another_language_stays_in_doubt(text, language):
    with pytest.raises(Unclear):
        find_amounts(text, language)


ROUND = st.integers(1, 999).flatmap(lambda n: st.sampled_from([10**3, 10**5, 10**6, 10**8, 10**9]).map(lambda m: n * m))
WIDE = ROUND | st.integers(1, 10**11)
UNREAD = {"mt": "G"}
"""Signs of CLDR that nobody writes: Maltese G for a thousand million."""


@pytest.mark.parametrize("language", EU_LANGUAGES)
@given(WIDE, st.sampled_from(["EUR", "GBP", "SEK", "DKK", "PLN", "CZK", "HUF", "RON", "CHF", "NOK"]))
@settings(max_examples=40, deadline=None)
def test_an_amount_in_the_manner_of_each_language_comes_back(language, amount, currency):
    (found,) = find_amounts(format_currency(amount, currency, locale=language), language)
    assert found.low == found.high == Money(amount=amount, currency=currency)


@pytest.mark.parametrize("language", EU_LANGUAGES)
@given(ROUND)
@settings(max_examples=40, deadline=None)
def test_a_shortened_amount_in_each_language_comes_back(language, amount):
    text = format_compact_currency(amount, "EUR", locale=language, fraction_digits=9)
    if UNREAD.get(language, "\0") in text:
        return
    (found,) = find_amounts(text, language)
    assert found.low.amount == amount


@pytest.mark.parametrize("language", sorted(set(EU_LANGUAGES) - {"mt"}))  # babel has no long forms in Maltese
@given(ROUND, st.sampled_from(["EUR", "€"]))
@settings(max_examples=40, deadline=None)
def test_an_amount_with_a_word_for_its_multiple_comes_back(language, amount, currency):
    written = format_compact_decimal(amount, format_type="long", locale=language, fraction_digits=9)
    if not any(sign.isdigit() for sign in written):
        return  # "mille" for 1000
    (found,) = find_amounts(f"{written} {currency}", language)
    assert found.low.amount == amount


@pytest.mark.parametrize("language", EU_LANGUAGES)
@pytest.mark.parametrize("page", ["", "en", "fr"])
@given(ROUND)
@settings(max_examples=15, deadline=None)
def test_an_amount_of_another_language_than_its_page_is_right_or_in_doubt(language, page, amount):
    text = format_compact_currency(amount, "EUR", locale=language, fraction_digits=9)
    try:
        found = find_amounts(text, page)
    except Unclear:
        return
    assert [each.low.amount for each in found] in ([amount], [])


AMOUNTS = st.integers(1, 10**12)
GROUPS = st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "'", "’"])


def grouped(number, mark):
    return f"{number:,}".replace(",", mark)


@given(AMOUNTS, GROUPS, st.sampled_from(["EUR {}", "€{}", "{} €", "{} EUR", "up to EUR {} per project"]))
def test_grouped_digits_come_back(number, mark, form):
    (found,) = find_amounts(form.format(grouped(number, mark)))
    assert found.low.amount == number


@given(AMOUNTS, GROUPS, st.integers(0, 99), st.sampled_from(",."))
def test_cents_come_back(number, mark, cents, point):
    text = f"EUR {grouped(number, mark)}{point}{cents:02}"
    if mark == point and number >= 1000:
        with pytest.raises(Unclear):
            find_amounts(text)
    else:
        (found,) = find_amounts(text)
        assert found.low.amount == Decimal(f"{number}.{cents:02}")


@given(
    st.decimals(min_value="0.01", max_value=999, places=2),
    st.sampled_from(
        [("k", 3), ("thousand", 3), ("million", 6), ("Mio.", 6), ("mln", 6), ("M", 6), ("bn", 9), ("billion", 9)]
    ),
    st.sampled_from(",."),
)
def test_multiples_come_back(number, multiple, point):
    word, power = multiple
    (found,) = find_amounts(f"EUR {number:f} {word}".replace(".", point, 1))
    assert found.low.amount == number * 10**power


@given(st.text(alphabet="0123456789.,'’ \u00a0EURk€millionb-to%"))
def test_the_grammar_never_fails_otherwise(text):
    try:
        for found in find_amounts(text):
            assert found.low.amount > 0
    except Unclear:
        pass


@given(st.from_regex(r"[0-9]{1,3}([.,' ][0-9]{1,4}){0,3}", fullmatch=True), st.booleans())
def test_a_numeral_keeps_its_digits(text, multiplied):
    try:
        number = parse_numeral(text, multiplied)
    except Unclear:
        return
    digits = "".join(sign for sign in text if sign.isdigit())
    assert number in {Decimal(digits).scaleb(-places) for places in range(5)}


@pytest.mark.parametrize("digits", [29, 60, 4000])
def test_a_number_of_very_many_digits_is_no_sum_of_money(digits):
    with pytest.raises(Unclear, match="digits is no sum of money"):
        find_amounts(f"at most EUR {'9' * digits} per project")
    with pytest.raises(Unclear, match="digits is no sum of money"):
        parse_money("9" * digits, "EUR")
    with pytest.raises(Unclear):
        find_amounts(f"at most EUR {'9' * digits} million per project")
