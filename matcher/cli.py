"""`funding …`: the command line, put together of the commands of each subject.

Exit codes: 0 done, 1 a source or record failed (named), 2 wrong usage.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer
from pydantic import ValidationError

from matcher.commands.alerts import alerts_commands
from matcher.commands.calls import calls_commands
from matcher.commands.consortium import consortium_commands
from matcher.commands.crawler import crawler_commands
from matcher.commands.documents import documents_commands
from matcher.commands.eligibility import eligibility_commands
from matcher.commands.ledger import ledger_commands
from matcher.commands.matches import matches_commands
from matcher.commands.options import open_service
from matcher.commands.outbox import outbox_commands
from matcher.commands.partners import partners_commands
from matcher.commands.projects import projects_commands
from matcher.commands.scheduler import scheduler_commands
from matcher.commands.sources import sources_commands
from matcher.commands.subscribers import subscribers_commands
from matcher.commands.workspaces import workspaces_commands
from matcher.printable import printable
from matcher.settings import Settings

app = typer.Typer(
    help="Find EU calls that an organisation can use, by which route, and why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for commands in (
    crawler_commands,
    sources_commands,
    calls_commands,
    projects_commands,
    matches_commands,
    documents_commands,
    eligibility_commands,
    consortium_commands,
    partners_commands,
    ledger_commands,
    alerts_commands,
    subscribers_commands,
    outbox_commands,
    scheduler_commands,
    workspaces_commands,
):
    app.add_typer(commands)


@app.command()
def embed() -> None:
    """Compute the vectors of calls and organisations that are not stored yet."""
    count = open_service().embed(date.today())
    typer.echo(f"vectors of {count} calls are ready")


Port = Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535)]


@app.command()
def dashboard(port: Port = None) -> None:
    """Open the dashboard in the browser; its address is printed."""
    from matcher.serve import serve as become_server

    become_server(Settings(), port, browser=True)


@app.command()
def serve(port: Port = None) -> None:
    """Serve the dashboard and the pages, feeds and calendars beside it, opening no browser; ends with SIGTERM."""
    from matcher.serve import serve as become_server

    become_server(Settings(), port)


def main() -> None:
    """Run the command line; what a user can mend is told in a sentence, never as a traceback."""
    from matcher.alerts.mailing.sender import BadMailSetting
    from matcher.alerts.readers.tokens import BadSecret
    from matcher.factfile import BadFactFile
    from matcher.local_model import ModelMissing
    from matcher.service import NoCalls, NoProjects, NotFound
    from matcher.sign_in import BadSignIn
    from matcher.store import StoreError

    try:
        app()
    except NotFound as error:
        _fail(error, 2)
    except ValidationError as error:
        _fail("; ".join(_wrong_setting(str(one["loc"][0]), one["msg"]) for one in error.errors()), 2)
    except (NoCalls, NoProjects, StoreError, BadFactFile, BadMailSetting, BadSecret, BadSignIn, ModelMissing) as error:
        _fail(error, 1)


def _wrong_setting(name: str, problem: str) -> str:
    return f"setting FUNDING_{name.upper()}: {problem.removeprefix('Value error, ')}"


def _fail(problem: object, code: int) -> None:
    typer.echo(printable(f"funding: {problem}"), err=True)
    sys.exit(code)
