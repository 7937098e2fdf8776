"""One file -> its text, in this process: which format it really has, and its reader. Reads nothing but the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from crawler.document_files import HTML, OFFICE, PDF, media_type_of
from crawler.documents.assembly import Assembly
from crawler.documents.blocks import Reading
from crawler.documents.identity import language_of, role_of, title_of, version_of
from matcher.model import DocumentText, Issue

READER = "documents 2"
"""Name and version of the reader. A change that makes another text of the same file needs another version: stored
texts, and criteria read from them, are then read anew."""

DOCX = OFFICE["word/document.xml"]
ALLOWED = "PDF, DOCX, HTML"
MOST_CHARACTERS = 10_000_000
_TAGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p>", b"<h1", b"<h2", b"<table")


def read_here(path: Path, media_type: str, label: str = "", url: str = "", language: str = "") -> DocumentText:
    """What stands in a file, read in this process and without limits on memory."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    found = real_type(path)
    reading = _read(path, found)
    if reading is None:
        reading = Reading()
        reading.add("not read: no format that can be read", found or _beginning(path), ALLOWED)
    elif media_type and found != media_type:
        reading.add("it is not what it was said to be; it was read as what it is", media_type, found)
    made = Assembly(reading.pages)
    if len(made.text) > MOST_CHARACTERS:
        reading.add("more text than is kept", f"{len(made.text):,} characters", f"{MOST_CHARACTERS:,} characters")
        made = Assembly([])
    return DocumentText(
        sha256=sha256,
        reader=READER,
        role=role_of(label, url, reading),
        title=title_of(reading, label),
        version=version_of(reading),
        language=language_of(reading, language, url),
        text=made.text,
        pages=made.pages if reading.paged else (),
        headings=tuple(made.headings),
        tables=tuple(made.tables),
        issues=tuple(reading.issues),
    )


def unread(sha256: str, issue: Issue, label: str = "", url: str = "") -> DocumentText:
    """A document of which nothing could be read."""
    role = role_of(label, url, Reading())
    return DocumentText(sha256=sha256, reader=READER, role=role, title=label, text="", pages=(), issues=(issue,))


def real_type(path: Path) -> str:
    """Its media type by its content; empty for what is not known."""
    if known := media_type_of(path):
        return known
    with path.open("rb") as file:
        start = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return HTML if any(tag in start for tag in _TAGS) else ""


def _read(path: Path, media_type: str) -> Reading | None:
    """The readers are imported here: a document of one format needs only one of them."""
    reader: Callable[[Path], Reading]
    if media_type == PDF:
        from crawler.documents.pdf import read_pdf as reader
    elif media_type == DOCX:
        from crawler.documents.docx import read_docx as reader
    elif media_type == HTML:
        from crawler.documents.html import read_html as reader
    else:
        return None
    return reader(path)


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return f"begins with {file.read(40)!r}"
