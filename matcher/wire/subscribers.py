"""Subscriptions as JSON for the operator, their addresses masked."""

from __future__ import annotations

from matcher.addresses import masked
from matcher.model import Subscription
from matcher.wire.calls import Json


def subscriber_json(one: Subscription) -> Json:
    return one.model_dump(mode="json") | {"address": masked(one.address)}
