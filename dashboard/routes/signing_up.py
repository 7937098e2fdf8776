"""Sign up and confirm. The answer to a sign-up is the same whoever owns the address and whatever is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from dashboard.routes.form import chosen_rhythm, languages, rhythms
from dashboard.routes.page import problem, reader_language
from dashboard.routes.resource import Asked
from dashboard.routes.rhythm import next_mail
from matcher.addresses import masked
from matcher.alerts.letters.confirmation import VALID_HOURS
from matcher.alerts.readers import subscribing
from matcher.alerts.readers.consent import text_version, wording
from matcher.alerts.readers.tokens import Purpose
from matcher.languages import speaker
from matcher.languages.terms import RHYTHMS
from matcher.model import Profile, Rhythm

SAME_SITE = {"Referrer-Policy": "same-origin"}
"""Of the form, whose address holds no token: with "no-referrer" a browser does not say which site it posts from."""

NO_SOONER = 0.1
"""Seconds: several times what a sign-up takes that is written to the disk. One beyond the limits is not written, and
what is quicker would tell that the address was asked for before, or that it is suppressed."""


@dataclass(frozen=True)
class Chosen:
    """What the form is filled in with."""

    address: str
    profile: str
    language: str
    rhythm: Rhythm
    urgent: bool


def form(asked: Asked) -> Response:
    spoken = reader_language(asked.request)
    return _form(asked, Chosen("", asked.query("profile"), spoken, Rhythm.WEEKLY, urgent=False))


def sign_up(asked: Asked) -> Response:
    """What is wrong with the form is told beside its fields; nothing is told of who is subscribed."""
    if not is_ours(asked.request, asked.answers.settings.public_url):
        return problem(asked.request, 403)
    spoken, given = reader_language(asked.request), asked.form.get
    rhythm, urgent = chosen_rhythm(given("rhythm", "")), bool(given("urgent"))
    chosen = Chosen(given("address", ""), given("profile", ""), given("language", spoken), rhythm, urgent)
    try:
        subscribing.sign_up(
            asked.answers.service,
            chosen.address,
            chosen.profile,
            chosen.language,
            datetime.now(UTC),
            chosen.rhythm,
            chosen.urgent,
            shown_in=spoken,
        )
    except subscribing.BadSignUp as error:
        return _form(asked, chosen, error.field)
    return asked.page("asked", hours=VALID_HOURS)


def ask(asked: Asked) -> Response:
    """What the button would begin."""
    mine = subscribing.holder(asked.answers.service, Purpose.CONFIRM, asked.token, datetime.now(UTC))
    return asked.page(
        "confirm",
        language=mine.language,
        name=asked.answers.name(mine.profile),
        address=masked(mine.address),
        rhythm=RHYTHMS[mine.rhythm],
        urgent=mine.urgent,
        spoken=mine.language,
    )


def confirm(asked: Asked) -> Response:
    now, service = datetime.now(UTC), asked.answers.service
    mine = subscribing.confirm(service, asked.token, now)
    links = asked.answers.links
    return asked.page(
        "confirmed",
        language=mine.language,
        name=asked.answers.name(mine.profile),
        first=next_mail(now, mine.rhythm),
        matches=links.matches_page(mine.profile),
        settings=links.settings(mine.id),
    )


def is_ours(request: Request, public_url: str) -> bool:
    """Whether a form was not posted from another site, as far as the browser tells.

    Browsers say it by `Sec-Fetch-Site` (W3C Fetch Metadata) or `Origin` (RFC 6454); what says neither is none, and has
    no visitor whom a site could misuse.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site in ("same-origin", "none")
    ours = (request.headers.get("host", ""), urlsplit(public_url).netloc)
    return origin is None or origin.partition("://")[2] in ours


def _form(asked: Asked, chosen: Chosen, wrong: str = "") -> Response:
    service, spoken = asked.answers.service, reader_language(asked.request)
    folder = service.settings.data / "consent"
    return asked.page(
        "subscribe",
        status=422 if wrong else 200,
        headers=SAME_SITE,
        chosen=chosen,
        wrong=wrong,
        profiles=sorted(service.open_profiles(), key=_by_name),
        languages_of_mails=languages(),
        rhythms=rhythms(speaker(spoken)),
        consent=wording(folder, text_version(folder, spoken)).consent,
        first=next_mail(datetime.now(UTC)),
    )


def _by_name(profile: Profile) -> str:
    return profile.name.casefold()
