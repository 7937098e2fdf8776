"""Which calls there are, and all that is known of one: `funding calls`, `funding call`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.commands.options import AsJson, CallKey, On, chosen_day, open_service, print_json, print_lines
from matcher.model import Call, CallStatus, Fund

if TYPE_CHECKING:
    from matcher.service import Service
    from matcher.wire.calls import Json

calls_commands = typer.Typer()


@calls_commands.command()
def calls(
    on: On = None,
    as_json: AsJson = False,
    status: Annotated[CallStatus | None, typer.Option(help="Only calls with this status.")] = None,
    fund: Annotated[Fund | None, typer.Option(help="Only calls of this fund.")] = None,
    source: Annotated[str | None, typer.Option(help="Only calls of this source.")] = None,
    country: Annotated[str | None, typer.Option(help="Only national calls of this Member State (CZ).")] = None,
) -> None:
    """List calls with their deadlines."""
    from matcher.wire.calls import call_json
    from matcher.wording.calls import call_line
    from matcher.wording.sources import freshness_line

    day, service = chosen_day(on), open_service()
    found = service.calls(day, status, fund, source, country)
    if as_json:
        rates = service.reference.rates
        print_json([call_json(call, day, rates) for call in found])
    else:
        titles = service.source_titles()
        print_lines([freshness_line(service.freshness()), *(call_line(call, day, titles) for call in found)])


@calls_commands.command()
def call(key: CallKey, on: On = None, as_json: AsJson = False) -> None:
    """Show everything stored of one call."""
    from matcher.wire.calls import full_call_json
    from matcher.wording.calls import call_page

    service, day = open_service(), chosen_day(on)
    found, rates = service.call(key), service.reference.rates
    fetched, steps = service.documents(found), service.history(found)
    if as_json:
        print_json(full_call_json(found, day, rates, fetched, steps) | looked_at_json(service, found, day))
    else:
        print_lines(call_page(found, day, rates, service.source_titles(), fetched, steps))
        print_lines(looked_at_lines(service, found, day))


def looked_at_json(service: Service, call: Call, on: date) -> Json:
    """Of a call, whoever asks: what the brief looks for in it, and the money of one project."""
    from matcher.wire.brief import brief_json
    from matcher.wire.money import finance_json

    money = finance_json(service.finance(call), service.reference.rates)
    return brief_json(service.in_brief(call, on)) | {"money": money}


def looked_at_lines(service: Service, call: Call, on: date) -> list[str]:
    """The same in words."""
    from matcher.wording.brief import brief_page
    from matcher.wording.money import money_page

    money = money_page(service.finance(call), service.reference.rates)
    return [*money, *brief_page(service.in_brief(call, on))]
