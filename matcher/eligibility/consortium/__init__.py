"""A draft of a consortium before a call: which conditions hold, which fail, and what repairs them. All pure."""

from matcher.eligibility.consortium.check import CONSORTIUM_RULES, board, check, with_member

__all__ = ["CONSORTIUM_RULES", "board", "check", "with_member"]
