"""Messages, dates, money and names in one language. Pure, but for reading a catalogue once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, reduce
from gettext import NullTranslations

from babel import Locale
from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from matcher.languages.catalogues import SOURCE, known, translations
from matcher.languages.terms import Term
from matcher.model import Deadline, Money, Precision
from matcher.model.said import Said

BRUSSELS = "Europe/Brussels"
LOCALES = {"en": "en_GB"}
"""Language -> locale of its forms, where it is not the language itself: "8 October 2026", not "October 8, 2026"."""
SKELETONS = {Precision.MONTH: "yMMMM", Precision.QUARTER: "yQQQQ", Precision.YEAR: "y"}
"""Precision -> the parts of a date that are said (Unicode TS 35, part 4, "Matching Skeletons")."""
DAYS = 5_000
"""Days that are kept in words: the same ones stand in many mails."""
FIRST_OF_MONTH = {"fr": "d'er' MMMM y"}
"""Languages that write the first of a month as an ordinal, and how: "1er avril 2027"; CLDR has no form for it."""


@dataclass(frozen=True)
class Speaker:
    """One of LANGUAGES. Get it from `speaker`.

    Messages take their values as `%(name)s`; a percent sign in a message is written twice.
    """

    language: str
    translations: NullTranslations
    locale: Locale

    def gettext(self, message: str, **values: object) -> str:
        return self.translations.gettext(message) % values

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """The form that the language has for a number, which is itself the value `num`."""
        return self.translations.ngettext(one, many, n) % {"num": self.number(n), **values}

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """A message that means something else elsewhere: "open" of a call."""
        return self.translations.pgettext(context, message) % values

    def npgettext(self, context: str, one: str, many: str, n: int, **values: object) -> str:
        return self.translations.npgettext(context, one, many, n) % {"num": self.number(n), **values}

    def say(self, text: str) -> str:
        """A sentence of ours in this language (matcher.model.said); a text from outside as it is."""
        if not isinstance(text, Said):
            return text
        return str(text) if self.language == SOURCE else text.by(self)

    def language_of(self, text: str) -> str:
        """The language in which `say` says a text of ours: English where it has no translation yet."""
        return SOURCE if self.say(text) == text else self.language

    def term(self, term: Term) -> str:
        """A word of the trade from matcher.languages.terms."""
        return self.translations.pgettext(term.context, term.text)

    def day(self, day: date, precision: Precision = Precision.DAY) -> str:
        """A day, or the month, quarter or year that begins on it: "8 October 2026", "2nd quarter 2027", "2027"."""
        return _day(self.language, day, precision)

    def deadline(self, deadline: Deadline) -> str:
        """As precisely as its source states it: "8 October 2026, 17:00 (Brussels time)"."""
        day = self.day(deadline.day, deadline.precision)
        if deadline.at is None:
            return day
        values = {"day": day, "time": f"{deadline.at:%H:%M}"}
        if deadline.zone is None:
            return self.gettext("%(day)s, %(time)s (time zone not stated)", **values)
        if deadline.zone == BRUSSELS:
            return self.gettext("%(day)s, %(time)s (Brussels time)", **values)
        city = get_timezone_location(deadline.zone, locale=self.locale, return_city=True)
        return self.gettext("%(day)s, %(time)s (local time in %(city)s)", **values, city=city)

    def money(self, money: Money) -> str:
        """With the code of its currency, cents only where there are any: "EUR 1,200,000"."""
        pattern = str(self.locale.currency_formats["standard"].pattern)
        pattern = pattern.replace("¤#", "¤ #").replace("¤", "¤¤")
        if money.amount == money.amount.to_integral_value():
            pattern = pattern.replace(".00", "")
        return format_currency(money.amount, money.currency, pattern, locale=self.locale, currency_digits=False)

    def number(self, number: int | Decimal) -> str:
        if isinstance(number, int) and 0 <= number < 10:  # in the digits of all LANGUAGES
            return str(number)
        return format_decimal(number, locale=self.locale)

    def decimal(self, number: float, places: int = 2) -> str:
        """With so many decimals, neither more nor fewer: "0.70"."""
        return format_decimal(number, format=f"0.{'0' * places}", locale=self.locale)

    def percent(self, part: float) -> str:
        """A part of 1 as a whole percentage; never 100 or 0 where it is not all or none."""
        if 0 < part < 1:
            part = min(max(part, 0.01), 0.99)
        return format_percent(round(part, 2), locale=self.locale)

    def days_left(self, day: date, on: date) -> str:
        """How far a day is from another: today, tomorrow, in 12 days, 3 days ago."""
        days = (day - on).days
        if days == 0:
            return self.gettext("today")
        if abs(days) == 1:
            return self.gettext("tomorrow") if days == 1 else self.gettext("yesterday")
        if days > 0:
            return self.ngettext("in %(num)s day", "in %(num)s days", days)
        return self.ngettext("%(num)s day ago", "%(num)s days ago", -days)

    def listing(self, words: Sequence[str]) -> str:
        """ "a, b and c"."""
        return format_list(words, locale=self.locale)

    def either(self, words: Sequence[str]) -> str:
        """ "a, b or c"."""
        return format_list(words, style="or", locale=self.locale)

    def series(self, words: Sequence[str]) -> str:
        """ "a; b; c": items that may have commas of their own, parted by the mark that the language has for it."""
        return reduce(self._beside, words) if words else ""

    def _beside(self, first: str, rest: str) -> str:
        return self.pgettext("items of a list", "%(first)s; %(rest)s", first=first, rest=rest)

    def language_name(self, code: str) -> str:
        """What a language (ISO 639-1) is called; its code where no name is known."""
        return str(self.locale.languages.get(code, code))

    def country_name(self, code: str) -> str:
        """What a country (ISO 3166-1) is called; its code where no name is known."""
        return str(self.locale.territories.get(code, code))

    @property
    def name(self) -> str:
        """What the language calls itself, as it begins a line: "Français"."""
        own = self.language_name(self.language)
        return own[:1].upper() + own[1:]


@lru_cache(maxsize=DAYS)
def _day(language: str, day: date, precision: Precision) -> str:
    locale = speaker(language).locale
    if precision in SKELETONS:
        return format_skeleton(SKELETONS[precision], day, fuzzy=False, locale=locale)
    ordinal = FIRST_OF_MONTH.get(language) if day.day == 1 else None
    return format_date(day, ordinal or "long", locale=locale)


@cache
def speaker(language: str) -> Speaker:
    """Raises UnknownLanguage, which names the languages there are."""
    locale = Locale.parse(LOCALES.get(known(language), language))
    return Speaker(language, translations(language), locale)
