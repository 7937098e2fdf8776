"""What `data/reference/` states, as types: programmes, who takes part, actions, bodies, networks. `*files*` read it."""

from matcher.reference.facts import (
    Cell,
    DatedCell,
    FundRow,
    Management,
    Participation,
    PopulationRule,
    Programme,
    Reference,
    RoleRule,
    Standing,
)

__all__ = [
    "Cell",
    "DatedCell",
    "FundRow",
    "Management",
    "Participation",
    "PopulationRule",
    "Programme",
    "Reference",
    "RoleRule",
    "Standing",
]
