"""The use cases: the only door for CLI and dashboard."""

from matcher.service.lookup import NoCalls, NoProjects, NotFound
from matcher.service.service import FundSection, Service

__all__ = ["FundSection", "NoCalls", "NoProjects", "NotFound", "Service"]
