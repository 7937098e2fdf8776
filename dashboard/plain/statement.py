"""What the accessibility statement says of faults that are known; model: Implementing Decision (EU) 2018/1523, Annex.

The faults are those that axe-core and people found in Streamlit 1.67, whose parts the dashboard is drawn with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr

from matcher.languages import Speaker
from matcher.printable import safe_url

PREPARED = date(2026, 11, 22)


@dataclass(frozen=True)
class Fault:
    """What does not conform, with the criterion of WCAG 2.2, and how one gets at the same otherwise."""

    what: str
    criterion: str
    instead: str


def faults(say: Speaker) -> tuple[Fault, ...]:
    on_plain = say.gettext("The plain pages tell the same without it.")
    return (
        Fault(
            say.gettext(
                "Some words of Streamlit’s own controls, such as “Choose options”, are English in every language"
            ),
            "3.1.2",
            say.gettext("The controls of the plain pages speak the language of the page."),
        ),
        Fault(
            say.gettext("The parts of a date field are smaller than 24 pixels"),
            "2.5.8",
            say.gettext("A date can be typed; the plain pages take it in their address."),
        ),
        Fault(
            say.gettext("Maps and charts are pictures that a screen reader cannot enter"),
            "1.1.1",
            say.gettext("Beside each stands a table or a list that tells the same."),
        ),
        Fault(
            say.gettext("The keys R and C do something wherever the focus is, and cannot be switched off"),
            "2.1.4",
            on_plain,
        ),
        Fault(say.gettext("The dashboard shows nothing without JavaScript"), "EN 301 549, 9.6", on_plain),
    )


def contact_link(contact: str) -> str:
    """Where a contact leads: a page, or a mail to an address; empty for what is neither."""
    address = parseaddr(contact)[1]
    return safe_url(contact) or (f"mailto:{address}" if "@" in address and not set(address) & set(" ?&\"'<>") else "")
