"""Calls as a block of text to be pasted into a newsletter: title, one line why, way in, deadline, link. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.told.calls import Told
from matcher.languages import Speaker
from matcher.printable import one_line


def newsletter(heading: str, calls: Iterable[Told], say: Speaker, closing: str) -> bytes:
    """`closing`: says what else there is to know of the list. Each call is a block of its own, its title after a mark,
    so that no text from outside begins a line."""
    blocks = [one_line(heading), *(_block(one, say) for one in calls), one_line(closing)]
    return ("\n\n".join(blocks) + "\n").encode()


def _block(call: Told, say: Speaker) -> str:
    deadline = say.gettext("Deadline: %(day)s", day=call.deadline)
    way = say.gettext("Way in: %(route)s", route=", ".join(filter(None, (call.route, call.body))))
    told = (call.doubt, call.reason, way, deadline, call.official)
    return "\n".join([f"• {one_line(call.title)}", *(f"  {one_line(line, 2_000)}" for line in told if line)])
