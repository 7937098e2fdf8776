"""A condition of a call, read from its own words, with the place where they stand."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from matcher.model.base import Frozen
from matcher.model.kinds import Basis, Role

DOCUMENT = "document:"
"""Begins the place of a quote from a call document; the SHA-256 of its bytes follows."""


class Quote(Frozen):
    """A verbatim piece of a stored text: `text == stored_text[start:end]`."""

    text: str
    place: str
    """The stored field of the call it stands in (title, text, conditions, applicants, terms), or DOCUMENT + SHA-256."""
    start: int
    end: int
    page: int | None = None
    """Of a call document, counted from 1."""

    @property
    def document(self) -> str | None:
        """SHA-256 of the call document it stands in; None for a field of the call."""
        return self.place.removeprefix(DOCUMENT) if self.place.startswith(DOCUMENT) else None


class CriterionKind(StrEnum):
    """What a condition is about; behind each, what its `values` are."""

    # Who: kinds of applicant (ApplicantKind, OTHER, SOME_LOCAL, SOME_PRIVATE, some of a kind)
    APPLICANT_KIND = "applicant_kind"
    EXCLUDED_KIND = "excluded_kind"
    MUST_INCLUDE_KIND = "must_include_kind"
    """Kinds of which the consortium needs at least one body (`together`: one of each)."""
    EXCLUDED_BODY = "excluded_body"
    """A key of a sort of bodies that no kind names: hungarian_public_interest_trust."""
    ROLE = "role"
    """Roles that the call offers."""

    # Where: ISO codes and country groups (CountryGroup)
    COUNTRY = "country"
    EXCLUDED_COUNTRY = "excluded_country"

    # With whom: one whole number
    MIN_APPLICANTS = "min_applicants"
    MAX_APPLICANTS = "max_applicants"
    MIN_COUNTRIES = "min_countries"
    MIN_MEMBER_STATES = "min_member_states"
    """Member States that must be among the applicants' countries; "must include a Member State" is 1."""
    INDEPENDENT = "independent"
    """How many applicants must be independent of each other; 0: all, whatever their number."""
    AFFILIATED = "affiliated"
    """How affiliated entities count towards the least numbers: "not_counted" or "counted"."""

    # What the organisation must be or have
    POPULATION = "population"
    """Inhabitants, one whole number."""
    LANGUAGE = "language"
    """ISO 639-1 codes of languages an application may be written in."""
    EXPERIENCE = "experience"
    """Keys of what must have been done before (ExperienceKey); the quote says it in full."""
    INVITED = "invited"
    """Only bodies that were named or chosen before may apply: framework partners, named authorities. Value: "yes"."""

    # Money and time: whole numbers
    FUNDING_RATE = "funding_rate"
    """Per cent of eligible costs, at most."""
    GRANT_MIN = "grant_min"
    GRANT_MAX = "grant_max"
    """Euro for one project."""
    LUMP_SUM = "lump_sum"
    """"yes", or the sums in euro that can be chosen."""
    PRE_FINANCING = "pre_financing"
    """Per cent of the grant that is paid first."""
    DURATION_MIN = "duration_min"
    DURATION_MAX = "duration_max"
    """Months."""
    SUB_GRANTS = "sub_grants"
    """Financial support to third parties: "yes" or "no"."""
    SUB_GRANT_MAX = "sub_grant_max"
    """Euro for one third party."""


class CountryGroup(StrEnum):
    """Countries that a condition names together. The programme's dated table says who is associated."""

    EU = "eu"
    """All Member States."""
    EEA = "eea"
    """Iceland, Liechtenstein, Norway."""
    ASSOCIATED_EEA = "associated_eea"
    """Those of them that are associated to the programme."""
    PARTICIPATING = "participating"
    """Whoever takes part in the programme."""
    ASSOCIATED = "associated"
    """Countries outside the EU that are associated to the programme."""
    NEGOTIATING = "negotiating"
    """Countries whose association is being negotiated: eligible if it takes effect before the grant is signed."""
    ANY = "any"
    """No country is left out."""


class ExperienceKey(StrEnum):
    """What a call can ask to have been done before."""

    EU_PROJECT = "eu_project"
    """Took part in a project paid by the EU."""
    LED_EU_PROJECT = "led_eu_project"
    MULTI_COUNTRY = "multi_country"
    """Took part in a project across borders."""
    SAME_FIELD = "same_field"
    """Years or projects in the field of the call."""
    LABEL = "label"
    """Holds a label or an earlier award that the call names: URBACT Good Practice, an Erasmus charter."""


class Criterion(Frozen):
    """A condition that the call itself states; what `values` are, CriterionKind says.

    Several criteria of one kind, basis and role hold at once. Alternatives stand in one criterion.
    """

    kind: CriterionKind
    values: tuple[str, ...]
    basis: Basis
    quote: Quote | None = None
    role: Role | None = None
    """The role the condition holds for; None means every funded applicant."""
    together: bool = False
    """False: one of the values is enough. True: all of them at once."""
    confidence: Annotated[float, Field(gt=0, le=1)] = 1.0
    """How sure it is that the words were understood; 1 for what a source gives as a value of its own."""
    topics: tuple[str, ...] = ()
    """Codes of the topics it holds for, where a document covers several; empty: all of them."""
