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
MAX_PASSES = 3
"""How often a text is unescaped that turns out to be escaped HTML again."""

BLOCKS = (
    *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset"),
    *(
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
    ),
    *("ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
)
CELLS = ("td", "th")
UNSEEN = (
    "script",
    "style",
    "template",
    "head",
    "title",
    "iframe",
    "object",
    "noscript",
    "svg",
    "math",
    "select",
    "button",
)
IS_HIDDEN = etree.XPath(
    '//*[@hidden or contains(translate(@style, " DISPLAYNOE", "displaynoe"), "display:none")'
    ' or contains(translate(@style, " VISBLTYHDEN", "visbltyhden"), "visibility:hidden")]'
)

ESCAPED = re.compile(r"\\u00(3c|3e|26|27|22)", re.IGNORECASE)
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\uffff\ud800-\udfff]"
)
SPACE = re.compile(r"\s+")
LINE_ENDS = re.compile(r"[ \t]*\n[ \t\n]*")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
KNOWN_TAG = re.compile(
    rf"</?(?:{'|'.join(BLOCKS)}|br|b|i|u|a|em|strong|span|td|th|sup|sub|img|script|style)\b[^<>]*>", re.IGNORECASE
)
REMAINDER = re.compile(r'^\s*">\s*')
"""What naive stripping leaves of the portal's opening tag `<div class="eui-u-mt-l>">`."""


def clean_line(text: str) -> str:
    """A title or label on one line."""
    return SPACE.sub(" ", _printable(text)).strip()


def html_to_text(html: str, issues: Issues, field: str) -> str:
    """What a reader of the page would see, one line per block, list items after a dash; never raises.

    A field longer than MAX_HTML is read up to there, one nested deeper than lxml follows is read without its structure;
    both are recorded.
    """
    if len(html) > MAX_HTML:
        issues.add(field, f"{len(html):,} characters; only the first {MAX_HTML:,} were read")
        html = html[:MAX_HTML]
    text = html
    for _ in range(MAX_PASSES):
        text = _visible(text, issues, field)
        if not KNOWN_TAG.search(text):
            break
    return LINE_ENDS.sub("\n", REMAINDER.sub("", KNOWN_TAG.sub(" ", text))).strip()


def _visible(html: str, issues: Issues, field: str) -> str:
    source = ESCAPED.sub(lambda m: chr(int(m[1], 16)), html) if "\\u00" in html else html
    if "<" not in source and "&" not in source:
        return _tidy(_printable(source))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    flat = SPACE.sub(" ", CONTROL.sub("", source.replace("\r", "\n")))
    root = etree.fromstring(flat.encode(), parser) if flat.strip() else None
    if any(entry.type_name == "ERR_NESTING_DEPTH" or "depth" in entry.message.lower() for entry in parser.error_log):
        issues.add(field, "nested too deeply; its text was read without its structure")
        return _tidy(_printable(TAG.sub("\n", flat)))
    return "" if root is None else _tidy(_printable(_text(root)))


def _text(root: etree._Element) -> str:
    for element in (*root.iter(*UNSEEN), *IS_HIDDEN(root)):
        element.clear(keep_tail=True)
    for element in root.iter("br"):
        element.tail = "\n" + (element.tail or "")
    for element in root.iter(*CELLS):
        element.tail = "\t" + (element.tail or "")
    for element in root.iter(*BLOCKS):
        element.text = ("\n- " if element.tag == "li" else "\n") + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    return str(etree.tostring(root, method="text", encoding="unicode", with_tail=False))


def _printable(text: str) -> str:
    return CONTROL.sub("", repair(text))


def _tidy(text: str) -> str:
    lines = (SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and line != "-")
