"""Leave. A GET shows the button, a POST ends the subscription: from the page, or by a mail program (RFC 8058).

The POST asks for nothing but the token: no cookie, no login, no redirect; as often as one likes, with the same answer.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from dashboard.routes.resource import Asked
from matcher.addresses import masked
from matcher.alerts.readers import subscribing
from matcher.alerts.readers.tokens import BadToken, Purpose, Refusal
from matcher.model import Subscription, SubscriptionState


def ask(asked: Asked) -> Response:
    """Changes nothing: link scanners follow every link of a mail."""
    try:
        mine = subscribing.holder(asked.answers.service, Purpose.UNSUBSCRIBE, asked.token, datetime.now(UTC))
    except BadToken as error:
        if error.refusal is Refusal.GONE:  # erased after it ended: there is nothing left to leave
            return _left(asked, None)
        raise
    if mine.state is SubscriptionState.ENDED:
        return _left(asked, mine)
    return asked.page(
        "unsubscribe",
        language=mine.language,
        name=asked.answers.name(mine.profile),
        address=masked(mine.address),
    )


def leave(asked: Asked) -> Response:
    return _left(asked, subscribing.unsubscribe(asked.answers.service, asked.token, datetime.now(UTC)))


def _left(asked: Asked, mine: Subscription | None) -> Response:
    service = asked.answers.service
    ended = mine.ended if mine and mine.ended else None
    return asked.page(
        "left",
        language=mine.language if mine else "",
        name=asked.answers.name(mine.profile) if mine else "",
        erased=(ended + timedelta(days=service.settings.keep_ended_days)).date() if ended else None,
        again=asked.answers.links.subscribe(mine.profile if mine else ""),
    )
