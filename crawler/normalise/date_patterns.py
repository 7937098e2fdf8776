"""How the languages of the EU write dates, from CLDR by way of babel: forms such as "d MMMM y" as regular expressions.

babel is imported at the first use only: records of the portal never come here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from crawler.normalise.date_words import any_of, date_words
from matcher.model import Precision

if TYPE_CHECKING:
    from babel import Locale

FORMS = {
    Precision.DAY: (
        *("d MMMM y", "d MMM y", "MMMM d y", "MMM d y", "y MMMM d", "y MMM d"),
        *("d.M.y", "d/M/y", "d-M-y", "y.M.d", "y/M/d", "y-M-d", "d MMMM", "d MMM"),
    ),
    Precision.MONTH: ("MMMM y", "MMM y", "y MMMM", "M/y", "M.y"),
    Precision.QUARTER: ("QQQ y", "QQQQ y", "y QQQ", "y QQQQ", "QQQ/y", "QQQQ/y"),
}
"""Read in every language, beside its own forms in CLDR. Numbers are day before month, or year before month."""
OWN = ("full", "long", "medium")
SKELETONS = {Precision.MONTH: ("yMMMM", "yMMM"), Precision.QUARTER: ("yQQQ", "yQQQQ")}
TOKEN = re.compile(r"'([^']*)'|(([a-zA-Z])\3*)|([^a-zA-Z']+)")
YEAR = r"(?P<year>(?:19|20)\d\d)"
NUMBERS = frozenset(("d", "dd", "M", "MM", "L", "y"))
ORDINAL = ("", ".", ".º", "º", "°")
"""What stands behind a number that counts quarters: 1. čtvrtletí, 1.º trimestre, 1º trimestre, 1° trimestre."""
EDGES = (r"(?<![^\W_])(?<![\d][.,/:-])(?<![-/])", r"(?!\w)(?![/-]\d|[.,:]\d)")
"""No date begins or ends inside a word, a number, a code or a path."""


class Names(NamedTuple):
    """Names in one language, folded, and the number each stands for."""

    months: dict[str, int]
    quarters: dict[str, int]
    weekdays: dict[str, int]


class Form(NamedTuple):
    pattern: re.Pattern[str]
    precision: Precision


@cache
def names(language: str) -> Names:
    """The names of CLDR, and the few inflected ones that it lacks; a name that means two months is left out."""
    locale = _locale(language)
    further = enumerate(date_words()["months"].get(language, ()), start=1)
    months = [(name, number) for number, found in further for name in found]
    weekdays: list[tuple[str, int]] = []
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            months += [(name, number) for number, name in locale.months[context][width].items()]
        weekdays += [(name, number) for number, name in locale.days[context]["wide"].items()]
    weekdays += [(name, number) for number, name in locale.days["format"]["abbreviated"].items()]
    quarters = [(n, k) for width in ("wide", "abbreviated") for k, n in locale.quarters["format"][width].items()]
    return Names(_distinct(months), _distinct([*quarters, *_worded(quarters, language)]), _distinct(weekdays))


@cache
def forms(language: str) -> tuple[Form, ...]:
    """Everything that is a date in this language, as patterns with the groups day, month, name, quarter, year."""
    locale = _locale(language)
    written = [(str(locale.date_formats[length].pattern), Precision.DAY) for length in OWN]
    for precision, keys in SKELETONS.items():
        known = [locale.datetime_skeletons[key] for key in keys if key in locale.datetime_skeletons]
        written += [(str(form), precision) for form in known]
    written += [(text, precision) for precision, texts in FORMS.items() for text in texts]
    return tuple(Form(_compiled(text, precision, language), precision) for text, precision in dict.fromkeys(written))


def fold(name: str) -> str:
    """A name as it is looked up: without case, closing dot and doubled blanks; casefold alone takes ΐ apart."""
    return " ".join(normalize("NFC", name.casefold()).split()).rstrip(".")


def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language)


def _distinct(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for name, number in pairs:
        for written in (name, name.replace(".", " ")):  # "trim. II" is also written "trim II"
            found.setdefault(fold(written), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1 and not name.isdigit()}


def _worded(quarters: list[tuple[str, int]], language: str) -> Iterator[tuple[str, int]]:
    """ "second quarter", "II kwartał", "trimestrul II" for the quarter that CLDR calls "2nd quarter"; and Q2."""
    nouns = {max(re.findall(r"[^\W\d_]+", name), key=len) for name, _ in quarters}
    nouns |= set(date_words()["quarter_nouns"].get(language, ()))
    for number, words in date_words()["quarters"].items():
        yield f"Q{number}", number
        for noun in nouns:
            if len(noun) > 3:
                for word in (*words, *(f"{number}{mark}" for mark in ORDINAL)):
                    yield from ((f"{word} {noun}", number), (f"{noun} {word}", number))


def _compiled(text: str, precision: Precision, language: str) -> re.Pattern[str]:
    parts, before = [], ""
    for quoted, letters, letter, mark in (m.groups() for m in TOKEN.finditer(text.replace("’", ""))):
        if letters:
            parts.append(_field(letter, len(letters), language))
        elif quoted is not None:
            parts.append(rf"(?:{re.escape(quoted)}’?)?")
        else:
            parts.append(_mark(mark, after_number=before in NUMBERS))
        before = letters or ""
    if precision is Precision.DAY and not {"E", "c"} & set(text):
        parts.insert(0, rf"(?:{_field('E', 4, language)}(?:\s+den)?[\s,]+)?")
    return re.compile(EDGES[0] + "".join(parts) + EDGES[1], re.IGNORECASE)


def _mark(mark: str, after_number: bool) -> str:
    """What parts two fields: a hyphen, slash or dot as it is, blanks and small words as people set them."""
    sign = mark.strip()
    if sign in ("-", "/") or (sign == "." and after_number):
        return rf"\s?{re.escape(sign)}\s?"
    return rf"(?:[\s.,]+(?:(?:{any_of(date_words()['between'])})(?!\w)[\s.]*)?|(?<=\D)(?=\d))"


def _field(letter: str, width: int, language: str) -> str:
    known = names(language)
    if letter == "y":
        return YEAR if width != 2 else r"(?P<year>(?!))"  # two digits of a year are as good as none
    if letter == "d":
        return rf"(?P<day>\d{{1,2}})(?:\s?(?:{any_of(date_words()['ordinals'])})(?!\w))?"
    if letter in "ML":
        return r"(?P<month>\d{1,2})" if width < 3 else rf"(?P<name>{_alternatives(known.months)})\.?"
    if letter in "Qq":
        return rf"(?P<quarter>{_alternatives(known.quarters)})\.?"
    return rf"(?P<weekday>{_alternatives(known.weekdays)})\.?"


def _alternatives(known: dict[str, int]) -> str:
    return any_of(known).replace(r"\.", r"\.?")
