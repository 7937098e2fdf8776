"""Draws the end of a call's page: its source's own words, where all comes from, and how a reader keeps it.

To print, as a file, as entries of a calendar, as an address to share.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from dashboard.call.drawing import drawn
from dashboard.frame import Frame
from dashboard.plain import links
from dashboard.plain.links import Form
from dashboard.told import one_call
from dashboard.told.reader import Reader
from matcher.model import Call


def section(frame: Frame, reader: Reader, call: Call, key: str, address: str) -> None:
    """`key`: of the plain pages of an organisation that is not public; `address`: of this page, to be shared."""
    values = one_call.origins(call, reader)
    drawn(frame.say, "call_origins", **values, files=list(_files(frame, call, key)), permalink=address)


def permalink(frame: Frame, call: Call, public: str) -> str:
    """The address of this page for other people; `public`: where readers reach the dashboard."""
    return f"{public}/call?{urlencode(frame.query(call=call.id))}"


def _files(frame: Frame, call: Call, key: str) -> Iterator[tuple[str, str]]:
    """What each is, and its address."""
    say = frame.say
    words = {
        Form.HTML: say.gettext("This call on one page to print or for a slow line"),
        Form.PDF: say.gettext("This call as PDF"),
        Form.CALENDAR: say.gettext("The deadlines of this call as a calendar file (iCalendar)"),
    }
    day = frame.on if frame.on != frame.today else None
    profile = frame.profile.id if frame.profile else ""
    for form, label in words.items():
        yield label, links.call(call.id, profile, say.language, form, key, day)
