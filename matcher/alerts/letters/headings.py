"""What stands above the calls of a mail: its subject in numbers, and the headings of its parts. Pure.

Each function takes a Voice and returns what may stand as it is in the text or the HTML that the voice is for.
"""

from __future__ import annotations

from collections import Counter

from matcher.alerts.digests.digest import LATER, OPENS_WITHIN, SOON, Digest, Item, Part
from matcher.alerts.letters.voice import Voice
from matcher.model import EventKind


def heading(part: Part, urgent: bool, voice: Voice) -> str:
    match part:
        case Part.CLOSING_SOON | Part.CLOSING_LATER:
            return voice.gettext("Closing within %(days)s days", days=SOON if part is Part.CLOSING_SOON else LATER)
        case Part.NEW if urgent:
            return voice.gettext("New, with less than %(days)s days left", days=SOON)
        case Part.NEW:
            return voice.gettext("New calls")
        case Part.CHANGED:
            return voice.gettext("Changed")
        case Part.OPENED:
            return voice.gettext("Open now")
        case Part.OPENING:
            return voice.gettext("Opening within %(days)s days", days=OPENS_WITHIN)
        case Part.GONE:
            return voice.gettext("Withdrawn or closed")
        case Part.EARLIER:
            return voice.gettext("Deadline moved earlier")


def headline(digest: Digest, voice: Voice) -> str:
    """ "2 close soon, 3 new, 1 withdrawn": how many of what, in the order of the parts."""
    counted = Counter(_sort(section.part, item) for section in digest.sections for item in section.items)
    return voice.joined([_count(sort, size, voice) for sort, size in counted.items()])


def _sort(part: Part, item: Item) -> Part | EventKind:
    """What an item counts as: of what is gone, how it went."""
    if part is Part.GONE:
        return item.kinds[0]
    return Part.CLOSING_SOON if part is Part.CLOSING_LATER else part


def _count(sort: Part | EventKind, size: int, voice: Voice) -> str:
    match sort:
        case Part.CLOSING_SOON:
            return voice.ngettext("%(num)s closes soon", "%(num)s close soon", size)
        case Part.NEW:
            return voice.ngettext("%(num)s new", "%(num)s new", size)
        case Part.CHANGED:
            return voice.ngettext("%(num)s changed", "%(num)s changed", size)
        case Part.OPENED:
            return voice.ngettext("%(num)s open now", "%(num)s open now", size)
        case Part.OPENING:
            return voice.ngettext("%(num)s opens soon", "%(num)s open soon", size)
        case EventKind.WITHDRAWN:
            return voice.ngettext("%(num)s withdrawn", "%(num)s withdrawn", size)
        case EventKind.CLOSED:
            return voice.ngettext("%(num)s closed", "%(num)s closed", size)
        case Part.EARLIER:
            return voice.ngettext("%(num)s deadline moved earlier", "%(num)s deadlines moved earlier", size)
    raise ValueError(f"nothing is counted as {sort!r}")
