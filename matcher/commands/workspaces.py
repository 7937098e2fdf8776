"""What organisations do about calls, for the operator: `funding workspace`. Shows no person."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from matcher.commands.options import AsJson, open_service, print_json, print_lines
from matcher.model import Membership, Permission

workspaces_commands = typer.Typer()
workspace_app = typer.Typer(help="What organisations do about calls, and who belongs to them.", no_args_is_help=True)
workspaces_commands.add_typer(workspace_app, name="workspace")

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="Mail address in any spelling; - reads it from the standard input, so that no shell remembers it.",
    ),
]


@workspace_app.command("feedback")
def feedback(as_json: AsJson = False) -> None:
    """List which calls organisations saved, won or put aside, and why: to judge the ranking by. Names no person."""
    from matcher.workspaces.feedback import feedback, feedback_line

    found = feedback(open_service().store.workspaces.all_pursuits())
    if as_json:
        print_json(found)
    else:
        print_lines(map(feedback_line, found))


@workspace_app.command("let-in")
def let_in(
    organisation: Annotated[str, typer.Argument(metavar="PROFILE", help="Id of the organisation.")],
    address: Address,
    permission: Annotated[
        Permission, typer.Option("--as", help="What they may do there.", case_sensitive=False)
    ] = Permission.ADMIN,
) -> None:
    """Let the owner of an address into an organisation, as soon as they sign in with it."""
    service = open_service()
    profile = service.profile(organisation)
    invited = Membership(organisation=profile.id, permission=permission, invited=_read(address))
    service.store.workspaces.let_in(invited)
    print_lines([f"{profile.id}: who signs in with that address is its {permission}"])


@workspace_app.command("erase-account")
def erase_account(address: Address) -> None:
    """Delete the accounts, memberships and invitations of an address, down to the bytes; notes stay without author."""
    store = open_service().store
    read = _read(address)
    invitations = store.workspaces.erase_invitations(read)
    accounts = store.workspaces.accounts_at(read)
    for account in accounts:
        store.workspaces.erase_account(account.id)
    store.scrub()
    print_lines([f"erased: accounts {len(accounts)}, invitations {invitations}; backups expire"])


def _read(address: str) -> str:
    from matcher.addresses import BadAddress, read_address

    try:
        return read_address(sys.stdin.readline() if address == "-" else address)
    except BadAddress as error:
        raise typer.BadParameter(str(error)) from None
