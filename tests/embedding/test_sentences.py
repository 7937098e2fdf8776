"""Sentences are what a reader would call one, and always verbatim."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One ends. Another begins! A third?", ["One ends.", "Another begins!", "A third?"]),
        ("See Art. 5 of the act. It applies.", ["See Art. 5 of the act.", "It applies."]),
        ("Partners, e.g. Towns, may join. All of them.", ["Partners, e.g. Towns, may join.", "All of them."]),
        ("It costs EUR 1.5 million. Nothing else.", ["It costs EUR 1.5 million.", "Nothing else."]),
        ("Die Stadt hilft, z.B. Familien. Sie hilft.", ["Die Stadt hilft, z.B. Familien.", "Sie hilft."]),
        (
            "Expected outcome:\n• homes for all\n• work;\n  - a school",
            ["Expected outcome:", "homes for all", "work;", "a school"],
        ),
        ("Steps\n1. plan\n2. do\na) first\n(ii) second", ["Steps", "plan", "do", "first", "second"]),
        ("Ποιος μπορεί; Όλοι οι δήμοι.", ["Ποιος μπορεί;", "Όλοι οι δήμοι."]),
        ("towns; Regions may join", ["towns; Regions may join"]),
        ("Launched in 2025. 3 projects won.", ["Launched in 2025.", "3 projects won."]),
        ("She said “yes.” Then it began.", ["She said “yes.”", "Then it began."]),
        ("\n\n  ---  \n * \n", []),
        ("", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text, expected):
    assert [span.text for span in sentences(text)] == expected


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aZβΣ1. ;!?\n•-()\u2028\x00…”“e.g"), max_size=300))
def test_spans_are_verbatim_in_order_and_lose_no_letter(text):
    spans = sentences(text)
    assert all(span.text == text[span.start : span.end] == span.text.strip() for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert all(len(span.text) <= LONGEST for span in spans)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["town", "δήμος", "Pilsēta", "2027"]), min_size=1, max_size=400))
def test_a_long_list_without_full_stops_is_cut_at_spaces(words):
    spans = sentences(" ".join(words))
    assert " ".join(span.text for span in spans).split() == words
