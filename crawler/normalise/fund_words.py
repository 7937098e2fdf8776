"""Funds and national programmes, named in any language of the EU -> the programmes their money belongs to.

Facts: data/reference/fund_words.yml. Knows no source and no call.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from crawler.normalise.issues import Issues
from crawler.normalise.phrases import Item, Phrases, Token, abbreviates, read_list
from crawler.normalise.text import clean_line
from matcher.factfile import build, read
from matcher.model import Frozen, Text

WORDS = Path(__file__).parents[2] / "data" / "reference" / "fund_words.yml"
KEYS = ("ESF+-NATIONAL", "ERDF-NATIONAL", "AMIF-NATIONAL")
"""Keys of programmes.yml, in the order in which they are given."""
LONG = 2000
"""Characters from which on a text is no list of funds."""
YEARS = ("2021", "2027")
LINES = re.compile(r"[;|\r\n]+")
PROBLEM = "unknown fund or national programme; name it in data/reference/fund_words.yml"


class Named(Frozen):
    """Names of one fund, or of programmes that spend it. The key is one of programmes.yml, or says why none is."""

    key: Literal["ESF+-NATIONAL", "ERDF-NATIONAL", "AMIF-NATIONAL", "outside", "mixed"]
    source: Text
    as_of: date
    evidence: Literal["seen", "reported", "known"]
    names: tuple[Text, ...]
    note: str = ""


class WordsFile(Frozen):
    joins: tuple[Text, ...]
    funds: tuple[Named, ...]
    programmes: tuple[Named, ...]


def understand_funds_named(texts: Iterable[str], language: str, issues: Issues) -> tuple[str, ...]:
    """Keys of the programmes that the texts name, ESF+ before ERDF before AMIF; an unknown name is an issue.

    Empty where no fund is named, only others than these three, or a programme with several. The names of all languages
    are read whatever `language` is: a Finnish text may write ESF+ as well as ESR+.
    """
    items = [item for text in texts for item in _items(text, issues)]
    for item in items:
        if item.means is None:
            issues.add("programme", PROBLEM, item.text)
    return tuple(key for key in KEYS if any(item.means and key in item.means for item in items))


def _items(text: str, issues: Issues) -> list[Item]:
    if len(text) > LONG:
        issues.add("programme", f"{len(text):,} characters are no list of funds; nothing was read from them", text)
        return []
    lines = map(clean_line, LINES.split(unicodedata.normalize("NFC", text)))
    return [item for line in lines for item in read_list(line, _phrases(), _behind)]


def _behind(words: Sequence[Token], begin: int, end: int, means: frozenset[str]) -> int:
    """Where the years of the period and brackets with a name of the same end: European Social Fund Plus (ESF+)."""
    while end < len(words) and words[end].word in YEARS:
        end += 1
    if end == len(words) or words[end].word != "(":
        return end
    close = next((at for at in range(end, len(words)) if words[at].word == ")"), len(words))
    inside = words[end + 1 : close]
    named = [other for stop, other in _phrases().at(words, end + 1) if stop == close] if inside else []
    same = named[0] == means if named else abbreviates(inside, words[begin:end])
    return close + 1 if same and close < len(words) else end


@cache
def _phrases() -> Phrases:
    file = words_file()
    named = [(name, frozenset({entry.key})) for entry in (*file.programmes, *file.funds) for name in entry.names]
    return Phrases(dict(named).items(), file.joins)


@cache
def words_file() -> WordsFile:
    """The file, checked. Raises BadFactFile naming file and field."""
    return build(WordsFile, read(WORDS), str(WORDS))
