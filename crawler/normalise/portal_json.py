"""Reads the JSON that the portal puts into strings; what is malformed becomes an issue, the rest of a record stays."""

from __future__ import annotations

import json
from typing import Any

from crawler.normalise.issues import Issues


def objects(text: str, field: str, issues: Issues) -> list[dict[str, Any]]:
    """The objects of a JSON list (or the one object); empty, with an issue, for anything else."""
    value = read(text, field, issues)
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    found = [item for item in items if isinstance(item, dict)]
    if len(found) < len(items):
        issues.add(field, "not a list of objects", text, ["[{…}, …]"])
    return found


def read(text: str, field: str, issues: Issues) -> Any:
    """The value of a JSON text; None for an empty one, and with an issue for a malformed one."""
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        issues.add(field, f"malformed JSON ({error})", text, ["JSON"])
        return None


def strings(value: Any) -> list[str]:
    """The strings in a list of foreign JSON; a lone string is a list of one."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
