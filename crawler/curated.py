"""Reads the calls we restate by hand from public pages, and gives them as raw calls like any spider's.

Knows the form of the two files, never a fact in them; what a file leaves out stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, StringConstraints

from crawler.source import RawCall
from matcher.factfile import BadFactFile, build, read
from matcher.model import CallKind, Frozen, Text

Address = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
Clock = Annotated[str, StringConstraints(pattern=r"^\d{2}:\d{2}$")]
Pages = Annotated[tuple[Address, ...], Field(min_length=1)]
Entry = TypeVar("Entry", bound=Frozen)
BRUSSELS = "Europe/Brussels"


class Terms(Frozen):
    """What may hold for a call of either file. Absent means: no page that was read states it."""

    applicants: str = ""
    lead_rule: str = ""
    roles: str = ""
    min_applicants: int | None = None
    min_countries: int | None = None
    countries: tuple[str, ...] = ()
    budget: int | None = None
    grant_min: int | None = None
    grant_max: int | None = None
    rate_percent: int | None = None
    duration_months_max: int | None = None
    note: str = ""

    def fields(self) -> dict[str, Any]:
        """As fields of a raw call. All sums of these files are in euro."""
        stated = self.model_dump(include=set(Terms.model_fields), exclude_none=True)
        sums = {self.budget, self.grant_min, self.grant_max} - {None}
        texts = {name: str(value) if isinstance(value, int) else value for name, value in stated.items()}
        return texts | ({"currency": "EUR"} if sums else {})


class Restated(Terms):
    """One call of restated.yml."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")]
    code: str = ""
    """The publisher's own code, where it gives one; never the same as `key`, which is ours and shown as such."""
    as_of: date
    """The day on which the pages were read."""
    programme: Text
    title: Text
    description: Text
    url: Address
    sources: Pages
    status: str = ""
    """Only of a call without end whose page says that it is open: for all others the dates tell."""
    opening: date | str = ""
    deadlines: tuple[date, ...] = ()
    closes: Clock | None = None
    """Time of day in Brussels."""
    deadline_model: str = ""

    def raw(self) -> RawCall:
        return RawCall(
            source="published_calls",
            reference=self.key,
            identifier=self.code or self.key,
            opening=str(self.opening),
            **_same(self, "programme", "title", "description", "url", "sources", "status", "deadline_model"),
            **_written(self.as_of, self.deadlines, self.closes),
            **self.fields(),
        )


class YearlyCall(Frozen):
    """The yearly call of Erasmus+ that opens all actions of a year."""

    code: Text
    published: date
    as_of: date
    sources: Pages


class Area(Frozen):
    """A field of education, training, youth or sport, as the programme divides them."""

    name: Text
    description: Text


class Action(Terms):
    """What an action of the programme is, the same in all the years of the file."""

    title: Text
    names_field: bool = False
    """The title says already in which field it is."""
    description: Text
    url: Address
    sources: Pages


class Round(Frozen):
    """One deadline that several actions share: KA210-ADU is action KA210 in the field ADU."""

    year: int
    round: int
    actions: Annotated[tuple[str, ...], Field(min_length=1)]
    deadline: date
    closes: Clock | None = None
    sources: Pages
    note: str = ""


def restated_calls(file: Path) -> Iterator[RawCall]:
    """The calls of restated.yml. Raises BadFactFile naming file, entry and field."""
    for number, entry in enumerate(_part(read(file), "calls", file), 1):
        yield build(Restated, entry, f"{file}, entry {number} ({entry.get('key')})").raw()


def erasmus_calls(file: Path) -> Iterator[RawCall]:
    """Each action, field and round of erasmus_decentralised.yml as a call of its own. Raises BadFactFile likewise."""
    content = read(file)
    years = _table(YearlyCall, content, "years", file)
    actions = _table(Action, content, "actions", file)
    fields = _table(Area, content, "fields", file)
    for number, entry in enumerate(_part(content, "rounds", file), 1):
        where = f"{file}, round {number}"
        this = build(Round, entry, where)
        yearly = _known(years, this.year, f"{where}: field year")
        for code in this.actions:
            action, _, field = code.partition("-")
            what = _known(actions, action, f"{where}: field actions"), _known(fields, field, f"{where}: field actions")
            yield _erasmus(code, *what, this, yearly)


def _erasmus(code: str, action: Action, field: Area, this: Round, yearly: YearlyCall) -> RawCall:
    terms = action.fields() | {"note": " ".join(filter(None, (action.note, this.note)))}
    key = f"{code}-{this.year}-R{this.round}"
    what = action.title if action.names_field else f"{action.title} in {field.name}"
    return RawCall(
        source="erasmus_decentralised",
        reference=key,
        identifier=key,
        title=f"{what}, {this.year}, round {this.round} ({code})",
        call_identifier=yearly.code,
        call_title=f"Erasmus+ call for proposals {this.year}",
        programme="ERASMUS+-NATIONAL",
        description=f"{action.description} {field.description}",
        url=action.url,
        sources=tuple(dict.fromkeys((*this.sources, *yearly.sources, *action.sources))),
        opening=yearly.published.isoformat(),
        **_written(yearly.as_of, (this.deadline,), this.closes),
        **terms,
    )


def _written(as_of: date, deadlines: tuple[date, ...], closes: str | None) -> dict[str, Any]:
    return {
        "kind": CallKind.CALL,
        "language": "en",
        "fetched_at": datetime.combine(as_of, time(), UTC),
        "deadlines": tuple(day.isoformat() for day in deadlines),
        "deadline_time": f"{closes} {BRUSSELS}" if closes else "",
    }


def _same(entry: Frozen, *names: str) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}


def _part(content: dict[str, Any], name: str, file: Path) -> Any:
    if name not in content:
        raise BadFactFile(f"{file}: {name} is missing; found {', '.join(map(str, content))}.")
    return content[name]


def _table(model: type[Entry], content: dict[str, Any], name: str, file: Path) -> dict[str, Entry]:
    entries = _part(content, name, file).items()
    return {str(key): build(model, entry, f"{file}, {name} {key}") for key, entry in entries}


def _known(entries: dict[str, Entry], key: object, where: str) -> Entry:
    if str(key) not in entries:
        raise BadFactFile(f"{where}: found {key}; allowed: {', '.join(entries)}.")
    return entries[str(key)]
