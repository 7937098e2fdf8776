"""Small workbooks (XLSX) and tables of text, written as a spreadsheet program writes them, for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape

OOXML = "http://schemas.openxmlformats.org"
MAIN = f"{OOXML}/spreadsheetml/2006/main"
RELATIONS = f"{OOXML}/officeDocument/2006/relationships"
PACKAGE = f"{OOXML}/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


class Raw(str):
    """A cell as XML: `<c r="A1"><f>1+1</f></c>`, with `{place}` for where it stands."""


def xlsx(
    sheets: dict[str, Sequence[Sequence[object]]],
    merged: Sequence[str] = (),
    hidden: Mapping[str, str] = MappingProxyType({}),
    from_1904: bool = False,
) -> bytes:
    """A workbook of texts and numbers; None leaves a cell out. `merged`: ranges of every sheet ("A2:A4").

    `hidden`: sheet -> "hidden" or "veryHidden"; `from_1904`: days are counted from 1904.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _types(len(sheets)))
        package.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")}))
        parts = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)}
        package.writestr("xl/_rels/workbook.xml.rels", _relations(parts))
        named = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" state="{hidden.get(name, "visible")}" r:id="rId{n}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        days = '<workbookPr date1904="1"/>' if from_1904 else ""
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{days}<sheets>{named}</sheets></workbook>'
        package.writestr("xl/workbook.xml", HEAD + book)
        for number, rows in enumerate(sheets.values(), start=1):
            package.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows, merged))
    return buffer.getvalue()


def _sheet(rows: Sequence[Sequence[object]], merged: Sequence[str]) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(value, n, place) for place, value in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    cells = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>{cells}</worksheet>'


def _cell(value: object, row: int, place: int) -> str:
    where = f"{chr(65 + place)}{row}"
    if value is None:
        return ""
    if isinstance(value, Raw):
        return value.replace("{place}", where)
    if isinstance(value, int | float):
        return f'<c r="{where}"><v>{value}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{parts}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'
