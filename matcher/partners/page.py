"""What a reader is shown of a search for partners, as a type. Knows neither store nor encoder."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.model import Board, Profile, Role
from matcher.networks import Network
from matcher.partners.roles import Advice
from matcher.partners.suggesting import Suggestions


@dataclass(frozen=True)
class PartnerPage:
    """What a draft lacks, who could fill it, and where else to ask."""

    board: Board
    asking: Profile
    advice: Advice
    """Which role the asking organisation is advised to take."""
    role: Role
    """The role it has in the draft: the advised one, unless it said that it leads."""
    suggestions: Suggestions
    networks: tuple[Network, ...]
    """Those of which a member of the draft is a member come first."""
    memberships: tuple[str, ...]
    """Keys of those networks."""
    closed: str
    """Why partners are not searched for a call of this sort; empty: they are."""
    looked_at: int
    """Past projects whose participants were candidates."""
    stored: int
    """Past projects in the store."""
