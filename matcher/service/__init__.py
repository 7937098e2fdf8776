"""The use cases: the only door for CLI and dashboard."""

from matcher.service.lookup import NoProjects, NotFound
from matcher.service.service import FundSection, Service
from matcher.standing.library import NoCalls, Outdated

__all__ = ["FundSection", "NoCalls", "NoProjects", "NotFound", "Outdated", "Service"]
