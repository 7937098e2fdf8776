"""The mail that a new subscriber of an organisation would get: for an operator to look at. Plans and sends nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from matcher.alerts.digests.digest import Digest, compose
from matcher.alerts.digests.gate import source_states, stale_sources
from matcher.alerts.digests.planning import open_window
from matcher.alerts.digests.standing import Outlook
from matcher.alerts.digests.window import Past
from matcher.alerts.letters.render import Rendered, render_digest
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.model import Consent, Subscription

if TYPE_CHECKING:
    from matcher.service import Service

NOBODY = "preview"
"""Id of the subscriber that is none: the links of a preview that are somebody's own lead nowhere."""


def preview_digest(service: Service, profile_id: str, on: date, place: int | None, first: date) -> Digest | None:
    """The digest of that day with the news beyond a place in the ledger, else with that learnt since the day `first`.

    None: nothing to tell. Raises NotFound, NoCalls.
    """
    profile = service.open_profile(profile_id)
    cursor = service.store.ledger.head(before=first) if place is None else place
    states = source_states(service.store.cards(), service.store.runs(), on)
    window = open_window(service, cursor, states, on)
    news = window.news(cursor, Past())
    cards = Outlook(service, profile, on).cards() if news else {}
    return compose(_nobody(profile.id, "en", on), profile, news, cards, on, stale_sources(states, profile.country))


def rendered_preview(service: Service, digest: Digest, language: str) -> Rendered:
    links = Links(service.settings, Tokens(service.settings))
    return render_digest(digest, _nobody(digest.profile, language, digest.on), links, links.digest(NOBODY))


def _nobody(profile: str, language: str, on: date) -> Subscription:
    asked = datetime.combine(on, time(), UTC)
    consent = Consent(text_version=NOBODY, asked=asked, confirmed=asked)
    return Subscription(id=NOBODY, address="nobody@localhost", profile=profile, language=language, consent=consent)
