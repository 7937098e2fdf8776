"""What saving records came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Tally:
    """Of `records` given, how many the store did not have, and how many it had otherwise."""

    records: int = 0
    new: int = 0
    changed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.records + other.records, self.new + other.new, self.changed + other.changed)
