"""The programme a record belongs to: the source's code, our key or the programme's name -> key and fund."""

from __future__ import annotations

from crawler.normalise.issues import Issues
from matcher.reference import Programme, Reference


def understand_programme(text: str, reference: Reference, issues: Issues) -> Programme | None:
    """The programme meant by a code, key or name; None, with an issue, for an unknown one. Empty is silence."""
    found = text.strip()
    if not found:
        return None
    programme = reference.by_code.get(found) or reference.by_key.get(found) or _named(found, reference)
    if programme is None:
        issues.add("programme", "unknown programme; add it to data/reference/programmes.yml", found, reference.by_key)
    return programme


def _named(name: str, reference: Reference) -> Programme | None:
    same = [p for p in reference.programmes if name.casefold() in (p.name.casefold(), p.key.casefold())]
    return same[0] if len(same) == 1 else None
