"""Documents in which words stand that no reader sees, or letters that nobody can know. All invented."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.doubles.faulty_papers import SENTENCE, objects
from tests.doubles.paper import canvas

HIDDEN = "The consortium must have at least 9 applicants from 7 countries."
INVISIBLE = 3
"""Text render mode."""


def invisible() -> bytes:
    def draw(page: Canvas) -> None:
        page.drawString(70, 700, SENTENCE)
        _invisible(page, HIDDEN)

    return canvas(draw)


def white() -> bytes:
    def draw(page: Canvas) -> None:
        page.drawString(70, 700, SENTENCE)
        page.setFillColorRGB(1, 1, 1)
        page.rect(0, 0, *A4, fill=1, stroke=0)
        page.drawString(70, 680, HIDDEN)

    return canvas(draw)


def off_the_page() -> bytes:
    def draw(page: Canvas) -> None:
        page.drawString(70, 700, SENTENCE)
        page.drawString(70, -300, HIDDEN)

    return canvas(draw)


def white_on_blue() -> bytes:
    """The heading of a box, as many guides have it; everybody sees it."""

    def draw(page: Canvas) -> None:
        page.setFillColorRGB(0, 0, 0.6)
        page.rect(60, 670, 480, 50, fill=1, stroke=0)
        page.setFillColorRGB(1, 1, 1)
        page.drawString(70, 700, SENTENCE)

    return canvas(draw)


def recognised() -> bytes:
    """A scanned page with the words that a machine took it for lying unseen over it."""

    def draw(page: Canvas) -> None:
        picture = Image.new("L", (600, 800), 200)
        picture.putpixel((300, 400), 0)
        page.drawImage(ImageReader(picture), 0, 0, *A4)
        _invisible(page, SENTENCE, HIDDEN)

    return canvas(draw)


def unknown_letters() -> bytes:
    """A font whose shapes have numbers only: a program may take these for letters, and shows others."""
    shapes = "".join(f"{ord(letter) - 29:04x}" for letter in SENTENCE).encode()
    drawn = b"BT /F 12 Tf 70 700 Td <%s> Tj ET" % shapes
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own %s/DW 500/FontDescriptor 7 0 R>>" % system,
        b"<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200>>",
    )


def with_a_file() -> bytes:
    """Beside its page it holds another file."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(canvas(lambda page: page.drawString(70, 700, SENTENCE)))
    document.new_attachment("conditions.txt").set_data(HIDDEN.encode())
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def many_rules(count: int = 300) -> bytes:
    """A page of squared paper, whose cells it would take minutes to find."""

    def draw(page: Canvas) -> None:
        page.setPageSize((5000, 5000))
        for number in range(count):
            page.line(10, 10 + 16 * number, 4990, 10 + 16 * number)
            page.line(10 + 16 * number, 10, 10 + 16 * number, 4990)
        page.drawString(72, 4700, SENTENCE)

    return canvas(draw)


def many_rows(count: int = 1500) -> bytes:
    """A page of rows of two words each, far apart: each may be the beginning of two columns."""

    def draw(page: Canvas) -> None:
        page.setPageSize((600, 14400))
        for number in range(count):
            page.drawString(70, 14300 - 9 * number, "left")
            page.drawString(320, 14300 - 9 * number, "right")

    return canvas(draw)


def _invisible(page: Canvas, *lines_of_words: str) -> None:
    lines = page.beginText(70, 680)
    lines.setTextRenderMode(INVISIBLE)
    for words in lines_of_words:
        lines.textLine(words)
    page.drawText(lines)
