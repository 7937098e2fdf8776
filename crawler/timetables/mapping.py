"""Which column, path or element of somebody's list of calls holds which of our fields. Data, read from YAML.

Knows no file and no site: the same mapping serves a spider and a file that a person imports.
"""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, StringConstraints
from pydantic import Field as Limits

from matcher.factfile import BadFactFile, build, read
from matcher.model import Country, Frozen, Fund, Tier
from matcher.model.base import Text


class Field(StrEnum):
    """What a list can say of a call. The first nine are those that Regulation (EU) 2021/1060, Article 49(2), makes the
    authority publish (area, objective, applicants, amount, start and end), with what tells the calls apart."""

    TITLE = "title"
    AREA = "area"
    SPECIFIC_OBJECTIVE = "specific_objective"
    APPLICANTS = "applicants"
    BUDGET = "budget"
    OPENING = "opening"
    DEADLINES = "deadlines"
    CODE = "code"
    PROGRAMME = "programme"
    FUND = "fund"
    PRIORITY = "priority"
    CURRENCY = "currency"
    RATE_PERCENT = "rate_percent"
    MODE = "mode"
    INSTITUTION = "institution"
    INSTITUTION_URL = "institution_url"
    STATUS = "status"
    DESCRIPTION = "description"
    URL = "url"


GATHERED = frozenset({Field.AREA, Field.APPLICANTS, Field.FUND, Field.DEADLINES, Field.DESCRIPTION})
"""Fields that take the values of all their columns; every other takes that of the first column that is filled."""

MAX_BYTES = 256 * 1024
"""Of a mapping."""

WORDY = frozenset({Field.PROGRAMME, Field.PRIORITY, Field.SPECIFIC_OBJECTIVE, Field.INSTITUTION})
"""Fields besides the gathered ones in which several texts of one place may stand together; in any other they are in
each other's way."""
DATES = frozenset({Field.OPENING, Field.DEADLINES})


def _is_zone(name: str) -> str:
    if name and name not in available_timezones():
        raise ValueError("write an IANA name of a time zone, such as Europe/Budapest")
    return name


Zone = Annotated[str, AfterValidator(_is_zone)]


def _is_encoding(name: str) -> str:
    try:
        "".encode(name or "utf-8")
    except (LookupError, ValueError):
        raise ValueError("write the name of an encoding of text, such as cp1250") from None
    return name


Encoding = Annotated[str, AfterValidator(_is_encoding)]


class ListSource(Frozen):
    """Who published a list that is imported: what the registry says of sources that are crawled."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
    """Key in the store; `import_` is put before it. The same name again means: a newer state of the same list."""
    title: Text
    publisher: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    """The page on which the list was published."""
    licence: Text
    funds: tuple[Fund, ...] = Limits(min_length=1)
    tier: Tier = Tier.OFFICIAL_RECORD
    """Of a list that the authority itself publishes, which the law makes it do; `discovery` for anybody else's."""
    zone: Zone = ""
    """IANA name of the time zone of its deadlines; empty: that of the country's capital."""
    lookups: dict[str, dict[str, str]] = Limits(default_factory=dict)
    """Corrections of single values, per field: found -> meant. `status: {<its label>: forthcoming, open or closed}`."""


class Mapping(Frozen):
    """How to read one list. `columns`: field -> headers (words they begin with or hold), JSON paths or XML paths."""

    country: Country
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    """ISO 639-1, of the list."""
    columns: Annotated[dict[Field, tuple[str, ...]], Limits(min_length=1)]
    required: tuple[Field, ...] = (Field.TITLE, Field.OPENING)
    """Columns without which a row of headers is none; of a record, only the title is indispensable."""
    records: str = ""
    """Where the records are: the path of a JSON list, the name of an XML element; of a workbook the name of the only
    sheet to be read. Empty: the whole document is the list, or all sheets that have the header."""
    constants: dict[Field, str] = Limits(default_factory=dict)
    """Values that hold for every call of the list, where no column says otherwise."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"
    """Of amounts that name none."""
    unit: str = ""
    """The word that bare amounts lack when a header says that they are in thousands or millions: "mil."."""
    share: Literal["", "eu", "total"] = ""
    """What the amounts count: the fund's money alone, or national public money with it."""
    encoding: Encoding = ""
    """Of a CSV or JSON file that is in no form of Unicode."""
    epoch: Zone = ""
    """IANA name of the time zone in which days that are written as milliseconds since 1970 are to be understood."""
    ignored: tuple[str, ...] = ()
    """Headers that are known and not wanted; any other that no field answers to becomes an issue."""
    source: ListSource | None = None
    """Of a list that is imported; a spider's stands in the registry."""

    def holding(self, constants: Pairs[Field, str]) -> Self:
        """The mapping with further values that hold for every call of the list."""
        return self.model_copy(update={"constants": {**self.constants, **constants}})


def load_mapping(file: Path) -> Mapping:
    """Read and check a mapping. Raises BadFactFile naming file, field, what was found and what is allowed."""
    if file.is_file() and (size := file.stat().st_size) > MAX_BYTES:
        raise BadFactFile(f"{file}: {size} bytes; a mapping has at most {MAX_BYTES}. Give the mapping, not the list.")
    return build(Mapping, read(file), str(file))
