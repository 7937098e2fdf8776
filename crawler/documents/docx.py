"""DOCX -> blocks: headings by their style, lists and tables as they are. A DOCX has no pages of its own."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import nsmap, qn
from docx.styles.style import BaseStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from lxml import etree

from crawler.documents.blocks import CELLS_APART, Block, Reading, heading, item, paragraph, table
from crawler.documents.letters import as_item, clean, without_leader

MOST_BYTES = 150_000_000
"""Of all that is packed in the file; real call documents hold some two million."""
MOST_FILES = 5000
LONGEST_SPAN = 3
"""Digits of the number of columns that a cell spans."""
MOST_STYLES = 20
"""That rest on each other."""
OUTLINE = ("0", "1", "2", "3", "4", "5")
"""Levels of an outline; a seventh and more is no heading."""
_LEVEL = re.compile(r"^heading ([1-9])$", re.IGNORECASE)
_ENTRY = re.compile(r"\s+\d{1,4}$")
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    etree.LxmlError,
    NotImplementedError,
    OSError,
)
"""What python-docx, zipfile and lxml raise for a package that is not whole."""


_BROKEN_TABLE = (ValueError, IndexError, KeyError, AttributeError, TypeError, InvalidXmlError)
"""What python-docx raises for a table whose cells do not fit its grid."""

PARAGRAPH, TABLE, TEXT = qn("w:p"), qn("w:tbl"), qn("w:t")
WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
SIGNS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_TEXTS = etree.XPath(
    "(.//w:t | .//w:tab[parent::w:r] | .//w:br | .//w:cr | .//w:noBreakHyphen)"
    "[not(ancestor::w:moveFrom or ancestor::w:del or ancestor::mc:Fallback)]"
    "[not(ancestor::w:r/w:rPr/w:vanish[not(@w:val='0' or @w:val='false' or @w:val='off')])]",
    namespaces={"w": nsmap["w"], "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"},
)


def read_docx(path: Path) -> Reading:
    """Never raises for what is wrong with the file: what cannot be read becomes an issue."""
    reading = Reading(paged=False)
    try:
        if not _is_fit(path, reading):
            return reading
        document = docx.Document(str(path))
        reading.title, reading.language = (
            clean(document.core_properties.title),
            clean(document.core_properties.language),
        )
    except _BROKEN as error:
        reading.add(
            "not a DOCX that can be read: cut off or damaged", f"{type(error).__name__}: {error}", "a whole DOCX"
        )
        return reading
    if document.element.getroottree().docinfo.internalDTD is not None:
        reading.add("it holds a document type; words that this stands for were not read", allowed="a DOCX without one")
    reading.pages = [list(_blocks(document, reading))]
    return reading


def _is_fit(path: Path, reading: Reading) -> bool:
    """Looks at the list of packed files before any of them is unpacked."""
    with zipfile.ZipFile(path) as package:
        packed = package.infolist()
    size = sum(one.file_size for one in packed)
    if size > MOST_BYTES or len(packed) > MOST_FILES:
        found, allowed = f"{size:,} bytes in {len(packed)} files", f"{MOST_BYTES:,} bytes in {MOST_FILES} files"
        reading.add("unpacked it is too large; it was not opened", found, allowed)
        return False
    return True


def _blocks(document: WordDocument, reading: Reading) -> Iterator[Block]:
    number = 0
    for part in _parts(document.element.body):
        if part.tag == PARAGRAPH:
            yield from _paragraph(Paragraph(part, document._body))
        else:
            number += 1
            yield from _table(WordTable(part, document._body), reading, number)


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in their order, also those in content controls and those inserted as tracked changes."""
    for child in element:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag in WRAPPERS:
            yield from _parts(child)


def _paragraph(part: Paragraph) -> Iterator[Block]:
    text = _text(part._p)
    if not text:
        return
    style = (part.style.name or "").lower() if part.style else ""
    if style.startswith("toc"):
        yield paragraph(without_leader(_ENTRY.sub("", text))[0])
    elif level := _level(part, style):
        yield heading(text, level)
    elif (marked := as_item(text)) is not None:
        yield item(marked)
    else:
        numbered = style.startswith("list") or bool(part._p.xpath("./w:pPr/w:numPr"))
        yield item(f"- {text}") if numbered else paragraph(text)


def _text(element: etree._Element) -> str:
    """The words that stand there now: not what tracked changes took away, nothing that is hidden, nothing twice."""
    told = _TEXTS(element)
    return clean("".join(one.text or "" if one.tag == TEXT else SIGNS[one.tag] for one in told))


def _level(part: Paragraph, style: str) -> int:
    """By the style or one it is based on, else by the outline level; 0 for no heading."""
    if style == "title":
        return 1
    base: BaseStyle | None = part.style
    for _ in range(MOST_STYLES):  # styles may be made to rest on each other in a circle
        if base is None:
            break
        if found := _LEVEL.match(base.name or ""):
            return min(int(found[1]), 6)
        base = getattr(base, "base_style", None)
    told = part._p.xpath("./w:pPr/w:outlineLvl/@w:val")
    return int(told[0]) + 1 if told and told[0] in OUTLINE else 0


def _table(part: WordTable, reading: Reading, number: int) -> Iterator[Block]:
    """A table of one column is a frame: its cells are paragraphs."""
    seen: set[etree._Element] = set()
    try:
        if any(len(span) > LONGEST_SPAN for span in part._tbl.xpath(".//w:gridSpan/@w:val")):
            raise ValueError("a cell that spans a thousand columns or more")
        rows = [[_cell(cell._tc, seen) for cell in row.cells] for row in part.rows]
    except _BROKEN_TABLE as error:
        reading.add("a table is broken; its words follow as running text", repr(error), where=f"table {number}")
        yield from (paragraph(text) for one in part._tbl.iter(PARAGRAPH) if (text := _text(one)))
        return
    if max(map(len, rows), default=0) < 2:
        yield from (paragraph(row[0]) for row in rows if row and row[0])
    elif any(map(any, rows)):
        yield table(rows)


def _cell(cell: etree._Element, seen: set[etree._Element]) -> str:
    """A cell that spans several is told once."""
    if cell in seen:
        return ""
    seen.add(cell)
    return " ".join(filter(None, map(_text, cell.iter(PARAGRAPH)))).replace(CELLS_APART, " / ")
