"""What the sources hold, how fresh and how complete: `funding sources`."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.commands.options import AsJson, On, chosen_day, open_service, print_json, print_lines

sources_commands = typer.Typer()


@sources_commands.command()
def sources(
    on: On = None,
    as_json: AsJson = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show which fields are filled, source by source.")
    ] = False,
    national: Annotated[
        bool, typer.Option("--national", help="Show for each Member State whether its own calls are read or linked.")
    ] = False,
) -> None:
    """Show each source's last good run, age, calls by status, issues and what is known to be missing."""
    from matcher.national_coverage import member_states
    from matcher.wire.sources import member_state_json, source_json
    from matcher.wording.sources import coverage_lines, national_lines, source_lines

    if coverage and national:
        raise typer.BadParameter("--coverage and --national are two views; choose one")
    service = open_service()
    states = service.sources(chosen_day(on))
    members = member_states(states, service.reference.portals, service.reference.bodies)
    if as_json and national:
        print_json([member_state_json(member) for member in members])
    elif as_json:
        print_json([source_json(state) for state in states])
    elif coverage:
        print_lines(coverage_lines(states))
    elif national:
        print_lines(national_lines(members))
    else:
        print_lines(line for state in states for line in source_lines(state))
        print_lines(["", *national_lines(members)])
