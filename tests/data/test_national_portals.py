"""All 27 Member States have an entry with sourced facts, and the loader names what is wrong in the file."""

import re
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from matcher.reference.files import load_reference
from matcher.reference.told import Witness

FOLDER = Path(__file__).parents[2] / "data" / "reference"
NAME = "national_portals.yml"
EU27 = re.findall(r"\w\w", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")


@pytest.fixture(scope="module")
def portals():
    return load_reference(FOLDER).portals


def told(portal):
    return [*([portal.portal] if portal.portal else []), *portal.timetables]


def test_there_is_one_entry_for_each_member_state_by_its_iso_code(portals):
    assert list(portals) == EU27
    assert all(portal.country == code for code, portal in portals.items())


def test_every_fact_has_a_page_a_day_and_a_witness(portals):
    for fact in (fact for portal in portals.values() for fact in told(portal)):
        assert re.search(r"https?://\S+", fact.source), fact
        assert date(2021, 7, 1) < fact.as_of <= date(2026, 11, 22)
        assert fact.evidence in Witness


def test_what_is_told_at_third_hand_says_what_was_not_read(portals):
    """A page of the body itself as the source of a report would claim that the page was read."""
    for fact in (fact for portal in portals.values() for fact in told(portal) if fact.evidence is Witness.REPORTED):
        address = getattr(fact, "url", None)
        assert "(" in fact.source or fact.source != address, fact


def test_a_gap_is_said(portals):
    gaps = {code for code, portal in portals.items() if portal.portal is None}
    assert gaps == {"DE"}
    assert "Germany" in portals["DE"].note


def test_a_portal_is_told_in_an_official_language_of_its_country(portals):
    languages = {code: portal.portal.language for code, portal in portals.items() if portal.portal}
    assert languages["GR"] == languages["CY"] == "el"
    assert languages["CZ"] == "cs"
    english = {code for code, language in languages.items() if language == "en"}
    assert english == {"BE", "IE", "MT"}, "English is official in two; Belgium's portal was read in English"


def test_a_reference_made_by_hand_needs_no_portals():
    from matcher.reference import Reference

    assert Reference(table=(), programmes=(), participations=()).portals == {}


@pytest.fixture
def spoil(refused):
    """Load the folder with one text of the file replaced, and return the message."""
    return partial(refused, NAME)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  FI:\n", "  NO:\n", "field countries: FI missing; add an entry for each Member State."),
        ("countries:\n", "countries:\n  NO:\n    portal: null\n", "field countries: found NO; allowed: the Member Sta"),
        ("  GR:\n", "  EL:\n", "field countries: GR missing"),
        ("    portal: null\n", "", "country DE: field portal is missing; add it."),
        (
            "    note: The Commission's list is said",
            "    nota: The",
            "country DE: unknown field nota; allowed: country",
        ),
        ("url: https://eufonde.dk/", "url: eufonde.dk", "country DK: field portal.url: found 'eufonde.dk'"),
        ("      language: da\n", "      language: Danish\n", "country DK: field portal.language: found 'Danish'"),
        (
            "funds: [AMIF]",
            "funds: [AMF]",
            "country CY: field timetables.0.funds.0: found 'AMF'; allowed: 'AMIF', 'ESF+'",
        ),
        ("funds: [AMIF]", "funds: []", "country CY: field timetables.0.funds"),
        (
            "evidence: seen",
            "evidence: sure",
            "country AT: field portal.evidence: found 'sure'; allowed: 'seen', 'repor",
        ),
        (
            "      language: sk\n      source: *list\n",
            "      language: sk\n",
            "country SK: field portal.source is missi",
        ),
        ("as_of: 2026-11-22\n", "", "field as_of is missing; add it."),
    ],
)
def test_what_is_wrong_in_the_file_is_named(spoil, old, new, said):
    assert said in spoil(old, new)


def test_a_gap_without_a_word_is_refused(spoil):
    text = (FOLDER / NAME).read_text(encoding="utf-8")
    note = re.search(r"    portal: null\n(    note: .*\n)", text)[1]
    assert "country DE" in (said := spoil(note, ""))
    assert "needs a note that says what was looked for" in said


def test_a_fact_may_have_a_day_of_its_own(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "reference")
    text = (folder / NAME).read_text(encoding="utf-8")
    changed = text.replace("      language: cs\n", "      language: cs\n      as_of: 2026-01-02\n", 1)
    (folder / NAME).write_text(changed, encoding="utf-8")
    czechia = load_reference(folder).portals["CZ"]
    assert czechia.portal.as_of == date(2026, 1, 2)
    assert czechia.timetables[0].as_of == date(2026, 11, 22)
