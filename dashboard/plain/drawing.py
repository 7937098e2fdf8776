"""What the templates of the plain pages are filled with: the answers in words, and the addresses they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dashboard.filters import Filters
from dashboard.listing import Listing
from dashboard.plain import call, links, slices
from dashboard.plain.form import form
from dashboard.plain.matches import sections
from dashboard.plain.question import Question
from matcher.alerts.letters.voice import Voice
from matcher.languages import Speaker
from matcher.model import Call


def matches_values(what: Question, listing: Listing, rows: Sequence[slices.Row]) -> dict[str, Any]:
    """For plain/matches.html.j2 and the PDF."""
    drawn = sections(rows, what, Voice(what.say, html=True, is_mail=False))
    return {
        **lead_values(what, listing),
        "name": what.whose.name,
        "sections": drawn,
        "address_of": {id: what.call_address(id) for row in rows for id in row.ids},
        "is_file": False,
        "page": what.page,
        "last": slices.last_page(listing),
        "previous": what.matches_address(page=what.page - 1),
        "next": what.matches_address(page=what.page + 1),
        "files": [(label, what.matches_address(one)) for one, label in file_labels(what.say).items()],
        "form": _form(what, listing),
        "hidden": _hidden(what),
        "clear": links.matches(what.whose.id, what.say.language, Filters(), key=what.key),
        "dashboard": f"/?{urlencode(what.dashboard_query)}",
    }


def call_values(what: Question, one: Call) -> dict[str, Any]:
    """For plain/call.html.j2 and the PDF."""
    own = what.profile
    return {
        **call.values(what, one),
        "on": what.on,
        "name": own.name if own else "",
        "is_file": False,
        "files": [
            (what.say.gettext("This call as PDF"), what.call_address(one.id, links.Form.PDF)),
            (what.say.gettext("Deadlines for your calendar"), what.call_address(one.id, links.Form.CALENDAR)),
        ],
        "list": what.matches_address() if own else "",
        "dashboard": f"/call?{urlencode(what.dashboard_query | {'call': one.id})}",
    }


def lead_values(what: Question, listing: Listing) -> dict[str, Any]:
    """What every form of the list says of itself: the day, how fresh it is, how much of all it shows."""
    say = what.say
    return {
        "on": what.on,
        "freshness": _sentence(say.say(what.service.freshness().sentence)),
        "refused": what.refused,
        "are_any": what.filters.are_any,
        "shown": len(listing.table),
        "total": listing.total,
        "usable": listing.usable,
        "left_out": what.service.left_out(what.whose.id),
    }


def file_labels(say: Speaker) -> dict[links.Form, str]:
    """What the links to the files are called; each says what it gives."""
    return {
        links.Form.PDF: say.gettext("Calls as PDF"),
        links.Form.XLSX: say.gettext("Calls as Excel workbook"),
        links.Form.CSV: say.gettext("Calls as CSV table"),
        links.Form.TEXT: say.gettext("Calls as text for a newsletter"),
    }


def _form(what: Question, listing: Listing) -> Any:
    spoken, where = (set(listing.every[name].unique()) - {""} for name in ("language", "country"))
    return form(what.filters, what.say, what.known.goals, spoken, where)


def _hidden(what: Question) -> list[tuple[str, str]]:
    """What the form keeps of the address beside the filters."""
    day = [("on", what.on.isoformat())] if what.on != what.today else []
    key = [("key", what.key)] if what.key else []
    return [("lang", what.say.language), ("profile", what.whose.id), *day, *key]


def _sentence(text: str) -> str:
    """With the capital and the full stop of one."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
