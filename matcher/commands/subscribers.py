"""Who reads news by mail, for the operator and at a reader's wish: `funding subscriber`. Lists show no address."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from matcher.commands.options import AsJson, open_service, print_json, print_lines
from matcher.model import SubscriptionState

subscribers_commands = typer.Typer()
subscriber_app = typer.Typer(help="Who reads news by mail.", no_args_is_help=True)
subscribers_commands.add_typer(subscriber_app, name="subscriber")

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="Mail address in any spelling; - reads it from the standard input, so that no shell remembers it.",
    ),
]


@subscriber_app.command("list")
def list_subscribers(
    state: Annotated[SubscriptionState | None, typer.Option(help="Only those in this state.")] = None,
    profile: Annotated[str | None, typer.Option(help="Only those of this organisation.")] = None,
    as_json: AsJson = False,
) -> None:
    """List subscriptions, addresses masked."""
    from matcher.wire.subscribers import subscriber_json
    from matcher.wording.subscribers import subscriber_line

    found = open_service().store.subscriptions.subscriptions(state, profile)
    if as_json:
        print_json([subscriber_json(one) for one in found])
    else:
        print_lines(subscriber_line(one) for one in found)


@subscriber_app.command("export")
def export_subscriber(address: Address) -> None:
    """Print everything stored about an address, as JSON for its owner."""
    from matcher.alerts.readers.personal_data import export

    service = open_service()
    print_json(export(service.store, service.settings, _read(address)))


@subscriber_app.command("erase")
def erase_subscriber(address: Address) -> None:
    """Delete everything stored about an address, down to the bytes of the files."""
    from matcher.alerts.readers.personal_data import erase
    from matcher.wording.subscribers import erased_lines

    service = open_service()
    print_lines(erased_lines(erase(service.store, service.settings, _read(address))))


@subscriber_app.command("purge")
def purge_subscribers() -> None:
    """Delete what was kept as long as the settings say: unconfirmed sign-ups, ended subscriptions, what mails said."""
    from matcher.alerts.readers.personal_data import purge
    from matcher.wording.subscribers import purged_line

    service = open_service()
    print_lines([purged_line(purge(service.store, service.settings, datetime.now(UTC)))])


def _read(address: str) -> str:
    from matcher.addresses import BadAddress, read_address

    try:
        return read_address(sys.stdin.readline() if address == "-" else address)
    except BadAddress as error:
        raise typer.BadParameter(str(error)) from None
