"""What the mails say: `funding digest preview` shows one organisation's, sends nothing and stores nothing of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.options import AsJson, On, ProfileId, chosen_day, open_service, print_json, print_lines

alerts_commands = typer.Typer()
digest_app = typer.Typer(help="The mails with news.", no_args_is_help=True)
alerts_commands.add_typer(digest_app, name="digest")

WEEK = timedelta(days=7)


@digest_app.command()
def preview(
    profile: ProfileId,
    on: On = None,
    language: Annotated[str, typer.Option(help="Language of the mail (ISO 639-1).")] = "en",
    since: Annotated[
        str | None,
        typer.Option(help="Place in the ledger, or first day (2027-03-01), of the news; the last 7 days if not given."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Also write the mail as HTML to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the mail that a subscriber of an organisation would get; nothing is sent."""
    from matcher.alerts.letters.preview import preview_digest, rendered_preview

    day = chosen_day(on)
    place, first = _since(since, day)
    service, chosen = open_service(), _language(language)
    digest = preview_digest(service, profile, day, place, first)
    if html and digest:
        html.write_text(rendered_preview(service, digest, chosen).html, encoding="utf-8")
    if as_json:
        print_json(digest and digest.model_dump(mode="json"))
    elif digest is None:
        print_lines(["nothing to tell: no mail would be sent"])
    else:
        mail = rendered_preview(service, digest, chosen)
        print_lines([f"Subject: {mail.subject}", "", *mail.text.splitlines()])


def _since(text: str | None, on: date) -> tuple[int | None, date]:
    """A place in the ledger, else the first day of the news."""
    if text is None:
        return None, on - WEEK + timedelta(days=1)
    if text.isdecimal():
        return int(text), on
    try:
        return None, datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        problem = f"found {text!r}; write a place in the ledger (417) or a day (2027-03-01)"
        raise typer.BadParameter(problem, param_hint="--since") from None


def _language(code: str) -> str:
    from matcher.languages import LANGUAGES

    if code not in LANGUAGES:
        raise typer.BadParameter(f"found {code!r}; allowed: {', '.join(LANGUAGES)}", param_hint="--language")
    return code
