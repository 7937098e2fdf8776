"""What was funded before: `funding projects`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from matcher.commands.options import AsJson, open_service, print_json, print_lines
from matcher.model import Fund

projects_commands = typer.Typer()


@projects_commands.command()
def projects(
    call: Annotated[
        str | None, typer.Option("--call", "--topic", help="Precedents of this call: its id, identifier or topic code.")
    ] = None,
    programme: Annotated[str | None, typer.Option(help="Only this programme (AMIF, CERV…).")] = None,
    fund: Annotated[Fund | None, typer.Option(help="Only projects of this fund.")] = None,
    country: Annotated[str | None, typer.Option(help="Only with a participant from this country (LV).")] = None,
    organisation: Annotated[str | None, typer.Option(help="Only with a participant whose name holds this.")] = None,
    text: Annotated[str | None, typer.Option(help="Only projects that speak of this.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show funded projects: what was paid for before, who coordinated, from which countries."""
    from matcher.wire.projects import precedents_json, project_json
    from matcher.wording.projects import precedents_page, project_list

    if call and (programme or fund or text):
        raise typer.BadParameter("a call says programme and subject itself: --call goes with --country, --organisation")
    service = open_service()
    value: Any
    if call:
        found = service.precedents(call, country, organisation)
        value, lines = precedents_json(found, limit), precedents_page(found, limit)
    else:
        some = service.projects(programme, fund, None, country, organisation, text, limit)
        value, lines = [project_json(one) for one in some], project_list(some, limit)
    if as_json:
        print_json(value)
    else:
        print_lines(lines)
