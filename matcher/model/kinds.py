"""The closed lists of the trade: funds, kinds of call, tiers of source, kinds of applicant, roles."""

from __future__ import annotations

from enum import StrEnum


class Fund(StrEnum):
    """The five rows of Table 1 of MILE policy brief 3 (April 2023)."""

    AMIF = "AMIF"
    ESF_PLUS = "ESF+"
    ERDF = "ERDF"
    ERASMUS_PLUS = "Erasmus+"
    CERV = "CERV"


class CallKind(StrEnum):
    """What one applies to: a grant topic or an external-action call (PROSPECT) of the portal, a sub-grant of a funded
    project, or a call that a body publishes on a site of its own (`call`)."""

    TOPIC = "topic"
    EXTERNAL_ACTION = "external_action"
    CASCADE = "cascade"
    CALL = "call"


class Tier(StrEnum):
    """What a source is worth for a call, best first: the body that decides, our own dated restatement of public pages,
    an official page that points to the call, and anybody else's list."""

    OFFICIAL_RECORD = "official_record"
    CURATED = "curated"
    OFFICIAL_POINTER = "official_pointer"
    DISCOVERY = "discovery"

    @property
    def rank(self) -> int:
        """0 is best."""
        return list(Tier).index(self)


class CallStatus(StrEnum):
    FORTHCOMING = "forthcoming"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class DeadlineModel(StrEnum):
    SINGLE_STAGE = "single_stage"
    TWO_STAGE = "two_stage"
    MULTIPLE_CUT_OFF = "multiple_cut_off"
    PERMANENT = "permanent"


class Basis(StrEnum):
    """Where a rule comes from, strongest first: the call document wins over topic conditions over programme rules."""

    CALL_DOCUMENT = "call_document"
    TOPIC_CONDITIONS = "topic_conditions"
    CALL_RECORD = "call_record"
    PROGRAMME_RULE = "programme_rule"


class ApplicantKind(StrEnum):
    """Legal nature of an applicant, as call documents sort them."""

    LOCAL_AUTHORITY = "local_authority"
    REGIONAL_AUTHORITY = "regional_authority"
    PUBLIC_BODY = "public_body"
    NON_PROFIT = "non_profit"
    CIVIL_SOCIETY = "civil_society"
    SOCIAL_ENTERPRISE = "social_enterprise"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    FOR_PROFIT = "for_profit"
    SME = "sme"
    RESEARCH = "research"
    EDUCATION = "education"
    SOCIAL_PARTNER = "social_partner"
    NATURAL_PERSON = "natural_person"
    INFORMAL_GROUP = "informal_group"
    """People without a legal person of their own: an initiative, a group of young people."""


OTHER = "other"
"""Stands in a condition for bodies that are understood and are none of the kinds above, such as ministries."""
SOME_LOCAL = "some_local_authorities"
"""Stands in a condition for a sort of local authorities that not each one is: associations of municipalities, a tier
above or below them, the districts of a city."""
SOME_PRIVATE = "some_private_bodies"
"""Stands in a condition for private bodies of which it is not said which: no authority is one of them."""


def some(kind: ApplicantKind) -> str:
    """Stands in a condition for bodies of a kind that are something else besides, such as public bodies with a mandate.

    A body of that kind may be meant, one that cannot be of that kind is not.
    """
    return SOME_LOCAL if kind is ApplicantKind.LOCAL_AUTHORITY else f"some_{kind}"


class Role(StrEnum):
    """What an organisation can be in a project (EU model grant agreement, Articles 7-9)."""

    COORDINATOR = "coordinator"
    BENEFICIARY = "beneficiary"
    AFFILIATED_ENTITY = "affiliated_entity"
    """Linked to a beneficiary by law or capital; has costs of its own, does not count towards least numbers."""
    ASSOCIATED_PARTNER = "associated_partner"
    SUB_GRANTEE = "sub_grantee"
