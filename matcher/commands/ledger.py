"""What became news, and what would have: `funding ledger`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.options import AsJson, open_service, print_json, print_lines
from matcher.printable import printable

ledger_commands = typer.Typer()
ledger_app = typer.Typer(help="What became news of calls, and on what it rests.", no_args_is_help=True)
ledger_commands.add_typer(ledger_app, name="ledger")

NEWEST = 50
"""Entries shown where neither a call nor a day is given."""


@ledger_app.command("show")
def show(
    call: Annotated[
        str | None, typer.Argument(help="Call id (source:reference) or identifier; none: all.", metavar="[CALL]")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was learnt on this day or later.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show entries of the ledger, oldest first, also those that are told to nobody; else the newest fifty."""
    from matcher.wire.ledger import event_json
    from matcher.wording.ledger import event_lines

    store = open_service().store
    day = since.date() if since else None
    if call:
        of_calls = store.ledger.events_of({call, *(one.id for one in store.find(call))})
        events = sorted((one for some in of_calls.values() for one in some), key=lambda one: one.seq)
        events = [one for one in events if day is None or one.on >= day]
    else:
        events = store.ledger.events(silent=True, since=day, limit=None if day else NEWEST)
    if as_json:
        print_json([event_json(one) for one in events])
    else:
        print_lines(line for one in events for line in event_lines(one))


@ledger_app.command("release")
def release(
    run: Annotated[str, typer.Argument(help="Id of the run, as `funding ledger show` names it.", metavar="RUN")],
) -> None:
    """Let out the news of a run that was held for a person to judge: the next mails tell it."""
    from matcher.ledger import released
    from matcher.model import HELD

    ledger = open_service().store.ledger
    waiting = ledger.events(reason=HELD)
    known = ledger.events_of(one.call for one in waiting if one.observation.run == run)
    held = released((one for of_call in known.values() for one in of_call), run)
    if not held:
        runs = sorted({one.observation.run for one in waiting})
        raise typer.BadParameter(
            f"nothing is held of {run!r}; allowed: {', '.join(runs) or 'no run, for none is held'}"
        )
    typer.echo(f"{run}: {ledger.append(held)} of {len(held)} entries are let out now")


@ledger_app.command("replay")
def replay(
    folder: Annotated[
        Path, typer.Argument(help="Folder with grants_YYYY-MM-DD.json[.gz] and what goes with them.", metavar="DIR")
    ],
    as_json: AsJson = False,
) -> None:
    """Run a series of days of a portal feed through the ledger: what would have been told. Touches no store."""
    from matcher.ledger.replay import replay as replayed
    from matcher.ledger.series import Series
    from matcher.ledger.series_files import NoSeries, read_folder
    from matcher.wire.ledger import replay_json
    from matcher.wording.ledger import bad_file_line, replay_lines

    try:
        found = read_folder(folder)
    except NoSeries as error:
        raise typer.BadParameter(str(error), param_hint="DIR") from None
    series = Series(found.snapshots, found.differences, found.union)
    done = replayed(series.days(), series.known_before)
    if as_json:
        print_json(replay_json(series, done, found.bad))
    else:
        print_lines(replay_lines(series, done, found.bad))
    for bad in found.bad:
        typer.echo(printable(bad_file_line(bad)), err=True)
    raise typer.Exit(1 if found.bad else 0)
