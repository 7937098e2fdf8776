"""`python -m crawler.documents.handed_in FILE`: the text of one file that somebody hands in, as JSON.

Whoever asks gets `text`, or `refused` with the Cause and what was `found`; the exit code is 0 either way.
Such files are read under narrower limits than those of calls: somebody waits for it.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path

from crawler.document_files import PDF
from crawler.documents.formats import ALLOWED, read_here, real_type
from crawler.documents.guarded import Guarded, LimitBroken
from matcher.model import DocumentText

MOST_PAGES = 200
"""A description of an organisation has ten; a yearly report a hundred."""
MEMORY = 1024**3
"""Bytes of address space."""
SECONDS = 25.0


class Cause(StrEnum):
    """Why nothing was read. `matcher.organisations.papers` has the words for each."""

    FORMAT = "format"
    PAGES = "pages"
    LIMITS = "limits"
    PASSWORD = "password"
    DAMAGED = "damaged"
    NO_TEXT = "no text"


def main(path: Path) -> str:
    try:
        with Guarded(seconds=SECONDS, memory=MEMORY) as guarded:
            return guarded.call(_read, path.absolute()).decode()
    except LimitBroken as broken:
        return _refused(Cause.LIMITS, broken.problem)


def _read(path: Path) -> bytes:
    found = real_type(path)
    if found == PDF and (pages := _pages(path)) > MOST_PAGES:
        return _refused(Cause.PAGES, str(pages)).encode()
    text = read_here(path, found)
    return (json.dumps({"text": text.text}) if text.text.strip() else _nothing(text)).encode()


def _pages(path: Path) -> int:
    """0 for a file that does not open: its reader says why."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _nothing(text: DocumentText) -> str:
    told = " ".join(issue.problem for issue in text.issues)
    if any(issue.allowed == ALLOWED for issue in text.issues):
        return _refused(Cause.FORMAT, "")
    if "password" in told:
        return _refused(Cause.PASSWORD, "")
    return _refused(Cause.DAMAGED if "damaged" in told or "too large" in told else Cause.NO_TEXT, "")


def _refused(cause: Cause, found: str) -> str:
    return json.dumps({"refused": cause, "found": found})


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])))
