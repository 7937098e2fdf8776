"""Draws PDF documents for tests, the same bytes each time: flowing text with running header and page number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13, spaceAfter=7)
CELL = ParagraphStyle("cell", BODY, fontSize=9, leading=11, spaceAfter=0)
STYLES = {
    "title": ParagraphStyle("title", BODY, fontName="Times-Bold", fontSize=22, leading=27, spaceAfter=20),
    "h1": ParagraphStyle("h1", BODY, fontName="Times-Bold", fontSize=14, leading=18, spaceBefore=12, spaceAfter=9),
    "h2": ParagraphStyle("h2", BODY, fontName="Times-Bold", fontSize=12, leading=15, spaceBefore=9, spaceAfter=6),
    "h3": ParagraphStyle("h3", BODY, fontName="Times-BoldItalic", fontSize=10.5, leading=13, spaceAfter=5),
    "item": ParagraphStyle("item", BODY, leftIndent=18, bulletIndent=4),
    "note": ParagraphStyle("note", BODY, fontSize=8, leading=10),
    "body": BODY,
}
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]

Part = tuple[str, str] | Sequence[Sequence[str]] | None
"""Style and text; the rows of a table; None begins a new page."""


def pdf(parts: Iterable[Part], header: str = "", size: float = 0.0, password: str = "", owner: str = "") -> bytes:
    """`size`: of the body's letters, where other than usual; `password`: without which it does not open."""
    out = BytesIO()
    encrypt = StandardEncryption(password, owner or "owner", canPrint=0) if password or owner else None
    document = SimpleDocTemplate(
        out, pagesize=A4, invariant=1, encrypt=encrypt, topMargin=80, bottomMargin=80, leftMargin=70, rightMargin=70
    )
    furniture = _furniture(header)
    document.build([_drawn(part, size) for part in parts], onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


def canvas(draw: Callable[[Canvas], None], language: str = "") -> bytes:
    """Pages drawn freely; `language` as the file's own properties say it."""
    out = BytesIO()
    page = Canvas(out, pagesize=A4, invariant=1, lang=language or None)
    draw(page)
    page.save()
    return out.getvalue()


def keep(content: bytes, path: Path) -> Path:
    path.write_bytes(content)
    return path


def _furniture(header: str) -> Callable[[Canvas, object], None]:
    def draw(page: Canvas, _: object) -> None:
        page.setFont("Times-Italic", 9)
        page.drawString(70, A4[1] - 45, header)
        if header:
            page.drawCentredString(A4[0] / 2, 40, str(page.getPageNumber()))

    return draw


def _drawn(part: Part, size: float) -> Flowable:
    if part is None:
        return PageBreak()
    if isinstance(part[0], str):
        style, text = part
        if style == "space":
            return Spacer(1, float(text))
        drawn = STYLES[style]
        if size and style in ("body", "item"):
            drawn = ParagraphStyle("other", drawn, fontSize=size, leading=size * 1.25)
        return Paragraph(text, drawn, bulletText="•" if style == "item" else None)
    columns = len(part[0])
    width = (A4[0] - 140) / columns
    return Table(
        [[Paragraph(cell, CELL) for cell in row] for row in part],
        colWidths=[width] * columns,
        style=GRID,
        spaceAfter=10,
    )
