"""Reads `data/reference/goals.yml` into a Lens, or says what is wrong in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from matcher.brief.lens import Lens
from matcher.factfile import BadFactFile, build, read
from matcher.model import Goal

GOALS = "goals.yml"
_SHARED = ("people", "takes_part")
"""Lists that the goals of the file refer to by YAML anchors."""


def load_lens(folder: Path) -> Lens:
    """Raises BadFactFile naming file, entry and field; also where a goal is missing or stands there twice."""
    path = folder / GOALS
    content = {name: value for name, value in read(path).items() if name not in _SHARED}
    lens = build(Lens, content, str(path))
    counts = Counter(rule.goal for rule in lens.goals)
    if wrong := [goal for goal in Goal if counts[goal] != 1]:
        raise BadFactFile(f"{path}: goals: {', '.join(wrong)} must stand there once each; mend the list.")
    return lens
