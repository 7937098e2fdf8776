"""A label is found by its words, whatever its element; its value is what stands beside it, never the next label's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsel import Selector

from crawler.platforms.labelled import said_under

FORMS = {
    "terms": "<dl><dt>{a}</dt><dd>{x}</dd><dt>{b}</dt><dd>{y}</dd></dl>",
    "terms in rows": "<dl><div><dt>{a}</dt><dd>{x}</dd></div><div><dt>{b}</dt><dd>{y}</dd></div></dl>",
    "rows of a table": "<table><tr><th>{a}</th><td>{x}</td></tr><tr><th>{b}</th><td>{y}</td></tr></table>",
    "cells only": "<table><tr><td>{a}</td><td>{x}</td></tr><tr><td>{b}</td><td>{y}</td></tr></table>",
    "headings": "<h4>{a}</h4><div class='p'>{x}</div><h4>{b}</h4><div class='p'>{y}</div>",
    "headings, text": "<div><h4>{a}</h4>{x}</div><div><h4>{b}</h4>{y}</div>",
    "bold in paragraphs": "<p><b>{a}:</b> {x}</p><p><b>{b}:</b> {y}</p>",
    "bold, broken lines": "<p><strong>{a}:</strong> {x}<br><strong>{b}:</strong> {y}</p>",
    "one text": "<p>{a}: {x}</p><p>{b}: {y}</p>",
    "lines of one text": "<p>{a}: {x}<br>{b}: {y}</p>",
    "like elements": "<div><div>{a}</div><div>{x}</div></div><div><div>{b}</div><div>{y}</div></div>",
    "wrapped labels": "<div><p><span>{a}</span></p><p>{x}</p></div><div><p><span>{b}</span></p><p>{y}</p></div>",
    "items": "<ul><li><h3>{a}</h3><p>{x}</p></li><li><h3>{b}</h3><p>{y}</p></li></ul>",
    "columns": "<table><tr><th>{a}</th><th>{b}</th></tr><tr><td>{x}</td><td>{y}</td></tr></table>",
    "three columns": (
        "<table><tr><td>No</td><td>{a}</td><td>{b}</td></tr><tr><td>1</td><td>{x}</td><td>{y}</td></tr></table>"
    ),
}


def read(html: str, *labels: str) -> dict[str, tuple[str, ...]]:
    return said_under(Selector(text=f"<html><body><main>{html}</main></body></html>").root, labels)


@pytest.mark.parametrize("form", FORMS)
def test_pairs_are_read_in_any_form(form):
    html = FORMS[form].format(a="Περιοχή εφαρμογής", b="Budget", x="Αττική", y="5 000")
    assert read(html, "Περιοχή εφαρμογής", "Budget") == {"Περιοχή εφαρμογής": ("Αττική",), "Budget": ("5 000",)}


@pytest.mark.parametrize("form", FORMS)
def test_a_label_without_a_value_takes_no_other(form):
    html = FORMS[form].format(a="Area", b="Budget", x="", y="5 000")
    assert read(html, "Area", "Budget") == {"Budget": ("5 000",)}


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"one text"}))
def test_nor_that_of_a_label_that_is_not_known(form):
    """ "Area:" and in the next paragraph "Budget: 5" could be an area of that name: there the label must be known."""
    assert read(FORMS[form].format(a="Area", b="Budget", x="", y="5 000"), "Area") == {}


TEXTS = st.text(alphabet="abcdef ąčę Αβγ 0123456789.,€-", min_size=1, max_size=30).filter(lambda text: text.strip())


@given(st.sampled_from(sorted(FORMS)), TEXTS, TEXTS)
def test_a_value_comes_back_as_it_stands(form, one, other):
    found = read(FORMS[form].format(a="Area", b="Budget", x=one, y=other), "Area", "Budget")
    assert found == {"Area": (" ".join(one.split()),), "Budget": (" ".join(other.split()),)}


def test_lines_of_a_value_stay_apart_and_words_of_a_line_together():
    html = "<dl><dt>Who</dt><dd><ul><li>Towns <b>and</b> villages</li><li>Churches</li></ul>others<br>more</dd></dl>"
    assert read(html, "Who") == {"Who": ("Towns and villages", "Churches", "others", "more")}


def test_case_spaces_and_a_colon_make_no_other_label_but_more_words_do():
    assert read("<p><b> TARGET\n groups : </b>all</p>", "Target groups") == {"Target groups": ("all",)}
    assert read("<p><b>Target groups of the fund</b> all</p><p>Our target groups: all</p>", "Target groups") == {}


def test_the_first_mention_that_says_something_counts():
    assert read("<h2>Area</h2><p><b>Area:</b> Attica</p><p><b>Area:</b> Crete</p>", "Area") == {"Area": ("Attica",)}


def test_scripts_and_comments_say_nothing():
    html = "<script>Area: 1</script><style>Area: 2</style><dl><dt>Area</dt><!-- Area: 3 --><dd>Crete</dd></dl>"
    assert read(html, "Area") == {"Area": ("Crete",)}
