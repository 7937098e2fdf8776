"""One call of a mail: follow it, or put it aside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from starlette.responses import Response

from dashboard.routes.resource import Asked
from dashboard.routes.subscriber import chosen_call
from matcher.alerts.readers import subscribing
from matcher.alerts.readers.tokens import Purpose
from matcher.model import Subscription

CHOICES: dict[str, Literal["saved", "dismissed"] | None] = {"saved": "saved", "dismissed": "dismissed", "none": None}


def ask(asked: Asked) -> Response:
    mine = asked.answers.owner(Purpose.CHOICE, asked.token, datetime.now(UTC))
    asked.answers.service.call(asked.query("call"))
    return _page(asked, mine, saved=False)


def choose(asked: Asked) -> Response:
    """Anything the page does not offer takes the choice back."""
    now, kind = datetime.now(UTC), CHOICES.get(asked.form.get("choice", ""))
    asked.answers.owner(Purpose.CHOICE, asked.token, now)
    call = asked.answers.service.call(asked.query("call"))
    mine = subscribing.choose(asked.answers.service, asked.token, call.id, kind, now)
    return _page(asked, mine, saved=True)


def _page(asked: Asked, mine: Subscription, saved: bool) -> Response:
    service = asked.answers.service
    call = service.call(asked.query("call")).id
    choice = "saved" if call in mine.saved else "dismissed" if call in mine.dismissed else "none"
    return asked.page(
        "choice",
        language=mine.language,
        saved=saved,
        choice=choice,
        name=asked.answers.name(mine.profile),
        call=chosen_call(service, asked.answers.links, mine.profile, call),
    )
