"""The routes' only door to the matcher's work: what a page asks and what it changes. Knows no HTTP, draws nothing.

Everything here may wait for the disk or compute: a route calls it in a thread (`resource.Resource` does, else
starlette.concurrency.run_in_threadpool).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import BadSecret, BadToken, Purpose, Refusal, Tokens
from matcher.model import OutboxMail, Subscription, SubscriptionState
from matcher.settings import Settings

if TYPE_CHECKING:
    from matcher.service import Service

FRESH = 5.0
"""Seconds for which the calls that were read count as those of the store."""


class Answers:
    """One for each server. Its methods may be called from several threads."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._lock = Lock()
        self._service: Service | None = None
        self._loaded = ""
        self._looked = 0.0

    @property
    def service(self) -> Service:
        """Reads each call once, and anew when another run was loaded. Raises StoreError."""
        with self._lock:
            if self._service is None or self._clock() - self._looked > FRESH:
                self._service = self._renewed(self._service)
                self._looked = self._clock()
            return self._service

    def renew(self) -> None:
        """Whoever asks next is answered from what the store holds then."""
        with self._lock:
            self._service = None

    @property
    def links(self) -> Links:
        return Links(self.settings, Tokens(self.settings))

    def name(self, profile: str) -> str:
        """Of an organisation; its id, where there is none with it any more: whoever wants to leave must be able to."""
        from matcher.service import NotFound

        try:
            return self.service.open_profile(profile).name
        except NotFound:
            return profile

    def owner(self, purpose: Purpose, token: str, now: datetime) -> Subscription:
        """Whose link it is, while the subscription runs. Raises BadToken."""
        from matcher.alerts.readers.subscribing import holder

        mine = holder(self.service, purpose, token, now)
        if mine.state is SubscriptionState.ENDED:
            raise BadToken(Refusal.GONE)
        return mine

    def take_back(self, token: str, call: str, now: datetime) -> Subscription:
        """What was chosen for a call, by the link to the settings; also for a call that is not there any more."""
        mine = self.owner(Purpose.SETTINGS, token, now)
        return self.service.store.subscriptions.choose(mine.id, call, None, now) or mine

    def mail(self, token: str, now: datetime) -> OutboxMail | None:
        """The mail whose page a link leads to; None when it was erased. Raises BadToken."""
        id = Tokens(self.settings, lambda: now).read(Purpose.DIGEST, token)
        return self.service.store.outbox.mail(id)

    def subscription(self, id: str) -> Subscription | None:
        return self.service.store.subscriptions.subscription(id)

    def _renewed(self, service: Service | None) -> Service:
        from matcher.service import Service as NewService

        service = service or NewService(self.settings)
        loaded = service.store.worked_out.state()
        if loaded == self._loaded:
            return service
        self._loaded = loaded
        return NewService(self.settings)


class WithAnswers:
    """ASGI middleware: puts the one `Answers` of the server where `answers_of` finds it."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self.app, self.answers = app, answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["state"] = {**scope.get("state", {}), "answers": self.answers}
        await self.app(scope, receive, send)


def answers_of(connection: HTTPConnection) -> Answers:
    """Also of a request in an application that is mounted below (FastAPI)."""
    answers: Answers = connection.state.answers
    return answers


def is_outdated(error: Exception) -> bool:
    """Whether calls were loaded while something was answered: it can be asked once more, after `Answers.renew`."""
    from matcher.service import Outdated

    return isinstance(error, Outdated)


def problem_status(error: Exception) -> int:
    """The HTTP status that tells a visitor what kind of problem this is.

    503: the operator can mend it, and the message says how. 500: a fault of the program.
    """
    from matcher.alerts.mailing.sender import BadMailSetting
    from matcher.factfile import BadFactFile
    from matcher.local_model import ModelMissing
    from matcher.service import NoCalls, NotFound, Outdated
    from matcher.store import StoreError

    if isinstance(error, BadToken):
        return 404 if error.refusal is Refusal.FOREIGN else 410
    if isinstance(error, NotFound):
        return 404
    ours_to_mend = (StoreError, NoCalls, Outdated, BadFactFile, BadMailSetting, BadSecret, ModelMissing)
    return 503 if isinstance(error, ours_to_mend) else 500
