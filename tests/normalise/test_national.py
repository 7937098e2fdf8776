"""What a national call says of its programme and fund, understood."""

import pytest

from crawler.source import RawNational
from matcher.model import CallKind, Fund


@pytest.mark.parametrize(
    ("words", "programme", "fund"),
    [
        ("ESF+", "ESF+-NATIONAL", Fund.ESF_PLUS),
        ("AMIF", "AMIF-NATIONAL", Fund.AMIF),
        ("EFRR", "ERDF-NATIONAL", Fund.ERDF),
        ("AMIF-NATIONAL", "AMIF-NATIONAL", Fund.AMIF),
        ("KF", None, None),
        ("", None, None),
    ],
)
def test_the_word_for_a_fund_is_no_programme_of_the_commission(understand, words, programme, fund):
    call, _ = understand(kind=CallKind.CALL, language="sk", programme=words, national=RawNational(country="SK"))
    assert (call.programme, call.fund) == (programme, fund)


PERSONS = [
    ("Ministerstvo práce, kontakt: Jan Novák, tel. +421 900 123 456, jan@novak.example", "Ministerstvo práce"),
    ("Krajský úrad (kontaktná osoba: Jan Novák)", "Krajský úrad"),
    ("Jan Novák, tel.: 0900 123 456", None),
    ("jan@novak.example", None),
    ("kontakt: Jan Novák", None),
    ("Úrad vlády SR; jan@novak.example; kontakt: ústredňa", None),
    ("Kontaktní místo pro cizince", "Kontaktní místo pro cizince"),
    ("Telšių rajono savivaldybė", "Telšių rajono savivaldybė"),
    ("ΕΥΔ ΠΕΠ Αττικής", "ΕΥΔ ΠΕΠ Αττικής"),
    ("Instytucja Pośrednicząca: WUP w Łodzi", "Instytucja Pośrednicząca: WUP w Łodzi"),
]


@pytest.mark.parametrize(("told", "kept"), PERSONS)
def test_the_person_to_ask_is_no_part_of_the_body_and_not_kept(understand, told, kept):
    national = RawNational(country="SK", institution=told)
    call, issues = understand(kind=CallKind.CALL, language="sk", programme="ESF+", national=national)
    authority = call.national.authority
    assert (authority.name if authority else None) == kept
    assert any("institution" in issue for issue in issues) is (kept is None)
    assert "Novák" not in call.national.model_dump_json() + str(issues)
