"""What bodies.yml holds: for every Member State and fund a named body or a gap that says what was looked for."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest

from matcher.model import Fund
from matcher.reference.bodies import BodyRole, ErasmusField, NamedBody, NoBody
from matcher.reference.told import Witness

EU27 = re.findall(r"\w\w", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
DOORS = {
    Fund.AMIF: ("AMIF-NATIONAL", BodyRole.MANAGING_AUTHORITY),
    Fund.ESF_PLUS: ("ESF+-NATIONAL", BodyRole.MANAGING_AUTHORITY),
    Fund.ERDF: ("ERDF-NATIONAL", BodyRole.MANAGING_AUTHORITY),
    Fund.ERASMUS_PLUS: ("ERASMUS+-NATIONAL", BodyRole.NATIONAL_AGENCY),
    Fund.CERV: ("CERV", BodyRole.CONTACT_POINT),
}
ERASMUS_OUTSIDE = ("IS", "LI", "MK", "NO", "RS", "TR")


@pytest.mark.parametrize("country", EU27)
@pytest.mark.parametrize("fund", Fund)
def test_each_member_state_names_a_body_for_each_fund_or_says_what_was_looked_for(reference, country, fund):
    programme, role = DOORS[fund]
    found = reference.bodies.bodies_for(programme, country, role)
    if isinstance(found, NoBody):
        assert len(found.note) > 20, "a gap says what was looked for"
    else:
        assert all(isinstance(body, NamedBody) and body.name for body in found)
        assert reference.by_key[programme].fund is fund


@pytest.mark.parametrize("country", EU27)
@pytest.mark.parametrize("programme", ["EUI", "URBACT"])
def test_so_does_it_for_the_contact_points_of_cities(reference, country, programme):
    found = reference.bodies.bodies_for(programme, country, BodyRole.CONTACT_POINT)
    assert not isinstance(found, NoBody) or found.note


@pytest.mark.parametrize("country", [*EU27, *ERASMUS_OUTSIDE])
@pytest.mark.parametrize("field", ErasmusField)
def test_every_field_of_erasmus_has_its_agency_in_every_programme_country(reference, country, field):
    """Of sport, which agencies took over one by one since 2023, five countries are not known. Belgium's communities
    have agencies of their own."""
    found = reference.bodies.bodies_for("ERASMUS+-NATIONAL", country, BodyRole.NATIONAL_AGENCY, field)
    if field is ErasmusField.SPORT and country in ("GR", "IE", "NL", "SE"):
        assert isinstance(found, NoBody)
    else:
        assert not isinstance(found, NoBody)
        assert len(found) == 1 or country == "BE", [body.name for body in found]


def test_the_table_of_the_readme_counts_what_the_file_holds(reference, folder):
    rows = re.findall(
        r"^\| ([A-Z+-]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", (folder / "README.md").read_text("utf-8"), re.M
    )
    told = {name: tuple(map(int, counts)) for name, *counts in rows}
    told = {name: counts for name, counts in told.items() if len(name) > 2}  # the others count municipalities
    assert told == {door.programme: counted(reference.bodies, door) for door in reference.bodies.doors}


def counted(bodies, door):
    best = []
    for country in EU27:
        found = bodies.bodies_for(door.programme, country, door.role)
        known = [] if isinstance(found, NoBody) else [body.evidence for body in found]
        best.append(next((witness for witness in Witness if witness in known), "gap"))
    return tuple(best.count(one) for one in (*Witness, "gap"))


def test_denmark_has_no_authority_for_amif_and_the_gap_says_why(reference):
    gap = reference.bodies.bodies_for("AMIF-NATIONAL", "DK", BodyRole.MANAGING_AUTHORITY)
    assert isinstance(gap, NoBody)
    assert "takes no part" in gap.note


def test_every_body_has_a_page_a_day_and_a_witness(reference):
    for body in reference.bodies.named:
        assert re.search(r"https?://\S+", body.source), body
        assert date(2021, 7, 1) < body.as_of <= date(2026, 11, 22)
        assert body.evidence in Witness


def test_what_nobody_read_names_only_where_to_check_it_and_a_report_is_not_the_body_s_own_page(reference):
    for body in reference.bodies.named:
        if body.evidence is Witness.KNOWN:
            assert re.fullmatch(r"https?://\S+", body.source), body
        if body.evidence is Witness.REPORTED:
            assert "(" in body.source or urlsplit(body.source).hostname != urlsplit(body.url or "").hostname, body


def test_no_person_and_no_address_of_one_stands_in_the_file(folder):
    text = (folder / "bodies.yml").read_text(encoding="utf-8")
    assert not re.search(r"\S+@\S+\.\w+", text)
    assert not re.search(r"\b(?:Ms|Mr|Mrs|Dr)\.? [A-Z]", text)
    assert not re.search(r"\+\d{2,3}[ \d/()-]{6,}", text), "no telephone numbers"


def test_regions_of_bodies_are_regions_of_their_country(reference, folder):
    codes = {line.split(",")[0] for line in (folder / "nuts.csv").read_text(encoding="utf-8").splitlines()}
    for body in reference.bodies.named:
        assert set(body.regions) <= codes, body
        assert all(code.startswith(body.country.replace("GR", "EL")) for code in body.regions)
