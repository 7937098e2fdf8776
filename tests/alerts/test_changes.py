"""Changes of a call in words: days as exactly as stated, money, states; a text as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.alerts.letters.changes import change_words, value_words
from matcher.languages import speaker
from matcher.model import FieldChange, MaterialField


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("deadlines", "2027-03-02", "2 March 2027"),
        ("deadlines", "2027-03", "March 2027"),
        ("opening", "2027-Q2", "2nd quarter 2027"),
        ("opening", "2027", "2027"),
        ("deadlines", "2027-02-31", "2027-02-31"),
        ("budget", "EUR 1200000", "EUR 1,200,000"),
        ("grant", "EUR 12500.5", "EUR 12,500.50"),
        ("state", "forthcoming", "not open yet"),
        ("state", "sleeping", "sleeping"),
        ("title", "2027", "2027"),
    ],
)
def test_a_value_in_words(field, value, words):
    assert value_words(MaterialField(field), value, speaker("en")) == words


def test_before_and_after_in_the_readers_language():
    change = FieldChange(field=MaterialField.DEADLINES, was=("2027-03-02",), now=("2027-03-09", "2027-Q4"))
    assert change_words(change, speaker("en")) == "Deadline: 2 March 2027 → 9 March 2027, 4th quarter 2027"
    assert change_words(change, speaker("de")) == "Einreichungsfrist: 2. März 2027 → 9. März 2027, 4. Quartal 2027"
    assert change_words(change.model_copy(update={"now": ()}), speaker("en")) == "Deadline: 2 March 2027 → –"


@given(
    st.sampled_from(MaterialField), st.text(max_size=40) | st.from_regex(r"[A-Z]{3} \d{1,30}(\.\d+)?", fullmatch=True)
)
def test_any_value_can_be_told(field, value):
    assert isinstance(value_words(field, value, speaker("en")), str)
