"""The file of bodies into types, or a message that names file, country, entry and field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from matcher.factfile import BadFactFile, build, read
from matcher.model import Country, Frozen, Text
from matcher.reference.bodies import Bodies, BodyRole, Door, NamedBody, NoBody, Programmes


class _Gap(NoBody):
    note: Text
    """A gap in the file says what was looked for."""


class _Of(Frozen):
    """The entries of one country, not checked yet."""

    bodies: tuple[dict[str, Any], ...] = ()
    gaps: tuple[dict[str, Any], ...] = ()


class _File(Frozen):
    as_of: date
    """The day of every fact that names none."""
    doors: tuple[Door, ...] = Field(min_length=1)
    """Of these each Member State must name a body, or say that none is known."""
    countries: dict[Country, dict[str, Any]]


def load_bodies(path: Path, members: Collection[str], programmes: Collection[str]) -> Bodies:
    """The file's bodies and gaps. `members`: countries that must be complete; `programmes`: the keys there are.

    Raises BadFactFile naming file, country, entry and field.
    """
    content = build(_File, read(path), str(path))
    if missing := sorted(set(members) - content.countries.keys()):
        raise BadFactFile(f"{path}: field countries: {', '.join(missing)} missing; add an entry for each Member State.")
    named: list[NamedBody] = []
    gaps: list[NoBody] = []
    for country, entry in sorted(content.countries.items()):
        where = f"{path}, country {country}"
        own = build(_Of, entry, where)
        for number, body in enumerate(own.bodies, 1):
            facts = {"as_of": content.as_of, **body, "country": country}
            named.append(build(NamedBody, facts, f"{where}, body {number} ({body.get('name')})"))
        for number, gap in enumerate(own.gaps, 1):
            gaps.append(build(_Gap, {**gap, "country": country}, f"{where}, gap {number}"))
    bodies = Bodies(doors=content.doors, named=tuple(named), gaps=tuple(gaps))
    _check(bodies, members, programmes, path)
    return bodies


def _check(bodies: Bodies, members: Collection[str], programmes: Collection[str], path: Path) -> None:
    """What no single entry can show: keys that lead nowhere, doors left out, gaps that a body fills, doubles."""
    for where, found in _programmes(bodies, path):
        if unknown := sorted(set(found) - set(programmes)):
            allowed = ", ".join(programmes)
            raise BadFactFile(f"{where}: field programmes: found {', '.join(unknown)}; allowed: {allowed}.")
    told = _told(bodies, path)
    for country in sorted(members):
        for door in bodies.doors:
            if (country, door.programme, door.role) not in told:
                raise BadFactFile(
                    f"{path}, country {country}: neither a body nor a gap for {door.programme} as {door.role}; "
                    "name one, or add a gap whose note says what was looked for."
                )
    stands = Counter((one.country, one.name, key, one.role) for one in bodies.named for key in one.programmes)
    for (country, name, key, role), count in stands.items():
        if count > 1:
            raise BadFactFile(f"{path}, country {country}: {name} stands there twice as {role} of {key}; keep one.")


def _told(bodies: Bodies, path: Path) -> Mapping[tuple[str, str, BodyRole], NamedBody | NoBody]:
    """What is said of each country, programme and role. Raises BadFactFile where a body stands beside a gap."""
    named = {(one.country, key, one.role): one for one in bodies.named for key in one.programmes}
    gaps = {(one.country, key, one.role): one for one in bodies.gaps for key in one.programmes}
    for country, key, role in sorted(named.keys() & gaps.keys()):
        raise BadFactFile(
            f"{path}, country {country}: gaps: found {key} as {role}, "
            f"for which {named[country, key, role].name} is named; take one of the two out."
        )
    return {**named, **gaps}


def _programmes(bodies: Bodies, path: Path) -> Iterator[tuple[str, Programmes]]:
    """Where keys of programmes stand, and which."""
    for body in bodies.named:
        yield f"{path}, country {body.country}, {body.name}", body.programmes
    for gap in bodies.gaps:
        yield f"{path}, country {gap.country}, gaps", gap.programmes
    for door in bodies.doors:
        yield f"{path}, doors", (door.programme,)
