"""A ready text that asks an organisation to join a project, and a link that opens it in a mail program. Pure.

No address is invented: the link goes to nobody, and the reader fills in whom it is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from matcher.languages import Speaker
from matcher.model import Call, Profile
from matcher.printable import one_line

LONGEST_TITLE = 200
LONGEST_NEED = 300
"""Characters: mail programs cut long links, some at 2,000 characters (RFC 6068 sets no limit)."""


@dataclass(frozen=True)
class Invitation:
    """Plain text; nothing in it is Markdown."""

    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """RFC 6068, without a recipient."""
        return f"mailto:?subject={quote(self.subject, safe='')}&body={quote(self.body, safe='')}"


def invitation(say: Speaker, call: Call, asking: Profile, partner: str, role: str, page: str, on: date) -> Invitation:
    """`role`: what the partner would be, in words; `page`: public address of the call's page, empty for none."""
    title, name = one_line(call.title, LONGEST_TITLE), one_line(asking.name, LONGEST_TITLE)
    paragraphs = (
        say.gettext("To %(partner)s", partner=one_line(partner, LONGEST_TITLE)),
        say.gettext(
            "%(name)s (%(country)s) thinks of a project for this call and looks for a partner: “%(title)s”.",
            name=name,
            country=say.country_name(asking.country),
            title=title,
        ),
        say.gettext("You could take part as: %(role)s.", role=role),
        say.gettext("What we look for: %(need)s", need=one_line(asking.needs[0].text, LONGEST_NEED)),
        _deadline(say, call, on),
        say.gettext("More about the call: %(address)s", address=page or call.url),
        say.gettext("Would you like to talk about it? We are glad of any answer."),
        name,
    )
    subject = say.gettext("Partner for a project: %(title)s", title=title)
    return Invitation(subject, "\n\n".join(filter(None, paragraphs)))


def _deadline(say: Speaker, call: Call, on: date) -> str:
    ahead = call.next_deadline(on)
    return say.gettext("Applications close: %(deadline)s", deadline=say.deadline(ahead)) if ahead else ""
