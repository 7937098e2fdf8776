"""No template says anything by itself: each word a reader sees is a message, so that it has its translations."""

import re

import pytest
from jinja2 import Environment, nodes

from matcher.languages.jinja import EXTENSIONS
from matcher.languages.messages import PACKAGES
from matcher.settings import REPOSITORY

ENGLISH = '<html lang="en">'
"""What the page for programmers says of itself: it is in English as the document is that it shows."""
TEMPLATES = sorted(
    file
    for package in PACKAGES
    for file in (REPOSITORY / package).rglob("*.j2")
    if ENGLISH not in file.read_text(encoding="utf-8")
)
UNSEEN = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|<[^>]*>|&#?\w+;", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:aria-label|alt|title|placeholder)=["']([^"'{]+)["']""")


def bare_words(template: str) -> list[str]:
    """What stands in a template outside of expressions and messages; values are replaced by a space."""
    text = " ".join(
        node.data for node in Environment(extensions=EXTENSIONS).parse(template).find_all(nodes.TemplateData)
    )
    seen = UNSEEN.sub(" ", text) + " ".join(SPOKEN.findall(template))
    return re.findall(r"[^\W\d_]{2,}", seen)


def test_the_check_sees_bare_words():
    html = '<p class="x">{% trans %}A message{% endtrans %}</p><img alt="picture" src="{{ a }}"> and {{ gettext("b") }}'
    assert bare_words(html) == ["and", "picture"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_a_template_has_no_words_of_its_own(template):
    assert bare_words(template.read_text(encoding="utf-8")) == []
