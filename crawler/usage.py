"""How the commands of the crawler end: their exit codes, and a sentence for what was asked for wrongly."""

from __future__ import annotations

from typing import Annotated, NoReturn

import typer

from matcher.printable import printable

OK, FAILED, WRONG_USAGE = 0, 1, 2
WAIT = Annotated[bool, typer.Option("--wait", help="Wait while another crawl is running, as the scheduler does.")]


def refuse(message: str) -> NoReturn:
    """End with the sentence and exit code 2. Raises typer.Exit."""
    typer.echo(printable(message), err=True)
    raise typer.Exit(WRONG_USAGE)
