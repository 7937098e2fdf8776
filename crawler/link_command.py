"""`python -m crawler check-links`: looks at the pages of calls and tells which are gone. Thin."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer

from crawler.link_check import NIGHTLY, check_links
from crawler.run import CannotCrawl, CrawlFailed, only_crawl
from crawler.usage import FAILED, WAIT, refuse
from matcher.model import PageAnswer, PageCheck
from matcher.printable import printable, printable_json
from matcher.settings import Settings

links_app = typer.Typer()
WORDS = {PageAnswer.ANSWERED: "there", PageAnswer.MISSING: "missing", PageAnswer.SILENT: "proving nothing"}


@links_app.command("check-links")
def check_pages(
    most: Annotated[int, typer.Option(min=1, help="Pages at most.")] = NIGHTLY,
    delay: Annotated[
        float | None, typer.Option(help="Seconds between requests; below 1 for local mirrors only.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
    wait: WAIT = False,
) -> None:
    """Look whether the pages of running calls are still there, those first that their source names no more."""
    from matcher.store import StoreError, open_store

    settings = Settings()
    try:
        with only_crawl(settings, wait), open_store(settings.database_url) as store:
            checks = check_links(settings, store, datetime.now(UTC).date(), most, delay)
    except CannotCrawl as error:
        refuse(str(error))
    except (CrawlFailed, StoreError) as error:
        typer.echo(printable(str(error)), err=True)
        raise typer.Exit(FAILED) from error
    _tell(checks, as_json)


def _tell(checks: list[PageCheck], as_json: bool) -> None:
    if as_json:
        typer.echo(printable_json([_json(check) for check in checks], indent=1))
        return
    counts = Counter(check.answer for check in checks)
    words = ", ".join(f"{counts[answer]} {word}" for answer, word in WORDS.items())
    typer.echo(f"{len(checks)} pages looked at: {words}")
    for check in checks:
        if check.gone_since:
            typer.echo(printable(f"gone since {check.gone_since}: {check.url}"))


def _json(check: PageCheck) -> dict[str, object]:
    since = check.gone_since.isoformat() if check.gone_since else None
    return check.model_dump(mode="json") | {"gone_since": since}
