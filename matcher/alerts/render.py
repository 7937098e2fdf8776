"""The content of a mail -> subject, text and HTML in the recipient's language. All that was crawled is neutralised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.model import OutboxMail, Subscription

if TYPE_CHECKING:
    from matcher.alerts.links import Links


@dataclass(frozen=True)
class Rendered:
    subject: str
    """One line, of bounded length."""
    text: str
    html: str


def render(mail: OutboxMail, subscription: Subscription, links: Links) -> Rendered:
    """The mail as it goes out. Raises ValueError for one whose content was deleted."""
    raise NotImplementedError
