"""Templates that speak one language: `{{ gettext("…", name=value) }}`, `{% trans %}…{% endtrans %}`, date filters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from matcher.languages.speaker import speaker

EXTENSIONS = ("jinja2.ext.i18n",)
FILTERS = ("day", "deadline", "money", "number", "listing", "series", "term")
"""What a Speaker says of values, by the names that templates have for it."""


def escapes(template: str | None) -> bool:
    """Everything but plain text is escaped: `digest.html.j2`, and strings without a name."""
    return not (template or "").endswith((".txt", ".txt.j2"))


@cache
def environment(language: str, templates: Path) -> Environment:
    """The templates of a folder in one language. Raises UnknownLanguage.

    A value that is missing is an error. In templates: `speaker`, `language`, and the filters `day`, `deadline`,
    `money`, `number`, `listing`, `series` and `term`.
    """
    voice = speaker(language)
    made = Environment(
        loader=FileSystemLoader(templates),
        extensions=EXTENSIONS,
        autoescape=escapes,
        undefined=StrictUndefined,
        auto_reload=False,  # no look at the file for each mail
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(voice.translations, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(speaker=voice, language=language)
    made.filters.update({name: getattr(voice, name) for name in FILTERS})
    return made
