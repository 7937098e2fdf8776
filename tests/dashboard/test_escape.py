"""Text and addresses from outside: shown literally, linked only to http and https."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.escape import host, md_escape, md_link, printable, safe_url

JOINER = "\N{WORD JOINER}"


def shown_by_markdown(line: str) -> str:
    """What CommonMark makes of backslash escapes (spec 0.31, 2.4): the character itself."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line)


@given(st.text())
def test_the_reader_sees_the_text_itself_on_one_line(text):
    literal = " ".join(printable(text).replace(JOINER, "").split())
    assert shown_by_markdown(md_escape(text)).replace(JOINER, "") == literal


@given(st.text(alphabet="<>[]()!$:`*_~#|\\-+.1a&{}\n\t "))
def test_no_character_that_means_something_in_markdown_stands_unescaped(text):
    assert not re.search(r"(?<!\\)(?:\\\\)*[!-/:-@\[\]^-`{-~]", md_escape(text))


@pytest.mark.parametrize("text", ["https://a.example", "www.a.example", "me@a.example", ":smile:", ":material_home:"])
def test_what_streamlit_would_find_after_parsing_is_broken_up(text):
    found_after_parsing = re.compile(r"https?://|www\.|[\w.]@[\w.]|:[\w+-]+:")
    assert found_after_parsing.search(text)
    assert not found_after_parsing.search(shown_by_markdown(md_escape(text)))


def test_times_and_ratios_are_left_as_they_are():
    assert JOINER not in md_escape("17:00 (Brussels time), 1:1, note: see Article 3")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host.example/x",
        "/relative",
        "http://",
        "http://[broken",
        "https://a.example me@b.example",
        "",
    ],
)
def test_only_complete_http_and_https_addresses_are_linked(url):
    assert safe_url(url) is None
    assert host(url) == ""
    assert md_link("a label", url) == "a label"


def test_an_address_cannot_leave_its_link():
    link = md_link("page", 'https://a.example/x)![i](https://b.example/p.png"t")<b>$x$')
    assert re.fullmatch(r"\[page\]\([^()\[\]!$\s<>\"]*\)", link)


def test_an_address_that_is_already_encoded_stays_as_it_is():
    assert safe_url("https://a.example/x%20y?q=1&r=2#p") == "https://a.example/x%20y?q=1&r=2#p"


def test_what_cannot_be_seen_is_left_out():
    assert printable("a\0b\u202ec\x1b[31md\ne\tf") == "abc[31md\ne\tf"
    assert printable("Ιωάννινα, Rīga, مدينة") == "Ιωάννινα, Rīga, مدينة"
