"""The bodies that a route leads to in plain words, for terminal and dashboard. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.days import day_words
from matcher.model import Route, RouteBody, said, together
from matcher.reference.told import Witness

WITNESSES = {
    Witness.SEEN.value: said("as an official page says"),
    Witness.REPORTED.value: said("as a third party says"),
    Witness.KNOWN.value: said("from general knowledge, to be checked"),
}
"""How far a body was read -> what a reader must know of that."""


def body_words(body: RouteBody) -> str:
    """ "Migrationsverket (Swedish Migration Agency) · https://…"."""
    name = f"{body.name} ({body.english})" if body.english else body.name
    return " · ".join(filter(None, (name, body.url)))


def standing_words(body: RouteBody) -> str:
    """What it is, how that is known and as of when, with the note; empty where the call itself names the body."""
    if not body.evidence:
        return body.role
    told = {"role": body.role, "witness": WITNESSES[body.evidence], "source": body.source}
    if body.as_of:
        standing = said("%(role)s, %(witness)s, %(day)s: %(source)s", **told, day=day_words(body.as_of))
    else:
        standing = said("%(role)s, %(witness)s: %(source)s", **told)
    return together(said("%(sentence)s.", sentence=standing), body.note) if body.note else standing


def whom_lines(route: Route) -> Iterator[str]:
    """Whom to apply to and whom to ask, each with what stands behind it, and who is missing."""
    for label, bodies in (("apply to", [route.body] if route.body else []), ("ask", route.contacts)):
        for body in bodies:
            standing = standing_words(body)
            yield f"{label}: {body_words(body)}" + (f" [{standing}]" if standing else "")
    if route.gap:
        yield f"gap: {route.gap}"
