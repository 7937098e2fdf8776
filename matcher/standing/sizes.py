"""The signal of `matcher.money.size` for many calls at once: does a project strain an organisation's budget? Pure."""

from __future__ import annotations

import numpy as np
import pandas as pd

from matcher.model import Profile, Role
from matcher.money.size import YEAR, SizeWeight, Span
from matcher.signals import Scores


def strains(facts: pd.DataFrame, profile: Profile, weight: SizeWeight) -> Scores:
    """0 to 1 for each call, by the lightest role the organisation takes on; 0 where it is not known."""
    if profile.annual_budget is None:
        return np.zeros(len(facts))
    shares = 1 / facts["shared_by"] if Role.BENEFICIARY in profile.roles else 1.0
    years = np.fmax(facts["months"], YEAR) / YEAR
    budget = profile.annual_budget.value
    parts = [
        _strain(weight.grant, facts["load"] * shares / years / budget),
        _strain(weight.own, facts["own_load"] * shares / years / budget),
    ]
    strain = np.maximum(*parts)
    return np.where(facts["months"].isna(), 0.0, strain)


def _strain(span: Span, share: pd.Series[float]) -> Scores:
    """See `Span.strain`."""
    given = share.to_numpy(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = np.log2(given / span.easy) / np.log2(span.too_much / span.easy)
    return np.where(given > 0, np.clip(grown, 0.0, 1.0), 0.0)
