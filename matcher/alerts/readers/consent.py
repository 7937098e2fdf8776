"""What somebody agrees to who signs up: the wording beside the button and the privacy notice, as versioned files.

A version is a folder of `data/consent` with a file for each language. What was agreed to stays as it was: other words
are another version. Pure, but for reading the files once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from matcher.factfile import BadFactFile, build, read
from matcher.languages import LANGUAGES, UnknownLanguage
from matcher.model import Frozen, Text


class Kept(Frozen):
    """What is kept, and why and until when; `{name}` stands for a value of the settings."""

    what: Text
    why: Text
    until: Text


class NoticeSection(Frozen):
    heading: Text
    paragraphs: tuple[Text, ...] = ()
    kept: tuple[Kept, ...] = ()


class Notice(Frozen):
    """The privacy notice (GDPR, Article 13)."""

    title: Text
    sections: tuple[NoticeSection, ...]
    nobody_named: Text
    """In place of a contact, while the operator has set none."""
    columns: tuple[Text, Text, Text]
    """Headings of what, why and until when."""


class Wording(Frozen):
    """One version in one language."""

    consent: Text
    """Beside the button of the sign-up."""
    notice: Notice


def text_version(folder: Path, language: str) -> str:
    """The newest version in a language, as it is kept with a consent: "1/lv" is the file `1/lv.yml`."""
    if language not in LANGUAGES:
        raise UnknownLanguage(f"language: found {language!r}; choose one of {', '.join(LANGUAGES)}")
    versions = [int(found.name) for found in folder.iterdir() if found.is_dir() and found.name.isdecimal()]
    if not versions:
        raise BadFactFile(f"{folder}: holds no version; put back the folder `1` of the project.")
    return f"{max(versions)}/{language}"


@cache
def wording(folder: Path, version: str) -> Wording:
    """What a version said. Raises BadFactFile."""
    if not re.fullmatch(r"[0-9]+/[a-z]{2}", version):
        raise BadFactFile(f"{folder}: found the version {version!r}; allowed: number/language, such as 1/en.")
    file = folder / f"{version}.yml"
    return build(Wording, read(file), str(file))
