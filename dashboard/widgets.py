"""Drawing functions that more than one page uses. Every text from outside goes through `escaped` or `st.text`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from dashboard import words
from dashboard.escape import host, md_escape, md_link
from matcher.days import day_words
from matcher.model import Call, Contribution, Evidence, Profile, Route, RouteBody, RouteKind
from matcher.provenance import Titles, unconfirmed_in_short
from matcher.wording.quotes import place_words
from matcher.wording.routes import standing_words

if TYPE_CHECKING:
    from matcher.coverage import Freshness

Colour = Literal["green", "blue", "violet", "orange", "gray", "red"]


class Look(NamedTuple):
    colour: Colour
    icon: str


ROUTES = {
    RouteKind.LEAD: Look("green", ":material/flag:"),
    RouteKind.CO_APPLICANT: Look("green", ":material/group_add:"),
    RouteKind.AFFILIATED_ENTITY: Look("green", ":material/link:"),
    RouteKind.SUB_GRANT: Look("blue", ":material/redeem:"),
    RouteKind.NATIONAL_AUTHORITY: Look("green", ":material/account_balance:"),
    RouteKind.MANAGING_AUTHORITY: Look("violet", ":material/account_balance:"),
    RouteKind.NATIONAL_AGENCY: Look("violet", ":material/account_balance:"),
    RouteKind.ASSOCIATED_PARTNER: Look("orange", ":material/handshake:"),
    RouteKind.UNKNOWN: Look("gray", ":material/help:"),
    RouteKind.NOT_OPEN: Look("red", ":material/block:"),
}
"""How a route looks. Its words are always beside colour and icon."""

escaped = md_escape


def small(markdown: str) -> None:
    """A line of lesser weight. Not `st.caption`: that fades links below a readable contrast."""
    st.markdown(f":small[:gray[{markdown}]]")


def problem(error: Exception) -> None:
    """A sentence a reader can act on: what is wrong, where, what to do."""
    sentence = str(error)
    st.error(md_escape(sentence[:1].upper() + sentence[1:]), icon=":material/error:")


def freshness(state: Freshness) -> None:
    """How old everything on the page is. The sentence is ours; its backticks mark a command."""
    icon = ":material/history:" if state.snapshot else ":material/update:"
    small(f"{icon} {state.sentence[:1].upper()}{state.sentence[1:]}")


def organisation(profile: Profile) -> None:
    """Who the organisation is and what it looks for: what all matches on the page rest on."""
    st.markdown(md_escape(profile.description))
    with st.expander("What it looks for, and where that is known from"):
        for need in profile.needs:
            st.markdown(f"- {md_escape(need.text)} ({md_escape(need.language)})")
        for fact in profile.facts:
            small(f"{md_escape(fact.text)} ({source(fact.source)}, as of {day_words(fact.as_of)})")


def subscribe(profile: Profile) -> None:
    """The way to the sign-up for mails, a page beside the dashboard (dashboard.routes)."""
    st.markdown(f"[News of these calls by mail](/alerts/subscribe?{urlencode({'profile': profile.id})})")


def source(named: str) -> str:
    """Where something is known from, as Markdown: words, and for each address in them a link that shows its host."""
    pieces = _ADDRESS.split(named)
    return "".join(md_link(host(piece), piece) if host(piece) else _words(piece) for piece in pieces)


_ADDRESS = re.compile(r"(https?://\S+?)(?=[;,.)]*(?:\s|$))")


def _words(piece: str) -> str:
    """Escaped, with the space kept that stands between words and a link."""
    before, after = piece[:1].isspace() * " ", piece[-1:].isspace() * " "
    return f"{before}{md_escape(piece)}{after}" if piece.strip() else before


def route_badge(route: Route) -> None:
    look = ROUTES[route.kind]
    st.badge(md_escape(route.label), icon=look.icon, color=look.colour)
    if route.body:
        small(f"At: {_named(route.body)}")


def whom(route: Route) -> None:
    """What is known of the body to apply to, whom to ask, and who is missing."""
    bodies = [("Apply to", route.body)] if route.body else []
    for label, body in [*bodies, *(("Ask", contact) for contact in route.contacts)]:
        standing = standing_words(body)
        small(f"{label}: {_named(body)}" + (f", {source(standing)}" if standing else ""))
    if route.gap:
        small(f":material/help: {source(route.gap)}")


def _named(body: RouteBody) -> str:
    name = f"{body.name} ({body.english})" if body.english else body.name
    return md_link(name, body.url) if host(body.url) else md_escape(name)


def unconfirmed(call: Call, titles: Titles) -> None:
    """A mark on calls that no official page stands behind yet, with where they are known from."""
    if not call.is_confirmed:
        st.badge(md_escape(unconfirmed_in_short(call, titles)), icon=":material/help:", color="orange")


def deadline(call: Call, on: date) -> None:
    """The date a new applicant works towards, and below it how far away it is."""
    ahead = call.next_deadline(on)
    if ahead is None:
        st.markdown(f"**Deadline:** {md_escape(words.next_deadline_words(call, on))}")
    else:
        st.markdown(f"**Deadline:** {md_escape(words.stated_deadline(ahead))}")
        small(words.time_left(ahead, on) or "days left not known")


FIT_OF_A_CALL = "The fit is the sum of these parts; who may apply does not change it."


def score(value: float, parts: Sequence[Contribution], key: str, note: str = FIT_OF_A_CALL) -> None:
    """The score as bar and figure, and on demand the parts it is the sum of; `note` is Markdown of ours."""
    st.progress(min(max(value, 0.0), 1.0), text=f"Fit {value:.2f} of 1")
    with st.popover("How the fit is made", type="tertiary", key=f"fit {key}"):
        st.markdown(note)
        st.table(
            {
                "part": [md_escape(part.label) for part in parts],
                "weight": [f"{part.weight:.2f}" for part in parts],
                "signal": [f"{part.signal:.2f}" for part in parts],
                "part of the fit": [f"{part.value:.2f}" for part in parts],
            },
            hide_index=True,
        )
        for part in parts:
            if part.note:
                small(md_escape(part.note))


def evidence(found: Evidence) -> None:
    """A sentence of the call, verbatim, with its place and the need it speaks to."""
    st.markdown(f"> “{md_escape(found.quote.text)}”")
    small(f"From {md_escape(place_words(found.quote))}. Speaks to the need: {md_escape(found.need)}")
