"""Which messages code and templates hold, and the catalogues brought up to them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import write_po

from matcher.languages.catalogues import LANGUAGES, catalogue_file, read_catalogue
from matcher.model.said import FACTS

PACKAGES = ("matcher", "dashboard")
DATA = "data/reference"
METHODS = [("**.py", f"{__name__}:in_code"), ("**.j2", "jinja2")]
OPTIONS = {"**.j2": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Term": ((1, "c"), 2),
    "said": None,
    "said_n": (1, 2),
    "said_of": ((1, "c"), 2),
    "to_say": None,
    "rule": None,
    "consortium_rule": None,
}
"""Functions whose arguments are messages: which arguments, and which of them is the context ("c")."""

HEADER = """# {name}. After code or templates have changed: `make messages`, then fill in what is empty.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


OWN_TEXTS = {
    "programmes.yml": {"table": frozenset({"name", "brief", "text"}), "programmes": frozenset({"name"})},
    "participation.yml": {"entries": frozenset({"note"}), "populations": frozenset({"note"})},
    "action_rules.yml": {"actions": frozenset({"name", "note"})},
    "networks.yml": {"networks": frozenset({"what", "members", "no_body", "title", "doorways.note"})},
    "goals.yml": {"goals": frozenset({"name", "definition"}), "checklist": frozenset({"label", "question"})},
}
"""Data files whose texts are ours and shown: under which entry, the keys that hold them (`matcher.model.said.OwnText`).

What stands in others (notes on bodies and portals, gaps of sources) is shown in English.
"""


def in_code(
    file: BytesIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """Babel's method for Python, and what it passes over before Python 3.12: messages inside an f-string."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    strings = (node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.JoinedStr))
    for call in (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in keywords:
            yield call.lineno, name, tuple(_literal(one) for one in call.args), []


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def extract(root: Path) -> Catalog:
    """All messages of the packages under a folder and of our data files, with the files that hold them."""
    found = Catalog(charset="utf-8", project="eu-funding-matcher")
    for package in PACKAGES:
        for file, _, message, comments, context in extract_from_dir(
            root / package, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            found.add(message, locations=[(f"{package}/{file}", 1)], auto_comments=comments, context=context)
    for name, entries in OWN_TEXTS.items():
        if (root / DATA / name).exists():
            content = yaml.safe_load((root / DATA / name).read_text(encoding="utf-8"))
            for entry, keys in entries.items():
                for text in _texts(content[entry], keys):
                    found.add(text.strip().replace("%", "%%"), locations=[(f"{DATA}/{name}", 1)], context=FACTS)
    return found


def _texts(content: object, keys: frozenset[str], above: str = "") -> Iterator[str]:
    """All texts that stand under one of the keys, however deep; "doorways.note": a note below doorways."""
    if isinstance(content, list):
        for one in content:
            yield from _texts(one, keys, above)
    if isinstance(content, dict):
        for key, value in content.items():
            if isinstance(value, str) and not keys.isdisjoint({key, f"{above}.{key}"}):
                yield value
            yield from _texts(value, keys, key)


def update(root: Path) -> dict[str, int]:
    """Bring every catalogue up to the messages under a folder; returns how many each still lacks.

    A message that is gone leaves its catalogue. Nothing is guessed: a message that reads differently is a new one.
    """
    template = extract(root)
    lacking = {}
    for language in LANGUAGES[1:]:
        catalogue = read_catalogue(language) if catalogue_file(language).exists() else Catalog(locale=language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        lacking[language] = sum(1 for _ in untranslated(catalogue))
        catalogue_file(language).write_bytes(_written(catalogue, language))
    return lacking


def _written(catalogue: Catalog, language: str) -> bytes:
    """Sorted by message and without line numbers, so that a diff shows what was translated and nothing else."""
    header = HEADER.format(name=Locale("en").languages[language], language=language, forms=catalogue.plural_forms)
    file = BytesIO(header.encode())
    file.seek(0, SEEK_END)
    write_po(file, catalogue, width=120, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return file.getvalue().rstrip() + b"\n"


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Messages without a translation, without all forms of their number, or with one that is only guessed."""
    for message in catalogue:
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        whole = all(forms) and (not message.pluralizable or len(forms) == catalogue.num_plurals)
        if message.id and (not whole or message.fuzzy):
            yield message
