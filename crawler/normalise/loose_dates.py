"""Dates whose month CLDR does not know by that name, read with dateparser's wider lists of names.

dateparser only says which month a word is: day and year must stand in the text as numbers, and come back unchanged.
"""

from __future__ import annotations

import re
from typing import Any

from crawler.normalise.written_dates import Written
from matcher.model import Precision

DAY_WORD_YEAR = re.compile(r"(?<![\w.,/-])(\d{1,2})\.?\s+([^\W\d_]{3,12})\.?,?\s+((?:19|20)\d\d)(?![\w/-])")
SETTINGS: dict[str, Any] = {
    "DATE_ORDER": "DMY",
    "PARSERS": ["absolute-time"],  # "tomorrow" is no date
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
}


def find_loosely(text: str, languages: tuple[str, ...]) -> list[Written]:
    """The one date of a text in one of these languages; none when there are several, or none."""
    found = list(DAY_WORD_YEAR.finditer(text))
    if len(found) != 1:
        return []
    day, word, year = found[0].groups()
    import dateparser  # slow to import, and hardly ever needed

    moment = dateparser.parse(f"{day} {word} {year}", languages=list(languages), settings=SETTINGS)
    if moment is None or (moment.day, moment.year) != (int(day), int(year)):
        return []
    return [Written(found[0].start(), found[0].end(), moment.date(), Precision.DAY)]
