"""The words of conditions (words.yml) as patterns, compiled once. Knows no kind of condition."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def facts(name: str) -> dict[str, Any]:
    """What a file of words beside this module holds."""
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def any_of(words: list[str], before: str = r"\b", behind: str = r"\b") -> re.Pattern[str]:
    """A pattern that finds any of the words."""
    return re.compile(f"{before}(?:{'|'.join(words)}){behind}", re.IGNORECASE)
