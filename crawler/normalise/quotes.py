"""Lays out a record's words on who may apply as stored texts, and remembers where each stands for quoting."""

from __future__ import annotations

from typing import NamedTuple

from matcher.model import Quote

LABELS = {
    "applicants": "",
    "lead_rule": "Lead: ",
    "min_applicants": "Least number of applicants: ",
    "min_countries": "Least number of countries: ",
    "roles": "Roles: ",
    "countries": "Countries: ",
}


class Words(NamedTuple):
    """A stored text of a call, and where in it the words of each raw field stand."""

    place: str
    text: str
    starts: dict[str, int]
    ends: dict[str, int]

    def field(self, name: str) -> str:
        """The words of one field; empty when the record has none."""
        start = self.starts.get(name)
        return "" if start is None else self.text[start : self.ends[name]]

    def quote(self, field: str, start: int, end: int) -> Quote:
        """A piece of a field's words, as it stands in the stored text."""
        at = self.starts[field]
        return Quote(text=self.text[at + start : at + end], place=self.place, start=at + start, end=at + end)


def lay_out(place: str, fields: dict[str, str]) -> Words:
    """The clean words of each field, one after the other, each under its label; `place` is the call's field."""
    text: str = ""
    starts, ends = {}, {}
    for name, words in fields.items():
        if not words:
            continue
        label = LABELS[name]
        text += ("\n" if text else "") + label
        starts[name] = len(text)
        text += words
        ends[name] = len(text)
    return Words(place, text, starts, ends)
