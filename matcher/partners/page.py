"""What a reader is shown of a search for partners, as a type. Knows neither store nor encoder."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.model import Board, Profile, Role
from matcher.partners.roles import Advice
from matcher.partners.suggesting import Suggestion, Suggestions
from matcher.reference.networks import Network


@dataclass(frozen=True)
class PartnerPage:
    """What a draft lacks, who could fill it, and where else to ask."""

    board: Board
    asking: Profile
    advice: Advice
    """Which role the asking organisation is advised to take."""
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

    @property
    def role(self) -> Role | None:
        """Of the asking organisation in the draft; None where it is not in."""
        return next((one.role for one in self.board.members if one.profile == self.asking.id), None)

    @property
    def leads(self) -> tuple[Suggestion, ...]:
        """Experienced organisations to write to, for one that is advised to join; those that repair something first."""
        return tuple(filter(self._is_lead, (*self.suggestions.repairing, *self.suggestions.strengthening)))

    @property
    def partners(self) -> tuple[Suggestion, ...]:
        """All others that repair something."""
        return tuple(one for one in self.suggestions.repairing if not self._is_lead(one))

    @property
    def strengthening(self) -> tuple[Suggestion, ...]:
        """All others that repair nothing and would fit."""
        return tuple(one for one in self.suggestions.strengthening if not self._is_lead(one))

    def _is_lead(self, one: Suggestion) -> bool:
        return self.advice.role is not Role.COORDINATOR and one.advice.role is Role.COORDINATOR
