"""`python -m crawler`: crawl sources, load runs, load the shipped snapshot. Thin; prints one line per source."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from crawler.run import RAW, REPORT, CannotCrawl, CrawlFailed, crawl, crawled_sources, find_source
from crawler.source import RunReport, sources
from matcher.reference_files import BadReference
from matcher.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
JSON = Annotated[bool, typer.Option("--json", help="Print a list of objects.")]
OK, FAILED, WRONG_USAGE = 0, 1, 2


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
) -> None:
    """Read sources into run folders and load them into the store."""
    settings = Settings()
    wanted = names or crawled_sources()
    try:
        for name in wanted:
            find_source(name)
    except CannotCrawl as error:
        _refuse(str(error))
    _finish([_crawl(name, settings, programme or [], delay, no_load) for name in wanted], as_json)


@app.command("load")
def load(
    path: Annotated[Path, typer.Argument(help="A run folder, or the raw.jsonl or report.json in it.")],
    as_json: JSON = False,
) -> None:
    """Check a run and load it into the store."""
    folder = path.parent if path.name in (RAW, REPORT) else path
    if not folder.is_dir():
        _refuse(f"{path}: not a run folder; give a folder with {RAW} and {REPORT}")
    _finish([_load(folder, Settings())], as_json)


@app.command("snapshot")
def load_snapshot(as_json: JSON = False) -> None:
    """Load the calls that come with the project."""
    settings = Settings()
    folders = sorted(report.parent for report in (settings.data / "snapshot").glob(f"*/{REPORT}"))
    if not folders:
        _refuse(f"{settings.data / 'snapshot'}: no folder with a {REPORT}; FUNDING_DATA names the folder of data")
    _finish([_load(folder, settings, may_be_outdated=True) for folder in folders], as_json)


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
        _refuse(f"{folder}: not empty; name another folder with --into, or empty it")
    try:
        crawl(name, settings, delay=delay, scrapy=recording(folder, pages))
    except CannotCrawl as error:
        _refuse(str(error))
    except CrawlFailed as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from error
    if not (folder / PAGES).is_file():
        typer.echo(f"{name}: no page could be had, nothing was saved", err=True)
        raise typer.Exit(FAILED)
    typer.echo(f"{folder}: look through every file, then move them to tests/fixtures/{name}/")


def _crawl(name: str, settings: Settings, programmes: list[str], delay: float | None, no_load: bool) -> dict[str, Any]:
    try:
        folder, report = crawl(name, settings, programmes, delay)
    except (CannotCrawl, BadReference) as error:
        _refuse(str(error))
    except CrawlFailed as error:
        return {"source": name, "ok": False, "reasons": [str(error)]}
    crawled = _result(folder, report)
    return crawled if no_load else crawled | _load(folder, settings)


def _result(folder: Path, report: RunReport) -> dict[str, Any]:
    return {
        "source": report.source,
        "run": report.run,
        "folder": str(folder),
        "ok": report.complete,
        "records": report.records,
        "requests": report.requests,
        "seconds": round((report.finished - report.started).total_seconds(), 1),
        "reasons": list(report.failures),
        "notes": list(report.notes),
    }


def _load(folder: Path, settings: Settings, may_be_outdated: bool = False) -> dict[str, Any]:
    from crawler.load import LoadRefused, Outdated, load_run
    from matcher.store import StoreError, open_store

    source = folder.parent.name if folder.parent.name in sources() else folder.name
    failed = {"source": source, "folder": str(folder), "ok": False}
    try:
        with open_store(settings.database_url) as store:
            run = load_run(folder, store)
    except Outdated as refusal:
        # The shipped snapshot is loaded at each start; that newer calls are there is no fault then.
        return failed | {"ok": may_be_outdated, "reasons": list(refusal.reasons)}
    except LoadRefused as refusal:
        return failed | {"reasons": list(refusal.reasons)}
    except StoreError as error:
        return failed | {"reasons": [str(error)]}
    return {
        "source": run.source,
        "run": run.id,
        "folder": str(folder),
        "ok": True,
        "outcome": run.outcome.value,
        "reasons": list(run.reasons),
        "notes": list(run.notes),
        "calls": run.calls,
        "new": run.new,
        "changed": run.changed,
        "issues": run.issues,
    }


def _finish(results: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        for result in results:
            typer.echo(_line(result))
    raise typer.Exit(OK if all(result["ok"] for result in results) else FAILED)


def _line(result: dict[str, Any]) -> str:
    """One source, one line: what was read, what became of it, why not, and what a reader should know."""
    counts = [f"{result[key]} {key}" for key in ("records", "calls", "new", "changed", "issues") if key in result]
    state = "ok" if result["ok"] else "FAILED"
    said = [*result["reasons"], *result.get("notes", [])]
    return f"{result['source']}: {state}" + "".join(f", {count}" for count in counts) + "".join(f"; {s}" for s in said)


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(WRONG_USAGE)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    app()
