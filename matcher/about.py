"""What `data/reference/about.yml` states: how good the program was when it was measured, and whose data it uses."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from matcher.factfile import build, read
from matcher.model import Frozen, Text

FILE = "about.yml"


class Subject(StrEnum):
    """What was measured."""

    ELIGIBILITY = "eligibility"
    """Route and answers for pairs of a real call and an example organisation, judged by reading."""
    CONDITIONS_RIGHT = "conditions_right"
    """Conditions that the program found in call texts: how many are there."""
    CONDITIONS_FOUND = "conditions_found"
    """Conditions that a reader found in call texts: how many the program finds."""


class Figure(Frozen):
    subject: Subject
    right: int = Field(ge=0)
    of: int = Field(gt=0)
    source: Text
    """File that holds the measurement."""
    as_of: date

    @model_validator(mode="after")
    def _is_a_part(self) -> Self:
        if self.right > self.of:
            raise ValueError(f"{self.right} right of {self.of}")
        return self


class Licence(Frozen):
    what: Text
    licence: Text
    url: Text
    source: Text
    as_of: date


class About(Frozen):
    figures: tuple[Figure, ...]
    licences: tuple[Licence, ...]


def load_about(folder: Path) -> About:
    """Of the folder of reference data. Raises BadFactFile."""
    path = folder / FILE
    return build(About, read(path), str(path))


def program_version() -> str:
    """As it was installed."""
    return version("eu-funding-matcher")
