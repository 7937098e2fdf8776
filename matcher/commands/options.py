"""What the commands of `funding` share: options, the service, and how something is printed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matcher.printable import printable, printable_json
from matcher.settings import Settings

if TYPE_CHECKING:
    from matcher.service import Service

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="Look at this day instead of today.", show_default=False),
]
ProfileId = Annotated[str, typer.Argument(help="Organisation, as `funding profiles` names it.", metavar="PROFILE")]
CallKey = Annotated[str, typer.Argument(help="Call id (source:reference) or identifier.", metavar="CALL")]


def open_service() -> Service:
    from matcher.service import Service

    return Service(Settings(), progress=sys.stderr.isatty())


def chosen_day(on: datetime | None) -> date:
    return on.date() if on else date.today()


def print_json(value: Any) -> None:
    typer.echo(printable_json(value, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(printable(line))
