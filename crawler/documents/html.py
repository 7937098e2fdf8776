"""HTML -> blocks: headings, paragraphs, lists and tables of a page, without its menus. A page has no page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from crawler.documents.blocks import CELLS_APART, Block, Reading, heading, item, paragraph, table
from crawler.documents.letters import as_item, clean
from crawler.normalise.text import BLOCKS, HIDES, STYLED, UNSEEN

MOST_BYTES = 20_000_000
ASIDE = ("nav", "footer", "aside", "form")
"""What is no part of the text; `header` may hold its title."""
APART = frozenset(BLOCKS) | {"td", "th"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
MOST_COLUMNS = 50
LONGEST_NUMBER = 6
"""Digits of a colspan."""
_LAYOUT = etree.XPath("boolean(.//table | .//h1 | .//h2 | .//h3 | .//h4)")
"""Tables that only place things on a page."""


def read_html(path: Path) -> Reading:
    """Never raises for what is wrong with the file: what cannot be read becomes an issue."""
    reading = Reading(paged=False)
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        reading.add("only its beginning was read", f"{len(content):,} bytes", f"{MOST_BYTES:,} bytes")
    root = _parsed(content[:MOST_BYTES], reading)
    if root is None:
        reading.add("no HTML that can be read", content[:60], "a web page")
        return reading
    reading.title = clean(root.findtext(".//title") or "")
    reading.language = root.get("lang", "")
    _drop_unseen(root)
    body = root.find("body")
    reading.pages = [list(_blocks(root if body is None else body))]
    return reading


def _parsed(content: bytes, reading: Reading) -> etree._Element | None:
    """Without network, entities and comments; UTF-8 where it is that, else the encoding the page names itself."""
    encoding = "utf-8" if _is_utf8(content) else None
    parser = etree.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser) if content.strip() else None
    except etree.LxmlError:
        return None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        reading.add("nested too deeply; what lies deeper was not read")
    return root


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _drop_unseen(root: etree._Element) -> None:
    hidden = [one for one in STYLED(root) if "hidden" in one.attrib or HIDES.search(one.get("style"))]
    for element in (*root.iter(*UNSEEN, *ASIDE), *hidden):
        element.clear(keep_tail=True)


def _blocks(body: etree._Element) -> Iterator[Block]:
    """Walks the tree without recursion: a hostile page may be nested thousands deep."""
    words: list[str] = []
    inside: list[str] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if element.tag in APART:
            yield from _block(words, inside)
        if event == "end":
            inside.pop()
            words.append(element.tail or "" if element is not body else "")
            continue
        inside.append(element.tag)
        if element.tag == "table" and not _LAYOUT(element):
            yield from _table(element)
            walk.skip_subtree()
        else:
            words.append(element.text or "")
    yield from _block(words, inside)


def _block(words: list[str], inside: list[str]) -> Iterator[Block]:
    """What was gathered since the last block, as what it stands in; takes it."""
    text = clean(" ".join("".join(words).split()))
    words.clear()
    if not text:
        return
    level = next((int(tag[1]) for tag in reversed(inside) if tag in HEADINGS), 0)
    marked = as_item(text)
    if level:
        yield heading(text, level)
    elif marked is not None:
        yield item(marked)
    else:
        yield item(f"- {text}") if "li" in inside else paragraph(text)


def _table(element: etree._Element) -> Iterator[Block]:
    """A table of one column is a frame. A cell that spans several columns is told in the first of them."""
    rows = []
    for row in element.iter("tr"):
        cells: list[str] = []
        for cell in row.iter("td", "th"):
            span = cell.get("colspan", "1")[:LONGEST_NUMBER]
            wide = min(int(span), MOST_COLUMNS) if span.isdecimal() else 1
            cells += [_cell(cell), *[""] * (wide - 1)]
        rows.append(cells)
    if max(map(len, rows), default=0) < 2:
        yield from (paragraph(cells[0]) for cells in rows if cells and cells[0])
    elif any(map(any, rows)):
        yield table(rows)


def _cell(cell: etree._Element) -> str:
    return clean(" ".join(" ".join(cell.itertext()).split())).replace(CELLS_APART, " / ")
