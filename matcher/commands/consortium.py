"""What a draft of a consortium lacks: `funding consortium check`."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.commands.options import AsJson, CallKey, On, chosen_day, open_service, print_json, print_lines

consortium_commands = typer.Typer()
consortium_app = typer.Typer(help="Who applies together.", no_args_is_help=True)
consortium_commands.add_typer(consortium_app, name="consortium")


@consortium_app.command()
def check(
    call: CallKey,
    profiles: Annotated[
        list[str] | None,
        typer.Argument(
            help="Organisations as `funding profiles` names them; the first leads. Another role: "
            "riga=associated_partner.",
            metavar="PROFILE…",
        ),
    ] = None,
    partners: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            help="A partner without profile, as Name:COUNTRY:kind (Melissa:GR:civil_society); several kinds joined by "
            "+, what is not known left out; repeatable.",
            metavar="PARTNER",
        ),
    ] = None,
    lead: Annotated[str, typer.Option(help="Who coordinates, if not the first: a profile or a partner's name.")] = "",
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Say which conditions of a call a draft of a consortium fulfils, which it fails, and what repairs them."""
    from matcher.drafts import BadDraft, drafted
    from matcher.wire.consortium import board_json
    from matcher.wording.consortium import board_page

    service = open_service()
    try:
        members = drafted(profiles or [], partners or [], lead, service.profile)
    except BadDraft as error:
        raise typer.BadParameter(str(error)) from error
    board = service.board(call, members, chosen_day(on))
    if as_json:
        print_json(board_json(board))
    else:
        print_lines(board_page(board))
