"""Call documents -> text with pages, headings and tables. Knows files, neither the store nor the web."""

from __future__ import annotations

import hashlib
from pathlib import Path

from crawler.documents.formats import READER, read_here, unread
from crawler.documents.guarded import Guarded, LimitBroken
from matcher.model import DocumentText, Issue

__all__ = ["READER", "Guarded", "LimitBroken", "read_document"]


def read_document(
    path: Path, media_type: str, label: str = "", url: str = "", language: str = "", guarded: Guarded | None = None
) -> DocumentText:
    """What stands in a document. `label`, `url` and `language` as the page says that links to it.

    Whatever is wrong with its content is an issue; with nothing to be read the text is empty. It is read in a process
    of its own: that of `guarded`, where many are read. Raises OSError where the file cannot be opened.
    """
    if guarded is None:
        with Guarded() as own:
            return read_document(path, media_type, label, url, language, own)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        done = guarded.call(_read, path.absolute(), media_type, label, url, language)
    except LimitBroken as broken:
        size = f"a file of {path.stat().st_size:,} bytes"
        issue = Issue(field="text", problem=f"not read: {broken.problem}", found=size, allowed=broken.allowed)
        return unread(sha256, issue, label, url)
    return DocumentText.model_validate_json(done)


def _read(path: Path, media_type: str, label: str, url: str, language: str) -> bytes:
    return read_here(path, media_type, label, url, language).model_dump_json().encode()
