"""The reference data is complete and sourced, and its loader names what is wrong in a file."""

import re
import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.source import RawCall
from matcher.countries import country_code, known_codes
from matcher.model import ApplicantKind, Fund, RouteKind
from matcher.reference import Management, Standing
from matcher.reference.files import BadReference, load_reference

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "reference"
BRIEF = ROOT.parent / "shared" / "seeds" / "004_951156e24094ce81.txt"
EU27 = set(re.findall(r"\w\w", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"))
COLUMNS = ("objectives", "actors", "management", "direct_access")
LATEST = date(2026, 11, 22)
TABLE_READ = date(2026, 11, 21)

# the codes of the portal, 2021-2027 and 2014-2020
CODES = re.findall(
    r"\d+",
    """
43251447 43251530 43251589 43252368 43254019 43252386 43353764 43254037 43108390 43251814 43152860 43252405 44416173
46324255 44773133 44773066 43252476 43332642 43298203 43637601 43252517 45532249 43251567 44181033 43089234 43392145
43298664 43251882 43298916 43252449 43251842 43252433 43253967 43253706 43253979 43253995 43251534 45876777 111111
47376280 43697167 42810547 47786028
31077795 31077817 31077833 31076817 31059093 31059088 31059083 31070247 31045243 31059643 31107710 42992790 31061266
31082527 31065524
""",
)


@pytest.fixture(scope="module")
def reference():
    return load_reference(FOLDER)


def entries(reference):
    yield from (cell for row in reference.table for name in COLUMNS for cell in _two(getattr(row, name)))
    yield from reference.programmes
    yield from (rule for p in reference.programmes for rule in (p.coordinators, p.beneficiaries) if rule)
    yield from reference.participations
    yield from reference.populations
    yield from reference.exchange


def _two(cell):
    return cell.brief, cell.now


def test_every_fact_has_a_source_and_a_day(reference):
    for entry in entries(reference):
        assert len(entry.source) > 10, entry
        assert date(2021, 1, 1) < entry.as_of <= LATEST, entry


def test_the_table_has_five_rows_of_four_cells_told_twice(reference):
    assert [row.fund for row in reference.table] == list(Fund)
    for row in reference.table:
        for name in COLUMNS:
            brief, now = _two(getattr(row, name))
            assert brief.as_of == date(2023, 4, 30)
            assert "Table 1" in brief.source
            assert now.as_of == TABLE_READ
            assert now.text != brief.text
            assert re.search(r"20\d\d/\d+|https?://", now.source), now


def test_the_table_is_told_in_our_own_words(reference):
    if not BRIEF.is_file():
        pytest.skip("the brief's text is not beside this checkout (../shared/seeds)")
    theirs = _runs_of_words(BRIEF.read_text(encoding="utf-8"))
    for row in reference.table:
        for name in COLUMNS:
            for cell in _two(getattr(row, name)):
                assert not _runs_of_words(cell.text.replace(row.name, "")) & theirs


def _runs_of_words(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def test_every_portal_code_is_known_once(reference):
    codes = [code for programme in reference.programmes for code in programme.codes]
    assert sorted(codes) == sorted(CODES)
    assert set(reference.by_code) == set(CODES)


def test_programmes_count_to_their_fund(reference):
    assert reference.by_code["43251447"].fund is Fund.AMIF
    assert reference.by_code["44416173"].fund is Fund.ERDF
    assert reference.by_code["43108390"].fund is None
    assert reference.by_code["31076817"].fund is None
    assert {p.fund for p in reference.programmes} == {*Fund, None}


def test_money_that_goes_another_way_says_which(reference):
    ways = {p.key: p.route for p in reference.programmes if p.route}
    assert ways == {
        "AMIF-NATIONAL": RouteKind.MANAGING_AUTHORITY,
        "ESF+-NATIONAL": RouteKind.MANAGING_AUTHORITY,
        "ERDF-NATIONAL": RouteKind.MANAGING_AUTHORITY,
        "ERASMUS+-NATIONAL": RouteKind.NATIONAL_AGENCY,
    }
    assert all(not reference.by_key[key].codes for key in (*ways, "EUI", "URBACT", "INTERREG"))
    assert reference.by_key["ERASMUS+-NATIONAL"].management is Management.INDIRECT


def test_nobody_natural_leads_and_local_authorities_may(reference):
    for key in ("AMIF", "CERV", "ERASMUS+", "ESF+"):
        programme = reference.by_key[key]
        for rule in (programme.coordinators, programme.beneficiaries):
            assert ApplicantKind.LOCAL_AUTHORITY in rule.kinds
            assert ApplicantKind.NON_PROFIT in rule.kinds
            assert ApplicantKind.NATURAL_PERSON not in rule.kinds
    assert reference.by_key["LIFE"].coordinators is None


def test_countries_are_iso_codes(reference):
    assert {p.country for p in reference.participations} <= known_codes()


def test_spans_of_a_country_in_a_programme_do_not_overlap(reference):
    spans = sorted(reference.participations, key=lambda p: (p.programme, p.country, p.start))
    for earlier, later in pairwise(spans):
        if (earlier.programme, earlier.country) == (later.programme, later.country):
            assert earlier.end is not None
            assert earlier.end < later.start


@pytest.mark.parametrize("programme", ["CERV", "ERASMUS+", "ESF+", "HORIZON", "EUI", "URBACT", "ERDF-NATIONAL"])
def test_all_member_states_take_part(reference, programme):
    standings = {c: reference.standing(programme, c, date(2025, 5, 1)) for c in EU27}
    assert {c for c, found in standings.items() if found and found.standing is Standing.MEMBER} == EU27


@pytest.mark.parametrize(
    ("programme", "country", "on", "standing"),
    [
        ("AMIF", "LV", date(2025, 5, 1), Standing.MEMBER),
        ("AMIF", "IE", date(2025, 5, 1), Standing.MEMBER),
        ("AMIF", "DK", date(2025, 5, 1), Standing.NOT_PARTICIPATING),
        ("AMIF", "GB", date(2025, 5, 1), Standing.NOT_PARTICIPATING),
        ("AMIF", "CH", date(2025, 5, 1), None),
        ("AMIF-2014-2020", "GB", date(2021, 2, 16), Standing.MEMBER),
        ("AMIF-2014-2020", "DK", date(2021, 2, 16), Standing.NOT_PARTICIPATING),
        ("CERV", "GB", date(2026, 3, 1), Standing.NOT_PARTICIPATING),
        ("CERV", "UA", date(2023, 11, 30), None),
        ("CERV", "UA", date(2026, 3, 1), Standing.NEGOTIATING),
        ("CERV", "XK", date(2026, 3, 1), Standing.ASSOCIATED),
        ("CERV", "MK", date(2024, 12, 31), None),
        ("HORIZON", "GB", date(2023, 12, 31), Standing.NOT_PARTICIPATING),
        ("HORIZON", "GB", date(2024, 1, 1), Standing.ASSOCIATED),
        ("HORIZON", "CH", date(2024, 12, 31), None),
        ("HORIZON", "NO", date(2022, 6, 30), None),
        ("HORIZON", "NO", date(2022, 7, 1), Standing.ASSOCIATED),
        ("HORIZON", "UA", date(2022, 12, 31), None),
        ("HORIZON", "UA", date(2023, 1, 1), Standing.ASSOCIATED),
        ("HORIZON", "LI", date(2025, 5, 1), None),
        ("HORIZON", "CH", date(2025, 1, 1), Standing.ASSOCIATED),
        ("ERASMUS+", "GB", date(2025, 12, 31), Standing.NOT_PARTICIPATING),
        ("ERASMUS+", "GB", date(2026, 12, 31), Standing.NEGOTIATING),
        ("ERASMUS+", "GB", date(2027, 1, 1), Standing.ASSOCIATED),
        ("ERASMUS+", "CH", date(2025, 11, 9), Standing.NOT_PARTICIPATING),
        ("ERASMUS+", "CH", date(2025, 11, 10), Standing.NEGOTIATING),
        ("ERASMUS+", "NO", date(2021, 1, 1), Standing.ASSOCIATED),
        ("ESF+", "NO", date(2021, 1, 1), Standing.ASSOCIATED),
        ("ESF+", "UA", date(2025, 12, 31), None),
        ("ESF+", "UA", date(2026, 6, 1), Standing.ASSOCIATED),
        ("ESF+-NATIONAL", "NO", date(2026, 6, 1), None),
        ("EUI", "NO", date(2026, 6, 1), Standing.NOT_PARTICIPATING),
        ("EUI-CAPACITY", "NO", date(2026, 6, 1), None),
        ("URBACT", "NO", date(2025, 5, 1), Standing.ASSOCIATED),
        ("URBACT", "UA", date(2024, 3, 1), None),
        ("INTERREG-EUROPE", "RS", date(2023, 12, 31), None),
        ("INTERREG-EUROPE", "RS", date(2024, 1, 1), Standing.ASSOCIATED),
    ],
)
def test_standing_by_day(reference, programme, country, on, standing):
    found = reference.standing(programme, country, on)
    assert (found and found.standing) == standing


@pytest.mark.parametrize(
    ("country", "year"),
    [("IS", 2021), ("NO", 2021), ("RS", 2022), ("ME", 2023), ("MD", 2024), ("BA", 2025), ("UA", 2026)],
)
def test_the_easi_strand_is_joined_with_the_year_its_news_gives(reference, country, year):
    assert reference.standing("ESF+", country, date(year - 1, 12, 31)) is None
    joined = reference.standing("ESF+", country, date(year, 1, 1))
    assert joined.standing is Standing.ASSOCIATED
    assert "only the year" in joined.note


@pytest.mark.parametrize("country", ["XK", "AL", "MK", "TR"])
def test_whoever_was_not_seen_on_the_easi_list_is_unknown(reference, country):
    assert reference.standing("ESF+", country, date(2026, 6, 1)) is None


def test_interreg_europe_has_29_states_and_36_since_2024(reference):
    spans = [one for one in reference.participations if one.programme == "INTERREG-EUROPE"]
    for day, states in ((date(2023, 12, 31), 29), (date(2024, 1, 1), 36)):
        found = (reference.standing("INTERREG-EUROPE", one.country, day) for one in spans)
        taking_part = (Standing.MEMBER, Standing.ASSOCIATED)
        assert len({one.country for one in found if one and one.standing in taking_part}) == states


def test_the_standing_changes_overnight_and_only_then(reference):
    for span in (p for p in reference.participations if p.end):
        assert reference.standing(span.programme, span.country, span.end) == span
        assert reference.standing(span.programme, span.country, span.end + timedelta(days=1)) != span


def test_the_least_population_fell_with_the_fourth_call(reference):
    assert reference.population("EUI", date(2024, 5, 6)).minimum == 50_000
    assert reference.population("EUI", date(2026, 3, 1)).minimum == 25_000
    assert reference.population("URBACT", date(2026, 3, 1)) is None
    assert reference.population("EUI-CAPACITY", date(2026, 3, 1)) is None


def test_the_snapshots_programmes_are_known(reference):
    for path in (ROOT / "data" / "snapshot").glob("*/raw.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            found = RawCall.model_validate_json(line).programme
            assert found in reference.by_code or found in reference.by_key


@pytest.mark.parametrize(("text", "code"), [("EL", "GR"), ("UK", "GB"), ("GR", "GR"), ("XK", "XK")])
def test_the_eus_own_country_codes_are_understood(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["ZZ", "gr", "Greece", ""])
def test_what_is_no_country_is_refused(text):
    with pytest.raises(ValueError, match="no country's code"):
        country_code(text)


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "reference")


def spoil(folder: Path, name: str, old: str, new: str) -> str:
    """Load the folder with one text replaced, and return the message."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadReference) as raised:
        load_reference(folder)
    message = str(raised.value)
    assert str(path) in message
    return message


def test_a_broken_line_is_named(copy):
    message = spoil(copy, "programmes.yml", "  - key: I3\n", "  - key: [I3\n")
    assert re.search(r"programmes\.yml, line \d+: is not valid YAML", message)


def test_a_key_written_twice_is_not_a_lost_entry(copy):
    message = spoil(copy, "programmes.yml", "    name: URBACT IV\n", "    name: URBACT IV\n    name: URBACT V\n")
    assert "'name' stands there twice" in message


def test_an_unknown_field_is_named_with_the_allowed_ones(copy):
    message = spoil(copy, "programmes.yml", "    route: national_agency", "    rout: national_agency")
    assert "(ERASMUS+-NATIONAL): unknown field rout; allowed: key, name, codes" in message


def test_an_unknown_value_is_named_with_the_allowed_ones(copy):
    message = spoil(copy, "participation.yml", "standing: negotiating", "standing: candidate")
    assert "field standing: found 'candidate'; allowed: 'member', 'associated', 'negotiating' or 'not" in message


def test_a_missing_source_is_named(copy):
    message = spoil(
        copy, "participation.yml", "    source: https://movetia.ch/en/magazine/new-developments-for-erasmus\n", ""
    )
    assert "(['HORIZON', 'EURATOM', 'DIGITAL']): field source is missing" in message


def test_a_code_without_quotes_is_explained(copy):
    message = spoil(copy, "programmes.yml", 'codes: ["43251447"]', "codes: [43251447]")
    assert "field codes.0: found 43251447; write a text, numbers in quotes" in message


def test_a_missing_cell_is_named(copy):
    message = spoil(copy, "programmes.yml", "      brief: None for municipalities.\n", "")
    assert "table row 'ESF+': field direct_access.brief.text" in message


def test_a_lost_row_is_noticed(copy):
    message = spoil(copy, "programmes.yml", "  - fund: CERV\n", "  - fund: ERDF\n")
    assert "field fund: ERDF stands there twice" in message


def test_a_code_used_twice_is_noticed(copy):
    message = spoil(copy, "programmes.yml", '"43251589"', '"43251447"')
    assert "field code: 43251447 stands there twice" in message


def test_an_unknown_country_is_named(copy):
    message = spoil(copy, "participation.yml", "countries: [IS, NO]", "countries: [IS, ZZ]")
    assert "'ZZ' is no country's code" in message
    assert "eu27" in message


def test_leaving_out_what_was_never_named_is_noticed(copy):
    message = spoil(copy, "participation.yml", "without: [DK]", "without: [DKK]")
    assert "field without: found DKK; allowed: AT, BE" in message


def test_norway_needs_no_quotes(copy):
    path = copy / "participation.yml"
    path.write_text(path.read_text(encoding="utf-8").replace('"NO"', "NO"), encoding="utf-8")
    assert load_reference(copy).standing("ERASMUS+", "NO", date(2025, 5, 1)) is not None


def test_an_unknown_programme_is_named(copy):
    message = spoil(copy, "participation.yml", "programmes: [CERV]", "programmes: [CREV]")
    assert "found CREV; allowed: the keys in programmes.yml" in message


def test_overlapping_spans_are_named(copy):
    message = spoil(copy, "participation.yml", "    end: 2023-12-31\n", "    end: 2024-06-30\n")
    assert "HORIZON GB: the span from 2021-01-01 to 2024-06-30 and the one from 2024-01-01 overlap" in message


def test_a_span_that_ends_before_it_starts_is_named(copy):
    message = spoil(copy, "participation.yml", "    end: 2023-12-31\n", "    end: 2020-12-31\n")
    assert "HORIZON GB: ends 2020-12-31, before its start 2021-01-01" in message


def test_a_day_that_does_not_exist_is_named(copy):
    message = spoil(copy, "participation.yml", "    end: 2023-12-31\n", "    end: 2023-02-30\n")
    assert "holds a value that does not exist" in message


def test_a_missing_file_is_named(copy):
    (copy / "participation.yml").unlink()
    with pytest.raises(BadReference, match=r"participation\.yml: cannot be read"):
        load_reference(copy)


def test_a_file_that_is_no_mapping_is_named(copy):
    (copy / "participation.yml").write_text("- one\n- two\n", encoding="utf-8")
    with pytest.raises(BadReference, match=r"participation\.yml: found list; write fields as"):
        load_reference(copy)


def test_a_file_in_another_encoding_is_named(copy):
    (copy / "participation.yml").write_bytes("groups: é".encode("latin-1"))
    with pytest.raises(BadReference, match=r"is not UTF-8 text at byte 8"):
        load_reference(copy)
