"""The command line as its users meet it: what is printed, the JSON they build on, and the exit code."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from matcher.model import Answer, CallStatus, RouteKind

CALL_FIELDS = {
    *("id", "source", "reference", "identifier", "title", "fund", "programme", "kind", "status", "opening"),
    *("deadlines", "budget", "url", "as_of", "first_seen", "last_seen"),
    *("tier", "confirmed", "sightings", "origins", "planned", "national"),
}
WOMEN = "AMIF-2025-TF2-AG-INTE-01-WOMEN"


def as_json(said):
    code, out, err = said
    assert code == 0, err
    return json.loads(out)


def test_calls_as_json(funding):
    calls = as_json(funding("calls", "--on", "2025-05-01", "--json"))
    assert len(calls) == 375
    assert all(set(call) == CALL_FIELDS for call in calls)
    assert {call["status"] for call in calls} <= set(CallStatus)
    women = next(call for call in calls if call["identifier"] == WOMEN)
    assert women["deadlines"] == ["2025-09-16T17:00:00+02:00"]
    assert women["budget"] == {"amount": 9000000, "currency": "EUR", "euro": 9000000, "euro_day": None, "shared": False}
    assert women["status"] == "open"
    for call in calls:
        for deadline in call["deadlines"]:
            datetime.fromisoformat(deadline)
        assert date.fromisoformat(call["first_seen"]) <= date.fromisoformat(call["last_seen"])


def test_matches_as_json(funding):
    matches = as_json(funding("match", "riga", "--on", "2025-05-01", "--json"))
    assert matches[0]["route"] == RouteKind.LEAD
    for match in matches:
        assert match["route"] in set(RouteKind)
        assert match["score"] == sum(part["value"] for part in match["contributions"])
        assert {verdict["answer"] for verdict in match["verdicts"]} <= set(Answer)
    assert len(as_json(funding("match", "riga", "--on", "2025-05-01", "--json", "--top", "3"))) == 3


def test_a_key_of_ours_is_not_taken_for_an_official_code(funding):
    _, page, _ = funding("call", "KA210-ADU-2026-R1", "--on", "2026-02-01")
    assert "\nKA210-ADU-2026-R1 (our key) · Erasmus+ · open" in page
    assert "One grant: EUR 30,000 to EUR 60,000 a project, at most 24 months" in page
    _, page, _ = funding("call", "ESF-SI-2026-ECG-01", "--on", "2026-06-01")
    assert "\nESF-SI-2026-ECG-01 · ESF+ · open" in page
    _, line, _ = funding("calls", "--status", "open", "--fund", "ERDF", "--on", "2026-02-01")
    assert "EUI-CITY-TO-CITY (our key)" in line
    assert "[no closing day]" in line


@pytest.mark.parametrize("command", [["profiles"], ["sources"], ["call", WOMEN], ["explain", "riga", WOMEN]])
def test_every_reading_command_speaks_json(funding, command):
    assert as_json(funding(*command, "--json"))


def test_matches_in_words_put_what_is_open_first_and_say_why_the_rest_is_not(funding):
    code, out, _ = funding("match", "birmingham", "--on", "2025-05-01")
    assert code == 0
    assert "snapshot of 8 October 2026; run `funding crawl` for today's calls" in out
    refused = out.split("Not open to you, because")[1]
    assert "United Kingdom" in refused


@pytest.mark.parametrize(
    "command", [["calls"], ["profiles"], ["sources"], ["call", WOMEN], ["explain", "birmingham", WOMEN]]
)
def test_every_reading_command_speaks_to_people(funding, command):
    code, out, _ = funding(*command)
    assert code == 0
    assert out.strip()


def test_the_age_of_a_source_is_told_in_days(funding):
    assert "(1 day ago" in funding("sources", "--on", "2026-10-09")[1]
    assert "(2 days ago" in funding("sources", "--on", "2026-10-10")[1]


@pytest.mark.parametrize(
    ("command", "hint"),
    [
        (["match", "rigga"], "riga"),
        (["call", "AMIF-2025-TF2-AG-INTE-01-WOMAN"], WOMEN),
        (["explain", "riga", "nonsense"], "funding calls"),
        (["calls", "--on", "yesterday"], "yesterday"),
        (["calls", "--status", "perhaps"], "perhaps"),
        (["calls", "--source", "funding_tender"], "funding_tenders"),
        (["match", "riga", "--top", "0"], "--top"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_to_do(funding, command, hint):
    code, out, err = funding(*command)
    assert code == 2
    assert hint in err
    assert not out


def test_a_wrong_setting_is_named(funding, monkeypatch):
    monkeypatch.setenv("FUNDING_PORT", "many")
    code, _, err = funding("profiles")
    assert code == 2
    assert "FUNDING_PORT" in err


def test_a_broken_profile_is_named_with_file_and_field(funding, settings, tmp_path, monkeypatch):
    for folder in ("reference", "snapshot"):
        (tmp_path / folder).symlink_to(settings.data / folder)
    (tmp_path / "profiles").mkdir()
    riga = (settings.data / "profiles" / "riga.yml").read_text(encoding="utf-8")
    (tmp_path / "profiles" / "riga.yml").write_text(riga.replace("country: LV", "country: Livonia"), encoding="utf-8")
    monkeypatch.setenv("FUNDING_DATA", str(tmp_path))
    code, _, err = funding("profiles")
    assert code == 1
    assert "riga.yml" in err
    assert "Livonia" in err


def test_modules_in_the_users_folder_are_not_ours(tmp_path):
    (tmp_path / "crawler.py").write_text("raise SystemExit('of somebody else')", encoding="utf-8")
    program = Path(sys.executable).with_name("funding")
    done = subprocess.run([program, "crawl", "nowhere"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "choose from: funding_tenders" in done.stderr


def test_snapshot_load_runs_as_a_process_and_twice_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    for _ in range(2):
        done = subprocess.run(
            [Path(sys.executable).with_name("funding"), "snapshot", "load"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "funding_tenders: ok, 195 calls" in done.stdout
    assert "0 new, 0 changed" in done.stdout
