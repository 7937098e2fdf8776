"""HTML becomes what a reader would see: no joined words, no script, no tag, bounded whatever comes."""

import gzip
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.issues import Issues
from crawler.normalise.mojibake import repair
from crawler.normalise.text import KNOWN_TAG, MAX_HTML, OVERLOADED, clean_line, html_to_text


def text_of(html):
    return html_to_text(html, Issues("r"), "description")


@pytest.mark.timeout(10)
@pytest.mark.parametrize("attribute", ["a{}=1 ", "a{}='x y' ", 'a{}="1"', "a{}/", "a{} = 1 ", '"a{} '])
def test_a_tag_with_thousands_of_attributes_is_no_work(attribute):
    issues = Issues("r")
    many = "".join(attribute.format(number) for number in range(60_000))
    assert html_to_text(f"<p {many}>Deadline</p><p>2026</p>", issues, "description") == "Deadline\n2026"
    assert ["thousands of attributes" in issue.problem for issue in issues.all()] == [True]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["<a", "<a b=", '<a b="', "<a b='", "<a ", "a=", "<a b ", "<a\n="])
def test_what_only_begins_like_such_a_tag_costs_no_time_either(piece):
    assert not OVERLOADED.search(piece * (600_000 // len(piece)))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("a<b>b</b>c", "abc"),
        ("first<br>second<BR/>third", "first\nsecond\nthird"),
        ("<span><p>a</p></span>b", "a\nb"),
        ("<div>x<h4>Scope</h4>y</div>z", "x\nScope\ny\nz"),
        ("<ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul>after", "- one\n- two\n- deep\nafter"),
        ("<UL><LI>one</LI></UL>", "- one"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("seen<script>alert(1)</script><style>p {}</style><!-- remark -->too", "seentoo"),
        ('a<span style="DISPLAY : none">secret</span>b<p hidden>x</p>', "ab"),
        ('<div style="color: red">kept</div>', "kept"),
        ('<div class="eui-u-mt-l>"><h4>General conditions</h4></div>', "General conditions"),
        ('">Conditions', "Conditions"),
        (r"\u003cp\u003eA \u0026amp; B\u003c/p\u003e", "A & B"),
        ("&lt;p&gt;escaped &amp;amp; again&lt;/p&gt;", "escaped & again"),
        ("<p>&nbsp;&nbsp;1&#xa0;&#xa0;2\u2009\u202f3 </p>", "1 2 3"),
        ("a\x00b<p>\x01c\x1f\u200bd\ud800</p>", "ab\ncd"),
        ("zero&#0;&#xd800;width\u00ad", "zero\ufffd\ufffdwidth"),
        ("plain text\n\n  with   lines", "plain text\nwith lines"),
        ("a < b and c > d & e", "a < b and c > d & e"),
        ('<?xml version="1.0" encoding="utf-16"?><p>x</p>', "x"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("", ""),
        ("   ", ""),
        ("<p></p>", ""),
    ],
)
def test_html_as_it_reads(html, text):
    assert text_of(html) == text


@pytest.mark.timeout(60)  # what takes more than linear time would take minutes to hours
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<b><i>" * 20_000 + "x",
        "<table>" * 50_000,
        "<span hidden>x</span>t" * 90_000,
        "<" * 1_000_000,
        "&" * 1_000_000,
        '<a href="' * 100_000,
        "<!--" * 50_000,
        "&amp;lt;p&amp;gt;" * 100_000,
    ],
    ids=lambda html: html[:12],
)
def test_hostile_html_becomes_text(html):
    assert not KNOWN_TAG.search(text_of(html))


def test_too_deep_a_nesting_is_recorded_and_its_text_kept():
    issues = Issues("r")
    text = html_to_text("<div>before" + "<div>" * 50_000 + "deep</div>", issues, "description")
    assert text.startswith("before")
    assert text.endswith("deep")
    assert [issue.field for issue in issues.all()] == ["description"]


def test_a_description_of_20_megabytes_is_cut_and_recorded():
    issues = Issues("r")
    text = html_to_text("<p>" + "word " * 4_000_000, issues, "description")
    assert len(text) <= MAX_HTML
    assert text.startswith("word word")
    assert "20,000,003 characters" in issues.all()[0].problem


@given(st.text() | st.text(alphabet=st.sampled_from('<>/&;"= pdivlscript!-abr\x00\xa0é’')))
def test_nothing_raises_and_nothing_unseemly_is_left(html):
    text = text_of(html)
    assert not KNOWN_TAG.search(text)
    assert not [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n"]
    assert text == text.strip()
    assert "  " not in text
    assert "\n\n" not in text


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=6))
def test_words_of_neighbouring_blocks_are_never_joined(words):
    assert text_of("".join(f"<p>{word}</p>" for word in words)).split() == words
    assert text_of("<br>".join(words)).split() == words


def test_a_title_is_one_line():
    assert clean_line(" Grants\n\tfor\u00a0 towns\x00 ") == "Grants for towns"


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("the Unionâ€™s", "the Union’s"),
        ("heading â€œAdmissibilityâ€\x9d and", "heading “Admissibility” and"),
        ("CONVOCATORIA TEMÃ\x81TICA", "CONVOCATORIA TEMÁTICA"),
        ("DÃ¼sseldorf and Ã…land", "Düsseldorf and Åland"),
        ("IRISÂ²", "IRIS²"),
        ("2025 ΓÇô 7. Digital", "2025 – 7. Digital"),
        ("naïve, but donâ€™t", "naïve, but don’t"),
        ("one lineâ€™s\nTürkiye", "one line’s\nTürkiye"),
    ],
)
def test_misread_text_is_put_right(misread, meant):
    assert repair(misread) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Île-de-France, Âge, château",
        "“MANHÔ",
        "«AMANHû",
        "São Tomé; LISBOÃ”",
        "Ψυχή Γ’ Δ",
        "ÄÖÜ äöü ß",
        "Â",
        "Ã©té naïve é",
    ],
)
def test_what_may_be_meant_is_left_alone(text):
    assert repair(text) == text


@given(st.text(alphabet="abc éüñçßàÅ’–“”…€"))
def test_repair_undoes_the_misreading_and_never_raises(text):
    assert repair(repair(text)) == repair(text)


def test_the_recorded_texts_hold_no_misread_sequence_afterwards(shared):
    with gzip.open(shared / "data/portal/texts/calls-with-full-text_2026-08.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [
            row[field] or "" for row in map(json.loads, file) for field in ("title", "description", "topicConditions")
        ]
    assert sum("â€" in text for text in texts) > 500
    left = [text for text in map(repair, texts) if re.search("â€|Ã[\x80-\xbf]|Â[\xa0-\xbf]", text)]
    assert left == []
