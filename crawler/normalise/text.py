"""Foreign text to clean text: HTML, escapes, control characters, misread encodings. Knows no field of a call.

lxml does the reading and the C-speed extraction; inscriptis was tried and is ten times slower on portal texts.
"""

from __future__ import annotations

import re

from lxml import etree

from crawler.normalise.issues import Issues
from crawler.normalise.mojibake import repair

MAX_HTML = 2_000_000
"""Characters of a field that are read; the longest real one has some 60,000."""
DEPTH = 1000
"""With fewer tags than that, nothing can be nested too deeply for lxml."""
MAX_PASSES = 3
"""How often a text is unescaped that turns out to be escaped HTML again."""

# fmt: off
BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
)
UNSEEN = (
    "button", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template", "title",
)
# fmt: on
BREAKS = {f"<{slash}{tag}": f"\n<{slash}{tag}" for tag in BLOCKS for slash in ("", "/")}
BREAKS |= {"<li": "\n- <li", "<td": "\t<td", "<th": "\t<th"}
BREAKS |= {tag.upper(): apart.upper() for tag, apart in BREAKS.items()}
"""How a tag begins -> the same after what sets its content apart in text."""
STYLED = etree.XPath("//*[@hidden or @style]")
HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

ESCAPED = re.compile(r"\\u00(3c|3e|26|27|22)", re.IGNORECASE)
BLANKS = "\t\r\u0085\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u3000"
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\ufffc\ufffe\uffff\ud800-\udfff]"
)
BEGINNING = re.compile(r"(</?[a-zA-Z0-9]+)")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
KNOWN_TAG = re.compile(
    rf"</?(?:{'|'.join(BLOCKS)}|b|i|u|a|em|strong|span|td|th|sup|sub|img|script|style)\b[^<>]*>", re.IGNORECASE
)
OVERLOADED = re.compile(
    r"<[a-zA-Z][^\s<>/]*+(?:[\s/=]*+[^\s<>=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>]++)?+)?+){3000}"
)
"""A tag with so many attributes that lxml takes minutes over it: its time grows with the square of their number."""
REMAINDER = re.compile(r'^\s*">\s*')
"""What naive stripping leaves of the portal's opening tag `<div class="eui-u-mt-l>">`."""


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


PARSER = _parser()
"""For ordinary texts; one that may be nested too deeply gets its own, to have its own list of errors."""


def clean_line(text: str) -> str:
    """A title or label on one line."""
    plain = text.isascii() and text.isprintable()
    return " ".join((text if plain else _printable(text)).split())


def html_to_text(html: str, issues: Issues, field: str) -> str:
    """What a reader of the page would see, one line per block, list items after a dash; never raises.

    A field longer than MAX_HTML is read up to there, one nested deeper than lxml follows is read without its structure;
    both are recorded.
    """
    if not html:
        return ""
    if len(html) > MAX_HTML:
        issues.add(field, f"{len(html):,} characters; only the first {MAX_HTML:,} were read")
        html = html[:MAX_HTML]
    text = _visible(html, issues, field)
    for _ in range(MAX_PASSES):
        if not KNOWN_TAG.search(text):
            return text
        text = _visible(text, issues, field)
    return _tidy(KNOWN_TAG.sub(" ", text))


def _visible(html: str, issues: Issues, field: str) -> str:
    source = ESCAPED.sub(lambda m: chr(int(m[1], 16)), html) if "\\u00" in html else html
    if "<" not in source and "&" not in source:
        return _tidy(source)
    flat = source.replace("\x00", "").replace("\n", " ").replace("\r", " ")
    if OVERLOADED.search(flat):
        issues.add(field, "a tag with thousands of attributes; the text was read without its structure")
        return _tidy(TAG.sub(" ", _with_lines(flat)))
    may_be_deep = source.count("<") > DEPTH
    parser = _parser() if may_be_deep else PARSER
    root = etree.fromstring(_with_lines(flat).encode("utf-8", "ignore"), parser) if flat.strip() else None
    if may_be_deep and any("depth" in entry.message.lower() for entry in parser.error_log):
        issues.add(field, "nested too deeply; its text was read without its structure")
        return _tidy(TAG.sub(" ", _with_lines(flat)))
    return (
        ""
        if root is None
        else _tidy(_text(root, may_hide="style" in flat or "hidden" in flat or "STYLE" in flat or "HIDDEN" in flat))
    )


def _with_lines(html: str) -> str:
    """The source with a line end before each tag that begins or ends a block; far quicker than to walk the tree."""
    pieces = BEGINNING.split(html)
    tags = pieces[1::2]
    pieces[1::2] = map(BREAKS.get, tags, tags)
    return "".join(pieces)


def _text(root: etree._Element, may_hide: bool) -> str:
    styled = STYLED(root) if may_hide else []
    hidden = [each for each in styled if "hidden" in each.attrib or HIDES.search(each.get("style"))]
    for element in (*root.iter(*UNSEEN), *hidden):
        element.clear(keep_tail=True)
    return str(etree.tostring(root, method="text", encoding="unicode", with_tail=False))


def _printable(text: str) -> str:
    """Without control and invisible characters, encoding repaired, every blank an ordinary space."""
    repaired = repair(text)
    for blanks in ("", "\u00a0", BLANKS):
        for blank in blanks:
            repaired = repaired.replace(blank, " ")
        if repaired.replace("\n", "").isprintable():
            return repaired
    return CONTROL.sub("", repaired)


def _tidy(text: str) -> str:
    """Printable, blanks collapsed, lines trimmed, empty lines and list marks without an item left out."""
    collapsed = _printable(text)
    while "  " in collapsed:
        collapsed = collapsed.replace("  ", " ")
    lines = map(str.strip, collapsed.split("\n"))
    return REMAINDER.sub("", "\n".join([line for line in lines if line and line != "-"]))
