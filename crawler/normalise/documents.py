"""A fetched call document as the page and the file name it -> a document of the store. Knows nothing of its content."""

from __future__ import annotations

import re

from crawler.normalise.issues import Issues
from crawler.normalise.languages import understand_language
from crawler.normalise.links import ALLOWED, is_safe, safe_url
from crawler.normalise.text import clean_line
from crawler.source import RawDocument
from matcher.model import Document

SHA256 = re.compile(r"[0-9a-f]{64}")


def understand_document(raw: RawDocument, issues: Issues) -> Document | None:
    """The document a record describes, seen on the day it was fetched; None, with an issue, for one that is unusable.

    Without a safe address it cannot be shown, without the digest of its bytes it cannot be found again.
    """
    if not is_safe(raw.reference):
        issues.add("reference", "not a web address; the document was left out", raw.reference, ALLOWED)
        return None
    if not SHA256.fullmatch(raw.sha256):
        issues.add("sha256", "no digest of a file; the document was left out", raw.sha256, ["64 digits of 0-9a-f"])
        return None
    day = raw.fetched_at.date()
    return Document(
        source=raw.source,
        url=raw.reference.strip(),
        found_on=safe_url(raw.found_on, "found_on", issues),
        label=clean_line(raw.label),
        language=understand_language(raw.language, "language", issues),
        media_type=clean_line(raw.media_type).lower(),
        sha256=raw.sha256,
        size=raw.size,
        first_fetched=day,
        last_fetched=day,
    )
