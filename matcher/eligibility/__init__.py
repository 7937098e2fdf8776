"""Who may apply and by which way: verdicts and routes. Pure: no clock, no files; numbers and law come as data."""

from matcher.eligibility.precedence import CERTAIN
from matcher.eligibility.registry import Rule
from matcher.eligibility.routes import find_route
from matcher.eligibility.rules import RULES, assess

__all__ = ["CERTAIN", "RULES", "Rule", "assess", "find_route"]
