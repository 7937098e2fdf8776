"""All that one mail tells, also what the mail only links to."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.responses import Response

from dashboard.routes.page import problem
from dashboard.routes.resource import Asked
from matcher.alerts.digests.digest import Digest
from matcher.alerts.letters.render import items_html
from matcher.model import MailKind


def whole(asked: Asked) -> Response:
    """The mail as a page; 410 once its content was deleted, which a setting says when."""
    mail = asked.answers.mail(asked.token, datetime.now(UTC))
    owner = asked.answers.subscription(mail.subscription) if mail else None
    if mail is None or owner is None or not mail.content or mail.kind is MailKind.CONFIRMATION:
        return problem(asked.request, 410)
    digest = Digest.model_validate_json(mail.content)
    items = items_html(digest, owner, asked.answers.links, mail.kind is MailKind.URGENT)
    matches = asked.answers.links.matches_page(digest.profile)
    return asked.page("digest", language=owner.language, digest=digest, items=items, matches=matches)
