"""PDF -> blocks, page by page, with PDFium; a page is released before the next is read.

PDFium reads a page some thirty times faster than a reader in Python; the cells of tables are found by pdfplumber's
geometry in the strokes that PDFium names.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from crawler.documents.blocks import Block, Kind, Reading, heading, table
from crawler.documents.columns import reading_order
from crawler.documents.furniture import without_furniture
from crawler.documents.headings import levels, usual_size
from crawler.documents.letters import clean
from crawler.documents.paragraphs import Group, groups_of, notes_at_foot
from crawler.documents.pdf_page import PageContent, read_page
from crawler.documents.ruled_tables import MOST_CROSSINGS, MOST_RULES, Grid, are_too_many, grids_of, rules_of
from crawler.documents.words import Line, Word, line_of

MOST_PAGES = 2000
MOST_SECONDS = 120.0
FEW_LETTERS = 100
"""A page that is a picture has no more letters than that: a stamp, a page number."""
PICTURE = 0.5
"""Share of a page from which on a picture is the page."""
GARBLED = 0.3
"""Share of letters whose meaning the font does not tell."""

PROBLEMS = {
    raw.FPDF_ERR_PASSWORD: ("encrypted; it opens with a password only", "a PDF that opens without a password"),
    raw.FPDF_ERR_FORMAT: ("not a PDF that can be read: cut off or damaged", "a whole PDF"),
    raw.FPDF_ERR_SECURITY: ("protected in a way that is not known", "a PDF without protection"),
}


@dataclass
class Page:
    """A page between its reading and its understanding, which needs all pages."""

    number: int
    height: float
    runs: list[list[Line] | Grid] = field(default_factory=list)
    """Lines in reading order, and the tables between them."""


def read_pdf(path: Path, clock: Callable[[], float] = time.monotonic) -> Reading:
    """Never raises for what is wrong with the file: what cannot be read becomes an issue."""
    reading = Reading()
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        problem, allowed = PROBLEMS.get(error.err_code, PROBLEMS[raw.FPDF_ERR_FORMAT])
        reading.add(problem, str(error), allowed)
        return reading
    try:
        _read_properties(document, reading)
        _warn_of_end(path, reading)
        _warn_of_more(document, reading)
        reading.pages = _understood(_pages(document, reading, clock() + MOST_SECONDS, clock))
    finally:
        document.close()
    return reading


def _read_properties(document: pdfium.PdfDocument, reading: Reading) -> None:
    reading.title = clean(document.get_metadata_value("Title"))
    told = (ctypes.c_ushort * 32)()
    raw.FPDFCatalog_GetLanguage(document, told, ctypes.sizeof(told))
    reading.language = bytes(told).decode("utf-16-le", "replace").partition("\0")[0]


def _warn_of_end(path: Path, reading: Reading) -> None:
    """PDFium mends a file that was cut off as far as it can, and does not tell."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        end = file.read()
    if b"%%EOF" not in end:
        reading.add("its end is missing: it was cut off; what is left of it was read", end[-40:], "a file up to %%EOF")


def _warn_of_more(document: pdfium.PdfDocument, reading: Reading) -> None:
    """What is no page: forms that a program draws, other files."""
    if document.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        reading.add("it is a form that a program draws (XFA); only what stands on its pages was read")
    if packed := document.count_attachments():
        reading.add("files are packed in it; they were not read", f"{packed} files", "one document in a file")


def _pages(document: pdfium.PdfDocument, reading: Reading, until: float, clock: Callable[[], float]) -> list[Page]:
    pages, count = list[Page](), len(document)
    if count > MOST_PAGES:
        reading.add(f"only the first {MOST_PAGES} pages were read", f"{count} pages", f"{MOST_PAGES} pages")
    for index in range(min(count, MOST_PAGES)):
        if clock() > until:
            reading.add(
                f"reading was stopped after {MOST_SECONDS:.0f} seconds; the rest was not read",
                f"page {index + 1} of {count}",
            )
            break
        pages.append(_page(document, index, reading))
    return pages


def _page(document: pdfium.PdfDocument, index: int, reading: Reading) -> Page:
    number = index + 1
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        reading.add("the page cannot be read; the others were", error, page=number)
        return Page(number, 0.0)
    try:
        content = read_page(page)
    except pdfium.PdfiumError as error:
        reading.add("the page cannot be read; the others were", error, page=number)
        return Page(number, 0.0)
    finally:
        page.close()
    _warn(content, number, reading)
    return Page(number, content.height, _runs(content, number, reading))


def _warn(content: PageContent, number: int, reading: Reading) -> None:
    letters = sum(len(word.text) for word in content.words)
    if letters <= FEW_LETTERS and content.pictured >= PICTURE:
        found = f"a picture over {min(1.0, content.pictured):.0%} of the page, {letters} letters"
        reading.add("scanned: what stands in the picture was not read", found, "a page with text", number)
    if letters and content.unreadable >= GARBLED * letters:
        found = f"{content.unreadable} of {letters} letters"
        reading.add("its font does not tell which letters these are", found, "a font with its letters", number)
    if content.unseen:
        reading.add("words that no reader of the page sees were left out", content.unseen, "words that show", number)
    if content.recognised:
        problem = "scanned: another machine took the picture for these words, and may have mistaken letters"
        reading.add(problem, f"{content.recognised} words", "a page with text", number)
    if content.cut:
        reading.add("more letters or drawings than are read of one page", letters, page=number)


def _runs(content: PageContent, number: int, reading: Reading) -> list[list[Line] | Grid]:
    """Lines and tables from the top; words beside a table follow it."""
    rules = rules_of(content.strokes)
    if are_too_many(rules):
        allowed = f"{MOST_RULES} lines, or {MOST_CROSSINGS} crossings of them"
        reading.add("too many drawn lines to look for tables", f"{len(rules)} lines", allowed, number)
        rules = []
    grids = grids_of(rules, content.words)
    inside = {id(word) for grid in grids for word in grid.words}
    left = [word for word in content.words if id(word) not in inside]
    runs: list[list[Line] | Grid] = []
    for grid in grids:
        if grid.strays:
            found = " ".join(word.text for word in grid.strays)
            reading.add("a table is broken: these words stand in no cell and follow it", found, page=number)
        above = [word for word in left if word.bottom <= grid.box[1] + 2]
        runs += [_lines(above), grid]
        left = [word for word in left if word.bottom > grid.box[1] + 2]
    return [*runs, _lines(left)]


def _lines(words: Sequence[Word]) -> list[Line]:
    return [line for row in reading_order(words) if (line := line_of(row))]


def _understood(pages: Sequence[Page]) -> list[list[Block]]:
    """Lines of all pages -> blocks: what runs through the pages is left out, headings get their levels."""
    flat = [(page.height, [line for run in page.runs if isinstance(run, list) for line in run]) for page in pages]
    kept = [set(map(id, lines)) for lines in without_furniture(flat)]
    usual = usual_size(line for _, lines in flat for line in lines)
    told = [_pieces(page, own, usual) for page, own in zip(pages, kept, strict=True)]
    found = [one for pieces in told for one in pieces if isinstance(one, Group) and one.heading]
    by_heading = dict(zip(map(id, found), levels([(one.text, one.style) for one in found]), strict=True))
    return [_blocks(pieces, by_heading, usual) for pieces in told]


def _pieces(page: Page, own: Container[int], usual: float) -> list[Group | Grid]:
    """The groups of lines and the tables of a page; `own`: which of its lines belong to the text."""
    pieces: list[Group | Grid] = []
    for run in page.runs:
        pieces += groups_of([line for line in run if id(line) in own], usual) if isinstance(run, list) else [run]
    return pieces


def _blocks(pieces: Sequence[Group | Grid], level_of: Mapping[int, int], usual: float) -> list[Block]:
    notes = notes_at_foot(pieces, usual)
    blocks = []
    for number, piece in enumerate(pieces):
        if isinstance(piece, Grid):
            blocks.append(table(piece.rows))
        elif piece.heading:
            blocks.append(heading(piece.text, level_of[id(piece)]))
        else:
            blocks.append(Block(Kind.NOTE, piece.text) if number >= notes else piece.block)
    return blocks
