"""The list and a call as PDF: readable by people and aids, and nothing is fetched for it."""

import builtins
import re
import socket
import sys
import zlib

import pypdfium2
import pytest

from dashboard.export import files, pdf
from dashboard.routes.page import TEMPLATES
from tests.doubles.plain_visitor import asked
from tests.doubles.small_store import WOMEN


def words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def toc(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [one.get_title() for one in document.get_toc()]
    finally:
        document.close()


def inside(content: bytes) -> bytes:
    """The objects of a document, unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    return content + b"".join(zlib.decompressobj().decompress(one) for one in packed if one[:1] == b"x")


@pytest.fixture(scope="module")
def matches(file):
    return file("/plain/matches.pdf", lang="el")


def test_the_list_is_tagged_titled_and_has_bookmarks(matches):
    objects = inside(matches)
    assert b"/Lang (el)" in objects
    assert b"/MarkInfo" in objects
    assert b"pdfuaid" in objects
    assert "AMIF" in toc(matches)
    assert "Integration of migrant women into local life" in toc(matches)


def test_every_call_stands_in_it(matches):
    told = " ".join(words(matches).split())
    for title in ("Integration of migrant women", "Housing of refugees", "<script>alert(1)</script>", "=HYPERLINK("):
        assert title in told
    assert "\u202e" not in told


def test_a_call_has_a_document_of_its_own(file):
    found = file("/plain/call.pdf", call=WOMEN, lang="de")
    assert "AMIF-2026-WOMEN" in words(found)
    assert b"/Lang (de)" in inside(found)


def test_nothing_is_fetched_for_a_document(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("not to be shown", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        at = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        html = (
            f'<html lang="en"><head><title>t</title><link rel="stylesheet" href="{at}">'
            f'<style>@import url("{at}"); p {{ background: url("{at}") }}</style></head><body><h1>t</h1>'
            f'<p>seen</p><img alt="a" src="{at}"><img alt="b" src="{secret.as_uri()}"><object data="{at}"></object>'
            f'<link rel="attachment" href="{secret.as_uri()}"></body></html>'
        )
        made = pdf.pdf(html, TEMPLATES, "http://testserver")
        with pytest.raises(TimeoutError):
            listening.accept()
    assert "seen" in words(made)
    assert b"not to be shown" not in inside(made)
    assert b"/EmbeddedFile" not in inside(made)


def test_a_document_that_takes_too_long_is_given_up(visitor, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.0)
    with pytest.raises(pdf.TookTooLong):
        pdf.pdf("<html><title>t</title><h1>t</h1></html>", TEMPLATES, "http://testserver")
    answer = visitor.get("/plain/matches.pdf", params=asked())
    assert answer.status_code == 503
    assert "print it" in answer.text


def test_a_machine_without_pango_says_what_to_do(visitor, monkeypatch):
    real = builtins.__import__

    def without(name, *more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *more)

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    answer = visitor.get("/plain/matches.pdf", params=asked(fund="CERV"))
    assert answer.status_code == 503
    assert "print it" in answer.text
    assert "libpango" not in answer.text
    assert '<a href="/plain/matches?' in answer.text


@pytest.mark.parametrize(
    ("form", "limit"), [("pdf", "IN_PRINT"), ("txt", "IN_PRINT"), ("csv", "IN_TABLE"), ("xlsx", "IN_TABLE")]
)
def test_more_than_a_file_holds_is_told_and_not_cut(visitor, monkeypatch, form, limit):
    monkeypatch.setattr(files, limit, 3)
    answer = visitor.get(f"/plain/matches.{form}", params=asked())
    assert answer.status_code == 422
    assert "3 calls at most" in answer.text
    assert '<a href="/plain/matches?' in answer.text
    assert visitor.get(f"/plain/matches.{form}", params=asked(fund="Erasmus+")).status_code == 200
