"""Where each Member State tells of its programmes under shared management, as types.

Knows nothing of files (`matcher.reference.national_portals_file` reads them), of the bodies behind the programmes
(`matcher.reference.bodies`) and of sources: what we read ourselves is the business of `matcher.national_coverage`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from matcher.model import Country, Frozen, Fund, Text
from matcher.reference.told import Told, Url

Funds = Annotated[tuple[Fund, ...], Field(min_length=1)]


class Portal(Told):
    """The single national website portal (Regulation (EU) 2021/1060, Article 46(b)), in its own language's name."""

    title: Text
    url: Url
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Timetable(Told):
    """A page with the timetable of planned calls of some funds (Article 49(2) of the same regulation)."""

    url: Url
    funds: Funds


class NationalPortal(Frozen):
    """What is known of a Member State. Without a portal `note` says why there is none."""

    country: Country
    portal: Portal | None
    timetables: tuple[Timetable, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _a_gap_is_explained(self) -> Self:
        if self.portal is None and not self.note:
            raise ValueError("a country without a portal needs a note that says what was looked for")
        return self
