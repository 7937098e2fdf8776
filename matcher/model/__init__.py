"""The words of the trade as frozen types: call, profile, criterion, verdict, route, contribution, match.

Imports nothing of ours and nothing heavy, so that every part of the system can speak these words.
"""

from matcher.model.base import Country, Frozen, Text
from matcher.model.call import Call, Criterion, Link, Origin, Quote, Sighting, Update
from matcher.model.deadlines import Deadline, Precision, last_day
from matcher.model.documents import Body, Document
from matcher.model.kinds import (
    OTHER,
    SOME_LOCAL,
    SOME_PRIVATE,
    ApplicantKind,
    Basis,
    CallKind,
    CallStatus,
    CriterionKind,
    DeadlineModel,
    Fund,
    Role,
    Tier,
)
from matcher.model.match import Answer, Contribution, Evidence, Match, Route, RouteKind, Verdict
from matcher.model.money import Budget, GrantSize, Money
from matcher.model.national import AmountShare, Area, Authority, National, Place
from matcher.model.profile import Fact, Need, OrganisationType, Population, Profile
from matcher.model.project import OrganisationKind, Participant, Project, ProjectRole, ProjectStatus
from matcher.model.run import Issue, Run, RunOutcome, SourceCard, Stages

__all__ = [
    "OTHER",
    "SOME_LOCAL",
    "SOME_PRIVATE",
    "AmountShare",
    "Answer",
    "ApplicantKind",
    "Area",
    "Authority",
    "Basis",
    "Body",
    "Budget",
    "Call",
    "CallKind",
    "CallStatus",
    "Contribution",
    "Country",
    "Criterion",
    "CriterionKind",
    "Deadline",
    "DeadlineModel",
    "Document",
    "Evidence",
    "Fact",
    "Frozen",
    "Fund",
    "GrantSize",
    "Issue",
    "Link",
    "Match",
    "Money",
    "National",
    "Need",
    "OrganisationKind",
    "OrganisationType",
    "Origin",
    "Participant",
    "Place",
    "Population",
    "Precision",
    "Profile",
    "Project",
    "ProjectRole",
    "ProjectStatus",
    "Quote",
    "Role",
    "Route",
    "RouteKind",
    "Run",
    "RunOutcome",
    "Sighting",
    "SourceCard",
    "Stages",
    "Text",
    "Tier",
    "Update",
    "Verdict",
    "last_day",
]
