"""Who could fill what a draft of a consortium lacks: candidates, suggestions, advice. All pure but `search`."""

from matcher.partners.candidate import Candidate, Engagement, Nearness
from matcher.partners.gathering import gather
from matcher.partners.suggesting import Suggestion, Suggestions, suggest

__all__ = ["Candidate", "Engagement", "Nearness", "Suggestion", "Suggestions", "gather", "suggest"]
