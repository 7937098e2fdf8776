"""`make messages`: catalogues follow the code, and nothing else in them changes."""

import shutil

import pytest

from matcher.languages import catalogues
from matcher.languages.catalogues import LANGUAGES, read_catalogue
from matcher.languages.messages import update


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A little program with its own catalogues."""
    folder = tmp_path / "languages"
    folder.mkdir()
    for language in LANGUAGES[1:]:
        shutil.copy(catalogues.catalogue_file(language), folder)
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    for package in ("matcher", "dashboard"):
        (tmp_path / package).mkdir()

    def write(text: str):
        (tmp_path / "matcher" / "a.py").write_text(text, encoding="utf-8")
        return tmp_path

    return write


KEPT = 'gettext("Unsubscribe")\nngettext("%(num)s changed", "%(num)s changed", 2)\n'


def test_a_translation_stays_as_long_as_its_message(code):
    assert update(code(KEPT)) == dict.fromkeys(LANGUAGES[1:], 0)
    catalogue = read_catalogue("lv")
    assert [message.id for message in catalogue if message.id] == [
        ("%(num)s changed", "%(num)s changed"),
        "Unsubscribe",
    ]
    assert catalogue["Unsubscribe"].string == "Atteikties"
    assert catalogue.num_plurals == 3
    assert "n%10==0" in catalogue.plural_expr


def test_a_new_message_is_empty_and_never_guessed(code):
    assert update(code(KEPT + 'gettext("Unsubscribed")\n'))["de"] == 1
    assert read_catalogue("de")["Unsubscribed"].string == ""


def test_a_second_time_changes_nothing(code):
    root = code(KEPT + 'gettext("new")\n')
    update(root)
    before = {language: catalogues.catalogue_file(language).read_bytes() for language in LANGUAGES[1:]}
    update(code("\n\n" + KEPT + 'gettext("new")\n'))
    assert before == {language: catalogues.catalogue_file(language).read_bytes() for language in LANGUAGES[1:]}


def test_a_language_without_a_catalogue_gets_one(code):
    catalogues.catalogue_file("el").unlink()
    assert update(code(KEPT))["el"] == 2
    assert catalogues.catalogue_file("el").read_text(encoding="utf-8").startswith("# Greek.")
