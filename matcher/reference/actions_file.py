"""The file of actions into types, or a message that names file, entry and field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from matcher.factfile import BadFactFile, build, read
from matcher.model import Frozen
from matcher.reference.actions import Action


class _File(Frozen):
    as_of: date
    """The day of every entry that names none."""
    actions: tuple[dict[str, Any], ...]


def load_actions(path: Path, decentralised: Path, programmes: Collection[str]) -> tuple[Action, ...]:
    """All actions in the order of the file. `programmes`: the keys that may be named.

    An entry with `figures` takes numbers of partners and sums from that action of the file `decentralised`, so that no
    figure stands in two places. Raises BadFactFile naming file, entry and field.
    """
    content = build(_File, read(path), str(path))
    figures = read(decentralised).get("actions")
    known = figures if isinstance(figures, dict) else {}
    actions = tuple(
        build(Action, _filled(entry, known, content.as_of, _where(path, entry, number)), _where(path, entry, number))
        for number, entry in enumerate(content.actions, 1)
    )
    if doubles := [key for key, count in Counter(action.key for action in actions).items() if count > 1]:
        raise BadFactFile(f"{path}: field key: {', '.join(doubles)} stands there twice; keep one.")
    for action in actions:
        if strange := sorted(set(action.recognised.programmes) - set(programmes)):
            raise BadFactFile(
                f"{path}, action {action.key}: field recognised.programmes: found {', '.join(strange)}; "
                "allowed: the keys in programmes.yml. Correct it."
            )
    return actions


PARTNERS = {"min_applicants": "min_applicants", "min_countries": "min_countries"}
SUMS = {"grant_min": "grant_min", "grant_max": "grant_max", "duration_months_max": "duration_max"}
"""Fields of an action in the file of decentralised Erasmus+ actions, and what they are called here."""


def _filled(entry: Mapping[str, Any], known: Mapping[str, Any], day: date, where: str) -> dict[str, Any]:
    fields = {"as_of": day, **entry}
    if (name := fields.pop("figures", None)) is None:
        return fields
    if name not in known:
        raise BadFactFile(f"{where}: field figures: found {name!r}; allowed: {', '.join(known)}. Correct it.")
    for field, names in (("partnership", PARTNERS), ("money", SUMS)):
        figures = {ours: known[name][theirs] for theirs, ours in names.items() if theirs in known[name]}
        given = fields.get(field, {})
        fields[field] = figures | given if isinstance(given, dict) else given
    return fields


def _where(path: Path, entry: Mapping[str, Any], number: int) -> str:
    return f"{path}, entry {number} ({entry.get('key')})"
