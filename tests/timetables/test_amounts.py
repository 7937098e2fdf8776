"""Bare amounts below headers that say what they count."""

import pytest

from crawler.normalise.money import parse_money
from crawler.timetables.amounts import amount_of
from matcher.model import Money


@pytest.mark.parametrize(
    ("header", "language", "amount", "currency"),
    [
        ("Keretösszeg (Mrd Ft)", "hu", "3500000000", "HUF"),
        ("Keret (eFt)", "hu", "3500", "HUF"),
        ("Montant UE (k€)", "fr", "3500", "EUR"),
        ("Общ размер на БФП (лв.)", "bg", "3.5", "BGN"),
        ("Kwota w tys. zł", "pl", "3500", "PLN"),
        ("Alokace v mil. Kč", "cs", "3500000", "CZK"),
        ("Mittel in Mio. Euro (2021-2027)", "de", "3500000", "EUR"),
        ("Rahoitus, 1000 €", "fi", "3500", "EUR"),
        ("Belopp (mkr)", "sv", "3500000", "SEK"),
        ("Importo in milioni di euro", "it", "3500000", "EUR"),
        ("Buget EURO/lei", "ro", "3.5", "EUR"),
        ("Razpis m in k", "sl", "3.5", "EUR"),
        ("Dotação Fundo", "pt", "3.5", "EUR"),
        ("sumaEu", "sk", "3.5", "EUR"),
    ],
)
def test_a_bare_amount_counts_what_its_header_says(header, language, amount, currency):
    text = amount_of("3,5", header, "", language)
    assert parse_money(text, "EUR", language) == Money(amount=amount, currency=currency)


def test_an_amount_with_its_own_words_and_a_unit_of_the_mapping_come_before_the_header():
    assert amount_of("2 mln EUR", "Kwota (tys. zł)", "", "pl") == "2 mln EUR"
    assert amount_of("2,5", "Kwota (tys. zł)", "mln", "pl") == "2,5 mln"
    assert amount_of("", "Kwota (tys. zł)", "", "pl") == ""
    assert amount_of("wkrótce", "Kwota (tys. zł)", "", "pl") == "wkrótce"
