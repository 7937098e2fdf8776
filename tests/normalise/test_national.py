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
