"""What is held of a call, each with its ground: verdicts, conditions, money, and what else the call says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.told.sources import Piece, sourced
from matcher.alerts.letters.voice import NAME, Voice
from matcher.documents.cited import Cited
from matcher.languages.terms import BASES
from matcher.model import Answer, Condition, Quote, RouteBody, Sentence, Verdict
from matcher.printable import one_line, safe_url
from matcher.wording.layout import without_middle
from matcher.wording.money import MoneyFact
from matcher.wording.quotes import place_words
from matcher.wording.routes import standing_words

if TYPE_CHECKING:
    from matcher.eligibility.offers import Offer

LONGEST = 1_000
"""Characters of a label or a reason, which may name what a call says."""
QUOTED = 1_000
"""Characters of a quote; of a longer one the middle is left out."""


@dataclass(frozen=True)
class Statement:
    """Something that is held of a call, with its ground. Empty: there is nothing to say."""

    label: str
    text: str
    answer: Answer | None = None
    remedy: str = ""
    quote: str = ""
    place: str = ""
    """Where the quote stands."""
    address: str = ""
    """Of the document in which the quote stands."""
    grounds: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Body:
    """Somebody to apply to, or to ask."""

    label: str
    name: str
    address: str
    standing: tuple[Piece, ...]


@dataclass(frozen=True)
class Teller:
    """Puts into words what was found in one call."""

    voice: Voice
    language: str
    """Of the call's texts; empty where it is not known."""
    cited: Mapping[str, Cited]
    """The documents that quotes stand in, by SHA-256."""

    def verdict(self, one: Verdict | Condition) -> Statement:
        say = self.voice.speaker
        basis = say.gettext("Rests on: %(ground)s", ground=say.term(BASES[one.basis])) if one.basis else ""
        grounds = ". ".join(filter(None, (basis, say.say(one.reference))))
        remedy = say.say(one.remedy) if one.remedy else ""
        return self._statement(one.label, one.reason, one.quote, grounds, one.answer, remedy)

    def money(self, one: MoneyFact) -> Statement:
        return self._statement(one.label, one.text, one.quote, self.voice.speaker.say(one.reference))

    def offer(self, one: Offer) -> Statement:
        say = self.voice.speaker
        told = say.say(one.text) if one.certain else f"{say.say(one.text)} {say.gettext('(read with doubt)')}"
        return self._statement(one.label, told, one.quote, say.say(one.reference))

    def quote(self, text: str) -> str:
        return self.voice.foreign(without_middle(text, QUOTED), QUOTED, self.language)

    def place(self, quote: Quote) -> str:
        """The field of the call, or the title of the document with its page."""
        voice, say = self.voice, self.voice.speaker
        known = self._document(quote)
        if known is None:
            return voice.own(say.say(place_words(quote)))
        page = voice.own(say.gettext("page %(number)s", number=quote.page)) if quote.page else ""
        day = voice.own(say.gettext("as of %(day)s", day=say.day(known.as_of)))
        return voice.joined([one for one in (voice.foreign(known.title, NAME), page, day) if one])

    def _statement(
        self,
        label: Sentence,
        text: Sentence,
        quote: Quote | None,
        grounds: str,
        answer: Answer | None = None,
        remedy: str = "",
    ) -> Statement:
        say = self.voice.speaker
        known = self._document(quote) if quote else None
        return Statement(
            label=one_line(say.say(label), LONGEST),
            text=one_line(say.say(text), LONGEST),
            answer=answer,
            remedy=remedy,
            quote=self.quote(quote.text) if quote else "",
            place=self.place(quote) if quote else "",
            address=(safe_url(known.url) or "") if known else "",
            grounds=sourced(grounds),
        )

    def _document(self, quote: Quote) -> Cited | None:
        return self.cited.get(quote.document) if quote.document else None


def body(label: str, one: RouteBody, voice: Voice) -> Body:
    """`label`: what it is there for."""
    name = f"{one.name} ({one.english})" if one.english else one.name
    standing = sourced(voice.speaker.say(standing_words(one)))
    return Body(label, voice.foreign(name, 3 * NAME), safe_url(one.url) or "", standing)
