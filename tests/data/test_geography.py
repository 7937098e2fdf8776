"""The tables of regions and municipalities as they are shipped, and what they say of themselves when they are wrong."""

from collections import Counter
from pathlib import Path

import pytest

from matcher.factfile import BadFactFile
from matcher.geography import Category, Unit, load_lau, load_nuts

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
# fmt: off
MEMBER_STATES = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
]
# fmt: on
IN_LAU = ["CZ", "ES", "FI", "FR", "IT", "LT", "PL", "PT", "RO", "SK"]
HEAD = "code,country,level,name,latin,category\n"
LAU_HEAD = "country,code,name,unit,nuts,population,degurba,year,source\n"


def test_every_member_state_has_its_regions_of_all_levels() -> None:
    regions = load_nuts(REFERENCE)
    assert sorted({region.country for region in regions.values()}) == MEMBER_STATES
    assert Counter(region.level for region in regions.values()) == {0: 27, 1: 92, 2: 244, 3: 1165}
    for code, region in regions.items():
        assert code[:2] == ("EL" if region.country == "GR" else region.country)


def test_the_version_is_2024() -> None:
    regions = load_nuts(REFERENCE)
    assert regions["PT1D"].name == "Oeste e Vale do Tejo"
    assert not {"PT16", "PT17", "PT18", "LV006"} & regions.keys()


def test_greek_names_are_greek_and_have_a_latin_form() -> None:
    greek = [region for region in load_nuts(REFERENCE).values() if region.country == "GR" and region.level]
    assert all(region.latin for region in greek)
    assert not [region.name for region in greek if any("A" <= letter <= "z" for letter in region.name)]


def test_a_category_belongs_to_a_region_of_level_2() -> None:
    regions = load_nuts(REFERENCE).values()
    assert {region.level for region in regions if region.category} == {2}
    category = {region.code: region.category for region in regions}
    assert category["SK01"] is Category.MORE_DEVELOPED
    assert category["ITI2"] is Category.TRANSITION
    assert category["RO21"] is Category.LESS_DEVELOPED
    assert category["PT30"] is None, "no source seen: left open"


def test_municipalities_lie_in_their_country_and_stand_in_a_fixed_order() -> None:
    assert {unit.unit for unit in load_lau(REFERENCE, "ES")} == {Unit.MUNICIPALITY}
    vilnius = next(unit for unit in load_lau(REFERENCE, "LT") if unit.code == "13")
    assert (vilnius.name, vilnius.nuts) == ("Vilniaus miestas", "LT011")
    assert next(unit for unit in load_lau(REFERENCE, "IT") if unit.name == "Agrigento").population == 58_323
    lines = (REFERENCE / "lau.csv").read_text(encoding="utf-8").splitlines()[1:]
    keys = [line.split(",")[0] for line in lines]
    assert keys == sorted(keys)
    assert sorted(set(keys)) == IN_LAU
    assert (REFERENCE / "lau.csv").stat().st_size < 6_000_000


def test_the_readme_tells_how_many_rows_each_country_has() -> None:
    told = (REFERENCE / "README.md").read_text(encoding="utf-8")
    for country in IN_LAU:
        units = load_lau(REFERENCE, country)
        count = Counter(unit.unit for unit in units)
        filled = sum(unit.population is not None for unit in units)
        row = (count[Unit.MUNICIPALITY], count[Unit.DISTRICT], count[Unit.PLACE], filled)
        assert f"| {country} | {' | '.join(f'{number:,}' for number in row)} |" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("CZ0,CZ,1,Česko,,", "line 2, column code: found 'CZ0'; allowed: a code whose wider region stands above it"),
        ("cz,CZ,0,Czechia,,", "line 2, column code: found 'cz'; allowed: two letters"),
        ("CZ,CZ,1,Czechia,,", "line 2, column level: found '1'; allowed: 0, for CZ"),
        ("CZ,CZE,0,Czechia,,", "line 2, column country: found 'CZE'; allowed: a code of ISO 3166-1"),
        ("CZ,CZ,0,,,", "line 2, column name: found ''; allowed: a text"),
        ("CZ,CZ,0,Czechia,,poor", "line 2, column category: found 'poor'; allowed: less developed, transition"),
        ("CZ,CZ,0,Czechia,,\nCZ,CZ,0,Czechia,,", "line 3, column code: found 'CZ'; allowed: each code once"),
        ("CZ,CZ", "line 2: 2 cells; write 6"),
        ('CZ,CZ,0,"Czechia,,', "no table of comma-separated values"),
    ],
)
def test_a_wrong_region_is_told_with_line_and_column(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "nuts.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(BadFactFile, match=r"nuts\.csv") as caught:
        load_nuts(tmp_path)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "CZ,1,Brno,municipality,CZ9,,,,x",
            "line 2, column nuts: found 'CZ9'; allowed: a code of that country in nuts.csv",
        ),
        ("SK,1,Brno,municipality,CZ,,,,x", "line 2, column nuts: found 'CZ'"),
        ("cz,1,Brno,town,CZ,,,,x", "line 2, column country: found 'cz'; allowed: a code of ISO 3166-1"),
        ("CZ,1,Brno,town,CZ,,,,x", "line 2, column unit: found 'town'; allowed: municipality, district, place"),
        ("CZ,1,Brno,municipality,CZ,many,,,x", "line 2, column population: found 'many'; allowed: a whole number"),
        ("CZ,1,Brno,municipality,CZ,-5,,,x", "line 2, column population: found '-5'"),
        ("CZ,1,Brno,municipality,CZ,,4,,x", "line 2, column degurba: found '4'; allowed: 1, 2, 3 or nothing"),
    ],
)
def test_a_wrong_municipality_is_told_with_line_and_column(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "nuts.csv").write_text(HEAD + "CZ,CZ,0,Czechia,,\n", encoding="utf-8")
    (tmp_path / "lau.csv").write_text(LAU_HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(BadFactFile, match=r"lau\.csv") as caught:
        load_lau(tmp_path, line[:2])
    assert told in str(caught.value)


def test_other_columns_other_letters_and_no_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadFactFile, match="cannot be read"):
        load_nuts(tmp_path / "nowhere")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "nuts.csv").write_text("code;name\n", encoding="utf-8")
    with pytest.raises(BadFactFile, match="write the columns code,country"):
        load_nuts(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "nuts.csv").write_bytes(HEAD.encode() + "CZ,CZ,0,Česko,,".encode("cp1250"))
    with pytest.raises(BadFactFile, match="not UTF-8"):
        load_nuts(tmp_path / "b")
