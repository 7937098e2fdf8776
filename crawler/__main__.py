"""`python -m crawler`: crawl sources, load runs, load the shipped snapshot. Thin; prints what became of each source."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from crawler.imports.command import import_app
from crawler.link_command import links_app
from crawler.load_outcome import load_folder
from crawler.outcome import Outcome, Verdict, crawled, line, table
from crawler.outcome import as_json as to_json
from crawler.rounds import side_by_side
from crawler.run import CannotCrawl, CrawlFailed, check, crawl, crawled_sources, only_crawl
from crawler.run_folder import RECORDS, REPORT
from crawler.source import sources
from crawler.usage import FAILED, OK, WAIT, refuse
from matcher.printable import printable, printable_json
from matcher.reference.files import BadReference
from matcher.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
app.add_typer(import_app, name="import")
app.add_typer(links_app)
BACK_FILL = "loaded with --silent"
JSON = Annotated[bool, typer.Option("--json", help="Print a list of objects.")]


@app.command("crawl")
def crawl_sources(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="As in crawler/sources.yml; none: all.")
    ] = None,
    programme: Annotated[
        list[str] | None, typer.Option(help="Read only this programme (key or code); repeatable.")
    ] = None,
    no_load: Annotated[bool, typer.Option("--no-load", help="Leave the run folder, do not touch the store.")] = False,
    delay: Annotated[
        float | None, typer.Option(help="Seconds between requests; below 1 for local mirrors only.")
    ] = None,
    as_json: JSON = False,
    lines: Annotated[bool, typer.Option("--lines", help="A line for each source, for logs, not a table.")] = False,
    wait: WAIT = False,
) -> None:
    """Read sources into run folders, two at a time, and load them into the store one after the other."""
    settings = Settings()
    wanted = list(dict.fromkeys(names or crawled_sources()))
    try:
        for name in wanted:
            check(name, settings, programme or [], delay)
    except (CannotCrawl, BadReference) as error:
        refuse(str(error))
    if settings.host_map:
        typer.echo("reading from mirrors, not from the sites, because FUNDING_HOST_MAP is set", err=True)
    hosts = {name: frozenset(sources()[name].hosts) for name in wanted}
    outcomes = {}
    try:
        with only_crawl(settings, wait):
            for name, result in side_by_side(
                wanted, lambda name: _crawl(name, settings, programme or [], delay), hosts
            ):
                outcomes[name] = result if no_load else _crawled_and_loaded(result, settings)
                if sys.stderr.isatty():
                    typer.echo(f"{name}: {outcomes[name].verdict} ({len(outcomes)} of {len(wanted)})", err=True)
    except CannotCrawl as error:
        refuse(str(error))
    _finish([outcomes[name] for name in wanted], as_json, partial(map, line) if lines else table)


@app.command("load")
def load(
    path: Annotated[Path, typer.Argument(help="A run folder, or the raw.jsonl or report.json in it.")],
    accept: Annotated[
        str, typer.Option(help="Let in a run that is held because it looks wrong; say why you know that it is right.")
    ] = "",
    silent: Annotated[
        bool, typer.Option("--silent", help="Tell nobody of what is new or changed in it: a back-fill.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Check a run and load it into the store."""
    folder = path.parent if path.name in (RECORDS, REPORT) else path
    if not folder.is_dir():
        refuse(f"{path}: not a run folder; give a folder with {RECORDS} and {REPORT}")
    _finish([load_folder(folder, Settings(), accept, silent=BACK_FILL if silent else "")], as_json)


@app.command("snapshot")
def load_snapshot(as_json: JSON = False) -> None:
    """Load the calls that come with the project."""
    settings = Settings()
    folders = sorted(report.parent for report in (settings.data / "snapshot").glob(f"*/{REPORT}"))
    if not folders:
        refuse(f"{settings.data / 'snapshot'}: no folder with a {REPORT}; FUNDING_DATA names the folder of data")
    _finish([load_folder(folder, settings, may_be_outdated=True) for folder in folders], as_json)


@app.command("register")
def register() -> None:
    """Let the store know the sources of the registry, so that what is to be crawled is known before the first crawl."""
    from crawler.load import save_registry
    from matcher.store import StoreError, open_store

    try:
        with open_store(Settings().database_url) as store:
            save_registry(store)
    except StoreError as error:
        typer.echo(printable(str(error)), err=True)
        raise typer.Exit(FAILED) from error
    typer.echo(f"{len(sources())} sources, {len(crawled_sources())} of them crawled")


@app.command("record")
def record(
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="As in crawler/sources.yml.")],
    into: Annotated[Path | None, typer.Option(help="Folder; else `recorded/<source>` in the home folder.")] = None,
    pages: Annotated[int, typer.Option(min=1, help="Pages at most.")] = 12,
    delay: Annotated[
        float | None, typer.Option(help="Seconds between requests; below 1 for local mirrors only.")
    ] = None,
) -> None:
    """Save a source's pages as a test fixture, trimmed, without mail addresses, phone numbers and session ids."""
    from crawler.record import PAGES, recording

    settings = Settings()
    folder = into or settings.home / "recorded" / name
    if folder.exists() and any(folder.iterdir()):
        refuse(f"{folder}: not empty; name another folder with --into, or empty it")
    try:
        with only_crawl(settings):
            crawl(name, settings, delay=delay, scrapy=recording(folder, pages))
    except CannotCrawl as error:
        refuse(str(error))
    except CrawlFailed as error:
        typer.echo(printable(str(error)), err=True)
        raise typer.Exit(FAILED) from error
    if not (folder / PAGES).is_file():
        typer.echo(f"{name}: no page could be had, nothing was saved", err=True)
        raise typer.Exit(FAILED)
    typer.echo(f"{folder}: look through every file, then move them to tests/fixtures/{name}/")


def _crawl(name: str, settings: Settings, programmes: list[str], delay: float | None) -> Outcome:
    try:
        folder, report = crawl(name, settings, programmes, delay)
    except CrawlFailed as error:
        folder_left = str(error.folder or "")
        return Outcome(source=name, verdict=Verdict.FAILED, folder=folder_left, reasons=(str(error),))
    return crawled(report, str(folder))


def _crawled_and_loaded(crawled: Outcome, settings: Settings) -> Outcome:
    """The outcome of the loading, with what only the crawl knows; a crawl without report is remembered as failed."""
    if not crawled.folder:
        return crawled
    if not crawled.run:
        return _remembered(crawled, settings)
    of_the_crawl = ("records", "requests", "seconds")
    known = {name: getattr(crawled, name) for name in of_the_crawl} | {"listed": crawled.listed or None}
    result = load_folder(Path(crawled.folder), settings)
    return result.model_copy(update={name: value for name, value in known.items() if getattr(result, name) is None})


def _remembered(crawled: Outcome, settings: Settings) -> Outcome:
    from crawler.load import remember_failure, save_registry
    from matcher.store import StoreError, open_store

    try:
        with open_store(settings.database_url) as store:
            save_registry(store)
            remember_failure(Path(crawled.folder), crawled.reasons[0], store)
    except StoreError as error:
        return crawled.model_copy(update={"reasons": (*crawled.reasons, str(error))})
    return crawled


def _finish(
    outcomes: list[Outcome], as_json: bool, words: Callable[[list[Outcome]], Iterable[str]] = lambda all: map(line, all)
) -> None:
    if as_json:
        typer.echo(printable_json([to_json(outcome) for outcome in outcomes], indent=1))
    else:
        for told in words(outcomes):
            typer.echo(printable(told))
    raise typer.Exit(OK if all(outcome.ok for outcome in outcomes) else FAILED)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    app()
