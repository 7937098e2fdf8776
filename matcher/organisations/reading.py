"""What a text says of an organisation: proposals, each with the sentence it was found in, for a person to confirm.

Pure. Nothing is concluded that does not stand in the text; what is not found is not proposed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from matcher.geography import Lau, Unit
from matcher.model import OrganisationType
from matcher.organisations.form import whole_number
from matcher.organisations.tongues import EU, heard
from matcher.organisations.vocabulary import Vocabulary
from matcher.sentences import sentences

MOST_NEEDS = 8
LONGEST_NAME = 100
LONGEST_NEED = 400
"""Characters; a longer sentence says more than what is looked for."""
LEAST_PEOPLE = 100
"""A smaller number beside the word "inhabitants" is that of something else."""
LEAST_LETTERS = 4
"""Of the name of a place that is looked for: shorter ones are words of many languages."""
NEAR = 40
"""Characters between a number and its word."""

_NUMBER = re.compile(r"\d{1,3}(?:[ .,’'\u00a0\u202f]\d{3})+|\d{3,}")
_HEADING = re.compile(r"[^.!?;]{2,80}?\s*:?")
_WORD = re.compile(r"\w[\w’'-]*")


class Proposal(NamedTuple):
    """`field` and `value` as a draft holds them; the sentence stands in the text as it is here."""

    field: str
    value: str
    sentence: str


def proposals(
    text: str,
    words: Vocabulary,
    countries: Mapping[str, str],
    members: Collection[str],
    languages: Mapping[str, str],
) -> tuple[Proposal, ...]:
    """What the text says; places are looked for by `place`, once the country is known.

    `countries` and `languages`: their names, in whatever language, to their codes. `members`: Member States, which come
    before other countries: descriptions name those that people came from as well.
    """
    told = [span.text for span in sentences(text)]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: list[Proposal] = []
    found += _name(lines, words)
    found += _type(told, words)
    found += _country(told, countries, members)
    found += _description(told)
    found += _population(told, words)
    found += _languages(text, lines, words, languages)
    found += _needs(text, words)
    return tuple(found)


def place(text: str, regions: Mapping[str, str], units: Sequence[Lau]) -> Proposal | None:
    """The region of the municipality or region that the text names most often; of several, the one named first.

    `regions`: NUTS codes of the country, with names. `units`: its municipalities.
    """
    known = {_plain(regions[code]): code for code in sorted(regions, key=len)}
    known |= {_plain(unit.name): unit.nuts for unit in units if unit.unit is Unit.MUNICIPALITY}
    told = [span.text for span in sentences(text)]
    counted = Counter(name for sentence in told for name in dict.fromkeys(_names(sentence)) if name in known)
    for best, _ in counted.most_common(1):
        return Proposal("nuts", known[best], next(one for one in told if best in set(_names(one))))
    return None


def _plain(name: str) -> str:
    """As people write it: without what a list says of its form ("Düsseldorf, Stadt")."""
    return name.partition(",")[0].strip()


def _name(lines: Sequence[str], words: Vocabulary) -> Iterator[Proposal]:
    for line in lines:
        label, colon, rest = line.partition(":")
        if colon and words.names.matches(label) and 0 < len(rest.strip()) <= LONGEST_NAME:
            yield Proposal("name", rest.strip(), line)
            return
    if lines and len(lines) > 1 and len(lines[0]) <= LONGEST_NAME and lines[0][-1] not in ".!?:;,":
        yield Proposal("name", lines[0], lines[0])


def _type(told: Sequence[str], words: Vocabulary) -> Iterator[Proposal]:
    """What the text says first. In one sentence, that migrants lead it says more than where it is or whom it helps."""
    order = (OrganisationType.MIGRANT_LED, OrganisationType.MUNICIPALITY, OrganisationType.MIGRANT_SERVING)
    found = ((kind, sentence) for sentence in told for kind in order if words.types[kind].found(sentence))
    yield from (Proposal("type", kind, sentence) for kind, sentence in islice(found, 1))


def _country(told: Sequence[str], countries: Mapping[str, str], members: Collection[str]) -> Iterator[Proposal]:
    seen = [(code, one) for one in told for name in set(_names(one)) if (code := countries.get(name))]
    counted = Counter(code for code, _ in seen)
    if counted:
        best = max(counted, key=lambda code: (code in members, counted[code], code))
        yield Proposal("country", best, next(sentence for code, sentence in seen if code == best))


def _description(told: Sequence[str]) -> Iterator[Proposal]:
    """The first whole sentence."""
    whole = (one for one in told if one.endswith(".") and 40 <= len(one) <= 500)
    yield from (Proposal("description", one, one) for one in islice(whole, 1))


def _population(told: Sequence[str], words: Vocabulary) -> Iterator[Proposal]:
    for sentence in told:
        for found in _NUMBER.finditer(sentence):
            around = sentence[max(0, found.start() - NEAR) : found.end() + NEAR]
            number = whole_number(found[0])
            if number is not None and number >= LEAST_PEOPLE and words.inhabitants.found(around):
                yield Proposal("population", str(number), sentence)
                return


def _languages(text: str, lines: Sequence[str], words: Vocabulary, languages: Mapping[str, str]) -> Iterator[Proposal]:
    """Those that the text names after such a word; else the one it is written in."""
    for line in lines:
        label, colon, rest = line.partition(":")
        if colon and words.languages.matches(label):
            codes = dict.fromkeys(code for one in _WORD.findall(rest) if (code := languages.get(one.casefold())))
            yield from (Proposal("languages", code, line) for code in codes)
            return
    own = heard(text[:2_000])
    if own.is_sure and own.language in EU and lines:
        yield Proposal("languages", own.language, next((one for one in lines if len(one) > LEAST_LETTERS), lines[0]))


def _needs(text: str, words: Vocabulary) -> Iterator[Proposal]:
    """Sentences that say what is looked for; lines below a heading that does, up to a gap or another heading."""
    found: dict[str, None] = {}
    below, before = False, 0
    for line in map(str.strip, text.splitlines()):
        label, colon, rest = line.partition(":")
        if words.needs.matches(label) and (colon or _HEADING.fullmatch(line)):
            below, before, line = True, len(found), rest
        elif below and (_is_heading(line) or (not line and len(found) > before)):
            below = False
        for one in (span.text for span in sentences(line)):
            if (below or words.needs.found(one)) and len(one) <= LONGEST_NEED:
                found.setdefault(one)
    yield from (Proposal("needs", one, one) for one in islice(found, MOST_NEEDS))


def _is_heading(line: str) -> bool:
    """A label before a colon with nothing after it, or a line in capitals."""
    return (line.endswith(":") and len(line) <= LONGEST_NAME) or (line.isupper() and len(line) > LEAST_LETTERS)


def _names(sentence: str) -> Iterator[str]:
    """All runs of one to four words that begin with a capital letter, as they stand in the sentence."""
    found = list(_WORD.finditer(sentence))
    for at, first in enumerate(found):
        if not first[0][0].isupper():
            continue
        for last in found[at : at + 4]:
            name = sentence[first.start() : last.end()]
            if len(name) >= LEAST_LETTERS:
                yield name
