"""One record of a list, whatever its form: the texts of our fields and where they stood. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.timetables.mapping import Field


@dataclass(frozen=True)
class Entry:
    """`values`: field -> its texts, several where the source keeps them apart; a field without text is not in it."""

    row: int
    """From 1: the row of a sheet, the number of a record."""
    values: Mapping[Field, tuple[str, ...]]
    sheet: str = ""
    columns: Mapping[Field, str] = field(default_factory=dict)
    """Field -> header or path its texts came from."""

    def text(self, name: Field) -> str:
        """The texts of a field as one."""
        return "; ".join(self.values.get(name, ()))
