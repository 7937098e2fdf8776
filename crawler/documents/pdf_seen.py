"""Which words of a PDF page its readers see: not those outside of it, invisible ones, or white ones on nothing.

What only a machine reads is no condition that a call states. Invisible words over a picture are what another machine
took a scanned page for.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from crawler.documents.words import Word

WHITE = 250
"""Of 255, from which on red, green and blue together are white."""
MOST_GROUNDS = 500
"""Painted pieces of a page that are told apart; with more of them, all of it counts as painted."""
EVERYWHERE = (-math.inf, -math.inf, math.inf, math.inf)

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


class Sight(Enum):
    SEEN = "seen"
    UNSEEN = "unseen"
    RECOGNISED = "recognised"
    """By a machine, in a picture."""


@dataclass(frozen=True)
class Grounds:
    """What is painted on a page that words may stand on."""

    page: Box
    pictures: tuple[Box, ...] = ()
    painted: tuple[Box, ...] = ()
    """Pictures, and surfaces in another colour than white."""

    def sight(self, textpage: pdfium.PdfTextPage, number: int, word: Word) -> Sight:
        """`number`: of the word's first letter among those of the page."""
        if not _holds(self.page, word):
            return Sight.UNSEEN
        drawn = raw.FPDFText_GetTextObject(textpage, number)
        if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            return Sight.RECOGNISED if any(_holds(box, word) for box in self.pictures) else Sight.UNSEEN
        if _is_white(lambda *colour: raw.FPDFText_GetFillColor(textpage, number, *colour)):
            return Sight.SEEN if any(_holds(box, word) for box in self.painted) else Sight.UNSEEN
        return Sight.SEEN


def grounds_of(
    page: Box, objects: Iterable[pdfium.PdfObject], box_of: Callable[[float, float, float, float], Box]
) -> Grounds:
    """`box_of` brings left, bottom, right and top of an object to the page's own places."""
    told = [(one, box_of(*one.get_bounds()) if not one.level else EVERYWHERE) for one in objects if _is_painted(one)]
    pictures = [box for one, box in told if one.type == raw.FPDF_PAGEOBJ_IMAGE]
    return Grounds(page, _few(pictures), _few([box for _, box in told]))


def _few(boxes: list[Box]) -> tuple[Box, ...]:
    return tuple(dict.fromkeys(boxes)) if len(boxes) <= MOST_GROUNDS else (EVERYWHERE,)


def _is_painted(one: pdfium.PdfObject) -> bool:
    if one.type != raw.FPDF_PAGEOBJ_PATH:
        return one.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, filled, stroked)
    return bool(filled.value) and not _is_white(lambda *colour: raw.FPDFPageObj_GetFillColor(one, *colour))


def _is_white(told: Callable[..., int]) -> bool:
    """False where the colour is none that can be told: a pattern, for one."""
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(told(*colour)) and all(one.value >= WHITE for one in colour[:3])


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
