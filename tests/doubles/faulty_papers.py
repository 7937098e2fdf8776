"""Documents with the faults that are met on the web, and with those that somebody hostile would make. All invented."""

from __future__ import annotations

import zipfile
import zlib
from functools import cache
from io import BytesIO

import docx
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.doubles.paper import canvas, pdf

SENTENCE = "Applicants must be towns, regions or associations with their seat in a Member State."
LEFT = "In the left column stands that every town with fewer than fifty thousand inhabitants may lead a project alone."
RIGHT = "In the right column stands that associations founded by newcomers may join a project of any town they live in."
PASSWORD = "secret"


def plain() -> bytes:
    return pdf([("h1", "6. Eligibility"), ("body", SENTENCE)])


def with_password() -> bytes:
    return pdf([("body", SENTENCE)], password=PASSWORD)


def with_owner_password() -> bytes:
    """Opens without a password; only printing is forbidden."""
    return pdf([("body", SENTENCE)], owner="owner")


@cache
def guide(pages: int = 400) -> bytes:
    """A programme guide with running header, a table every four pages, and a sentence of its own on each page."""
    parts = []
    for number in range(1, pages + 1):
        parts.append(("h1", f"{number}. Action {number}"))
        parts += [("body", f"On page {number}, paragraph {n}: {' '.join([SENTENCE] * 5)}") for n in range(1, 6)]
        if number % 4 == 0:
            parts.append([["Action", "Grant", "Rate"], [f"Action {number}", f"EUR {number} 000", "80 %"]])
        parts.append(None)
    return pdf(parts[:-1], "Programme Guide 2027")


def two_columns() -> bytes:
    """Lines are drawn across both columns, as some programs do; a title above and a sentence below span both."""

    def draw(page: Canvas) -> None:
        page.setFont("Times-Bold", 16)
        page.drawString(70, 760, "Guide for towns and for those who come to live in them")
        page.setFont("Times-Roman", 10)
        for number, (left, right) in enumerate(zip(_lines(LEFT), _lines(RIGHT), strict=True)):
            page.drawString(70, 720 - 12 * number, left)
            page.drawString(320, 720 - 12 * number, right)
        page.drawString(70, 560, f"Below both columns: {SENTENCE}")

    return canvas(draw)


def _lines(text: str) -> list[str]:
    """The text three times, in lines of a column."""
    lines, line = [], ""
    for word in " ".join([text] * 3).split():
        if len(line) + len(word) > 44:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def scanned() -> bytes:
    """A page of text, a page that is a picture with a stamp, and another page of text."""

    def draw(page: Canvas) -> None:
        picture = Image.new("L", (600, 800), 200)
        picture.putpixel((300, 400), 0)
        page.drawString(70, 700, SENTENCE)
        page.drawString(70, 685, "This is the first page of the letter, and it was written by a machine.")
        page.showPage()
        page.drawImage(ImageReader(picture), 20, 20, A4[0] - 40, A4[1] - 40)
        page.drawString(400, 820, "Ref. 2026/1234567")
        page.showPage()
        page.drawString(70, 700, f"The last page: {SENTENCE}")
        page.showPage()

    return canvas(draw)


def broken_table() -> bytes:
    """A table one of whose cells has lost its lines."""

    def draw(page: Canvas) -> None:
        for y in (700, 670, 640):
            page.line(70, y, 250 if y == 640 else 430, y)
        for x in (70, 250):
            page.line(x, 700, x, 640)
        page.line(430, 700, 430, 670)
        for x, y, text in (
            (80, 680, "Topic"),
            (260, 680, "Budget"),
            (80, 650, "Topic one"),
            (260, 650, "EUR 5 000 000"),
        ):
            page.drawString(x, y, text)
        page.line(430, 670, 430, 600)
        page.line(70, 600, 430, 600)
        page.line(70, 640, 70, 600)
        page.drawString(80, 615, "Topic two")
        page.drawString(70, 560, SENTENCE)

    return canvas(draw)


def turned() -> bytes:
    """A page that is shown in landscape, as wide tables are."""

    def draw(page: Canvas) -> None:
        page.setPageRotation(90)
        page.rotate(90)
        page.drawString(100, -100, SENTENCE)
        page.drawString(100, -120, "It stands sideways on its sheet and upright on the screen.")

    return canvas(draw)


def divided_words() -> bytes:
    """Words divided at the ends of lines, ligatures, blanks that do not break."""

    def draw(page: Canvas) -> None:
        page.setFont("Times-Roman", 11)
        lines = (
            "The consor-", "tium counts every muni-", "cipality once, and each non-",
            "profit association too. Since the EU-",
            "Programme pays EUR\u00a060\u00a0000 only, they ask for co-", "financing elsewhere.",
        )  # fmt: skip
        for number, line in enumerate(lines):
            page.drawString(70, 700 - 13 * number, line)

    return canvas(draw)


def word_document() -> bytes:
    """Headings, a list, a table with joined cells, a word inserted as a tracked change."""
    document = docx.Document()
    document.core_properties.title = "Call text"
    document.add_heading("Call for projects of towns", 0)
    document.add_heading("6. Eligibility", 1)
    document.add_paragraph(SENTENCE)
    document.add_heading("6.1 Who may apply", 2)
    document.add_paragraph("towns", style="List Bullet")
    document.add_paragraph("associations of newcomers", style="List Bullet")
    table = document.add_table(2, 3)
    table.cell(0, 0).text = "Topic"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Grant"
    for column, text in enumerate(("One", "EUR 1", "EUR 2")):
        table.cell(1, column).text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word_with(**changes: str) -> bytes:
    """The Word document with pieces of its XML replaced: those that `PIECES` names."""
    content = word_document()
    for name, new in changes.items():
        content = _repacked(content, PIECES[name], new)
    return content


PIECES = {"begin": "<w:document ", "towns": "<w:r><w:t>towns</w:t></w:r>", "span": '<w:gridSpan w:val="2"/>'}


def word_with_circle_of_styles() -> bytes:
    """Its list items have a style that rests on itself by way of another."""
    document = docx.Document(BytesIO(word_document()))
    one, other = document.styles["List Bullet"], document.styles["Body Text"]
    one.base_style, other.base_style = other, one
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def bomb(megabytes: int = 400) -> bytes:
    """A Word document whose text unpacks to that size."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word_document())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        before, after = old.read("word/document.xml").split(b"<w:body>")
        with new.open("word/document.xml", "w", force_zip64=True) as file:
            file.write(before + b"<w:body>")
            for _ in range(megabytes):
                file.write(b" " * 1_000_000)
            file.write(after)
    return out.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose table of contents says that its text is small."""
    content = bytearray(bomb())
    with zipfile.ZipFile(BytesIO(content)) as package:
        huge = package.getinfo("word/document.xml").file_size
    while (at := content.find(huge.to_bytes(4, "little"))) >= 0:
        content[at : at + 4] = (10_000).to_bytes(4, "little")
    return bytes(content)


@cache
def heavy_page(megabytes: int = 200) -> bytes:
    """One page whose drawing unpacks to that size."""
    packed = zlib.compressobj(9)
    line = b"BT /F 12 Tf 70 700 Td (Towns may apply.) Tj ET\n" * 20_000
    stream = b"".join(packed.compress(line) for _ in range(megabytes)) + packed.flush()
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def many_pages(count: int = 1_000_000) -> bytes:
    """A tree that names one page a million times."""
    kids = b"3 0 R " * count
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def looping_pages() -> bytes:
    """A tree of pages that is its own branch."""
    return objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>")


def nested(depth: int = 100_000) -> bytes:
    """Lists within lists within lists."""
    return objects(
        b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * depth, b"]" * depth),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def unreadable_page() -> bytes:
    """Three pages, the second of which is no page."""
    content = b"BT /F 12 Tf 70 700 Td (Towns may apply.) Tj ET"
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 3/Kids[3 0 R 9 0 R 3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def objects(*bodies: bytes) -> bytes:
    """A PDF of these objects, the first of which is its root."""
    out, places = BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()


def _repacked(content: bytes, old: str, new: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            packed = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in packed
                packed = packed.replace(old.encode(), new.encode())
            after.writestr(name, packed)
    return out.getvalue()


HTML = f"""<!DOCTYPE html><html lang="en"><head><title>Call text</title><style>p{{}}</style></head><body>
<nav><a href="/">Home</a></nav><h1>Call for projects</h1><h2>6. Eligibility</h2><p>{SENTENCE}</p>
<ul><li>towns</li><li>associations of&nbsp;newcomers</li></ul>
<table><tr><th>Topic</th><th>Grant</th></tr><tr><td>One</td><td>EUR 1</td></tr></table>
<script>document.write("unseen")</script><h2>7. Money</h2><p>At most 90&nbsp;%.</p></body></html>"""
