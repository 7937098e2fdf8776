"""Who may apply and by which way: verdicts and routes. Pure: no clock, no files; numbers and law come as data."""

from matcher.eligibility.registry import RULES, Rule
from matcher.eligibility.routes import find_route
from matcher.eligibility.rules import assess

__all__ = ["RULES", "Rule", "assess", "find_route"]
