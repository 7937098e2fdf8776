"""The script that puts Eurostat's list of municipalities into lau.csv, tried on a workbook in the form of that list."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from matcher.geography import Unit, load_lau
from tests.doubles.workbook import xlsx

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
HEADERS = (
    "NUTS 3 CODE", "LAU CODE", "LAU NAME NATIONAL", "LAU NAME LATIN", "CHANGE (Y/N)", "POPULATION", "TOTAL AREA (m2)",
    "DEGURBA",
)  # fmt: skip


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("build_lau", REFERENCE / "build_lau.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    """A folder of reference data with two countries' rows that are there already."""
    shutil.copy(REFERENCE / "nuts.csv", tmp_path)
    (tmp_path / "lau.csv").write_text(
        "country,code,name,unit,nuts,population,degurba,year,source\n"
        "CZ,0201,Benešov,district,CZ020,,,,GeoNames\n"
        "LT,13,Vilnius,municipality,LT011,,,,GeoNames\n",
        encoding="utf-8",
    )
    return tmp_path


def put(script, folder, sheets):
    book = folder / "list.xlsx"
    book.write_bytes(xlsx(sheets))
    script.main(book, "2023", folder / "lau.csv")


def test_the_rows_of_the_countries_of_the_list_are_replaced_and_no_others(script, folder):
    praha = ("CZ010", "554782", "Praha", "Praha", "N", 1357326, 496000000, 1)
    jince = ("CZ020", "540412", "Jince", "Jince", "N", "n.a.", 1, 3)
    athens = ("EL303", "45010000", "Δήμος Αθηναίων", "Dimos Athinaion", "N", 643452, 38900000, 1)
    put(script, folder, {"Read me": [("About",)], "CZ": [HEADERS, praha, jince, ()], "EL": [HEADERS, athens]})

    czech = {row.code: row for row in load_lau(folder, "CZ")}
    assert czech.keys() == {"554782", "540412"}
    assert (czech["554782"].population, czech["554782"].degurba, czech["554782"].nuts) == (1_357_326, 1, "CZ010")
    assert (czech["540412"].population, czech["540412"].unit) == (None, Unit.MUNICIPALITY)
    assert [row.name for row in load_lau(folder, "GR")] == ["Δήμος Αθηναίων"]
    assert [row.name for row in load_lau(folder, "LT")] == ["Vilnius"]


def test_a_list_without_a_column_is_refused_and_the_table_stays(script, folder):
    before = (folder / "lau.csv").read_bytes()
    with pytest.raises(ValueError, match="sheet of CZ: no column DEGURBA; found NUTS 3 CODE"):
        put(script, folder, {"CZ": [HEADERS[:-1], ("CZ010", "554782", "Praha", "Praha", "N", 1, 1)]})
    assert (folder / "lau.csv").read_bytes() == before
