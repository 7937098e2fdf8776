"""Templates speak the reader's language, and nothing that was crawled can break out of them."""

from datetime import date

import pytest
from jinja2 import UndefinedError

from matcher.languages import UnknownLanguage, environment
from matcher.languages.messages import extract
from matcher.languages.terms import ROUTES
from matcher.model import RouteKind

GREETING = """{% trans day=when|day %}Deadline: {{ day }}{% endtrans %} – {{ route|term }}, {{ language }}"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.html.j2").write_text(GREETING, encoding="utf-8")
    (tmp_path / "a.txt.j2").write_text("{{ gettext('Deadline: %(title)s', title=title) }}", encoding="utf-8")
    (tmp_path / "b.html.j2").write_text("{{ gettext('Deadline: %(title)s', title=title) }}", encoding="utf-8")
    return tmp_path


def test_a_template_speaks_the_language_asked_for(folder):
    page = environment("de", folder).get_template("a.html.j2")
    route = ROUTES[RouteKind.MANAGING_AUTHORITY]
    assert page.render(when=date(2027, 3, 2), route=route) == "Frist: 2. März 2027 – über die Verwaltungsbehörde, de"


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "100 %(day)s %s %", "{{ 7 * 7 }}"])
def test_foreign_text_is_escaped_in_html_and_stays_as_it_is_in_text(folder, title):
    plain = environment("fr", folder).get_template("a.txt.j2").render(title=title)
    html = environment("fr", folder).get_template("b.html.j2").render(title=title)
    assert plain.endswith(title)
    assert "<script>" not in html
    assert html.endswith(title.replace("<", "&lt;").replace(">", "&gt;"))


def test_a_missing_value_is_an_error(folder):
    with pytest.raises(UndefinedError, match="title"):
        environment("en", folder).get_template("b.html.j2").render()


def test_languages_do_not_mix(folder):
    told = {
        language: environment(language, folder).get_template("a.txt.j2").render(title="x") for language in ("fr", "el")
    }
    assert told == {"fr": "Date limite\u00a0: x", "el": "Προθεσμία: x"}


def test_an_unknown_language_is_refused(folder):
    with pytest.raises(UnknownLanguage):
        environment("xx", folder)


def test_messages_are_found_in_code_and_templates(tmp_path):
    (tmp_path / "matcher").mkdir()
    (tmp_path / "dashboard").mkdir()
    (tmp_path / "matcher" / "a.py").write_text(
        'speaker.gettext("one %(x)s", x=1)\nvoice.ngettext("a day", "days", 2)\nTerm("route", "open")\n',
        encoding="utf-8",
    )
    (tmp_path / "dashboard" / "b.html.j2").write_text(
        "{% trans %}\n  two\n  lines\n{% endtrans %}{{ pgettext('status', 'open') }}", encoding="utf-8"
    )
    found = {(message.context, message.id) for message in extract(tmp_path) if message.id}
    assert found == {
        (None, "one %(x)s"),
        (None, ("a day", "days")),
        ("route", "open"),
        (None, "two lines"),
        ("status", "open"),
    }
