"""In which language somebody wrote a sentence, and whether that is certain. The detector is loaded when first asked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

EU: Final = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr"),
    *("hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
)
"""Official languages of the EU (Regulation No 1 of 1958, Article 1, as amended), ISO 639-1."""
OF_NEWCOMERS: Final = ("ar", "fa", "ru", "tr", "uk")
"""What associations of newcomers often write beside them."""
KNOWN: Final = (*EU, *OF_NEWCOMERS)
SURE = 0.85
"""Least probability; below it the reader is told that it is a guess."""
FEW_LETTERS = 12
"""A text with fewer may be of several languages, whatever its probability: "Integration"."""


class Heard(NamedTuple):
    language: str
    is_sure: bool


def heard(text: str, likely: str = "en") -> Heard:
    """The language of a sentence, among KNOWN; `likely` where nothing in it tells."""
    letters = sum(map(str.isalpha, text))
    if not letters:
        return Heard(likely, False)
    language, probability = _detector().rank(text)[0]
    return Heard(language, probability >= SURE and letters >= FEW_LETTERS)


@cache
def _detector() -> LanguageIdentifier:
    """Takes about a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(list(KNOWN))
    return detector
