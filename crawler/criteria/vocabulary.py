"""The words of conditions, from the files beside this module, as patterns that are compiled once.

A file has `parts`, which patterns name in braces, and `patterns`; a list means any of its lines. Knows no condition.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crawler.criteria.numbers import COUNT

FOLDER = Path(__file__).parent
_NAME = re.compile(r"\{([a-z_]+)\}")


@cache
def facts(name: str) -> dict[str, Any]:
    """What a file of words beside this module holds."""
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def patterns(subject: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a subject by name. Raises KeyError for one that names a part which is in no file."""
    parts = {"count": COUNT} | _parts(facts("common"), {"count": COUNT})
    parts |= _parts(facts(subject), parts)
    return {
        name: re.compile(_filled(written, parts), re.IGNORECASE) for name, written in facts(subject)["patterns"].items()
    }


def any_of(words: list[str], before: str = r"\b", behind: str = r"\b") -> re.Pattern[str]:
    """A pattern that finds any of the words."""
    return re.compile(f"{before}(?:{'|'.join(words)}){behind}", re.IGNORECASE)


def _parts(file: dict[str, Any], known: dict[str, str]) -> dict[str, str]:
    """A part may name those above it."""
    found: dict[str, str] = {}
    for name, written in file.get("parts", {}).items():
        found[name] = f"(?:{_filled(written, known | found)})"
    return found


def _filled(written: str | list[str], parts: dict[str, str]) -> str:
    one = written if isinstance(written, str) else "|".join(written)
    return _NAME.sub(lambda name: parts[name[1]], one)
