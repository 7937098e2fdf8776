"""Who may read the plain pages of an organisation that is not public: the holder of a signed key, for 90 days."""

from __future__ import annotations

from datetime import datetime

from matcher.alerts.readers.tokens import BadToken, Purpose, Tokens
from matcher.model import Profile
from matcher.service import NotFound, Service
from matcher.settings import Settings


def key(service: Service, profile: str, now: datetime) -> str:
    """What an address must hold to be answered; empty where everybody may read. `now` is aware."""
    if is_open(service, profile):
        return ""
    return Tokens(service.settings, lambda: now).sign(Purpose.PLAIN, profile)


def readable(service: Service, profile: str, given: str, now: datetime) -> Profile:
    """The organisation, for whoever may read it; NotFound for everybody else, as if there was none."""
    if not is_open(service, profile) and not _opens(service.settings, profile, given, now):
        raise NotFound("no such organisation, or the link is not complete or has expired")
    return service.profile(profile)


def is_open(service: Service, profile: str) -> bool:
    """Whether anybody may read it: an example that was shipped, or all on a machine that has one user."""
    return service.is_public(profile) or service.settings.is_single


def _opens(settings: Settings, profile: str, given: str, now: datetime) -> bool:
    try:
        return Tokens(settings, lambda: now).read(Purpose.PLAIN, given) == profile
    except BadToken:
        return False
