"""The programme a record belongs to: the source's code, our key or a name of the programme -> key and fund."""

from __future__ import annotations

import re

from crawler.normalise.issues import Issues
from matcher.reference import Programme, Reference

DECORATION = re.compile(r"\b(?:the|programme|program)\b|\b2021\s?[-–]\s?(?:20)?27\b|[^\w+]+", re.IGNORECASE)
SHORT = re.compile(r"\(([^()]{2,12})\)\s*$")


def understand_programme(text: str, reference: Reference, issues: Issues) -> Programme | None:
    """The programme meant by a code, key or name; None, with an issue, for an unknown one. Empty is silence."""
    found = text.strip()
    if not found:
        return None
    programme = reference.by_code.get(found) or reference.by_key.get(found) or _named(found, reference)
    if programme is None:
        issues.add("programme", "unknown programme; add it to data/reference/programmes.yml", found, reference.by_key)
    return programme


def _named(text: str, reference: Reference) -> Programme | None:
    """The one programme of this name; "Citizens, Equality, Rights and Values Programme (CERV)" names it twice."""
    short = SHORT.search(text)
    asked = {_bare(text), _bare(SHORT.sub("", text)), *((_bare(short[1]),) if short else ())}
    same = [p for p in reference.programmes if asked & {_bare(name) for name in (p.name, p.key, *p.aliases)}]
    if not same:
        same = [p for p in reference.programmes if any(_begins(name, asked) for name in p.aliases)]
    return same[0] if len(same) == 1 else None


def _begins(alias: str, asked: set[str]) -> bool:
    return alias.endswith("*") and any(name.startswith(f"{_bare(alias)} ") for name in asked)


def _bare(name: str) -> str:
    """A name without case, marks, the word "programme" and the years of the present period."""
    return " ".join(DECORATION.sub(" ", name.casefold()).split())
