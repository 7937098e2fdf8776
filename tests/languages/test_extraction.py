"""Every message in code reaches the catalogues: what stands inside an f-string is not seen by Babel's extraction."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from matcher.languages.messages import PACKAGES, extract

PROJECT = Path(__file__).parents[2]
PLAIN, WITH_SUBJECT = {"gettext", "ngettext", "said", "said_n", "to_say"}, {"pgettext", "npgettext", "said_of", "Term"}


def written(source: str) -> Iterator[tuple[str, str]]:
    """Subject and text of each message that a call in this code names literally."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name in PLAIN and texts:
                yield "", texts[0]
            elif name in WITH_SUBJECT and len(texts) > 1:
                yield texts[0], texts[1]


def test_the_look_sees_into_f_strings():
    assert list(written('f"{say.gettext("A message")}: x"'.replace('("A message")', "('A message')"))) == [
        ("", "A message")
    ]


def test_no_message_of_the_code_is_missing():
    known = {
        (one.context or "", one.id if isinstance(one.id, str) else one.id[0]) for one in extract(PROJECT) if one.id
    }
    lost = {
        f"{file.relative_to(PROJECT)}: {message}"
        for package in PACKAGES
        for file in (PROJECT / package).rglob("*.py")
        for message in written(file.read_text(encoding="utf-8"))
        if message not in known
    }
    assert not lost
