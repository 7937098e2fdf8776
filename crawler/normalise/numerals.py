"""Numbers as Europeans write them: 1,500,000.00 and 1.500.000,00 and 1 500 000 and 1’500’000. Exact or Unclear."""

from __future__ import annotations

import re
from decimal import Decimal

SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]")
SEPARATOR = re.compile(r"[.,' ]")


class Unclear(ValueError):
    """What is written can be read in several ways, or is not what was expected."""


def parse_numeral(text: str, multiplied: bool = False) -> Decimal:
    """The number written. `multiplied`: a word like "million" follows, so that decimals may be long.

    Raises Unclear where a separator may mark thousands or decimals ("1.500 million").
    """
    plain = SPACES.sub(" ", text).replace("’", "'")
    marks = SEPARATOR.findall(plain)
    groups = SEPARATOR.split(plain)
    if not marks:
        return Decimal(plain)
    if _grouped(groups, marks) and not (multiplied and len(marks) == 1 and marks[0] in ".,"):
        return Decimal("".join(groups))
    if _has_decimals(groups, marks, multiplied):
        return Decimal("".join(groups[:-1]) + "." + groups[-1])
    raise Unclear(f"{text!r}: the separators can be read in several ways")


def _grouped(groups: list[str], marks: list[str]) -> bool:
    """Thousands, all marked alike."""
    first, *rest = groups
    return len(set(marks)) == 1 and 1 <= len(first) <= 3 and first[0] != "0" and all(len(group) == 3 for group in rest)


def _has_decimals(groups: list[str], marks: list[str], multiplied: bool) -> bool:
    """A decimal mark, and before it thousands marked by another sign, or none."""
    if marks[-1] not in ".,":
        return False
    if len(marks) == 1:
        return len(groups[1]) <= 2 or (multiplied and (len(groups[1]) != 3 or groups[0] == "0"))
    return marks[-1] not in marks[:-1] and _grouped(groups[:-1], marks[:-1]) and (multiplied or len(groups[-1]) <= 2)
