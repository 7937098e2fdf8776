"""Keeps fetched call documents under the SHA-256 of their bytes, so that the same document is kept once."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import NamedTuple

PDF = "application/pdf"
HTML = "text/html"
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "content.xml": "application/vnd.oasis.opendocument",
}
"""A file inside the package -> what the package is."""


class NotADocument(Exception):
    """What came is no document of a kind that is kept."""


class Kept(NamedTuple):
    sha256: str
    media_type: str
    size: int


def keep_document(draft: Path, folder: Path, media_type: str | None = None) -> Kept:
    """Move a downloaded file to `<folder>/<first two digits>/<sha256>`. Raises NotADocument and removes it instead.

    `media_type`: of what was judged when it was fetched, a page; any other file is judged here, by its content.
    """
    media_type = media_type or media_type_of(draft)
    if media_type is None:
        start = draft.read_bytes()[:60]
        draft.unlink()
        raise NotADocument(f"neither PDF nor office document, it begins with {start!r}")
    with draft.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = draft.stat().st_size
    place = folder / digest[:2] / digest
    place.parent.mkdir(exist_ok=True)
    draft.replace(place)
    return Kept(digest, media_type, size)


def media_type_of(path: Path) -> str | None:
    """What a file is by its content, for names and headers lie; None for what is not kept as it is. A page is not: an
    error page is one too."""
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF-" in start:
        return PDF
    if not start.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile:
        return None
    return next((kind for name, kind in OFFICE.items() if name in names), None)
