"""A verdict tells the condition that it quotes, and of others on the same question how many there are."""

from datetime import date

import pytest

from matcher.eligibility import assess
from matcher.model import Answer

DAY = date(2025, 5, 1)


def left_out(kind, words):
    quote = {"text": words, "place": f"document:{'a' * 64}", "start": 0, "end": len(words), "page": 7}
    return {"kind": "excluded_kind", "values": [kind], "basis": "call_document", "quote": quote}


PERSONS = left_out("natural_person", "Natural persons cannot apply.")
FIRMS = left_out("for_profit", "Firms for profit are not eligible.")


@pytest.mark.parametrize(
    ("kinds", "criteria", "answer", "reason", "quote"),
    [
        (["local_authority"], [PERSONS, FIRMS], Answer.MET, "for-profit bodies", FIRMS),
        (["local_authority"], [FIRMS, PERSONS], Answer.MET, "for-profit bodies", FIRMS),
        (["for_profit"], [PERSONS, FIRMS], Answer.NOT_MET, "for-profit bodies", FIRMS),
        (["natural_person"], [PERSONS, FIRMS], Answer.NOT_MET, "natural persons", PERSONS),
    ],
    ids=["one of two", "the same in another order", "the one that is not met", "the other one"],
)
def test_the_quote_holds_the_condition_that_is_told(
    kinds, criteria, answer, reason, quote, make_profile, make_call, reference
):
    profile, call = make_profile("riga", {"kinds": kinds}), make_call("amif", {"criteria": criteria})
    verdict = next(one for one in assess(profile, call, DAY, reference) if one.rule == "excluded_kind")

    assert verdict.answer is answer
    assert verdict.reason.startswith(f"The call leaves out {reason};")
    assert verdict.quote.text == quote["quote"]["text"]
    assert verdict.reason.count("leaves out") == 1
    assert verdict.reason.endswith("One further condition on this is met too.") is (answer is Answer.MET)
