"""What is wrong in bodies.yml is named with file, country, entry, field, what was found and what is allowed."""

import re
import shutil
from functools import partial

import pytest

from matcher.reference.files import load_reference

NAME = "bodies.yml"


@pytest.fixture
def load(refused):
    """Load the folder with one text of the file replaced, or all of it, and return the message."""
    return partial(refused, NAME)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("as_of: 2026-11-22\n", "", "field as_of is missing; add it."),
        ("  AT:\n    bodies:", "  AUT:\n    bodies:", "field countries.AUT"),
        (
            "  FI:\n    bodies:",
            "  FO:\n    bodies:",
            "field countries: FI missing; add an entry for each Member State.",
        ),
        ("    bodies:\n", "    bodys:\n", "country AT: unknown field bodys; allowed: bodies, gaps"),
        (
            "      - role: managing_authority\n",
            "      - role: ministry\n",
            "country AT, body 1 (Bundesministerium für Inneres): field role: found 'ministry'; "
            "allowed: 'managing_authority', 'intermediate_body', 'national_agency', 'contact_point' or 'single_portal'",
        ),
        (
            "        name: Bundesministerium für Inneres\n",
            "",
            "country AT, body 1 (None): field name is missing; add it.",
        ),
        (
            "        evidence: seen\n",
            "        evidence: sure\n",
            "found 'sure'; allowed: 'seen', 'reported' or 'known'",
        ),
        ("url: https://www.bmi.gv.at/107", "url: www.bmi.gv.at/107", "field url: found 'www.bmi.gv.at/107"),
        ("fields: [HED]", "fields: [UNI]", "field fields.0: found 'UNI'; allowed: 'ADU', 'HED', 'SCH', 'VET', 'YOU'"),
        ("        programmes: [AMIF-NATIONAL]\n", "        programmes: []\n", "field programmes: found []"),
        (
            "        programmes: [AMIF-NATIONAL]\n",
            "        programmes: [AMIF-NATIONAL, AMF]\n",
            "country AT, Bundesministerium für Inneres: field programmes: found AMF; allowed: AMIF, AMIF-NATIONAL",
        ),
        (
            "  - programme: AMIF-NATIONAL\n    role: managing_authority\n",
            "  - programme: AMIF-NATIONAL\n    role: contact_point\n",
            "country AT: neither a body nor a gap for AMIF-NATIONAL as contact_point; name one, or add a gap",
        ),
        ("        note: Denmark takes no part in AMIF.\n", "", "country DK, gap 1: field note is missing; add it."),
    ],
)
def test_a_fault_is_named_where_it_stands(load, old, new, said):
    assert said in load(old, new)


def test_a_member_state_without_a_body_or_a_gap_for_a_fund_is_refused(load):
    role = "      - role: managing_authority\n        programmes: [AMIF-NATIONAL]\n"
    gap = f"{role}        note: Denmark takes no part in AMIF.\n"
    assert "country DK: neither a body nor a gap for AMIF-NATIONAL as managing_authority" in load(gap)


SMALL = """
as_of: 2026-11-22
doors:
  - {programme: CERV, role: contact_point, page: "https://list.example/"}
countries:
  %s
"""
POINT = "{role: contact_point, programmes: [CERV], name: Point, source: s, evidence: known}"
GAP = "{role: contact_point, programmes: [CERV], note: Looked for.}"


def small(entry):
    """A file in which all Member States but Austria have a gap."""
    others = re.findall(r"\w\w", "BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
    lines = [f"{code}: {{gaps: [{GAP}]}}" for code in others]
    return SMALL % "\n  ".join([f"AT: {entry}", *lines])


def test_a_gap_that_a_body_fills_is_refused(load):
    said = load(whole=small(f"{{bodies: [{POINT}], gaps: [{GAP}]}}"))
    assert "country AT: gaps: found CERV as contact_point, for which Point is named; take one of the two out." in said


def test_a_body_that_stands_there_twice_is_refused(load):
    said = load(whole=small(f"{{bodies: [{POINT}, {POINT}]}}"))
    assert "country AT: Point stands there twice as contact_point of CERV; keep one." in said


def test_a_file_without_doors_is_refused(load):
    assert "field doors" in load(whole="as_of: 2026-11-22\ndoors: []\ncountries: {}\n")


def test_a_key_of_a_door_that_is_no_programme_is_refused(load):
    assert "doors: field programmes: found CREV; allowed: " in load("  - programme: CERV\n", "  - programme: CREV\n")


def test_a_fact_may_have_a_day_of_its_own(tmp_path, folder):
    copy = shutil.copytree(folder, tmp_path / "reference")
    text = (copy / NAME).read_text(encoding="utf-8")
    changed = text.replace("        evidence: seen\n", "        as_of: 2026-01-02\n        evidence: seen\n", 1)
    (copy / NAME).write_text(changed, encoding="utf-8")
    first, second, *_ = load_reference(copy).bodies.named
    assert (first.as_of.isoformat(), second.as_of.isoformat()) == ("2026-01-02", "2026-11-22")
