"""`python -m crawler import …`: a list that a person has, read by a mapping, into the store. Thin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.imports.run import content_of, file_of, leave_run, read_file
from crawler.imports.source import NOBODY, as_planned, source_of
from crawler.imports.words import issue_lines, sample_lines, summary
from crawler.imports.zones import place_of
from crawler.load_outcome import load_folder
from crawler.source import Source
from crawler.timetables.calls import Found
from crawler.timetables.mapping import Mapping, load_mapping
from crawler.timetables.readers import BadList, read_list
from crawler.usage import FAILED, OK, refuse
from matcher.factfile import BadFactFile
from matcher.model import Call, Issue
from matcher.printable import printable
from matcher.settings import Settings

import_app = typer.Typer(help="Lists that you have, into the store.", no_args_is_help=True)
MOST_ISSUES = 20
"""Printed unless all are asked for; the run folder and `funding sources --json` have all."""


@import_app.command("planned-calls")
def planned_calls(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, XLSX, XLS, ODS, JSON or XML.")],
    mapping: Annotated[
        Path | None, typer.Option(help="YAML: which column is which field, and whose list it is.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be stored, and store nothing.")] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help="Print a mapping proposed from the headers.")] = False,
    language: Annotated[str, typer.Option(help="Language of the list, for --suggest (ISO 639-1).")] = "",
    country: Annotated[str, typer.Option(help="Country of the list, for --suggest (ISO 3166-1).")] = "",
    all_issues: Annotated[bool, typer.Option("--issues", help="Print every issue, not the first twenty.")] = False,
) -> None:
    """Import an authority's timetable of planned calls; a newer file of the same source updates what is stored."""
    if not path.is_file():
        refuse(f"{path}: no such file; give a list of calls as CSV, XLSX, XLS, ODS, JSON or XML")
    if suggest == bool(mapping):
        refuse("give either --mapping FILE, or --suggest to have one proposed")
    settings = Settings()
    if suggest:
        _suggest(path, language, country, settings)
    else:
        assert mapping
        _import(path, mapping, settings, dry_run, all_issues)


def _import(path: Path, mapping_file: Path, settings: Settings, dry_run: bool, all_issues: bool) -> None:
    started = datetime.now(UTC)
    try:
        mapping = as_planned(load_mapping(mapping_file))
        source = source_of(mapping, str(mapping_file))
    except BadFactFile as error:
        refuse(str(error))
    found = _read(path, mapping, source, started)
    if dry_run:
        _show(found, source, settings, all_issues)
        return
    try:
        folder = leave_run(found, source, settings.runs, started, datetime.now(UTC))
    except OSError as error:
        typer.echo(printable(f"{settings.runs}: cannot be written ({error.strerror}); nothing is stored"), err=True)
        raise typer.Exit(FAILED) from error
    outcome = load_folder(folder, settings)
    _tell(summary(path.name, found, outcome))
    issues = _stored_issues(outcome.run, settings) if outcome.run else found.issues
    _tell(issue_lines(issues, None if all_issues else MOST_ISSUES))
    raise typer.Exit(OK if outcome.ok else FAILED)


def _show(found: Found, source: Source, settings: Settings, all_issues: bool) -> None:
    understood = _understand(found, source, settings)
    _tell([f"{len(found.calls)} calls read; nothing is stored"])
    _tell(sample_lines(understood))
    issues = [*found.issues, *(issue for _, issues in understood for issue in issues)]
    _tell(["", *issue_lines(issues, None if all_issues else MOST_ISSUES)])
    raise typer.Exit(OK if any(call for call, _ in understood) else FAILED)


def _understand(found: Found, source: Source, settings: Settings) -> list[tuple[Call | None, tuple[Issue, ...]]]:
    from crawler.normalise import normalise
    from matcher.reference.files import load_reference

    return list(normalise(found.calls, source, load_reference(settings.data / "reference")))


def _read(path: Path, mapping: Mapping, source: Source, started: datetime) -> Found:
    try:
        found = read_file(path, mapping, source, started)
    except BadList as error:
        typer.echo(printable(str(error)), err=True)
        raise typer.Exit(FAILED) from error
    if not found.calls:
        _tell(issue_lines(found.issues, MOST_ISSUES))
        typer.echo(printable(f"{path}: no call was found, nothing is stored"), err=True)
        raise typer.Exit(FAILED)
    return found


def _stored_issues(run: str, settings: Settings) -> list[Issue]:
    from matcher.store import open_store

    with open_store(settings.database_url) as store:
        return store.issues(run)


def _suggest(path: Path, language: str, country: str, settings: Settings) -> None:
    from crawler.imports.suggest import mapping_of, suggested
    from crawler.imports.suggest_words import yaml_lines
    from matcher.embedding import load_encoder
    from matcher.local_model import ModelMissing

    try:
        country, language = place_of(country, language)
    except ValueError as error:
        refuse(str(error))
    try:
        content = content_of(path)
        proposal = suggested(content, path.name, load_encoder(settings), country, language)
        mapping = as_planned(mapping_of(proposal))
        source = source_of(mapping.model_copy(update={"source": NOBODY}), path.name)
        found = read_list(content, mapping, file_of(path.name, content, source, datetime.now(UTC)))
    except BadList as error:
        typer.echo(printable(str(error)), err=True)
        raise typer.Exit(FAILED) from error
    except ModelMissing as error:
        refuse(str(error))
    _tell(yaml_lines(proposal, path.name))
    typer.echo(printable(f"{path.name}, read by this proposal; nothing is stored:"), err=True)
    for told in sample_lines(_understand(found, source, settings)):
        typer.echo(printable(told), err=True)


def _tell(lines: Iterable[str]) -> None:
    for told in lines:
        typer.echo(printable(told))
