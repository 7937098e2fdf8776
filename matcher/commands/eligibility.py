"""Whether and how an organisation may apply: `funding eligibility`."""

from __future__ import annotations

import typer

from matcher.commands.options import (
    AsJson,
    CallKey,
    On,
    ProfileId,
    chosen_day,
    open_service,
    print_json,
    print_lines,
)

eligibility_commands = typer.Typer()


@eligibility_commands.command()
def eligibility(profile: ProfileId, call: CallKey, on: On = None, as_json: AsJson = False) -> None:
    """Say whether, how and where an organisation may apply: each criterion with the call's words and what to do."""
    from matcher.wire.eligibility import eligibility_json
    from matcher.wording.eligibility import eligibility_page

    service = open_service()
    found = service.admission(profile, call, chosen_day(on))
    rates = service.reference.rates
    if as_json:
        print_json(eligibility_json(found, rates))
    else:
        print_lines(eligibility_page(found, rates))
