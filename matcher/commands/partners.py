"""Who could fill what a consortium lacks: `funding partners`."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.commands.options import AsJson, CallKey, On, ProfileId, chosen_day, open_service, print_json, print_lines

partners_commands = typer.Typer()


@partners_commands.command()
def partners(
    call: CallKey,
    profile: ProfileId,
    others: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            help="Who is in already: a profile (riga), perhaps with its role (riga=associated_partner), or "
            "Name:COUNTRY:kind; repeatable.",
            metavar="MEMBER",
        ),
    ] = None,
    lead: Annotated[bool, typer.Option("--lead", help="Ask as the lead, whatever role is advised.")] = False,
    top: Annotated[int, typer.Option(min=1, help="At most so many suggestions of each sort.")] = 8,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Say what a draft still lacks for a call, who could fill it and in which role, and which networks to ask."""
    from matcher.drafts import BadDraft, in_already
    from matcher.partners.search import opening_draft
    from matcher.wire.partners import partner_page_json
    from matcher.wording.partners import partner_page

    service = open_service()
    try:
        draft = opening_draft(service.profile(profile), in_already(others or [], service.profile), lead)
    except BadDraft as error:
        raise typer.BadParameter(str(error)) from error
    page = service.partners(call, profile, draft, chosen_day(on))
    if as_json:
        print_json(partner_page_json(page, top))
    else:
        print_lines(partner_page(page, top))
