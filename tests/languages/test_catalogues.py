"""Every message of code and templates is said in every language, whole and with its values."""

import re
from itertools import chain

import pytest
from babel.messages.catalog import Catalog

from matcher.languages import LANGUAGES, UnknownLanguage, speaker
from matcher.languages.catalogues import read_catalogue, translations
from matcher.languages.messages import extract, untranslated
from matcher.settings import REPOSITORY

TRANSLATED = LANGUAGES[1:]
VALUE = re.compile(r"%\(\w+\)[a-z]|%%|<[^>]+>")
NUMBER = "%(num)s"


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return extract(REPOSITORY)


def texts(strings) -> tuple[str, ...]:
    return (strings,) if isinstance(strings, str) else tuple(strings)


def values(form: str) -> set[str]:
    return set(VALUE.findall(form))


def keys(catalogue: Catalog) -> set:
    return {(message.context, message.id) for message in catalogue if message.id}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_the_messages_of_the_code_and_no_others(language, messages):
    catalogue = read_catalogue(language)
    assert keys(messages) - keys(catalogue) == set(), "run `make messages` and translate what is new"
    assert keys(catalogue) - keys(messages) == set(), "run `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_in_all_forms(language):
    assert [message.id for message in untranslated(read_catalogue(language))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_values_and_the_same_markup(language):
    """A form for one, or for none, may say the number in a word."""
    for message in filter(lambda message: message.id, read_catalogue(language)):
        wanted = set(chain(*map(values, texts(message.id))))
        for form in texts(message.string):
            assert values(form) | {NUMBER} == wanted | {NUMBER} if message.pluralizable else values(form) == wanted, (
                form
            )


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_as_its_message_does(language):
    """Spaces and line ends at the edges hold a sentence apart from its neighbour."""
    for message in filter(lambda message: message.id, read_catalogue(language)):
        for form in texts(message.string):
            first = texts(message.id)[0]
            assert (form[:1].isspace(), form[-1:].isspace()) == (first[:1].isspace(), first[-1:].isspace()), form


def test_a_semicolon_of_a_greek_sentence_asks_a_question():
    for message in filter(lambda message: message.id, read_catalogue("el")):
        asked = max(form.count("?") for form in texts(message.id))
        for form in texts(message.string):
            assert form.count(";") <= asked, form


def test_the_check_sees_what_is_missing_guessed_or_half():
    catalogue = Catalog(locale="lv")
    catalogue.add("whole", "vesels")
    catalogue.add("empty", "")
    catalogue.add("guessed", "minēts", flags=["fuzzy"])
    catalogue.add(("%(num)s call", "%(num)s calls"), ("%(num)s uzaicinājums", "%(num)s uzaicinājumi", ""))
    assert [texts(message.id)[0] for message in untranslated(catalogue)] == ["empty", "guessed", "%(num)s call"]


def test_an_unknown_language_is_told_with_those_there_are():
    with pytest.raises(UnknownLanguage, match="found 'pt'; choose one of en, fr, de, es, el, it, nl, lv"):
        speaker("pt")
    with pytest.raises(UnknownLanguage):
        read_catalogue("../../etc/passwd")


def test_a_catalogue_is_compiled_once():
    assert translations("el") is translations("el")
