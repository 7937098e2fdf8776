"""Quotes at a terminal: long ones lose their middle, never the words they begin and end with."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.model import Quote
from matcher.wording.layout import without_middle
from matcher.wording.quotes import QUOTED, quote_words


def test_the_figure_at_the_end_of_a_long_sentence_is_shown():
    text = f"The consortium, {'which is set up for the purpose of the action, ' * 12}must have at least 5 applicants."
    shown = quote_words(Quote(text=text, place="text", start=0, end=len(text)))
    assert shown.startswith("“The consortium, which")
    assert "must have at least 5 applicants.”" in shown
    assert " … " in shown


@given(st.text(alphabet="ab \n", max_size=3 * QUOTED), st.integers(20, QUOTED))
def test_no_more_than_asked_for_and_nothing_lost_that_fits(text, width):
    whole, shown = " ".join(text.split()), without_middle(text, width)
    assert len(shown) <= width
    if len(whole) <= width:
        assert shown == whole
    else:
        first, last = shown.split(" … ")
        assert first
        assert last
        assert whole.startswith(first)
        assert whole.endswith(last)
