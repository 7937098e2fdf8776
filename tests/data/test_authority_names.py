"""Names of local authorities are told from those of other public bodies, in the languages of the programmes."""

import re
import shutil
from pathlib import Path

import pytest

from matcher.reference.files import BadReference, load_reference

FOLDER = Path(__file__).parents[2] / "data" / "reference"
NAME = "authority_names.yml"


@pytest.fixture(scope="module")
def names():
    return load_reference(FOLDER).authority_names


@pytest.mark.parametrize(
    "name",
    [
        *("Rīgas valstspilsētas pašvaldība", "Oulun kaupunki", "Stadt Düsseldorf", "AYUNTAMIENTO DE ZARAGOZA"),
        *("Δήμος Ιωαννιτών", "DIMOS ATHINAION", "GRAD ZAGREB", "Miasto Gdańsk", "Gemeente Utrecht", "Malmö stad"),
        *("Ajuntament de Ripollet", "Comune di Bologna", "Hlavní město Praha", "Birmingham City Council"),
        *("Municipality of Ioannina", "Vilniaus miesto savivaldybės administracija", "Câmara Municipal de Lisboa"),
    ],
)
def test_a_local_authority_is_known_by_its_name(names, name):
    assert names.names_local(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Ministry of the Interior", "Universität der Stadt Wien", "Stadtwerke Köln", "Hospital of Ioannina", "Grade"),
        *("Comunerò", "Ministerstvo vnitra", "Region Midtjylland", "Agenzia del Comune di Bologna", ""),
    ],
)
def test_other_bodies_are_not(names, name):
    assert not names.names_local(name)


def test_the_forms_say_what_they_rest_on(names):
    assert names.evidence == "known"
    assert "general knowledge" in names.source
    official = re.findall(r"\w\w", "bg cs da de el en es et fi fr hr hu it lt lv mt nl pl pt ro sk sl sv")
    assert set(official) <= set(names.languages), "Irish names are registered in English"
    assert all(forms.begin or forms.end for forms in names.languages.values())


def test_what_is_wrong_in_the_file_is_named(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "reference")
    text = (folder / NAME).read_text(encoding="utf-8")
    (folder / NAME).write_text(text.replace("evidence: known", "evidence: sure"), encoding="utf-8")
    with pytest.raises(BadReference, match=r"authority_names\.yml: field evidence: found 'sure'"):
        load_reference(folder)
