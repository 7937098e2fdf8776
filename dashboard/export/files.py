"""What a question is answered with as a file: asks for the matches, has them put into a form."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from dashboard.export.columns import Entry, Table, entries, table
from dashboard.export.csv_file import csv_file
from dashboard.export.newsletter import newsletter
from dashboard.export.pdf import pdf
from dashboard.export.workbook import workbook
from dashboard.listing import Listing
from dashboard.plain import slices
from dashboard.plain.drawing import call_values, lead_values, matches_values
from dashboard.plain.question import Question
from dashboard.routes.page import TEMPLATES
from dashboard.told.calls import Told, told
from dashboard.told.funds import headings
from matcher.alerts.calendars.calendar import Entry as CalendarEntry
from matcher.alerts.calendars.calendar import calendar
from matcher.alerts.letters.voice import Voice
from matcher.languages import environment
from matcher.languages.terms import ROUTES
from matcher.model import Call
from matcher.reference import FundRow

IN_PRINT, IN_TABLE = 400, 5000
"""Calls of one PDF or one text, some 60 pages; and of one workbook or CSV. Making a file of 5,000 takes a process three
to five seconds, which all its readers feel; what asks for more is refused, never cut."""
IN_DETAIL = 300
"""Calls that can be used of which a table tells reason and caution; the file says so where there are more."""


class TooMany(ValueError):
    """More calls than one document holds."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} calls")
        self.most = most


def matches_pdf(what: Question) -> bytes:
    """Raises TooMany, NoPdf."""
    listing = what.listing()
    _checked(listing.table, IN_PRINT)
    rows = slices.whole(listing)
    values = matches_values(what, listing, rows)
    values["address_of"] = {id: what.public_call_address(id) for row in rows for id in row.ids}
    template = environment(what.say.language, TEMPLATES).get_template("plain/matches_file.html.j2")
    html = template.render(**values | {"is_file": True}, asked_for=what.asked_for)
    return pdf(html, TEMPLATES, what.service.settings.public_url)


def call_pdf(what: Question, call: Call) -> bytes:
    """Raises NoPdf."""
    values = call_values(what, call) | {"is_file": True}
    html = environment(what.say.language, TEMPLATES).get_template("plain/call_file.html.j2").render(**values)
    return pdf(html, TEMPLATES, what.service.settings.public_url)


def call_calendar(what: Question, call: Call) -> bytes:
    """Its days, for a calendar program."""
    entry = CalendarEntry(
        call=call,
        events=what.events(call),
        route=what.say.term(ROUTES[what.match(call).route.kind]) if what.profile else "",
        page=what.public_call_address(call.id),
        source=what.known.sources.get(call.source, call.source),
    )
    host = urlsplit(what.service.settings.public_url).hostname or "localhost"
    return calendar(call.title, [entry], what.say, host, datetime.combine(what.on, time(), UTC))


def matches_csv(what: Question) -> bytes:
    """Raises TooMany."""
    return csv_file(_table(what, what.listing()))


def matches_workbook(what: Question) -> bytes:
    """Raises TooMany."""
    say, listing = what.say, what.listing()
    title = say.gettext("Calls for %(name)s", name=what.whose.name)
    sheets = [(say.gettext("The brief’s table"), _brief(what)), (say.gettext("About this file"), _about(what, listing))]
    author = say.gettext("EU funds for integration")
    return workbook(title, author, _table(what, listing), sheets, say.gettext("Calls"))


def matches_text(what: Question) -> bytes:
    """Only what can be used: a newsletter tells nobody what is closed. Raises TooMany."""
    say, listing = what.say, what.listing()
    ids = _usable(listing)
    _checked(ids, IN_PRINT)
    calls = _told(what, ids)
    heading = say.gettext("Calls for %(name)s", name=what.whose.name)
    number = say.ngettext(
        "%(num)s call, as of %(day)s.", "%(num)s calls, as of %(day)s.", len(ids), day=say.day(what.on)
    )
    closing = say.gettext("Before you apply, check the days and conditions on the page of the call.")
    return newsletter(f"{heading}. {number}", [calls[id] for id in ids], say, closing)


def _usable(listing: Listing) -> list[str]:
    """In the order of the list, whatever the fund."""
    usable = {id for part in listing.parts for id in part.usable}
    return [id for id in listing.table.index if id in usable]


def _told(what: Question, ids: list[str]) -> dict[str, Told]:
    voice = Voice(what.say, html=False, is_mail=False)
    return {id: told(match, what.whose, what.known, voice) for id, match in what.matches(ids).items()}


def _checked(calls: Sized, most: int) -> None:
    if len(calls) > most:
        raise TooMany(most)


def _entries(what: Question, listing: Listing) -> list[Entry]:
    _checked(listing.table, IN_TABLE)
    details = _told(what, _usable(listing)[:IN_DETAIL])
    calls = what.service.listed_many(listing.table.index)
    return entries(listing, calls.__getitem__, details, what.public_call_address)


def _table(what: Question, listing: Listing) -> Table:
    return table(_entries(what, listing), what.say, what.known, what.on)


def _brief(what: Question) -> list[list[str]]:
    """The five rows of the brief's table, each cell with its source and day."""
    say, titles = what.say, headings(what.say)
    source, day = say.gettext("Source"), say.gettext("As of")
    head = [say.gettext("Fund"), *(word for title in titles.values() for word in (title, source, day))]
    rows = [[row.fund.value, *_cells(row, titles, what)] for row in what.service.reference.table]
    return [head, *rows]


def _cells(row: FundRow, names: Iterable[str], what: Question) -> list[str]:
    cells = [getattr(row, name).now for name in names]
    return [word for cell in cells for word in (what.say.say(cell.text), cell.source, what.say.day(cell.as_of))]


def _about(what: Question, listing: Listing) -> list[list[str]]:
    """What the file shows, on which day, and where it comes from."""
    say, usable = what.say, _usable(listing)
    lead = lead_values(what, listing)
    told = [
        [say.gettext("Organisation"), what.whose.name],
        [say.gettext("Day"), say.day(what.on)],
        [say.gettext("Data"), lead["freshness"]],
        [say.gettext("Filters"), say.series(what.asked_for) or say.pgettext("filters", "none")],
        [say.gettext("Calls in this file"), say.number(len(listing.table))],
        [say.gettext("Calls in all"), say.number(listing.total)],
        [say.gettext("Address"), what.public_matches_address],
    ]
    if len(usable) > IN_DETAIL:
        most = say.number(IN_DETAIL)
        note = say.gettext(
            "Why a call fits and what to find out is told of the first %(num)s that can be used.", num=most
        )
        told.append([say.gettext("Left out"), note])
    return [[say.pgettext("a file says of itself", "What"), say.pgettext("a file says of itself", "Value")], *told]
