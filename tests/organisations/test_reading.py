"""What a description says is proposed with its sentence, and what it does not say is not."""

import pytest

from matcher.factfile import BadFactFile
from matcher.organisations.tongues import heard
from matcher.organisations.vocabulary import FILE, load_vocabulary
from tests.conftest import PROJECT

ITALIAN = """Porte Aperte

Porte Aperte è un'associazione fondata da migranti a Bologna, in Italia, nel 2019. Organizziamo corsi per donne.
Lingue di lavoro: italiano, inglese, arabo

I nostri bisogni:
- Corsi di italiano per donne migranti
- Un posto nei consigli comunali per chi è arrivato da poco

Contatti: via Roma 3
"""
ENGLISH = (
    "The municipality of Ioannina is a town in Greece with 113,978 inhabitants. We welcome refugees from Syria and "
    "Ukraine. We look for partners who know how newcomers take part in decisions."
)
GERMAN = "Name: Offene Türen e. V.\nWir sind eine Migrantenorganisation in Düsseldorf, Deutschland.\nWir suchen Mittel."


@pytest.fixture
def read(service):
    def found(text):
        told = {}
        for one in service.proposals(text):
            assert one.sentence in text, "nothing is proposed that does not stand there"
            told.setdefault(one.field, []).append(one.value)
        return told

    return found


def test_a_page_of_an_association(read):
    assert read(ITALIAN) == {
        "name": ["Porte Aperte"],
        "type": ["migrant_led"],
        "country": ["IT"],
        "description": ["Porte Aperte è un'associazione fondata da migranti a Bologna, in Italia, nel 2019."],
        "languages": ["it", "en", "ar"],
        "needs": ["Corsi di italiano per donne migranti", "Un posto nei consigli comunali per chi è arrivato da poco"],
        "nuts": ["ITH55"],
    }


def test_running_text_of_a_municipality(read):
    found = read(ENGLISH)
    assert (found["type"], found["country"], found["population"]) == (["municipality"], ["GR"], ["113978"])
    assert found["languages"] == ["en"]
    assert found["needs"] == ["We look for partners who know how newcomers take part in decisions."]
    assert "name" not in found


def test_labels_before_a_colon(read):
    found = read(GERMAN)
    assert (found["name"], found["type"], found["country"]) == (["Offene Türen e. V."], ["migrant_led"], ["DE"])
    assert found["nuts"] == ["DEA11"]
    assert found["needs"] == ["Wir suchen Mittel."]


@pytest.mark.parametrize("text", ["", "...", "\n\n", "12345", "🙂"])
def test_nothing_is_made_of_nothing(read, text):
    assert read(text) == {}


def test_what_is_no_statement_is_not_proposed(read):
    found = read("Great weather today and tomorrow, with 23 people on the beach, as everybody knows by now.")
    assert not {"name", "type", "country", "population", "needs", "nuts"} & found.keys()


def test_a_number_elsewhere_in_the_sentence_is_not_the_inhabitants(read):
    text = "In 2019 the project had 1,250,000 euro from many sources and partners, and it served all the inhabitants."
    assert "population" not in read(text)


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "A " * 100_000, "Bologna " * 25_000, "1.000 " * 30_000, "(" * 50_000, "we need " * 25_000]
)
def test_hostile_texts_are_read_in_time(read, text):
    assert isinstance(read(text), dict)


class TestLanguages:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Migrantu nodarbinātība un uzņēmējdarbība pilsētā", "lv"),
            ("Συμμετοχή των μεταναστών στο δημοτικό συμβούλιο", "el"),
            ("Cours de langue pour les personnes nouvellement arrivées", "fr"),
            ("Bestrijding van discriminatie en racisme tegen vrouwen", "nl"),
            ("Training and mentoring for migrant women entrepreneurs", "en"),
            ("دورات لتعليم اللغة للنساء اللاجئات", "ar"),
        ],
    )
    def test_are_heard(self, text, language):
        assert heard(text) == (language, True)

    @pytest.mark.parametrize("text", ["Integration", "Support", "Courses", "12345", "EU"])
    def test_are_not_sure_where_the_text_is_short(self, text):
        assert not heard(text).is_sure

    def test_are_the_likely_one_where_nothing_tells(self):
        assert heard("2021-2027", "lv").language == "lv"

    def test_are_right_for_the_public_organisations(self, service):
        """Where it is sure, it is right; and it is sure of nearly all."""
        needs = [need for one in service.profiles() for need in one.needs]
        found = [(need, heard(need.text)) for need in needs]
        sure = [(need, told) for need, told in found if told.is_sure]
        assert len(sure) >= 0.9 * len(needs)
        assert not [(need.text, told) for need, told in sure if told.language != need.language]


def test_a_wrong_word_list_says_where(tmp_path):
    (tmp_path / FILE).write_text("types: {}\nnames: []\n", encoding="utf-8")
    with pytest.raises(BadFactFile) as wrong:
        load_vocabulary(tmp_path)
    assert FILE in str(wrong.value)


def test_every_type_has_words():
    words = load_vocabulary(PROJECT / "data" / "reference")
    assert {kind.value for kind in words.types} == {"municipality", "migrant_led", "migrant_serving"}
