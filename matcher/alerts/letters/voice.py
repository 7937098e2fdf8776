"""One language, in a mail's text or in its HTML: messages whose values cannot break out of them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from matcher.languages import Speaker
from matcher.printable import one_line

_LINKED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)|(?<=[^\W\d_])(?=\.[^\W\d_]{2})", re.IGNORECASE)
"""Where a mail reader would see an address in plain words and make a link of it."""
QUOTE, NAME = 280, 100
"""Characters at most: of a sentence of a call, and of a name of an organisation, body or source."""


def tame(text: str, most: int) -> str:
    """Foreign text as one line that no mail reader turns into a link or reads in another direction."""
    return _LINKED.sub("\N{WORD JOINER}", one_line(text, most))


@dataclass(frozen=True)
class Voice:
    """A speaker for one of the two parts of a mail. What it says is safe to be put there as it is."""

    speaker: Speaker
    html: bool
    is_mail: bool = True
    """Else no reader makes links of plain words, and foreign text is left to be copied as it is."""

    def gettext(self, message: str, **values: object) -> str:
        return self._put(self.speaker.translations.gettext(message), values)

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """The number is the value `num`."""
        return self._put(self.speaker.translations.ngettext(one, many, n), {"num": self.speaker.number(n), **values})

    def foreign(self, text: str, most: int, language: str = "") -> str:
        """Words of somebody else, in one line of so many characters at most; in HTML marked with their language."""
        plain = tame(text, most) if self.is_mail else one_line(text, most)
        if not self.html:
            return plain
        tongue = f' lang="{escape(language)}"' if language not in ("", self.speaker.language) else ""
        return Markup(f"<bdi{tongue}>{escape(plain)}</bdi>")

    def own(self, text: str) -> str:
        """Words of ours, such as a term or a date."""
        return escape(text) if self.html else text

    def joined(self, parts: list[str], between: str = ", ") -> str:
        return escape(between).join(parts) if self.html else between.join(parts)

    def _put(self, message: str, values: dict[str, object]) -> str:
        return escape(message) % values if self.html else message % values
