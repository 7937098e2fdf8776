"""The files of calls restated by hand: every fact has its page and day, and a slip of the pen is named."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from crawler.curated import erasmus_calls, restated_calls
from crawler.normalise import normalise
from crawler.source import sources
from matcher.eligibility import assess, find_route
from matcher.factfile import BadFactFile
from matcher.model import RouteKind
from matcher.profiles import load_profiles
from matcher.reference.files import load_reference

DATA = Path(__file__).parents[2] / "data"
RESTATED = DATA / "snapshot" / "restated.yml"
ERASMUS = DATA / "reference" / "erasmus_decentralised.yml"
CALLS = [*restated_calls(RESTATED), *erasmus_calls(ERASMUS)]
KEY = re.compile(r"KA\d{3}-(ADU|HED|SCH|VET|YOU|SPO)-20\d\d-R[12]")


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.reference)
def test_every_call_has_pages_a_day_and_our_own_words(call):
    assert all(page.startswith("https://") for page in (call.url, *call.sources))
    assert len(set(call.sources)) == len(call.sources) > 0
    assert call.fetched_at.date() == date(2026, 11, 22)
    assert 60 < len(call.description) < 700
    days = [date.fromisoformat(day) for day in call.deadlines]
    assert days == sorted(days)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", call.opening):
        assert all(date.fromisoformat(call.opening) < day for day in days)
    if call.deadline_time:
        assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d Europe/Brussels", call.deadline_time)
    if call.grant_min and call.grant_max:
        assert int(call.grant_min) < int(call.grant_max)


def test_keys_of_decentralised_actions_say_action_field_year_and_round():
    decentralised = [call for call in CALLS if call.source == "erasmus_decentralised"]
    assert all(KEY.fullmatch(call.identifier) for call in decentralised)
    assert {call.programme for call in decentralised} == {"ERASMUS+-NATIONAL"}
    assert {call.call_title[-4:] for call in decentralised} == {"2023", "2024", "2025", "2026"}


def test_a_round_carries_what_holds_for_its_action():
    small = next(call for call in CALLS if call.identifier == "KA210-ADU-2026-R1")
    assert (small.deadlines, small.deadline_time) == (("2026-03-05",), "12:00 Europe/Brussels")
    assert (small.min_applicants, small.min_countries) == ("2", "2")
    assert (small.grant_min, small.grant_max, small.currency) == ("30000", "60000", "EUR")
    assert (small.opening, small.call_identifier) == ("2025-11-12", "EAC/A12/2025")
    assert small.title == "Small-scale partnerships in adult education, 2026, round 1 (KA210-ADU)"
    moved = next(call for call in CALLS if call.identifier == "KA120-SCH-2024-R1")
    assert (moved.deadlines, moved.note) == (("2024-10-08",), "Moved from 1 October 2024.")


def test_a_title_names_its_field_once():
    titles = {call.title for call in CALLS if "-YOU-2026-R1" in call.identifier}
    assert "Youth exchanges, 2026, round 1 (KA152-YOU)" in titles
    assert "Small-scale partnerships in youth, 2026, round 1 (KA210-YOU)" in titles
    assert not [title for title in titles if re.search(r"youth.*\byouth\b", title, re.IGNORECASE)]


def test_a_key_of_ours_is_never_the_publishers_code(understood):
    official = {call.reference: call.code for call in understood.values() if call.code}
    assert official == {
        "ESF-SI-CHILD-GUARANTEE-2026": "ESF-SI-2026-ECG-01",
        "ESF-SI-ROMA-NEETS-2026": "ESF-SI-2026-ROMA NEETs-01",
    }


def test_how_sure_a_call_is_reaches_its_reader(understood):
    assert "Note: From one third-party catalogue for Turkey" in understood["KA152-YOU-2026-R2"].terms.replace("\n", " ")
    for raw in CALLS:
        assert " ".join(raw.note.split()) in understood[raw.identifier].terms


@pytest.fixture(scope="module")
def reference():
    return load_reference(DATA / "reference")


@pytest.fixture(scope="module")
def understood(reference):
    found = {}
    for raw in CALLS:
        ((call, _),) = normalise([raw], sources()[raw.source], reference)
        found[raw.identifier] = call
    return found


@pytest.fixture(scope="module")
def route(reference, understood):
    profiles = load_profiles(DATA / "profiles")

    def find(profile: str, identifier: str, on: date):
        call, who = understood[identifier], profiles[profile]
        return find_route(who, call, assess(who, call, on, reference), on, reference)

    return find


@pytest.mark.parametrize(
    ("profile", "identifier", "on", "kind"),
    [
        ("riga", "KA210-ADU-2026-R1", date(2026, 2, 1), RouteKind.NATIONAL_AGENCY),
        ("melissa-network", "KA154-YOU-2026-R2", date(2026, 7, 1), RouteKind.NATIONAL_AGENCY),
        ("riga", "EUI-IA-CALL-4", date(2026, 4, 1), RouteKind.LEAD),
        ("ripollet", "EUI-IA-CALL-4", date(2026, 4, 1), RouteKind.LEAD),
        ("ripollet", "EUI-IA-CALL-2", date(2023, 7, 1), RouteKind.CO_APPLICANT),
        ("melissa-network", "EUI-IA-CALL-4", date(2026, 4, 1), RouteKind.CO_APPLICANT),
        ("birmingham", "EUI-IA-CALL-4", date(2026, 4, 1), RouteKind.NOT_OPEN),
        ("ripollet", "EUI-CITY-TO-CITY", date(2026, 11, 22), RouteKind.LEAD),
        ("ripollet", "EUI-CITY-TO-CITY", date(2026, 2, 1), RouteKind.LEAD),
        ("riga", "KA122-ADU-2026-R1", date(2026, 2, 1), RouteKind.NATIONAL_AGENCY),
        ("riga", "KA121-ADU-2026-R1", date(2026, 2, 1), RouteKind.UNKNOWN),
        ("riga", "KA131-HED-2026-R1", date(2026, 2, 1), RouteKind.NOT_OPEN),
        ("riga", "URBACT-AN-2026", date(2026, 4, 1), RouteKind.LEAD),
        ("riga", "ESF-SI-NEETS-2023", date(2024, 2, 1), RouteKind.LEAD),
        ("riga", "ESF-SI-2026-ECG-01", date(2026, 7, 1), RouteKind.UNKNOWN),
    ],
)
def test_routes(route, profile, identifier, on, kind):
    assert route(profile, identifier, on).kind is kind


def test_the_way_through_the_national_agency_is_said(route):
    assert route("riga", "KA210-ADU-2026-R1", date(2026, 2, 1)).label == "through the National Agency"


def spoil(tmp_path: Path, file: Path, read, old: str, new: str) -> str:
    text = file.read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / file.name
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFactFile) as raised:
        list(read(copy))
    assert str(copy) in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("programme: EUI\n", "program: EUI\n", "(EUI-IA-CALL-1): unknown field program; allowed: "),
        ("opening: 2022-10-10", "opening: 2022-13-10", "does not exist"),
        ("deadlines: [2023-01-19]", "deadlines: [soon]", "field deadlines.0: found 'soon'"),
        ('closes: "14:00"', "closes: 14:00", "field closes: found 840; write a text, numbers in quotes"),
        ("budget: 50000000", "budget: 50 million", "field budget: found '50 million'"),
        ("url: https://urban", "url: ftp://urban", "field url: found 'ftp://urban"),
        ("calls:\n", "call:\n", "calls is missing; found call"),
    ],
)
def test_a_slip_in_restated_calls_is_named(tmp_path, old, new, said):
    assert said in spoil(tmp_path, RESTATED, restated_calls, old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("actions: [KA121-ADU,", "actions: [KA12-ADU,", "field actions: found KA12; allowed: KA120, KA121"),
        ("actions: [KA121-ADU,", "actions: [KA121-OLD,", "field actions: found OLD; allowed: ADU, HED"),
        ("  - year: 2023\n", "  - year: 2032\n", "field year: found 2032; allowed: 2023, 2024, 2025, 2026"),
        ("    published: 2022-11-23\n", "", "years 2023: field published is missing; add it"),
    ],
)
def test_a_slip_in_decentralised_actions_is_named(tmp_path, old, new, said):
    assert said in spoil(tmp_path, ERASMUS, erasmus_calls, old, new)


def test_a_call_is_read_at_midnight_of_its_day():
    assert {call.fetched_at for call in CALLS} == {datetime.fromisoformat("2026-11-22T00:00:00+00:00")}
