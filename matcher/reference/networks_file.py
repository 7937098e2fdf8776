"""The file of networks into types, or a message that names file, network and field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from matcher.factfile import BadFactFile, build, read
from matcher.model import Frozen
from matcher.reference.networks import Network


class _File(Frozen):
    as_of: date
    """The day of every fact that names none."""
    networks: tuple[dict[str, Any], ...]


def load_networks(path: Path) -> tuple[Network, ...]:
    """The networks in the file's order. Raises BadFactFile naming file, network and field."""
    content = build(_File, read(path), str(path))
    networks = tuple(
        build(Network, _complete(entry, content.as_of), f"{path}, network {entry.get('key')!r}")
        for entry in content.networks
    )
    if doubles := [key for key, count in Counter(one.key for one in networks).items() if count > 1]:
        raise BadFactFile(f"{path}: field key: {', '.join(doubles)} stands there twice; keep one.")
    return networks


def _complete(entry: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The entry with the file's day in each fact that has none of its own."""
    complete = {"as_of": day, **entry}
    if isinstance(body := entry.get("body"), dict):
        joined = body.get("joined")
        dated = [{"as_of": day, **one} if isinstance(one, dict) else one for one in joined] if joined else joined
        complete["body"] = {"as_of": day, **body} | ({"joined": dated} if dated else {})
    return complete
