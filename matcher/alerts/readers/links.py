"""The addresses of this site as mails, feeds and calendars name them. Pure, but for the tokens' key.

Which pages answer them is the business of dashboard.routes and dashboard.views.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import quote, quote_plus, urlencode

from matcher.alerts.readers.tokens import Purpose, Tokens
from matcher.settings import Settings


@dataclass(frozen=True)
class Links:
    """Complete addresses below FUNDING_PUBLIC_URL; `subscription` and `mail` are ids."""

    configured: Settings
    tokens: Tokens

    def confirm(self, subscription: str) -> str:
        return self._signed("alerts/confirm", Purpose.CONFIRM, subscription)

    def settings(self, subscription: str) -> str:
        return self._signed("alerts/settings", Purpose.SETTINGS, subscription)

    def unsubscribe(self, subscription: str) -> str:
        """A POST to it ends the subscription (RFC 8058); a GET shows the page with that button."""
        return self._signed("alerts/unsubscribe", Purpose.UNSUBSCRIBE, subscription)

    def unsubscribe_mailto(self, subscription: str) -> str:
        """The same by mail, for List-Unsubscribe (RFC 2369); empty while no sender is set who could read it."""
        sender = parseaddr(self.configured.mail_sender)[1]
        token = self.tokens.sign(Purpose.UNSUBSCRIBE, subscription)
        return (
            f"mailto:{quote(sender, safe='@+')}?{urlencode({'subject': f'unsubscribe {token}'}, quote_via=quote)}"
            if sender
            else ""
        )

    def digest(self, mail: str) -> str:
        """All items of one mail."""
        return self._signed("alerts/digest", Purpose.DIGEST, mail)

    def choice(self, subscription: str, call: str) -> str:
        """Save a call, or say that it is not for this organisation."""
        return self.choices(subscription)(call)

    def choices(self, subscription: str) -> Callable[[str], str]:
        """Call id -> the same, for all calls of one mail: signed once."""
        page = self._signed("alerts/call", Purpose.CHOICE, subscription)
        return lambda call: f"{page}?call={_quoted(call)}"

    def calendar(self, subscription: str) -> str:
        return f"{self._signed('alerts/calendar', Purpose.CALENDAR, subscription)}.ics"

    def call_page(self, profile: str, call: str) -> str:
        """What is known of a call, as an organisation sees it."""
        return f"{self._base}/call?profile={_quoted(profile)}&call={_quoted(call)}"

    def matches_page(self, profile: str) -> str:
        return f"{self._base}/?{urlencode({'profile': profile})}"

    def subscribe(self, profile: str = "") -> str:
        return f"{self._base}/alerts/subscribe" + (f"?{urlencode({'profile': profile})}" if profile else "")

    def privacy(self, language: str = "") -> str:
        return f"{self._base}/privacy" + (f"?{urlencode({'lang': language})}" if language else "")

    def _signed(self, path: str, purpose: Purpose, id: str) -> str:
        return f"{self._base}/{path}/{self.tokens.sign(purpose, id)}"

    @property
    def _base(self) -> str:
        return self.configured.public_url.rstrip("/")


@lru_cache(maxsize=10_000)
def _quoted(id: str) -> str:
    """The same calls stand in many mails."""
    return quote_plus(id)
