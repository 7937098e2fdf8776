"""What calls mean for an organisation: `funding profiles`, `funding match`, `funding explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.commands.calls import looked_at_json, looked_at_lines
from matcher.commands.options import AsJson, CallKey, On, ProfileId, chosen_day, open_service, print_json, print_lines

matches_commands = typer.Typer()


@matches_commands.command()
def profiles(as_json: AsJson = False) -> None:
    """List the organisations."""
    from matcher.wire.matches import profile_json
    from matcher.wording.matches import profile_line

    found = open_service().profiles()
    if as_json:
        print_json([profile_json(profile) for profile in found])
    else:
        print_lines(profile_line(profile) for profile in found)


@matches_commands.command()
def match(
    profile: ProfileId,
    top: Annotated[
        int | None, typer.Option(min=1, help="Best N matches; text shows 10 of each group, JSON all, if not given.")
    ] = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Rank the calls for an organisation, with the route to the money and why."""
    from matcher.wire.matches import match_json
    from matcher.wording.matches import left_out_lines, match_list
    from matcher.wording.sources import freshness_line

    service, day = open_service(), chosen_day(on)
    matches = service.match(profile, day, top if as_json else None)
    if as_json:
        print_json([match_json(found) for found in matches])
    else:
        lines = match_list(matches, top or 10, service.source_titles())
        print_lines([freshness_line(service.freshness()), *lines, *left_out_lines(service.left_out(profile))])


@matches_commands.command()
def explain(profile: ProfileId, key: CallKey, on: On = None, as_json: AsJson = False) -> None:
    """Say why a call suits an organisation, what speaks against it and what is not known."""
    from matcher.wire.matches import explanation_json
    from matcher.wording.matches import explanation_page

    service, day = open_service(), chosen_day(on)
    explanation = service.explain(profile, key, day)
    call = explanation.match.call
    if as_json:
        print_json(explanation_json(explanation) | looked_at_json(service, call, day))
    else:
        print_lines(explanation_page(explanation, service.source_titles()))
        print_lines(looked_at_lines(service, call, day))
