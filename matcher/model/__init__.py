"""The words of the trade as frozen types: call, profile, criterion, verdict, route, contribution, match.

Imports nothing of ours and nothing heavy, so that every part of the system can speak these words.
"""

from matcher.model.base import Country, Frozen, Text
from matcher.model.call import Call, Link, Origin, Sighting, Update
from matcher.model.consortium import Board, Condition, Gap, Member, lacking
from matcher.model.criterion import DOCUMENT, CountryGroup, Criterion, CriterionKind, ExperienceKey, Quote
from matcher.model.deadlines import Deadline, Precision, last_day
from matcher.model.documents import Body, Document, DocumentRole, DocumentText, Heading, Table
from matcher.model.kinds import (
    OTHER,
    SOME_LOCAL,
    SOME_PRIVATE,
    ApplicantKind,
    Basis,
    CallKind,
    CallStatus,
    DeadlineModel,
    Fund,
    Role,
    Tier,
)
from matcher.model.match import (
    Answer,
    Contribution,
    Evidence,
    Goal,
    GoalServed,
    Match,
    Route,
    RouteBody,
    RouteKind,
    Verdict,
)
from matcher.model.money import Budget, GrantSize, Money
from matcher.model.national import AmountShare, Area, Authority, National, Place
from matcher.model.profile import Experience, Fact, Need, OrganisationType, Population, Profile, Sum
from matcher.model.project import OrganisationKind, Participant, Project, ProjectRole, ProjectStatus
from matcher.model.run import Issue, Run, RunOutcome, SourceCard, Stages

__all__ = [
    "DOCUMENT",
    "OTHER",
    "SOME_LOCAL",
    "SOME_PRIVATE",
    "AmountShare",
    "Answer",
    "ApplicantKind",
    "Area",
    "Authority",
    "Basis",
    "Board",
    "Body",
    "Budget",
    "Call",
    "CallKind",
    "CallStatus",
    "Condition",
    "Contribution",
    "Country",
    "CountryGroup",
    "Criterion",
    "CriterionKind",
    "Deadline",
    "DeadlineModel",
    "Document",
    "DocumentRole",
    "DocumentText",
    "Evidence",
    "Experience",
    "ExperienceKey",
    "Fact",
    "Frozen",
    "Fund",
    "Gap",
    "Goal",
    "GoalServed",
    "GrantSize",
    "Heading",
    "Issue",
    "Link",
    "Match",
    "Member",
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
    "RouteBody",
    "RouteKind",
    "Run",
    "RunOutcome",
    "Sighting",
    "SourceCard",
    "Stages",
    "Sum",
    "Table",
    "Text",
    "Tier",
    "Update",
    "Verdict",
    "lacking",
    "last_day",
]
