"""The files that rules rest on, programmes, participation, exchange rates, portals, actions and regions, into a
Reference, or a message that names file, entry and field.

A new programme, a change of standing or a correction is an entry in `data/reference/`, never code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field

from matcher.countries import country_code
from matcher.currency import Rate
from matcher.factfile import BadFactFile, build, read
from matcher.geography import load_nuts
from matcher.model import Frozen, Fund, Text
from matcher.reference.actions_file import load_actions
from matcher.reference.authority_names import load_authority_names
from matcher.reference.bodies_file import load_bodies
from matcher.reference.facts import FundRow, Participation, PopulationRule, Programme, Reference, Standing
from matcher.reference.national_portals_file import load_portals
from matcher.reference.networks_file import load_networks

Entry = TypeVar("Entry", bound=Frozen)

PROGRAMMES = "programmes.yml"
PARTICIPATION = "participation.yml"
RATES = "exchange_rates.yml"
PORTALS = "national_portals.yml"
BODIES = "bodies.yml"
ACTIONS = "action_rules.yml"
DECENTRALISED = "erasmus_decentralised.yml"
NETWORKS = "networks.yml"
AUTHORITY_NAMES = "authority_names.yml"
MEMBERS = "eu27"
"""The group of participation.yml that names the Member States."""


class BadReference(BadFactFile):
    """A file of data/reference is wrong; the message names file, entry and field."""


def load_reference(folder: Path) -> Reference:
    """Read and check `programmes.yml`, `participation.yml`, `exchange_rates.yml`, `national_portals.yml`,
    `action_rules.yml` (with figures of `erasmus_decentralised.yml`) and the categories of `nuts.csv`.

    Raises BadReference naming file, entry and field.
    """
    try:
        return _load(folder)
    except BadReference:
        raise
    except BadFactFile as error:
        raise BadReference(str(error)) from error


def _load(folder: Path) -> Reference:
    first = build(_ProgrammesFile, read(folder / PROGRAMMES), str(folder / PROGRAMMES))
    second = build(_ParticipationFile, read(folder / PARTICIPATION), str(folder / PARTICIPATION))
    table = tuple(first.row(row, folder / PROGRAMMES) for row in first.table)
    programmes = _entries(Programme, first.programmes, folder / PROGRAMMES)
    entries = _entries(_Entry, second.entries, folder / PARTICIPATION)
    spans = tuple(span for entry in entries for span in entry.spans(second.groups, folder / PARTICIPATION))
    populations = _entries(PopulationRule, second.populations, folder / PARTICIPATION)
    members = second.groups.get(MEMBERS, ())
    rates = tuple(build(_RatesFile, read(folder / RATES), str(folder / RATES)).rates(folder / RATES))
    reference = Reference(
        table=table,
        programmes=programmes,
        participations=spans,
        populations=populations,
        exchange=rates,
        portals=load_portals(folder / PORTALS, members),
        bodies=load_bodies(folder / BODIES, members, [programme.key for programme in programmes]),
        actions=load_actions(folder / ACTIONS, folder / DECENTRALISED, [programme.key for programme in programmes]),
        member_states=second.groups.get(MEMBERS, ()),
        categories={code: row.category for code, row in load_nuts(folder).items() if row.category},
        networks=load_networks(folder / NETWORKS),
        authority_names=load_authority_names(folder / AUTHORITY_NAMES),
    )
    _check(reference, folder)
    return reference


class _ProgrammesFile(Frozen):
    brief: dict[str, Any]
    """Source and day of every `brief` cell."""
    table: tuple[dict[str, Any], ...]
    programmes: tuple[dict[str, Any], ...]

    def row(self, row: dict[str, Any], file: Path) -> FundRow:
        """A row with its `brief` cells, which the file gives as plain texts, completed."""
        cells = {
            name: {**cell, "brief": {**self.brief, "text": cell.get("brief")}} if isinstance(cell, dict) else cell
            for name, cell in row.items()
        }
        return build(FundRow, cells, f"{file}, table row {row.get('fund')!r}")


class _ParticipationFile(Frozen):
    groups: dict[str, tuple[str, ...]]
    entries: tuple[dict[str, Any], ...]
    populations: tuple[dict[str, Any], ...] = ()


class _DailyRates(Frozen):
    """The ECB's rates of one day, as `source` has them."""

    day: date
    publisher: Text
    source: Text
    as_of: date
    per_euro: dict[str, str]


class _FixedRate(Frozen):
    """The rate at which the euro has replaced a currency."""

    currency: str
    per_euro: str
    since: date
    source: Text
    as_of: date


class _RatesFile(Frozen):
    reference: _DailyRates
    fixed: tuple[_FixedRate, ...] = ()

    def rates(self, file: Path) -> Iterator[Rate]:
        daily = self.reference
        facts = {"day": daily.day, "source": daily.source, "as_of": daily.as_of}
        for currency, units in daily.per_euro.items():
            yield build(Rate, {"currency": currency, "per_euro": units, **facts}, f"{file}, reference, {currency}")
        for rate in self.fixed:
            facts = rate.model_dump(exclude={"since"}) | {"day": rate.since, "fixed": True}
            yield build(Rate, facts, f"{file}, fixed, {rate.currency}")


class _Entry(Frozen):
    """The same standing of several countries in several programmes."""

    programmes: tuple[str, ...] = Field(min_length=1)
    countries: tuple[str, ...] = Field(min_length=1)
    """Codes or names of groups."""
    without: tuple[str, ...] = ()
    standing: Standing
    start: date
    end: date | None = None
    source: Text
    as_of: date
    note: str = ""

    def spans(self, groups: dict[str, tuple[str, ...]], file: Path) -> Iterator[Participation]:
        where = f"{file}, entry {list(self.programmes)} {list(self.countries)} from {self.start}"
        named = [code for name in self.countries for code in groups.get(name, (name,))]
        if strange := set(self.without) - set(named):
            raise BadReference(
                f"{where}: field without: found {', '.join(sorted(strange))}; allowed: {', '.join(named)}. "
                "Leave out only what `countries` names."
            )
        for country in named:
            if country in self.without:
                continue
            try:
                code = country_code(country)
            except ValueError as error:
                raise BadReference(f"{where}: field countries: {error}; or a group: {', '.join(groups)}.") from error
            facts = self.model_dump(include={"standing", "start", "end", "source", "as_of", "note"})
            for programme in self.programmes:
                yield Participation(programme=programme, country=code, **facts)


def _entries(model: type[Entry], entries: Iterable[dict[str, Any]], file: Path) -> tuple[Entry, ...]:
    return tuple(build(model, entry, f"{file}, {_label(entry, number)}") for number, entry in enumerate(entries, 1))


def _label(entry: dict[str, Any], number: int) -> str:
    name = entry.get("key") or entry.get("programme") or entry.get("programmes")
    return f"entry {number} ({name})"


def _check(reference: Reference, folder: Path) -> None:
    """What no single entry can show: doubles, names that lead nowhere, spans that overlap."""
    _once((row.fund for row in reference.table), "fund", folder / PROGRAMMES)
    _once((programme.key for programme in reference.programmes), "key", folder / PROGRAMMES)
    _once((code for programme in reference.programmes for code in programme.codes), "code", folder / PROGRAMMES)
    _once((rate.currency for rate in reference.exchange), "currency", folder / RATES)
    if missing := [fund for fund in Fund if fund not in {row.fund for row in reference.table}]:
        raise BadReference(f"{folder / PROGRAMMES}: table has no row for {', '.join(missing)}; add it.")
    spans: list[Participation | PopulationRule] = [*reference.participations, *reference.populations]
    if unknown := {span.programme for span in spans} - reference.by_key.keys():
        raise BadReference(
            f"{folder / PARTICIPATION}: field programmes: found {', '.join(sorted(unknown))}; "
            f"allowed: the keys in {PROGRAMMES}. Add the programme there or correct its key."
        )
    _apart(spans, folder / PARTICIPATION)


def _once(values: Iterable[str], field: str, file: Path) -> None:
    if doubles := [value for value, count in Counter(values).items() if count > 1]:
        raise BadReference(f"{file}: field {field}: {', '.join(doubles)} stands there twice; keep one.")


def _apart(spans: Iterable[Participation | PopulationRule], file: Path) -> None:
    def place(span: Participation | PopulationRule) -> tuple[str, str]:
        return span.programme, getattr(span, "country", "inhabitants")

    for span in (spans := sorted(spans, key=lambda s: (*place(s), s.start))):
        if span.end is not None and span.end < span.start:
            raise BadReference(f"{file}: {' '.join(place(span))}: ends {span.end}, before its start {span.start}.")
    for earlier, later in pairwise(spans):
        if place(earlier) == place(later) and (earlier.end is None or later.start <= earlier.end):
            raise BadReference(
                f"{file}: {' '.join(place(later))}: the span from {earlier.start} to {earlier.end or 'open'} "
                f"and the one from {later.start} overlap; end the first before the second starts."
            )
