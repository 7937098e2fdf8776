"""`funding import planned-calls`: a person's own list into the store, and what that person sees."""

import sqlite3
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from crawler.imports.zones import place_of, zone_of
from tests.doubles.workbook import xlsx

MAPPING = """
source:
  name: county_plan
  title: Plan of the county
  publisher: The county
  url: https://county.example/plan
  licence: CC0 1.0
  funds: [ESF+]
country: PL
language: pl
columns:
  title: [Nazwa]
  opening: [Start]
  deadlines: [Koniec]
  area: [Obszar]
  code: [Numer]
  budget: [Kwota]
  status: [Stan]
constants: {fund: FSE+}
"""
MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
HEADER = ["Numer", "Nazwa", "Start", "Koniec", "Obszar", "Kwota", "Stan"]
PLANNED = ["N-1/27", "Integracja cudzoziemców", "II kwartał 2027", "", "Mazowieckie", "1 000 000 zł", "planned"]
OPENED = ["N-1/27", "Integracja cudzoziemców", "2027-04-12", "2027-06-30", "Mazowieckie", "1 000 000 zł", "open"]
WRONG = ["N-2/27", "Kursy", "kiedyś tam", "2027-09-01", "Mazowieckie", "2 mln zł", "planned"]


@pytest.fixture
def mapping(tmp_path) -> Path:
    file = tmp_path / "plan.yml"
    file.write_text(MAPPING, encoding="utf-8")
    return file


@pytest.fixture
def plan(tmp_path):
    def plan(*rows: list[str], name: str = "plan.csv") -> Path:
        file = tmp_path / name
        file.write_text("\n".join(";".join(row) for row in [HEADER, *rows]) + "\n", encoding="utf-8")
        return file

    return plan


def stored(tmp_path: Path) -> list[tuple]:
    file = tmp_path / "home" / "store.sqlite"
    if not file.is_file():
        return []
    with sqlite3.connect(file) as connection:
        found = connection.execute("select source, reference from call order by reference").fetchall()
    connection.close()
    return found


def test_a_list_is_stored_and_a_wrong_cell_named_with_its_place(funding, tmp_path, mapping, plan):
    code, out, err = funding("import", "planned-calls", plan(PLANNED, WRONG), f"--mapping={mapping}")
    assert (code, err) == (0, "")
    assert "plan.csv: 2 calls read" in out
    assert "2 calls, 2 new, 0 changed" in out
    assert "plan.csv, row 3, column 'Start', found 'kiedyś tam'" in out
    assert stored(tmp_path) == [("import_county_plan", "N-1/27"), ("import_county_plan", "N-2/27")]


def test_a_planned_call_that_opened_is_the_same_call_and_the_run_can_be_loaded_again(funding, tmp_path, mapping, plan):
    funding("import", "planned-calls", plan(PLANNED), f"--mapping={mapping}")
    code, out, _ = funding("import", "planned-calls", plan(OPENED), f"--mapping={mapping}")
    assert (code, "1 calls, 0 new, 1 changed" in out) == (0, True)
    assert len(stored(tmp_path)) == 1
    folder = max((tmp_path / "home" / "runs" / "import_county_plan").iterdir())
    code, out, _ = funding("load", folder)
    assert (code, "0 new, 0 changed" in out) == (0, True)
    (folder / "source.json").unlink()
    code, out, _ = funding("load", folder)
    assert (code, "source.json of this imported list cannot be read" in out) == (1, True)


def test_a_dry_run_shows_what_would_be_stored_and_stores_nothing(funding, tmp_path, mapping, plan):
    code, out, _ = funding("import", "planned-calls", plan(PLANNED, WRONG), f"--mapping={mapping}", "--dry-run")
    assert code == 0
    for said in ("nothing is stored", "planned for second quarter 2027", "PLN 1,000,000", "Mazowieckie", "ESF+"):
        assert said in out
    assert "row 3, column 'Start'" in out
    assert stored(tmp_path) == []
    assert not (tmp_path / "home" / "runs").exists()


def test_a_list_with_many_faults_shows_the_first_and_all_when_asked(funding, mapping, plan):
    rows = [[f"N-{n}", f"Kurs {n}", "kiedyś", "", "", "", "planned"] for n in range(30)]
    _, some, _ = funding("import", "planned-calls", plan(*rows), f"--mapping={mapping}", "--dry-run")
    _, every, _ = funding("import", "planned-calls", plan(*rows), f"--mapping={mapping}", "--dry-run", "--issues")
    summary = some.split("\n\n")[-1]
    assert summary.count("found 'kiedyś'") == 20
    assert "… and 10 more; --issues prints all" in summary
    assert every.split("\n\n")[-1].count("found 'kiedyś'") == 30


def test_a_list_that_shrank_by_more_than_half_is_held(funding, tmp_path, mapping, plan):
    rows = [[f"N-{n}", f"Kurs {n}", "2027-01-01", "", "", "", "planned"] for n in range(30)]
    funding("import", "planned-calls", plan(*rows), f"--mapping={mapping}")
    code, out, _ = funding("import", "planned-calls", plan(*rows[:3]), f"--mapping={mapping}")
    assert (code, "held" in out, "--accept" in out) == (1, True, True)
    assert len(stored(tmp_path)) == 30


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE html><html><title>Access denied</title></html>", "is a web page, titled 'Access denied'"),
        ("Other;Header\nx;y\n", "no row of headers"),
        (";".join(HEADER) + "\n", "no call was found"),
        ("", "is empty"),
    ],
)
def test_a_file_that_holds_no_list_stores_nothing_and_says_why(funding, tmp_path, mapping, content, said):
    file = tmp_path / "plan.csv"
    file.write_text(content, encoding="utf-8")
    code, _, err = funding("import", "planned-calls", file, f"--mapping={mapping}")
    assert (code, said in err, "Traceback" in err) == (1, True, False)
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("  title: [Nazwa]", "  titel: [Nazwa]"), "titel"),
        (("country: PL", "country: Poland"), "field country: found 'Poland'"),
        (("url: https://county.example/plan", "url: ''"), "field source.url"),
        (("funds: [ESF+]", "funds: [ESF]"), "allowed"),
        (("language: pl", "language: [pl"), "is not valid YAML"),
        (("country: PL", "country: PL\nheaders: 4"), "unknown field headers"),
    ],
)
def test_a_wrong_mapping_is_refused_with_field_found_and_allowed(funding, mapping, plan, change, said):
    mapping.write_text(MAPPING.replace(*change), encoding="utf-8")
    code, _, err = funding("import", "planned-calls", plan(PLANNED), f"--mapping={mapping}")
    assert (code, said in err, "plan.yml" in err, "Traceback" in err) == (2, True, True, False)


def test_a_mapping_without_source_says_what_to_add(funding, mapping, plan):
    mapping.write_text(MAPPING[MAPPING.index("country") :], encoding="utf-8")
    code, _, err = funding("import", "planned-calls", plan(PLANNED), f"--mapping={mapping}")
    assert (code, "field source is missing" in err) == (2, True)


def test_wrong_usage_is_told(funding, tmp_path, plan):
    assert funding("import", "planned-calls", tmp_path / "no.csv", "--suggest")[0] == 2
    assert funding("import", "planned-calls", plan(PLANNED))[0] == 2
    code, _, err = funding("import", "planned-calls", plan(PLANNED), "--suggest")
    assert (code, "--country" in err) == (2, True)


def test_an_imported_source_stays_known_when_the_registry_is_saved_again(funding, tmp_path, mapping, plan):
    funding("import", "planned-calls", plan(PLANNED), f"--mapping={mapping}")
    from crawler.load import save_registry
    from matcher.store import open_store

    with open_store(f"sqlite:///{tmp_path / 'home' / 'store.sqlite'}") as store:
        save_registry(store)
        (card,) = [card for card in store.cards() if card.name == "import_county_plan"]
    assert (card.title, card.country, card.frequency) == ("Plan of the county", "PL", "none")


def test_country_language_and_zone_follow_from_each_other_or_are_asked_for():
    assert place_of("hu", "") == ("HU", "hu")
    assert place_of("", "HU") == ("HU", "hu")
    with pytest.raises(ValueError, match="say whose list it is"):
        place_of("", "de")
    with pytest.raises(ValueError, match="no such country"):
        place_of("Q9", "")
    assert [zone_of(code) for code in ("HU", "ES", "PT", "CY", "DE")] == [
        "Europe/Budapest",
        "Europe/Madrid",
        "Europe/Lisbon",
        "Asia/Nicosia",
        "Europe/Berlin",
    ]


@pytest.mark.parametrize("country", MEMBERS.split())
def test_every_member_state_has_a_zone_of_its_capital(country):
    assert zone_of(country) in available_timezones()


def test_a_workbook_is_imported_as_a_text_file_is(funding, tmp_path, mapping):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(xlsx({"Plan 2027": [["Plan"], [], HEADER, PLANNED, WRONG]}))
    code, out, _ = funding("import", "planned-calls", file, f"--mapping={mapping}")
    assert code == 0
    assert "plan.xlsx, sheet 'Plan 2027', row 5, column 'Start', found 'kiedyś tam'" in out


def test_a_home_that_cannot_be_written_is_told_and_nothing_is_stored(funding, tmp_path, mapping, plan):
    (tmp_path / "home").write_text("a file where the folder should be", encoding="utf-8")
    code, _, errors = funding("import", "planned-calls", plan(PLANNED), "--mapping", mapping)
    assert (code, "cannot be written" in errors, "nothing is stored" in errors) == (1, True, True)
