"""What organisations said of calls that were shown to them, to judge and tune the ranking by. Names no person. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matcher.model import Pursuit, Stage


def feedback(pursuits: Iterable[Pursuit]) -> list[dict[str, Any]]:
    """Organisation, call, stage, reason of a dismissal, and the day.

    Remarks are left out: in their own words people name people.
    """
    return [_said(one) for one in pursuits]


def feedback_line(said: dict[str, Any]) -> str:
    reason = f" ({said['reason']})" if said["reason"] else ""
    return f"{said['day']}  {said['organisation']}  {said['call']}  {said['stage']}{reason}"


def _said(one: Pursuit) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "call": one.call,
        "stage": one.stage.value,
        "reason": one.reason.value if one.reason and one.stage is Stage.DISMISSED else None,
        "day": one.changed.date().isoformat(),
    }
