"""Answers that a reader keeps and asks for again only when they changed (RFC 9110, part 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response


def conditional(
    request: Request,
    body: bytes,
    media_type: str,
    cache: str,
    modified: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The body, or 304 without it where the reader has this very one. `cache`: the value of Cache-Control."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    told = dict(headers or {}) | {"ETag": tag, "Cache-Control": cache}
    if modified:
        told["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    if _has_it(request.headers, tag, modified):
        return Response(status_code=304, headers=told)
    return Response(body, media_type=media_type, headers=told)


class FirstGiven:
    """Since when a body is the answer under an address: when this server first gave it out.

    The ledger knows days and no hours, so that nothing in it can be compared with If-Modified-Since. A moment of this
    server never says "unchanged" of what changed: another body has a later second, whatever the clock does.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._given: dict[str, tuple[bytes, datetime]] = {}

    def moment(self, address: str, body: bytes, now: datetime) -> datetime:
        known = hashlib.sha256(body).digest()
        with self._lock:
            before, since = self._given.get(address, (b"", datetime.min.replace(tzinfo=UTC)))
            if before != known:
                since = max(now.replace(microsecond=0), since + timedelta(seconds=1))
                self._given[address] = known, since
            return since


def _has_it(asked: Mapping[str, str], tag: str, modified: datetime | None) -> bool:
    """If-None-Match alone decides where it is given (13.2.2); it is compared weakly (13.1.2)."""
    wanted = asked.get("if-none-match")
    if wanted is not None:
        known = [one.strip().removeprefix("W/") for one in wanted.split(",")]
        return tag in known or known == ["*"]
    since = _moment(asked.get("if-modified-since", ""))
    return modified is not None and since is not None and modified <= since


def _moment(text: str) -> datetime | None:
    """A date of HTTP; None for what is none, which is as if nothing was asked (13.1.3)."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
