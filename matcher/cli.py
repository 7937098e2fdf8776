"""`funding …`: the command line. Thin: reads arguments, asks the service, prints.

Exit codes: 0 done, 1 a source or record failed (named), 2 wrong usage.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from matcher.commands.consortium import consortium_commands
from matcher.commands.crawler import crawler_commands
from matcher.commands.documents import documents_commands
from matcher.commands.eligibility import eligibility_commands
from matcher.commands.options import AsJson, On, ProfileId, chosen_day, open_service, print_json, print_lines
from matcher.commands.partners import partners_commands
from matcher.model import CallStatus, Fund
from matcher.printable import printable
from matcher.settings import REPOSITORY, Settings

app = typer.Typer(
    help="Find EU calls that an organisation can use, by which route, and why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for commands in (
    crawler_commands,
    documents_commands,
    eligibility_commands,
    consortium_commands,
    partners_commands,
):
    app.add_typer(commands)


@app.command()
def embed() -> None:
    """Compute the vectors of calls and organisations that are not stored yet."""
    count = open_service().embed(date.today())
    typer.echo(f"vectors of {count} calls are ready")


@app.command()
def calls(
    on: On = None,
    as_json: AsJson = False,
    status: Annotated[CallStatus | None, typer.Option(help="Only calls with this status.")] = None,
    fund: Annotated[Fund | None, typer.Option(help="Only calls of this fund.")] = None,
    source: Annotated[str | None, typer.Option(help="Only calls of this source.")] = None,
    country: Annotated[str | None, typer.Option(help="Only national calls of this Member State (CZ).")] = None,
) -> None:
    """List calls with their deadlines."""
    from matcher import wire, wording

    day, service = chosen_day(on), open_service()
    found = service.calls(day, status, fund, source, country)
    if as_json:
        rates = service.reference.rates
        print_json([wire.call_json(call, day, rates) for call in found])
    else:
        titles = service.source_titles()
        print_lines([service.freshness().sentence, *(wording.call_line(call, day, titles) for call in found)])


@app.command()
def call(
    key: Annotated[str, typer.Argument(help="Call id (source:reference) or identifier.", metavar="CALL")],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Show everything stored of one call."""
    from matcher import brief_wire, brief_wording, own_contribution_wording, wire, wording

    service, day = open_service(), chosen_day(on)
    found, rates = service.call(key), service.reference.rates
    fetched, steps = service.documents(found), service.history(found)
    brief, money = service.in_brief(found, day), service.finance(found)
    if as_json:
        further = brief_wire.brief_json(brief) | {"money": brief_wire.finance_json(money, rates)}
        print_json(wire.full_call_json(found, day, rates, fetched, steps) | further)
    else:
        print_lines(wording.call_page(found, day, rates, service.source_titles(), fetched, steps))
        print_lines([*own_contribution_wording.money_page(money, rates), *brief_wording.brief_page(brief)])


@app.command()
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
    from matcher import project_wire, project_wording

    if call and (programme or fund or text):
        raise typer.BadParameter("a call says programme and subject itself: --call goes with --country, --organisation")
    service = open_service()
    value: Any
    if call:
        found = service.precedents(call, country, organisation)
        value, lines = project_wire.precedents_json(found, limit), project_wording.precedents_page(found, limit)
    else:
        some = service.projects(programme, fund, None, country, organisation, text, limit)
        value, lines = [project_wire.project_json(one) for one in some], project_wording.project_list(some, limit)
    if as_json:
        print_json(value)
    else:
        print_lines(lines)


@app.command()
def profiles(as_json: AsJson = False) -> None:
    """List the organisations."""
    from matcher import wire, wording

    found = open_service().profiles()
    if as_json:
        print_json([wire.profile_json(profile) for profile in found])
    else:
        print_lines(wording.profile_line(profile) for profile in found)


@app.command()
def match(
    profile: ProfileId,
    top: Annotated[
        int | None, typer.Option(min=1, help="Best N matches; text shows 10 of each group, JSON all, if not given.")
    ] = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Rank the calls for an organisation, with the route to the money and why."""
    from matcher import wire, wording

    service, day = open_service(), chosen_day(on)
    matches = service.match(profile, day, top if as_json else None)
    if as_json:
        print_json([wire.match_json(found) for found in matches])
    else:
        lines = wording.match_list(matches, top or 10, service.source_titles())
        print_lines([service.freshness().sentence, *lines, *wording.left_out_lines(service.left_out(profile))])


@app.command()
def explain(
    profile: ProfileId,
    key: Annotated[str, typer.Argument(help="Call id (source:reference) or identifier.", metavar="CALL")],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Say why a call suits an organisation, what speaks against it and what is not known."""
    from matcher import brief_wire, brief_wording, own_contribution_wording, wire, wording

    service, day = open_service(), chosen_day(on)
    explanation, rates = service.explain(profile, key, day), service.reference.rates
    found = explanation.match.call
    brief, money = service.in_brief(found, day), service.finance(found)
    if as_json:
        further = brief_wire.brief_json(brief) | {"money": brief_wire.finance_json(money, rates)}
        print_json(wire.explanation_json(explanation) | further)
    else:
        print_lines(wording.explanation_page(explanation, service.source_titles()))
        print_lines([*own_contribution_wording.money_page(money, rates), *brief_wording.brief_page(brief)])


@app.command()
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
    from matcher import source_wire, source_wording
    from matcher.national_coverage import member_states

    if coverage and national:
        raise typer.BadParameter("--coverage and --national are two views; choose one")
    service = open_service()
    states = service.sources(chosen_day(on))
    members = member_states(states, service.reference.portals, service.reference.bodies)
    if as_json and national:
        print_json([source_wire.member_state_json(member) for member in members])
    elif as_json:
        print_json([source_wire.source_json(state) for state in states])
    elif coverage:
        print_lines(source_wording.coverage_lines(states))
    elif national:
        print_lines(source_wording.national_lines(members))
    else:
        print_lines(line for state in states for line in source_wording.source_lines(state))
        print_lines(["", *source_wording.national_lines(members)])


@app.command()
def dashboard(port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None) -> None:
    """Open the dashboard in the browser; its address is printed."""
    from matcher.serve import serve

    serve(REPOSITORY / "dashboard" / "app.py", port or Settings().port)


def main() -> None:
    """Run the command line; what a user can mend is told in a sentence, never as a traceback."""
    from matcher.factfile import BadFactFile
    from matcher.local_model import ModelMissing
    from matcher.service import NoCalls, NoProjects, NotFound
    from matcher.store import StoreError

    try:
        app()
    except NotFound as error:
        _fail(error, 2)
    except ValidationError as error:
        _fail("; ".join(f"setting FUNDING_{e['loc'][0]}: {e['msg']}".upper() for e in error.errors()), 2)
    except (NoCalls, NoProjects, StoreError, BadFactFile, ModelMissing) as error:
        _fail(error, 1)


def _fail(problem: object, code: int) -> None:
    typer.echo(printable(f"funding: {problem}"), err=True)
    sys.exit(code)
