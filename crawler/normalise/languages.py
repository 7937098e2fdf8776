"""The official languages of the EU, as ISO 639-1 codes; CLDR and dateparser know them by the same codes."""

from __future__ import annotations

import re

from crawler.normalise.issues import Issues

# fmt: off
EU_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv",
)
# fmt: on
"""Council Regulation No 1 of 1958, Article 1, as it stands since 1 July 2013."""
CODE = re.compile(r"[a-z]{2}")


def understand_language(text: str, field: str, issues: Issues) -> str:
    """An ISO 639-1 code, from "en", "EN" or "pt-pt"; empty, with an issue, for anything else. Empty is silence."""
    code = re.split(r"[-_]", text.strip().lower())[0]
    if not code or CODE.fullmatch(code):
        return code
    issues.add(field, "not the code of a language", text, ["en", "pt-pt"])
    return ""
