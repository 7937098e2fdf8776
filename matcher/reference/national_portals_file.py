"""The file of national portals into types, or a message that names file, country and field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from matcher.factfile import BadFactFile, build, read
from matcher.model import Frozen, Text
from matcher.reference.national_portals import NationalPortal


class _File(Frozen):
    as_of: date
    """The day of every fact that names none."""
    commission_list: Text
    countries: dict[str, dict[str, Any]]


def load_portals(path: Path, members: Collection[str]) -> dict[str, NationalPortal]:
    """The file's Member States by ISO code, in alphabetical order. `members`: those that must be there, and no others.

    Raises BadFactFile naming file, country and field.
    """
    content = build(_File, read(path), str(path))
    if missing := sorted(set(members) - content.countries.keys()):
        raise BadFactFile(f"{path}: field countries: {', '.join(missing)} missing; add an entry for each Member State.")
    if strange := sorted(content.countries.keys() - set(members)):
        raise BadFactFile(
            f"{path}: field countries: found {', '.join(strange)}; allowed: the Member States, {', '.join(members)}."
        )
    return {
        country: build(NationalPortal, _dated(entry, country, content.as_of), f"{path}, country {country}")
        for country, entry in sorted(content.countries.items())
    }


def _dated(entry: Mapping[str, Any], country: str, day: date) -> dict[str, Any]:
    """The entry with its country, and with the file's day in each fact that has none of its own."""

    def dated(value: Any) -> Any:
        if isinstance(value, list):
            return [dated(one) for one in value]
        return {"as_of": day, **value} if isinstance(value, dict) else value

    return {name: dated(value) for name, value in entry.items()} | {"country": country}
