"""The area a national call serves, as its source words it -> NUTS codes. Knows neither the call nor who asks.

A code shuts out every other region, so half an understanding would be worse than none: words that mean nothing here
leave the codes empty, and an area of which something is known to be missing is `narrower` than its codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from crawler.normalise.area_names import Role, Sense, Territory, Vocabulary, vocabulary, words_of
from crawler.normalise.issues import Issues
from crawler.normalise.text import clean_line
from matcher.model import Area

PARTS = re.compile(r"[;|\r\n\u2022\u00b7\u25aa\u25cf]+")
"""What parts entries of a list; commas and the words for "and" stand inside names as well, and part nothing."""
EXPLAINED = re.compile(r"\s[-\u2013\u2014]\s|[:(]")
"""Behind one of these stands what says more precisely what stands before it: "LDR - Nord-Est", "Vest (Arad)"."""
PROBLEM = "words that name no area known here; the area counts as not known. Add them to data/reference/area_words.yml"
DOUBT = "words that may narrow the area; it counts as narrower. Add them to data/reference/area_words.yml"
LONG = 10_000
"""Characters from which on a text is a treatise and names no area."""
NOTHING = "an area that leaves out all it names; it counts as not known"


class Part(NamedTuple):
    """What one part of a text says, as level 3 regions."""

    named: frozenset[str]
    left_out: frozenset[str]
    exception: bool
    smaller: bool
    """Something smaller than the regions is named, or left out of them."""
    strange: str
    """The words that mean nothing here."""

    @property
    def remaining(self) -> frozenset[str]:
        return self.named - self.left_out


def understand_area(texts: Iterable[str], country: str, language: str, issues: Issues) -> Area:
    """The area that the texts name together: codes of NUTS 2024, sorted, as few as can say it.

    `country` is the ISO code of the call's country, `language` the ISO 639-1 code the texts are in. No codes, with an
    issue, where a part is not understood, unless the whole country is named. Empty texts are silence.
    """
    texts = tuple(texts)
    if (length := sum(map(len, texts))) > LONG:
        issues.add("area", f"{length:,} characters are a treatise and no area; it counts as not known", texts[0])
        return Area(text=_joined(texts))
    area, problem, found = _understood(texts, country, language)
    if problem:
        issues.add("area", problem, found)
    return area


@lru_cache(maxsize=256)
def _understood(texts: tuple[str, ...], country: str, language: str) -> tuple[Area, str, str]:
    """The area, and the problem with it and where it was found, if there is one. A list names the same few again."""
    if not (text := _joined(texts)):
        return Area(), "", ""
    known = vocabulary(country, language)
    lines = (unicodedata.normalize("NFC", line) for line in texts)
    parts = [_part(part, known) for line in lines for part in PARTS.split(line) if words_of(part)]
    return _area(text, parts, known.territory)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(filter(None, map(clean_line, texts)))


def _part(text: str, known: Vocabulary) -> Part:
    """Reads one part. Where its second half names some of the regions of the first, only those are meant."""
    whole = _read(words_of(text), known)
    if whole.strange or whole.exception or len(halves := EXPLAINED.split(text, maxsplit=1)) == 1:
        return whole
    wider, finer = (_read(words_of(half), known) for half in halves)
    if wider.strange or finer.strange or not finer.named < wider.named:
        return whole
    return whole._replace(named=finer.named or whole.named, smaller=wider.smaller or finer.smaller)


def _read(words: Sequence[str], known: Vocabulary) -> Part:
    """Reads words as a list. An exception reaches to its end; one of something small takes no region away.

    What the exception does not find among the regions named is no exception from them but a further entry of the list.
    """
    senses, strange = _senses(words, known)
    begin = next((at for at, sense in enumerate(senses) if sense.role is Role.WITHOUT), len(senses))
    named = _regions(senses[:begin])
    behind = senses[begin + 1 :]
    units = any(sense.role is Role.SMALLER for sense in senses)
    left_out = _regions([] if units else [sense for sense in behind if not sense.small])
    towns = any(sense.small for sense in senses)
    return Part(
        named=named | (_regions(behind) - named if named else frozenset()),
        left_out=left_out & named if named else left_out,
        exception=begin < len(senses),
        smaller=units or (towns and (begin < len(senses) or named != known.territory.all)),
        strange=strange if begin == len(senses) or _regions(behind) else " ".join(words),
    )


def _senses(words: Sequence[str], known: Vocabulary) -> tuple[list[Sense], str]:
    """What the words of a part mean, in their order, and those that mean nothing."""
    senses: list[Sense] = []
    strange: list[str] = []
    place = 0
    while place < len(words):
        if hit := known.at(words, place):
            place, sense = hit
            senses.append(sense)
        else:
            strange.append(words[place])
            place += 1
    return senses, " ".join(strange)


def _regions(senses: Iterable[Sense]) -> frozenset[str]:
    return frozenset().union(*(sense.regions for sense in senses))


def _area(text: str, parts: Sequence[Part], territory: Territory) -> tuple[Area, str, str]:
    """All parts together. An exception that stands alone is one from everything else that is named."""
    alone = [part for part in parts if part.exception and not part.named and not part.strange]
    named = frozenset().union(*(part.remaining for part in parts))
    if alone and not named:
        named = territory.all
    strange = "; ".join(part.strange for part in parts if part.strange)
    whole = bool(named) and named == territory.all
    if not named or (strange and not whole):
        return Area(text=text), PROBLEM, strange or text
    left = named.difference(*(part.left_out for part in alone))
    if not left:
        return Area(text=text), NOTHING, text
    smaller = any(part.smaller for part in parts) and not any(_is_everything(part, territory) for part in parts)
    area = Area(text=text, codes=territory.widest(left), narrower=bool(strange) or smaller)
    return area, DOUBT if strange else "", strange


def _is_everything(part: Part, territory: Territory) -> bool:
    return part.named == territory.all and not part.exception and not part.smaller
