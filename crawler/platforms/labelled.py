"""What a page says in pairs: a label, and what stands beside or below it, whatever elements they are in. Pure.

Labels are found by their words, because the elements and classes of many sites were never seen and change unannounced.
Knows no site's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.etree import _Element
from lxml.html import HtmlElement

HEADS = frozenset({"dt", "th", "label", "legend", "caption", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that name something and are never what is said of it."""
BLOCKS = HEADS | {
    *("address", "article", "aside", "blockquote", "br", "button", "dd", "details", "div", "dl", "fieldset", "figure"),
    *("footer", "form", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary"),
    *("table", "tbody", "td", "tfoot", "thead", "tr", "ul"),
}
"""Elements that begin a new line."""
UNSEEN = frozenset({"script", "style", "noscript", "template"})


def said_under(root: HtmlElement, labels: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each label that has a text -> its lines. Where a label stands several times, the first that has one counts.

    A label fills its element, with or without a colon ("Budget", "Budget:"), or begins a text with one ("Budget: 5").
    """
    names = {_folded(label): label for label in labels}
    found: dict[str, tuple[str, ...]] = {}
    for text in root.xpath(".//text()"):
        head, _, rest = (part.strip() for part in _squeezed(text).partition(":"))
        label = names.get(_folded(head))
        if label is None or label in found or text.getparent().tag in UNSEEN:
            continue
        lines = [rest] if rest else [] if text.is_tail else lines_beside(text.getparent(), frozenset(names))
        if lines:
            found[label] = tuple(lines)
    return found


def lines_beside(head: HtmlElement, names: frozenset[str] = frozenset()) -> list[str]:
    """What is said beside the element of a label: up to the next thing of its kind, or the next of `names` (folded)."""
    if column := _column(head):
        return [line for cell in column for line in lines_of(cell)]
    row = head
    while (parent := row.getparent()) is not None and len(parent) == 1 and _words(parent) == _words(head):
        row = parent
    nodes: list[str | HtmlElement] = [row.tail or ""]
    for number, other in enumerate(row.itersiblings()):
        if _ends(other, row, head, is_first=number == 0) or _names_one(other, names):
            break
        nodes += [other, other.tail or ""]
    return lines_of(*nodes)


def lines_of(*nodes: str | HtmlElement) -> list[str]:
    """The text of elements, one line for each paragraph, item, cell or broken line."""
    text = "".join(piece for node in nodes for piece in _pieces(node))
    return [line for part in text.split("\n") if (line := " ".join(part.split()))]


def _pieces(node: str | _Element) -> Iterator[str]:
    if isinstance(node, str):
        yield " ".join(node.split()).join((node[:1].isspace() * " ", node[-1:].isspace() * " ")) if node else ""
    elif isinstance(node.tag, str) and node.tag not in UNSEEN:
        edge = "\n" if node.tag in BLOCKS else ""
        yield edge
        yield from _pieces(node.text or "")
        for child in node:
            yield from _pieces(child)
            yield from _pieces(child.tail or "")
        yield edge


def _ends(other: HtmlElement, row: HtmlElement, head: HtmlElement, is_first: bool) -> bool:
    """The element beside a label's is another label's. What follows a label at once may be built alike and be its
    value, unless it is a head itself, or the label lies inside an element and the other holds one like it.
    """
    if not isinstance(other.tag, str) or (other.tag, other.get("class")) != (row.tag, row.get("class")):
        return False
    if not is_first or other.tag in HEADS:
        return True
    return row is not head and any(isinstance(inner.tag, str) and inner.tag == head.tag for inner in other.iter())


def _names_one(other: HtmlElement, names: frozenset[str]) -> bool:
    return any(_folded(text.partition(":")[0]) in names for text in other.xpath(".//text()"))


def _column(head: HtmlElement) -> list[HtmlElement]:
    """The cells below one of a row of headers; none for a label in a row of its own."""
    cell = next((one for one in (head, *head.iterancestors()) if one.tag in ("td", "th")), None)
    row = None if cell is None else cell.getparent()
    if row is None or row.tag != "tr" or not (len(row) > 2 or all(one.tag == "th" for one in row)):
        return []
    later = [other for other in row.xpath("following::tr") if _table(other) is _table(row)]
    return [other[row.index(cell)] for other in later if len(other) == len(row)]


def _table(row: HtmlElement) -> HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _words(element: HtmlElement) -> str:
    return _folded(element.text_content())


def _folded(text: str) -> str:
    return _squeezed(text).rstrip(": ").casefold()


def _squeezed(text: str) -> str:
    return " ".join(text.split())
