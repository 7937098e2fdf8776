"""The text of what somebody hands in: a pasted text, or a file that is read in a process of its own with limits.

No address is ever opened: what is pasted is the text itself.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from matcher.model.said import Said, said
from matcher.printable import printable

MOST_BYTES = 5 * 1024**2
MOST_CHARACTERS = 200_000
"""Of a text that is looked through: a hundred pages."""
SECONDS = 90.0
"""After which the process that reads is ended; it ends itself before that."""

_ONLY_ADDRESSES = re.compile(r"\s*(?:(?:https?://|ftp://|file:|www\.)\S+\s*)+", re.IGNORECASE)
_CAUSES = {
    "format": said("This is no file that can be read here. Hand in a PDF, a DOCX or a plain text, or paste the text."),
    "limits": said("Reading the document took too much time or memory. Hand in a shorter one, or paste the text."),
    "password": said("The document opens with a password only. Save it without one, or paste the text."),
    "damaged": said("The document is damaged or cut off. Save it anew, or paste the text."),
    "no text": said("No letters were found in the document: it may be a picture of a page. Paste the text."),
}
"""By cause, as the reader names it."""


class Unreadable(ValueError):
    """Nothing was read; the message says why and what to do, in any language."""

    def __init__(self, told: Said) -> None:
        super().__init__(told)
        self.told = told


def pasted(text: str) -> str:
    """Raises Unreadable."""
    if _ONLY_ADDRESSES.fullmatch(text):
        raise Unreadable(said("Addresses are not opened here. Open the page yourself, and paste its text."))
    return _fit(text)


def handed_in(content: bytes) -> str:
    """The text of an uploaded file, whatever its name and type claim. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(said("The file is too large: 5 MB are the most. Hand in a smaller one, or paste the text."))
    if (plain := _plain(content)) is not None:
        return pasted(plain)
    with TemporaryDirectory(prefix="handed-in-") as folder:
        path = Path(folder) / "document"
        path.write_bytes(content)
        return _fit(_read(path))


def _read(path: Path) -> str:
    command = [sys.executable, "-m", "crawler.documents.handed_in", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True, stdin=subprocess.DEVNULL)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise Unreadable(_CAUSES["limits"]) from None
    answer: dict[str, Any] = json.loads(done.stdout)
    if cause := answer.get("refused"):
        raise Unreadable(_CAUSES[cause] if cause != "pages" else _too_many(answer["found"]))
    return str(answer["text"])


def _too_many(pages: str) -> Said:
    return said(
        "The document has %(found)s pages; 200 are the most. Hand in those that describe the organisation.", found=pages
    )


def _plain(content: bytes) -> str | None:
    """What is text by its bytes, in UTF-8, UTF-16 with its mark, or Windows' Western letters; None for all else."""
    if content.startswith((b"%PDF", b"PK\x03\x04")) or b"<html" in content[:4096].lower():
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text or sum(map(str.isalpha, text)) < len(text) / 2:
            return None
    return None if "\0" in text else text


def _fit(text: str) -> str:
    told = printable(text)[:MOST_CHARACTERS].strip()
    if not told:
        raise Unreadable(said("There is no text. Paste a description of the organisation, or hand in a document."))
    return told
