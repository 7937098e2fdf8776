"""How organisations are called where one of them is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from matcher.languages import Speaker
from matcher.model import Profile


def names(say: Speaker, profiles: Iterable[Profile]) -> dict[str, str]:
    """Name and country of each by its id; no two are alike.

    Where several are called the same, the id stands behind: a reader could not tell them apart, and Streamlit finds
    the chosen one again by its words alone.
    """
    told = {one.id: f"{one.name} ({say.country_name(one.country)})" for one in profiles}
    times = Counter(told.values())
    return {id: f"{name}, {id}" if times[name] > 1 else name for id, name in told.items()}
