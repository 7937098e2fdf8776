"""What an address says of a call's identity, and what an answer says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from crawler.pages import canonical, fault, readable, reference_of

SLUGS = st.from_regex(r"[a-z0-9]{3,9}(-[a-z0-9]{3,9}){0,4}", fullmatch=True)


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        ("https://esf.lt/en/projects/some-call", "projects/some-call"),
        ("https://esf.lt/en/projects/some-call-closed/", "projects/some-call"),
        ("https://esf.lt/en/projects/Some-Call?x=1#top", "projects/some-call"),
        ("https://home-affairs.ec.europa.eu/news/a-call-2026-01-15_en", "news/a-call-2026-01-15"),
        ("https://www.eeas.europa.eu/eeas/grants/call_fr?s=229", "eeas/grants/call"),
        ("https://urbact.eu/get-involved", "get-involved"),
        ("https://urbact.eu/", "urbact.eu"),
        ("https://espa.gr/el/Pages/Call.aspx?item=5", "pages/call"),
    ],
)
def test_a_reference_is_the_address_without_what_changes(url, reference):
    assert reference_of(url) == reference


@given(SLUGS, st.sampled_from(["", "-closed", "_en", "_fr", "/", "?page=2", "#documents"]))
def test_closing_language_and_query_change_no_identity(slug, ending):
    assert reference_of(f"https://site.example/calls/{slug}{ending}") == f"calls/{slug}"


@given(SLUGS, SLUGS)
def test_two_slugs_stay_two(one, other):
    same = reference_of(f"https://site.example/calls/{one}") == reference_of(f"https://site.example/calls/{other}")
    assert same == (one.removesuffix("-closed") == other.removesuffix("-closed"))


def test_entries_are_told_apart_without_query_and_fragment():
    assert canonical("https://a.example/b?s=229#c") == "https://a.example/b"


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("<p>Città</p>".encode(), "text/html; charset=iso-8859-1", "Città"),
        ("<p>Città</p>".encode("cp1252"), "text/html; charset=utf-8", "Città"),
        ("<p>Città</p>".encode("cp1252"), "text/html; charset=windows-1252", "Città"),
        ("<p>Łódź</p>".encode("iso-8859-2"), "text/html; charset=iso-8859-2", "Łódź"),
        ("<p>Αθήνα</p>".encode(), "text/html", "Αθήνα"),
    ],
)
def test_a_page_is_decoded_as_what_it_is(body, header, text):
    response = HtmlResponse("https://a.example/", body=body, headers={"Content-Type": header})
    assert text in readable(response).text


@given(st.binary(max_size=300))
def test_no_bytes_break_the_check_of_a_page(body):
    response = readable(HtmlResponse("https://a.example/", body=body))
    if fault(response, "main") is None:
        assert b"<main" in body.lower()
        assert b"</html" in body.lower()
    assert fault(response, "a-landmark-that-is-nowhere")


@pytest.mark.parametrize(
    ("title", "is_wrong"),
    [
        ("Something went wrong", True),
        ("Error 503 | Site", True),
        ("404 - Page not found", True),
        ("Access denied | Europa", True),
        ("EU Login", True),
        ("Log in | Portico", True),
        ("Just a moment...", True),
        ("Call for proposals: access denied to nobody", False),
        ("Signs of integration", False),
        ("Errorless learning for newcomers", False),
        ("4th call for Innovative Actions", False),
        ("500 towns for integration", False),
        ("503 Service Unavailable", True),
        ("502", True),
    ],
)
def test_the_title_of_an_error_page_is_told_from_that_of_a_call(title, is_wrong):
    page = HtmlResponse("https://a.example", body=f"<html><title>{title}</title><main></main></html>".encode())
    assert (fault(page, "main") is not None) == is_wrong


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_guard_against_robots_is_named_as_what_it_is(status):
    body = b"<html><head><title>Just a moment...</title></head><body><main>Checking</main></body></html>"
    said = fault(HtmlResponse("https://a.example/", status=status, body=body), "main")
    assert (
        said
        == f"answered {status} with a page of a guard against robots ('Just a moment...') instead of what was asked"
    )
