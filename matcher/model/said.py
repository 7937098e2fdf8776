"""Sentences of ours that can be said in any of the interface's languages: English by themselves, their parts kept.

What knows no language (logs, the command line, JSON) takes them as the English text that they are. Texts from outside
(a name, a quote, an address) are plain values and stay as they are in every language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Protocol, Self

from pydantic import AfterValidator, WrapValidator
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from matcher.model.base import Text
from matcher.model.deadlines import Precision
from matcher.model.money import Money


class Voice(Protocol):
    """What says a sentence in one language: `matcher.languages.Speaker`."""

    def gettext(self, message: str, **values: object) -> str: ...
    def ngettext(self, one: str, many: str, n: int, **values: object) -> str: ...
    def pgettext(self, context: str, message: str, **values: object) -> str: ...
    def listing(self, words: Sequence[str]) -> str: ...
    def series(self, words: Sequence[str]) -> str: ...
    def either(self, words: Sequence[str]) -> str: ...
    def day(self, day: date, precision: Precision) -> str: ...
    def money(self, money: Money) -> str: ...
    def number(self, number: int | Decimal) -> str: ...
    def percent(self, part: float) -> str: ...
    def country_name(self, code: str) -> str: ...
    def language_name(self, code: str) -> str: ...


class Said(str):
    """English text that knows how it is said in another language. Made by the functions below."""

    __slots__ = ("_by", "_parts")
    _by: Any
    _parts: tuple[Any, ...]

    @classmethod
    def of(cls, english: str, by: Any, *parts: Any) -> Self:
        """`by(voice, *parts)` says it; a function of this module, so that it can be pickled."""
        made = cls(english)
        made._by, made._parts = by, parts
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), str(self), self._by, self._parts)

    def by(self, voice: Voice) -> str:
        told: str = self._by(voice, *self._parts)
        return told


def _again(kind: type[Said], english: str, by: Any, parts: tuple[Any, ...]) -> Said:
    """Out of a pickle."""
    return kind.of(english, by, *parts)


def said(message: str, **values: object) -> Said:
    """A message with its values: `said("Closed on %(day)s.", day=a_day(…))`. A percent sign is written twice.

    Values are said too: a sentence, a term, a day, an amount. A whole number is written as its language does.
    """
    return Said.of(message % values, _message, message, values)


def said_of(context: str, message: str, **values: object) -> Said:
    """A message that means something else elsewhere, with the subject that says which sense is meant."""
    return Said.of(message % values, _message_of, context, message, values)


def said_n(one: str, many: str, n: int, **values: object) -> Said:
    """The message for a number, which is itself the value `num`."""
    return Said.of((one if n == 1 else many) % {"num": f"{n:,}", **values}, _messages, one, many, n, values)


def to_say(message: str) -> str:
    """Marks a message that stands in a table, for the catalogues; `said` makes a sentence of it later."""
    return message


def together(*parts: str) -> Said:
    """Sentences one after the other, each of which is said by itself; empty ones are left out."""
    return joined(" ", parts)


def joined(mark: str, parts: Sequence[str]) -> Said:
    """Statements that stand beside each other, parted by a mark; empty ones are left out."""
    told = tuple(part for part in parts if part)
    return Said.of(mark.join(told), _joined, mark, told)


def series(parts: Sequence[str]) -> Said:
    """ "a; b; c": statements that may have commas of their own; empty ones are left out.

    The language gives the mark: in Greek a semicolon would make a question of each.
    """
    told = tuple(part for part in parts if part)
    return Said.of("; ".join(told), _series, told)


def listed(parts: Sequence[str], last: str = "and", between: str = ", ") -> Said:
    """ "a", "a and b", "a, b and c"; `last` is "and" or "or". `between`: in English, all but the last two."""
    *head, tail = parts or [""]
    return Said.of(f"{between.join(head)} {last} {tail}" if head else tail, _listed, last, tuple(parts))


def a_day(english: str, day: date, precision: Precision = Precision.DAY) -> Said:
    return Said.of(english, _day, day, precision)


def an_amount(english: str, money: Money) -> Said:
    return Said.of(english, _amount, money)


def a_number(number: int, english: str = "") -> Said:
    """Grouped by thousands; `english`: the number in words."""
    return Said.of(english or f"{number:,}", _number, number)


def a_decimal(english: str, number: Decimal) -> Said:
    """A number with its decimals: "1.5"."""
    return Said.of(english, _number, number.normalize())


def a_share(english: str, part: float) -> Said:
    """A part of 1 as a percentage."""
    return Said.of(english, _share, part)


def a_country(english: str, code: str) -> Said:
    return Said.of(english, _country, code)


def a_language(english: str, code: str) -> Said:
    return Said.of(english, _language, code)


def a_name(english: str, name: str) -> Said:
    """A name that English gives an article: "the European Social Fund"; said where it is a text of ours."""
    return Said.of(english, _name, name)


FACTS = "fact"
"""The subject under which texts of our own data files stand in the catalogues."""


def a_fact(text: str) -> str:
    """A text of our own data files; its translation stands in the catalogues like that of any message."""
    if not text:
        return text
    return Said.of(text, _message_of, FACTS, text.replace("%", "%%"), {})


def begun(text: str) -> str:
    """The same as the beginning of a sentence."""
    if text[:1].isupper():
        return text
    return Said.of(text[:1].upper() + text[1:], _begun, text)


def _say(voice: Voice, text: str) -> str:
    return text.by(voice) if isinstance(text, Said) else text


def _values(voice: Voice, values: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(voice, value) for name, value in values.items()}


def _value(voice: Voice, value: object) -> object:
    if isinstance(value, str):
        return _say(voice, value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    return voice.number(value)


def _message(voice: Voice, message: str, values: Mapping[str, object]) -> str:
    return voice.gettext(message, **_values(voice, values))


def _message_of(voice: Voice, context: str, message: str, values: Mapping[str, object]) -> str:
    return voice.pgettext(context, message, **_values(voice, values))


def _messages(voice: Voice, one: str, many: str, n: int, values: Mapping[str, object]) -> str:
    return voice.ngettext(one, many, n, **_values(voice, values))


def _joined(voice: Voice, mark: str, parts: Sequence[str]) -> str:
    return mark.join([_say(voice, part) for part in parts])


def _series(voice: Voice, parts: Sequence[str]) -> str:
    return voice.series([_say(voice, part) for part in parts])


def _listed(voice: Voice, last: str, parts: Sequence[str]) -> str:
    told = [_say(voice, part) for part in parts]
    return voice.either(told) if last == "or" else voice.listing(told)


def _day(voice: Voice, day: date, precision: Precision) -> str:
    return voice.day(day, precision)


def _amount(voice: Voice, money: Money) -> str:
    return voice.money(money)


def _number(voice: Voice, number: int | Decimal) -> str:
    return voice.number(number)


def _share(voice: Voice, part: float) -> str:
    return voice.percent(part)


def _country(voice: Voice, code: str) -> str:
    return voice.country_name(code)


def _name(voice: Voice, name: str) -> str:
    return _say(voice, name)


def _language(voice: Voice, code: str) -> str:
    return voice.language_name(code)


def _begun(voice: Voice, text: str) -> str:
    told = _say(voice, text)
    return told[:1].upper() + told[1:]


def _kept(value: Any, handler: ValidatorFunctionWrapHandler) -> str:
    """Validated as text, without becoming a mere str."""
    return value if isinstance(value, Said) else handler(value)


OwnText = Annotated[Text, AfterValidator(a_fact)]
"""A field of a model that holds a text of our own data files."""
OwnNote = Annotated[str, AfterValidator(a_fact)]
"""The same, where there may be none."""
Sentence = Annotated[str, WrapValidator(_kept)]
"""A field of a model that holds a sentence of ours, or a text from outside."""
