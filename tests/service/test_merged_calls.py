"""Several sources in a real store: each call is listed once, old names stay valid, and every output says from where."""

import json
from datetime import UTC, date, datetime

import pytest

from matcher.model import Call, CallKind, Deadline, Fund, Run, RunOutcome, SourceCard, Tier
from matcher.service import NotFound, Service
from matcher.settings import Settings
from matcher.store import open_store

DAY = date(2026, 10, 8)
WOMEN, HEALTH = "AMIF-2026-AG-WOMEN", "AMIF-2026-AG-HEALTH"
TITLES = {"portal": "The portal", "restated": "Restated", "news": "News of the fund", "list": "A list"}
TIERS = dict(zip(TITLES, Tier, strict=True))


def record(source, reference, **changes):
    facts = {
        "source": source,
        "reference": reference,
        "identifier": reference,
        "title": f"Integration of {reference}",
        "kind": CallKind.CALL,
        "url": f"https://{source}.example/{reference}",
        "tier": TIERS[source],
        "programme": "AMIF",
        "fund": Fund.AMIF,
        "opening": date(2026, 9, 1),
        "deadlines": (Deadline(day=date(2026, 11, 5)),),
        "text": "Towns and associations of migrants work together.",
        "as_of": DAY,
    }
    return Call(**facts | changes)


RECORDS = {
    "portal": [
        record("portal", "1TOPICSen", identifier=WOMEN, deadlines=()),
        record("portal", "2TOPICSen", identifier=HEALTH),
    ],
    "restated": [record("restated", WOMEN, title="Women", applicants="Towns")],
    "news": [record("news", "news/two-topics", mentions=(WOMEN, HEALTH))],
    "list": [
        record("list", "1405", identifier=WOMEN),
        record("list", "1500", title="Housing for people who fled", mentions=("AMIF-2027-AG-HOUSING",)),
    ],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("merged"), model="hashing")
    started = datetime(2026, 10, 8, tzinfo=UTC)
    with open_store(settings.database_url) as store:
        for source, calls in RECORDS.items():
            card = SourceCard(
                name=source,
                title=TITLES[source],
                publisher="x",
                url="https://x.example",
                licence="x",
                tier=TIERS[source],
            )
            run = Run(id=f"{source}/1", source=source, card=card, started=started, as_of=DAY, outcome=RunOutcome.OK)
            store.save_run(run, calls)
    return settings


@pytest.fixture
def service(home):
    service = Service(home)
    yield service
    service.store.close()


def test_each_call_is_listed_and_ranked_once(service):
    ids = ["list:1500", "portal:1TOPICSen", "portal:2TOPICSen"]
    assert sorted(call.id for call in service.calls(DAY)) == ids
    assert sorted(match.call.id for match in service.match("riga", DAY)) == ids


def test_a_source_lists_the_calls_it_knows_though_another_record_won(service):
    assert [call.id for call in service.calls(DAY, source="list")] == ["list:1500", "portal:1TOPICSen"]
    assert len(service.calls(DAY, source="news")) == 2


@pytest.mark.parametrize("key", ["restated:" + WOMEN, "list:1405", "1405", WOMEN, WOMEN.lower(), "portal:1TOPICSen"])
def test_names_of_merged_records_stay_valid(service, key):
    assert service.call(key).id == "portal:1TOPICSen"
    assert service.explain("riga", key, DAY).match.call.id == "portal:1TOPICSen"


def test_a_page_that_names_two_calls_leads_to_both(service):
    with pytest.raises(NotFound, match="name one of: portal:1TOPICSen, portal:2TOPICSen"):
        service.call("news:news/two-topics")


def test_the_store_keeps_each_record_as_its_source_gave_it(service):
    service.calls(DAY)
    stored = {call.id: call for call in service.store.calls()}
    assert len(stored) == 6
    assert not any(call.sightings or call.origins for call in stored.values())


def test_no_text_is_embedded_twice(home):
    service = Service(home)
    service.embed(DAY)
    texts = []
    again = Service(home)
    again.encoder.encode_passages = texts.extend
    assert again.embed(DAY) == 3
    assert not texts
    for each in (service, again):
        each.store.close()


def ask(home, monkeypatch, capsys, *arguments):
    from matcher import cli

    monkeypatch.setenv("FUNDING_HOME", str(home.home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    monkeypatch.setattr("sys.argv", ["funding", *arguments, "--on", DAY.isoformat()])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert not ended.value.code, said.err
    return said.out


@pytest.mark.parametrize("command", [["calls"], ["match", "riga"], ["call", WOMEN], ["explain", "riga", WOMEN]])
def test_json_says_tier_confirmation_sightings_and_origins(home, monkeypatch, capsys, command):
    told = json.loads(ask(home, monkeypatch, capsys, *command, "--json"))
    calls = {one.get("call_id") or one["id"]: one for one in (told if isinstance(told, list) else [told])}
    women = calls["portal:1TOPICSen"]
    assert (women["tier"], women["confirmed"], women["source"], women["as_of"]) == (
        "official_record",
        True,
        "portal",
        "2026-10-08",
    )
    assert [(seen["id"], seen["basis"]) for seen in women["sightings"]] == [
        ("restated:" + WOMEN, "identifier"),
        ("news:news/two-topics", "names it"),
        ("list:1405", "identifier"),
    ]
    assert {"field": "deadlines", "source": "restated"} in women["origins"]
    assert all(one["confirmed"] is (one["tier"] != "discovery") for one in calls.values())


@pytest.mark.parametrize("command", [["calls"], ["match", "riga"]])
def test_lists_say_source_worth_and_day_and_mark_what_is_unconfirmed(home, monkeypatch, capsys, command):
    said = ask(home, monkeypatch, capsys, *command)
    assert "portal, official record, as of 2026-10-08, also restated, news, list" in said
    assert "list, unconfirmed: known only from A list, as of 2026-10-08" in said


def test_the_page_of_a_call_says_where_it_comes_from(home, monkeypatch, capsys):
    said = ask(home, monkeypatch, capsys, "call", WOMEN)
    assert "Restated: restated by hand from public pages, as of 2026-10-08, https://restated.example/" in said
    assert "has the same official code (100% sure)" in said
    assert "gave: deadlines, applicants" in said
    assert "names its code (50% sure)" in said


def test_an_unconfirmed_call_says_where_to_check(home, monkeypatch, capsys):
    said = ask(home, monkeypatch, capsys, "call", "list:1500")
    assert "known only from A list; look up AMIF-2027-AG-HOUSING in the EU Funding & Tenders Portal" in said
