"""Plain words find calls: by what stands in them, by what means the same, and by code."""

import numpy as np
import pytest

from matcher.model import Call, CallKind
from matcher.settings import REPOSITORY
from matcher.standing.search import by_meaning, by_words
from matcher.standing.synonyms import load_synonyms
from matcher.standing.words import TEXT, TITLE, Words

TITLES = ["Housing for refugees", "Batteries for ships", "Nouveaux logements", "Training of nurses"]
TEXTS = ["Women who fled.", "Sea and harbour, no housing.", "Pour les étrangers.", "x" * 5000]


@pytest.fixture(scope="module")
def synonyms():
    return load_synonyms(REPOSITORY / "data" / "reference")


@pytest.fixture(scope="module")
def words():
    made = []
    for number, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True)):
        names = {"source": "portal", "reference": str(number), "identifier": f"CODE-{number}", "title": title}
        made.append(Call(**names, text=text, kind=CallKind.TOPIC, url="https://example.org", as_of="2026-11-01"))
    return Words.of(made)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("refugee", [0]),
        ("Geflüchtete", [0]),
        ("Wohnungen", [0, 1, 2]),
        ("bēgļu", [0]),
        ("ETRANGERS", [2]),
        ("housing ships", [1]),
        ("housing nurses", []),
        ("", []),
        ("  ?! ", []),
        ("y" * 10_000, []),
    ],
)
def test_words_and_those_that_stand_for_them(typed, found, words, synonyms):
    assert np.flatnonzero(by_words(typed, words, synonyms)).tolist() == found


def test_a_word_in_the_title_counts_more(words, synonyms):
    assert by_words("housing", words, synonyms)[:2].tolist() == [TITLE, TEXT]


def test_meaning_finds_what_stands_out_and_nothing_where_all_is_alike():
    near = np.full((1, 200), 0.8, np.float32)
    assert not by_meaning(near).any()
    near[0, 7] = 0.95
    assert np.flatnonzero(by_meaning(near)).tolist() == [7]


def test_a_code_finds_its_call_first_and_what_begins_with_it(service):
    code = next(call.code for call in service.calls(service.store.runs()[0].as_of) if (call.code or "").count("-") > 2)
    found = service.search(code.lower())
    best = max(found, key=lambda id: found[id])
    assert service.call(best).code == code
    stem = code.rpartition("-")[0]
    begins = {id for id in service._library.shelf.ids if (service.call(id).code or "").startswith(stem)}
    assert begins <= service.search(stem).keys()
