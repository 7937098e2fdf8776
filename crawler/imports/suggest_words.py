"""A proposed mapping as YAML for a person to correct, each line with what speaks for it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from crawler.imports.suggest import Suggestion, mapping_of
from crawler.imports.zones import zone_of
from crawler.timetables.mapping import Field

SHOWN = 40
FUNDS = "ESF+, ERDF"


def yaml_lines(found: Suggestion, name: str) -> Iterator[str]:
    """The mapping; every line that holds something a person has to look at says so."""
    slug = re.sub(r"[^a-z0-9]+", "_", name.rpartition(".")[0].lower()).strip("_")[:30] or "list"
    yield f"# Proposed for {name} ({found.layout.where}). Nothing is stored yet. Correct it, then:"
    yield f"#   funding import planned-calls {json.dumps(name, ensure_ascii=False)} --mapping THIS.yml --dry-run"
    yield "source:"
    yield f"  name: {slug if slug[0].isalpha() else f'list_{slug}'}  # the same name again: a newer state of this list"
    yield f"  title: {_quoted(f'Planned calls, {name}')}"
    yield "  publisher: not stated  # who published the list"
    yield '  url: ""  # to be filled in: the page on which the list was published'
    yield "  licence: not stated"
    yield f"  funds: [{FUNDS}]"
    yield f"  zone: {zone_of(found.country)}"
    mapping = mapping_of(found)
    yield f"country: {mapping.country}"
    yield f"language: {_quoted(mapping.language)}"
    yield f"currency: {mapping.currency}  # of amounts that name none"
    if mapping.records:
        yield f"records: {_quoted(mapping.records)}"
    if mapping.epoch:
        yield f"epoch: {mapping.epoch}  # days are written as milliseconds"
    yield f"required: [{', '.join(mapping.required)}]"
    yield "columns:"
    for field in Field:
        guess = found.guesses.get(field)
        if guess is None:
            yield f"  # {field}: not found"
        else:
            samples = ", ".join(_short(text) for text in dict.fromkeys(guess.column.values[:2]))
            yield f"  {field}: [{_quoted(guess.column.name)}]  # {guess.score:.2f}; e.g. {samples}"
    used = {guess.column.name for guess in found.guesses.values()}
    left = [column.name for column in found.layout.columns if column.name not in used]
    if left:
        yield "ignored:  # columns that are no field of ours, or that were not recognised"
        yield from (f"  - {_quoted(header)}" for header in left)


def _quoted(text: str) -> str:
    """A text as YAML reads it back, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return repr(shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…")
