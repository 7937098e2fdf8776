"""One page of a PDF as PDFium sees it: words with their places, strokes, and how much of it is a picture."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from crawler.documents.pdf_seen import Sight, grounds_of
from crawler.documents.words import Word

MOST_LETTERS = 60_000
"""Of a page; the densest printed ones have a tenth of it."""
MOST_DRAWN = 20_000
"""Objects of a page that are looked at for strokes and pictures."""
BLANKS = frozenset({0, 9, 10, 11, 12, 13, 32, 0x85, 0xA0, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x3000})
BOLD_NAMES = ("bold", "black", "heavy", "demi")
BOLD = 600
"""Weight from which a font is bold."""
SIZE_CHANGE = 0.15
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""For a letter whose font does not tell which it is: PDFium gives the number of its shape, which may be any letter."""

Point = tuple[float, float]
Stroke = tuple[float, float, float, float]
"""x and y of its two ends."""


class Letter(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    number: int
    """Among the letters of the page."""
    apart: bool
    """A blank stands before it."""


@dataclass(frozen=True)
class Turn:
    """Brings places of a page, whose y grows upwards, to upright reading with y downwards."""

    quarter: int
    """Counter-clockwise quarter turns of the letters."""
    box: tuple[float, float, float, float]

    def point(self, x: float, y: float) -> Point:
        left, bottom, right, top = self.box
        match self.quarter:
            case 1:
                return y - bottom, x - left
            case 2:
                return right - x, y - bottom
            case 3:
                return top - y, right - x
            case _:
                return x - left, top - y

    def box_of(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        if not self.quarter:
            return left - self.box[0], self.box[3] - top, right - self.box[0], self.box[3] - bottom
        (x0, y0), (x1, y1) = self.point(left, top), self.point(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def width(self) -> float:
        left, bottom, right, top = self.box
        return top - bottom if self.quarter % 2 else right - left

    @property
    def height(self) -> float:
        left, bottom, right, top = self.box
        return right - left if self.quarter % 2 else top - bottom


@dataclass(frozen=True)
class PageContent:
    """What stands on a page, in points from its upper left corner."""

    words: list[Word]
    strokes: list[Stroke]
    height: float
    pictured: float
    """Share of the page (0..1) that the largest picture covers."""
    unreadable: int
    """Letters whose font does not tell which they are."""
    cut: bool = False
    """It holds more letters or drawings than are read."""
    unseen: str = ""
    """Words that are left out: no reader of the page sees them."""
    recognised: int = 0
    """Words that a machine recognised in a picture."""


def read_page(page: pdfium.PdfPage) -> PageContent:
    """Raises PdfiumError for a page that is broken."""
    textpage = page.get_textpage()
    try:
        turn = Turn(_quarter(textpage, page.get_rotation()), page.get_bbox())
        letters = list(_letters(textpage, turn))
        objects = list(islice(page.get_objects(max_depth=4), MOST_DRAWN))
        grounds = grounds_of((0.0, 0.0, turn.width, turn.height), objects, turn.box_of)
        words = [(_word(textpage, group), group[0].number) for group in _groups(letters)]
        told = [(word, grounds.sight(textpage, number, word)) for word, number in words]
        return PageContent(
            words=[word for word, sight in told if sight is not Sight.UNSEEN],
            strokes=[stroke for one in objects if one.type == raw.FPDF_PAGEOBJ_PATH for stroke in _strokes(one, turn)],
            height=turn.height,
            pictured=_pictured(objects, turn),
            unreadable=sum(_is_unreadable(ord(letter.text)) for letter in letters),
            cut=textpage.count_chars() > MOST_LETTERS or len(objects) == MOST_DRAWN,
            unseen=" ".join(word.text for word, sight in told if sight is Sight.UNSEEN),
            recognised=sum(sight is Sight.RECOGNISED for _, sight in told),
        )
    finally:
        textpage.close()


def _quarter(textpage: pdfium.PdfTextPage, rotation: int) -> int:
    """How most letters of the page are turned; where there are none, as the page is shown."""
    count = textpage.count_chars()
    step = max(1, count // 200)
    angles = Counter(_angle(textpage, index) for index in range(0, count, step))
    return angles.most_common(1)[0][0] if angles else (rotation // 90) % 4


def _angle(textpage: pdfium.PdfTextPage, index: int) -> int:
    """Quarter turns; PDFium counts clockwise, and gives -1 where it does not know."""
    radians = raw.FPDFText_GetCharAngle(textpage, index)
    return -round(radians / (math.pi / 2)) % 4 if radians >= 0 else 0


def _letters(textpage: pdfium.PdfTextPage, turn: Turn) -> Iterator[Letter]:
    """Letters in the order of the file; those turned otherwise than most (stamps, watermarks) are left out."""
    handle, box, apart = textpage.raw, raw.FS_RECTF(), True
    code_of, place, is_guess = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_HasUnicodeMapError
    for index in range(min(textpage.count_chars(), MOST_LETTERS)):
        code = code_of(handle, index)
        if code in BLANKS:
            apart = True
            continue
        place(handle, index, box)
        sign = UNKNOWN if is_guess(handle, index) == 1 and chr(code).isalnum() else chr(code)
        letter = Letter(sign, *turn.box_of(box.left, box.bottom, box.right, box.top), index, apart)
        if letter.bottom - letter.top > 0.5 and (not apart or _angle(textpage, index) == turn.quarter):
            yield letter
            apart = False


def _groups(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters that make a word, or a part of one in the same size."""
    group: list[Letter] = []
    for letter in letters:
        if group and (letter.apart or _is_elsewhere(group[-1], letter) or _is_resized(group[-1], letter)):
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def _is_elsewhere(before: Letter, letter: Letter) -> bool:
    """It does not follow on the letter before it, so a blank may be thought between them."""
    height = letter.bottom - letter.top
    gap = letter.x0 - before.x1
    if letter.top == before.top:
        return gap > 0.25 * height or gap < -height
    shared = min(before.bottom, letter.bottom) - max(before.top, letter.top)
    return gap > 0.25 * height or gap < -height or shared < 0.4 * min(height, before.bottom - before.top)


def _is_resized(before: Letter, letter: Letter) -> bool:
    if before.top == letter.top and before.bottom == letter.bottom:
        return False
    one, other = before.bottom - before.top, letter.bottom - letter.top
    return abs(one - other) > SIZE_CHANGE * max(one, other)


def _word(textpage: pdfium.PdfTextPage, group: Sequence[Letter]) -> Word:
    first = group[0]
    return Word(
        text="".join([letter.text for letter in group]),
        x0=first.x0,
        top=first.top,
        x1=group[-1].x1,
        bottom=first.bottom,
        bold=_is_bold(textpage, first.number),
        glued=not first.apart,
    )


def _is_bold(textpage: pdfium.PdfTextPage, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(textpage, index) >= BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage, index, name, len(name), None)
    told = name.value.decode("utf-8", "replace").lower()
    return any(word in told for word in BOLD_NAMES)


def _is_unreadable(code: int) -> bool:
    """The font does not tell which letter it is; symbol fonts (F000 to F0FF) hold bullets and arrows."""
    return chr(code) == UNKNOWN or 0xE000 <= code <= 0xEFFF or 0xF100 <= code <= 0xF8FF


def _strokes(path: pdfium.PdfObject, turn: Turn) -> Iterator[Stroke]:
    """The straight pieces of a path, each from a point to the next."""
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    at = begin = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind, to = raw.FPDFPathSegment_GetType(segment), turn.point(*matrix.on_point(x.value, y.value))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = to
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*at, *to)
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*to, *begin)
        at = to


def _pictured(objects: Iterable[pdfium.PdfObject], turn: Turn) -> float:
    left, bottom, right, top = turn.box
    whole = max(1.0, (right - left) * (top - bottom))
    boxes = (one.get_bounds() for one in objects if one.type == raw.FPDF_PAGEOBJ_IMAGE)
    return max(((x1 - x0) * (y1 - y0) / whole for x0, y0, x1, y1 in boxes), default=0.0)
