"""The bundled profiles are complete and sourced, and the loader names what is wrong in a file."""

from datetime import date
from pathlib import Path

import pytest

from matcher.geography import load_nuts
from matcher.model import ApplicantKind, OrganisationType, Role
from matcher.profiles import ProfileError, load_profile, load_profiles

FOLDER = Path(__file__).parents[2] / "data" / "profiles"
MUNICIPALITIES = [
    *("athens", "birmingham", "bologna", "dusseldorf", "gdansk", "grenoble-alpes-metropole", "ioannina", "oulu"),
    *("prague", "riga", "ripollet", "utrecht", "zagreb", "zaragoza"),
]
ORGANISATIONS = [
    *("ashley-community-housing", "kudwa", "make-room", "melissa-network", "new-women-connectors", "unitee"),
]


@pytest.fixture(scope="module")
def profiles():
    return load_profiles(FOLDER)


def test_all_organisations_are_there(profiles):
    assert list(profiles) == sorted(MUNICIPALITIES + ORGANISATIONS)
    assert all(id == profile.id and id.isascii() for id, profile in profiles.items())


def test_facts_are_sourced_and_needs_are_concrete(profiles):
    for profile in profiles.values():
        assert 3 <= len(profile.needs) <= 6
        assert all(len(need.text) > 30 for need in profile.needs)
        assert len({need.text for need in profile.needs}) == len(profile.needs)
        assert {need.language for need in profile.needs} <= set(profile.languages)
        for fact in profile.facts:
            assert fact.as_of <= date(2026, 11, 22)
            assert fact.source.startswith("http") or fact.source.startswith("MILE policy brief 3")


def test_at_least_five_speak_their_own_language(profiles):
    own = [id for id, profile in profiles.items() if {need.language for need in profile.needs} - {"en"}]
    languages = {need.language for profile in profiles.values() for need in profile.needs}
    assert len(own) >= 5
    assert {"el", "lv", "es", "it", "de", "fr", "fi", "cs", "hr", "nl", "pl", "en"} <= languages


def test_municipalities_of_the_union_lie_in_a_region_of_today(profiles):
    regions = load_nuts(FOLDER.parent / "reference")
    for id in MUNICIPALITIES:
        profile = profiles[id]
        if profile.country != "GB":
            assert (regions[profile.nuts].country, regions[profile.nuts].level) == (profile.country, 3), id


def test_each_file_says_who_wrote_the_needs():
    for path in FOLDER.glob("*.yml"):
        assert "The needs were written by this project" in path.read_text(encoding="utf-8")


def test_municipalities_are_authorities_that_can_lead(profiles):
    for id in MUNICIPALITIES:
        profile = profiles[id]
        assert profile.type is OrganisationType.MUNICIPALITY
        assert {ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.PUBLIC_BODY} == set(profile.kinds)
        assert profile.roles[0] is Role.COORDINATOR


def test_small_groups_look_for_partner_seats_and_sub_grants(profiles):
    for id in ("new-women-connectors", "melissa-network", "kudwa", "make-room"):
        assert profiles[id].roles == (Role.BENEFICIARY, Role.SUB_GRANTEE, Role.ASSOCIATED_PARTNER)
    assert profiles["unitee"].roles[0] is Role.COORDINATOR


def test_an_unread_population_is_left_open(profiles):
    assert profiles["ripollet"].population.value == 39_031
    assert all(profiles[id].population is None for id in ("bologna", "dusseldorf", "oulu", "utrecht", "zaragoza"))


def test_countries_are_iso_codes(profiles):
    assert profiles["birmingham"].country == "GB"
    assert profiles["ioannina"].country == "GR"


GOOD = """\
name: Town
type: municipality
country: EL
kinds: [local_authority]
roles: [coordinator]
languages: [el]
description: A town.
needs: [{text: Homes for newcomers, language: en}]
facts: [{text: A fact, source: "https://example.org", as_of: 2026-01-01}]
"""


def write(folder: Path, text: str = GOOD, name: str = "town.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def message(folder: Path, old: str, new: str) -> str:
    assert old in GOOD
    path = write(folder, GOOD.replace(old, new))
    with pytest.raises(ProfileError) as raised:
        load_profile(path)
    assert str(path) in str(raised.value)
    return str(raised.value)


def test_a_good_file_with_the_eus_own_country_code(tmp_path):
    write(tmp_path)
    write(tmp_path, GOOD.replace("EL", "UK"), "town-2.yaml")
    write(tmp_path, "not a profile", "README.md")
    assert {id: p.country for id, p in load_profiles(tmp_path).items()} == {"town": "GR", "town-2": "GB"}


def test_an_unknown_key(tmp_path):
    said = message(tmp_path, "languages:", "langauges:")
    assert "unknown field langauges; allowed: id, name, type, country" in said
    assert "field languages is missing; add it" in said


def test_an_unknown_key_inside_a_need(tmp_path):
    assert "unknown field needs.0.lang; allowed: text, language." in message(tmp_path, "language: en", "lang: en")


def test_an_unknown_country(tmp_path):
    said = message(tmp_path, "country: EL", "country: ZZ")
    assert "field country: found 'ZZ' is no country's code; allowed: two capital letters of ISO 3166-1, EL, UK" in said


def test_a_country_that_is_no_text(tmp_path):
    assert "field country: found 30; write a text" in message(tmp_path, "country: EL", "country: 30")


def test_an_unknown_kind(tmp_path):
    said = message(tmp_path, "[local_authority]", "[town_hall]")
    assert "field kinds.0: found 'town_hall'; allowed: 'local_authority', 'regional_authority'" in said


def test_no_kinds_at_all(tmp_path):
    assert "field kinds: found []" in message(tmp_path, "[local_authority]", "[]")


def test_a_fact_without_a_source(tmp_path):
    assert "field facts.0.source is missing; add it" in message(tmp_path, 'source: "https://example.org", ', "")


def test_an_id_in_the_file(tmp_path):
    assert "the file name is the id" in message(tmp_path, "name: Town", "name: Town\nid: city")


def test_a_file_that_is_not_yaml(tmp_path):
    assert "line 4: is not valid YAML" in message(tmp_path, "kinds: [local_authority]", "kinds: local]: [")


@pytest.mark.parametrize("name", ["Düsseldorf.yml", "Riga.yml", "new women.yml", "new_women.yml", "-a.yml"])
def test_a_file_name_that_is_no_id(tmp_path, name):
    with pytest.raises(ProfileError, match="allowed: lower-case ASCII letters and digits joined by hyphens"):
        load_profile(write(tmp_path, name=name))


def test_two_files_with_one_id(tmp_path):
    write(tmp_path)
    write(tmp_path, name="town.yaml")
    with pytest.raises(ProfileError, match=r"two files have the id 'town'; keep one of town\.yml and town\.yaml"):
        load_profiles(tmp_path)


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    write(tmp_path, GOOD.replace("EL", "ZZ"), "one.yml")
    write(tmp_path, GOOD.replace("name: Town\n", ""), "two.yml")
    write(tmp_path, name="three.yml")
    with pytest.raises(ProfileError) as raised:
        load_profiles(tmp_path)
    lines = str(raised.value).splitlines()
    assert len(lines) == 2
    assert "one.yml" in lines[0]
    assert "two.yml" in lines[1]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ProfileError, match="set FUNDING_DATA"):
        load_profiles(tmp_path / "nowhere")
