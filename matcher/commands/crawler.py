"""The commands of `funding` that the crawler carries out, in a process of its own: the two meet only in the store."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from matcher.commands.options import AsJson
from matcher.settings import Settings

crawler_commands = typer.Typer()
snapshot_app = typer.Typer(help="The calls that come with the project.", no_args_is_help=True)
crawler_commands.add_typer(snapshot_app, name="snapshot")
import_app = typer.Typer(help="Lists that you have, into the store.", no_args_is_help=True)
crawler_commands.add_typer(import_app, name="import")


@crawler_commands.command()
def crawl(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources to crawl; all that can be, if none.")] = None,
    programme: Annotated[list[str] | None, typer.Option(help="Only this programme (AMIF, CERV…); repeatable.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read today's calls from their websites into the store; ends with a table of what became of each source."""
    if not Settings().contact:
        typer.echo("set FUNDING_CONTACT to an address or a page, so that the sites can reach you", err=True)
    form = ["--json"] if as_json else []
    _crawler("crawl", *(sources or []), *(f"--programme={key}" for key in programme or []), *form)


@crawler_commands.command()
def load(
    file: Annotated[str, typer.Argument(help="Folder of a crawl run, or its raw.jsonl.")],
    accept: Annotated[
        str, typer.Option(help="Let in a run that is held because it looks wrong; say how you know that it is right.")
    ] = "",
    silent: Annotated[
        bool, typer.Option("--silent", help="Tell nobody of what is new or changed in it: a back-fill.")
    ] = False,
) -> None:
    """Load a finished crawl run into the store."""
    _crawler("load", file, *([f"--accept={accept}"] if accept else []), *(["--silent"] if silent else []))


@crawler_commands.command()
def record(
    source: Annotated[str, typer.Argument(help="Source, as `funding sources` names it.")],
    into: Annotated[str | None, typer.Option(help="Folder for the pages; else one in the home folder.")] = None,
    pages: Annotated[int, typer.Option(min=1, help="Pages at most.")] = 12,
) -> None:
    """Save a source's pages as a test fixture, trimmed and without personal data."""
    _crawler("record", source, f"--pages={pages}", *([f"--into={into}"] if into else []))


@crawler_commands.command("check-links")
def check_links(
    most: Annotated[int | None, typer.Option(min=1, help="Pages at most; else as many as a night allows.")] = None,
    as_json: AsJson = False,
) -> None:
    """Look whether the pages of running calls are still there; two days without one make it gone."""
    _crawler("check-links", *([f"--most={most}"] if most else []), *(["--json"] if as_json else []))


@snapshot_app.command("load")
def snapshot_load() -> None:
    """Load the bundled snapshot of real calls into the store."""
    _crawler("snapshot")


@import_app.command("planned-calls")
def import_planned_calls(
    file: Annotated[str, typer.Argument(help="CSV, XLSX, XLS, ODS, JSON or XML.")],
    mapping: Annotated[str, typer.Option(help="YAML: which column is which field, and whose list it is.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be stored, and store nothing.")] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help="Print a mapping proposed from the headers.")] = False,
    country: Annotated[str, typer.Option(help="Country of the list, for --suggest (HU).")] = "",
    language: Annotated[str, typer.Option(help="Language of the list, for --suggest (hu).")] = "",
    all_issues: Annotated[bool, typer.Option("--issues", help="Print every issue, not the first twenty.")] = False,
) -> None:
    """Import an authority's timetable of planned calls; a newer file of the same source updates what is stored."""
    said = {"mapping": mapping, "country": country, "language": language}
    flags = {"--dry-run": dry_run, "--suggest": suggest, "--issues": all_issues}
    options = [f"--{name}={text}" for name, text in said.items() if text]
    _crawler("import", "planned-calls", *options, *(name for name, on in flags.items() if on), "--", file)


def _crawler(*arguments: str) -> None:
    """Run `python -m crawler` and end with its exit code.

    `-P`: modules are not taken from the folder the user happens to be in.
    """
    raise typer.Exit(subprocess.run([sys.executable, "-P", "-m", "crawler", *arguments], check=False).returncode)
