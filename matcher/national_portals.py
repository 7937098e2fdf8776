"""Where each Member State tells of its programmes under shared management, and whom to ask there, as types.

Knows nothing of files (`matcher.national_portals_file` reads them) and no source: what we read ourselves is the
business of `matcher.national_coverage`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from matcher.model import Authority, Country, Frozen, Fund, Text

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]
Funds = Annotated[tuple[Fund, ...], Field(min_length=1)]


class Witness(StrEnum):
    """Who says so: an official page of the body, the Member State or the Commission; or a third party."""

    SEEN = "seen"
    REPORTED = "reported"


class Told(Frozen):
    """A fact with the page it was read on and the day it was read."""

    source: Text
    as_of: date
    evidence: Witness
    note: str = ""


class Portal(Told):
    """The single national website portal (Regulation (EU) 2021/1060, Article 46(b)), in its own language's name."""

    title: Text
    url: Url
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Timetable(Told):
    """A page with the timetable of planned calls of some funds (Article 49(2) of the same regulation)."""

    url: Url
    funds: Funds


class ManagingAuthority(Told):
    """A body that manages programmes of some funds, or a part of them; `english`: its name explained."""

    name: Text
    english: str = ""
    url: Url | None = None
    funds: Funds


class NationalPortal(Frozen):
    """What is known of a Member State. Without a portal `note` says why there is none."""

    country: Country
    portal: Portal | None
    timetables: tuple[Timetable, ...] = ()
    authorities: tuple[ManagingAuthority, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _a_gap_is_explained(self) -> Self:
        if self.portal is None and not self.note:
            raise ValueError("a country without a portal needs a note that says what was looked for")
        return self

    @property
    def authority(self) -> Authority | None:
        """Whom to ask of a call that does not name its body: the portal."""
        return Authority(name=self.portal.title, url=self.portal.url) if self.portal else None
