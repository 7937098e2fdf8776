"""The page of partners and the map: who is found, what is said of them, and where they are."""

import pytest

from dashboard.places.drawing import deck
from dashboard.places.regions import regions
from matcher.geography import load_nuts, load_positions
from matcher.languages import speaker
from matcher.model import OrganisationKind, Profile
from matcher.partners.directory import LOCAL, Wanted, directory
from matcher.reference.files import load_reference
from matcher.store import open_store
from tests.doubles import pieces
from tests.doubles import small_store as small
from tests.doubles.browser import PROJECT
from tests.doubles.past_projects import LEADER, PROJECTS, add_projects

REFERENCE = PROJECT / "data" / "reference"


@pytest.fixture
def with_projects(own_world):
    with open_store(own_world.database_url) as store:
        add_projects(store)


@pytest.fixture(scope="module")
def entries():
    return directory([], PROJECTS, [], load_reference(REFERENCE).authority_names)


def _names(found):
    return [one.candidate.name for one in found]


@pytest.mark.parametrize("view", ["partners", "map"])
def test_without_projects_it_says_what_to_run(page, view):
    told = [one.value for one in page(view, profile=small.MUNICIPALITY).info]
    assert any("funding crawl funded_projects" in one for one in told)


@pytest.mark.usefixtures("with_projects")
def test_who_wants_to_be_found_comes_first_then_who_led(page):
    names = [heading.value.replace("\\", "") for heading in page("partners").subheader]
    assert names[0] == small.PROFILES[small.MIGRANT_LED]["name"]
    assert LEADER in names[1:3]


@pytest.mark.usefixtures("with_projects")
def test_an_organisation_has_its_projects_and_a_contact(page, shown):
    text = shown(page("partners", profile=small.MUNICIPALITY, country="IT")).replace("\\", "")
    assert "led 1 of them" in text
    assert "(https://ec.europa.eu/doors)" in text
    assert "[esempio.example](https://esempio.example/)" in text


@pytest.mark.usefixtures("with_projects")
def test_a_hostile_name_is_only_a_name(page):
    app = page("partners", text="brücke")
    name = next(heading.value for heading in app.subheader if "Verein" in heading.value)
    assert r"\<b\>" in name
    assert r"\[Söhne\]" in name


@pytest.mark.usefixtures("with_projects")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"country": "GR"}, {"Σύλλογος Παράδειγμα"}),
        ({"kind": "education"}, {"Universität Beispiel"}),
        ({"text": "mentoring", "country": "IT"}, {LEADER}),
        ({"programme": "CERV", "country": "LV"}, {"Biedrība Piemērs"}),
        ({"country": "nowhere", "text": "universitat"}, {"Universität Beispiel"}),
    ],
)
def test_the_address_says_who_is_looked_for(page, query, names):
    app = page("partners", **query)
    assert {heading.value.replace("\\", "") for heading in app.subheader} == names


@pytest.mark.usefixtures("with_projects")
def test_nobody_found_is_told(page):
    app = page("partners", text="nobody is called that")
    assert any("Nothing fits" in one.value for one in app.info)


@pytest.mark.usefixtures("with_projects")
def test_for_a_chosen_call_there_is_a_text_to_invite_each(page, shown):
    text = shown(page("partners", profile=small.MUNICIPALITY, call=small.WOMEN, country="GR"))
    title = next(call.title for call in small.CALLS if call.id == small.WOMEN)
    assert "Invite Σύλλογος" in text
    assert title in text
    assert "mailto:" not in text
    assert "Choose an organisation above" in shown(page("partners", call=small.WOMEN))


@pytest.mark.usefixtures("with_projects")
def test_a_call_that_is_none_is_told_and_the_partners_stand_below(page):
    app = page("partners", profile=small.MUNICIPALITY, call="nonsense")
    assert [heading.value for heading in app.title] == ["Partners"]
    assert any("No call goes by the name" in one.value for one in app.error)
    assert len(app.subheader) > 1


def test_an_organisation_is_there_once_with_all_it_did(entries):
    town = next(one for one in entries if one.candidate.name == LEADER)
    assert (town.led, town.candidate.joined) == (1, 2)
    assert town.programmes == {"AMIF", "CERV"}
    assert str(OrganisationKind.PUBLIC_BODY) in town.sorts


def test_everything_that_is_asked_must_hold(entries):
    assert _names(filter(Wanted(text="DOORS", country="DE", sort="education").has, entries)) == ["Universität Beispiel"]
    assert _names(filter(Wanted(text="doors voices").has, entries)) == [LEADER]
    assert not list(filter(Wanted(country="DE", programme="CERV").has, entries))
    assert list(filter(Wanted().has, entries)) == list(entries)


def test_only_who_opted_in_is_found_and_comes_first(entries):
    profile = Profile.model_validate({**_facts("open-door"), "partner_search": True})
    other = Profile.model_validate(_facts("closed-door"))
    found = directory([profile, other], PROJECTS, [], load_reference(REFERENCE).authority_names)
    assert found[0].wants_to_be_found
    assert len(found) == len(entries) + 1
    assert LOCAL in found[0].sorts


def _facts(key):
    return {**small.PROFILES[small.MUNICIPALITY], "id": key, "name": key}


@pytest.mark.usefixtures("with_projects")
def test_the_table_says_all_that_the_map_says(page, shown):
    app = page("map", profile=small.MUNICIPALITY)
    rows = {tuple(row) for row in pieces.rows(app, "Region")}
    assert ("Emilia-Romagna, Italy", "1", "2") in rows
    assert ("Düsseldorf, Germany", "2", "1") in rows
    assert ("United Kingdom, region not known", "1", "1") in rows
    assert ("Latvia, region not known", "1", "1") in rows


def test_regions_are_counted_where_they_lie(entries):
    found = {one.code: one for one in regions(entries, load_nuts(REFERENCE), load_positions(REFERENCE))}
    assert (found["DEA1"].organisations, found["DEA1"].projects) == (2, 1)
    assert sum(one.organisations for one in found.values()) == len(entries)
    assert {code for code, one in found.items() if one.is_country} == {"GB", "LV"}
    assert found["EL30"].country == "GR"
    drawn = deck(speaker("en"), list(found.values()), {"type": "FeatureCollection", "features": []})
    assert "https://" not in drawn.to_json()


def test_each_region_of_level_0_to_2_has_a_point_in_or_near_its_country():
    """Far-off regions aside, a point lies within 12 degrees of its country's."""
    nuts, points = load_nuts(REFERENCE), load_positions(REFERENCE)
    overseas = ("FRY", "ES7", "PT2", "PT3")
    for code, region in nuts.items():
        if region.level <= 2 and not code.startswith(overseas):
            own, country = points[code], points[code[:2]]
            assert abs(own.latitude - country.latitude) < 12
            assert abs(own.longitude - country.longitude) < 12


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [("LV", 56.9, 24.5), ("EL30", 38.0, 23.7), ("ITH5", 44.5, 11.3), ("DEA1", 51.3, 6.8), ("AT13", 48.2, 16.4)],
)
def test_points_are_where_an_atlas_has_them(code, latitude, longitude):
    found = load_positions(REFERENCE)[code]
    assert found.latitude == pytest.approx(latitude, abs=0.4)
    assert found.longitude == pytest.approx(longitude, abs=0.4)
