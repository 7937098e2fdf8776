"""What is told of each Member State's own calls: read, imported, only linked, or nothing known."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.coverage import SourceState
from matcher.model import CallStatus, Fund, Run, RunOutcome, SourceCard, Tier
from matcher.national_coverage import SHARED, MemberState, Reach, member_states
from matcher.reference.bodies import Bodies, BodyRole, NamedBody
from matcher.reference.national_portals import NationalPortal, Portal
from matcher.wording.sources import NATIONAL, national_lines, national_words

DAY = date(2026, 11, 22)
TOLD = {"source": "https://page.example/", "as_of": DAY, "evidence": "seen"}


def a_portal(country, known=True, **changes):
    url = f"https://funds.{country.lower()}/"
    portal = Portal(title="Funds", url=url, language="en", **TOLD) if known else None
    return NationalPortal(**{"country": country, "portal": portal, "note": "" if known else "not found"} | changes)


def an_authority(url="https://ministry.example/"):
    facts = {"country": "RO", "role": BodyRole.MANAGING_AUTHORITY, "programmes": ("AMIF-NATIONAL",)}
    return NamedBody(name="Ministry", url=url, **facts, **TOLD)


def a_state(source, country="", frequency="daily", read=DAY, calls=None, funds=("ESF+", "AMIF")):
    facts = {"title": source, "publisher": "p", "url": "u", "licence": "l", "tier": Tier.OFFICIAL_RECORD}
    card = SourceCard(name=source, country=country, frequency=frequency, funds=funds, **facts)
    started = datetime(2026, 11, 22, tzinfo=UTC)
    run = Run(id="r", source=source, card=card, as_of=read, outcome=RunOutcome.OK, started=started) if read else None
    return SourceState(source, card, run, run, DAY, calls or {}, ())


def only(states=(), portal=None, bodies=()):
    (member,) = member_states(states, {"RO": portal} if portal else {}, Bodies(named=bodies))
    return member


@pytest.mark.parametrize(
    ("states", "portal", "reach"),
    [
        ([a_state("romania", "RO")], a_portal("RO"), Reach.COVERED),
        ([a_state("romania", "RO", read=None)], a_portal("RO"), Reach.COVERED),
        ([a_state("romania", "RO", read=None)], None, Reach.COVERED),
        ([a_state("list", "RO", "none"), a_state("romania", "RO", "weekly")], a_portal("RO"), Reach.COVERED),
        ([a_state("list", "RO", "none")], a_portal("RO"), Reach.IMPORTED),
        ([], a_portal("RO"), Reach.LINKED),
        ([a_state("portal")], a_portal("RO"), Reach.LINKED),
        ([], a_portal("RO", known=False), Reach.NOTHING),
    ],
)
def test_how_far_the_calls_of_a_member_state_are_to_be_found_here(states, portal, reach):
    assert only(states, portal).reach is reach


def test_calls_of_several_sources_add_up_and_the_newest_reading_counts():
    first = a_state("one", "RO", calls={CallStatus.OPEN: 3, CallStatus.CLOSED: 9}, funds=("ESF+", "ERDF"))
    second = a_state("two", "RO", read=DAY - timedelta(days=3), calls={CallStatus.FORTHCOMING: 2, CallStatus.OPEN: 1})
    member = only([second, a_state("three", "RO", read=None), first], a_portal("RO"))
    assert (member.open, member.planned, member.last_read) == (4, 2, DAY)
    assert member.funds == (Fund.AMIF, Fund.ESF_PLUS, Fund.ERDF), "each once, in the table's order"
    assert [state.source for state in member.unread] == ["three"]
    assert member.elsewhere == ()


@pytest.mark.parametrize(
    ("states", "portal", "said"),
    [
        ([], a_portal("RO"), "https://funds.ro/"),
        ([], a_portal("RO", known=False), "no portal known"),
        (
            [a_state("romania", "RO", funds=tuple(SHARED), calls={CallStatus.OPEN: 1300, CallStatus.FORTHCOMING: 2})],
            a_portal("RO"),
            "AMIF, ESF+, ERDF: 1,300 open, 2 planned; read 2026-11-22 (romania)",
        ),
        (
            [a_state("amif_romania", "RO", read=None, funds=("AMIF",)), a_state("romania", "RO", funds=("ESF+",))],
            a_portal("RO"),
            "AMIF, ESF+: 0 open, 0 planned; read 2026-11-22 (romania); never read yet (amif_romania); "
            "not read: ERDF (https://funds.ro/)",
        ),
        (
            [a_state("my_list", "RO", "none", funds=tuple(SHARED))],
            a_portal("RO"),
            "AMIF, ESF+, ERDF: 0 open, 0 planned; imported 2026-11-22 (my_list)",
        ),
        (
            [a_state("romania", "RO", read=None, funds=())],
            None,
            "no fund named: never read yet (romania); not read: AMIF, ESF+, ERDF (no portal known)",
        ),
    ],
)
def test_a_member_state_in_words(states, portal, said):
    assert national_words(only(states, portal)) == said


def test_where_no_portal_is_known_the_authorities_stand_in_and_contact_points_do_not():
    point = an_authority("https://point.example/").model_copy(update={"role": BodyRole.CONTACT_POINT})
    member = only([], a_portal("RO", known=False), (an_authority(), an_authority(None), point))
    assert national_words(member) == "no portal known; authorities: https://ministry.example/ (AMIF)"


def test_the_lines_are_aligned_below_what_they_are_about():
    portals = {"CZ": a_portal("CZ"), "NL": a_portal("NL", known=False)}
    assert list(national_lines(member_states([], portals))) == [
        NATIONAL,
        "  CZ  Czechia      linked    https://funds.cz/",
        "  NL  Netherlands  nothing   no portal known",
    ]
    assert list(national_lines([])) == []


COUNTRIES = ["", "CZ", "NO", "PL", "RO"]
PORTALS = {country: a_portal(country, known=country != "PL") for country in ("CZ", "PL", "RO")}


@given(st.lists(st.sampled_from(COUNTRIES), max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_every_country_has_one_line_and_every_national_source_stands_in_one(countries, read):
    states = [
        a_state(f"s{number}", country, read=DAY if read[number] else None) for number, country in enumerate(countries)
    ]
    members = member_states(states, PORTALS)
    named = {country for country in countries if country}
    assert [member.country for member in members] == sorted(PORTALS.keys() | named)
    held = [state.source for member in members for state in member.states]
    assert sorted(held) == sorted(state.source for state in states if state.card.country)
    assert all((member.reach is Reach.COVERED) == (member.country in named) for member in members)
    assert all(len(member.read) + len(member.unread) == len(member.states) for member in members)


def test_a_country_that_no_portal_speaks_of_is_not_lost():
    assert member_states([a_state("oslo", "NO")], {}) == [MemberState("NO", (a_state("oslo", "NO"),))]


def test_the_command_line_tells_all_27_below_the_sources(funding):
    code, out, _ = funding("sources", "--on", "2026-11-23")
    lines = out.splitlines()
    start = lines.index(NATIONAL)
    told = [line.split()[0] for line in lines[start + 1 :]]
    assert code == 0
    assert len(told) == 27
    assert told == sorted(told)
    assert lines[0].startswith("funding_tenders: ")
    assert next(line for line in lines if line.startswith("  AT  ")).split()[2:] == [
        "linked",
        "https://www.oerok.gv.at/eu-fonds-2021-2027",
    ]
    assert any(line.startswith("  SK  Slovakia     covered   ESF+, ERDF: never read yet (slovakia)") for line in lines)


def test_the_member_states_alone(funding):
    code, out, _ = funding("sources", "--national")
    assert (code, out.splitlines()[0], len(out.splitlines())) == (0, NATIONAL, 28)


def test_the_member_states_as_json(funding):
    code, out, _ = funding("sources", "--national", "--json")
    told = {entry["country"]: entry for entry in json.loads(out)}
    assert (code, len(told)) == (0, 27)
    assert told["SK"]["reach"] == "covered"
    assert (told["SK"]["sources"], told["SK"]["never_read"]) == (["slovakia"], ["slovakia"])
    assert (told["AT"]["reach"], told["AT"]["last_read"]) == ("linked", None)
    assert told["AT"]["portal"]["evidence"] == "seen"
    assert told["DE"]["portal"] is None
    assert told["DE"]["note"]
    bodies = [(code, one) for code, entry in told.items() for one in entry["bodies"]]
    assert {"managing_authority", "national_agency", "contact_point"} <= {one["role"] for _, one in bodies}
    assert all(one["name"] and one["evidence"] in ("seen", "reported", "known") for _, one in bodies)


def test_two_views_at_once_are_refused(funding):
    code, out, err = funding("sources", "--national", "--coverage")
    assert (code, out) == (2, "")
    assert "choose one" in err
