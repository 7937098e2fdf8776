"""Which messages code and templates hold, and the catalogues brought up to them."""

from __future__ import annotations

from collections.abc import Iterator
from io import SEEK_END, BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from matcher.languages.catalogues import LANGUAGES, catalogue_file, read_catalogue

PACKAGES = ("matcher", "dashboard")
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
OPTIONS = {"**.j2": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Term": ((1, "c"), 2),
}
"""Functions whose arguments are messages: which arguments, and which of them is the context ("c")."""

HEADER = """# {name}. After code or templates have changed: `make messages`, then fill in what is empty.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def extract(root: Path) -> Catalog:
    """All messages of the packages under a folder, with the files that hold them."""
    found = Catalog(charset="utf-8", project="eu-funding-matcher")
    for package in PACKAGES:
        for file, _, message, comments, context in extract_from_dir(
            root / package, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            found.add(message, locations=[(f"{package}/{file}", 1)], auto_comments=comments, context=context)
    return found


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
