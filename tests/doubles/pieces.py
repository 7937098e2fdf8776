"""What a reader sees of the pieces of HTML that a page of the dashboard is put together from (dashboard.pieces)."""

from collections.abc import Iterator

from lxml import html
from streamlit.testing.v1 import AppTest


def readable(body: str) -> str:
    """The text of a piece, a line for each paragraph, heading, entry or cell, without what is there for style."""
    return "\n".join(line for line in map(_line, _leaves(html.fragment_fromstring(body, create_parent="div"))) if line)


def found(app: AppTest, path: str) -> list[str]:
    """The texts of the elements of all pieces that an XPath finds, in the order of the page."""
    return [_line(element) for piece in _pieces(app) for element in piece.xpath(path)]


def links(app: AppTest) -> dict[str, str]:
    """Where each link of all pieces leads, by its words, in the order of the page; of the same words the first."""
    told: dict[str, str] = {}
    for piece in _pieces(app):
        for one in piece.iter("a"):
            told.setdefault(_line(one), one.get("href", ""))
    return told


def rows(app: AppTest, heading: str) -> list[list[str]]:
    """The cells of the table that has such a column."""
    for piece in _pieces(app):
        for one in piece.xpath(".//table[thead]"):
            if heading in map(_line, one.xpath(".//th")):
                return [[_line(cell) for cell in row] for row in one.xpath(".//tbody/tr")]
    raise AssertionError(f"no table has a column {heading!r}")


def _pieces(app: AppTest) -> Iterator[html.HtmlElement]:
    for one in app.get("html"):
        yield html.fragment_fromstring(one.proto.body, create_parent="div")


BLOCKS = {"p", "h1", "h2", "h3", "li", "td", "th", "caption", "summary", "b", "dt", "dd"}


def _leaves(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements that hold a line each; a piece without any is one line itself."""
    return [one for one in element.iter(*BLOCKS) if not list(one.iterdescendants(*BLOCKS))] or [element]


def _line(element: html.HtmlElement) -> str:
    for icon in element.xpath(".//i[@aria-hidden]"):
        icon.text = None
    for end in element.iter("br"):
        end.tail = f" {end.tail or ''}"
    return " ".join("".join(element.itertext()).split())
