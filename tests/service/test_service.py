"""The use cases over the bundled snapshot: what an officer sees on a given day."""

import logging
from datetime import date

import pytest

from matcher.model import Answer, CallStatus, Fund, RouteKind
from matcher.selection import usability
from matcher.service import NoCalls, NotFound, Service
from matcher.settings import Settings

MAY_2025 = date(2025, 5, 1)
OCTOBER_2026 = date(2026, 10, 10)
AMIF_2025 = "AMIF-2025-TF2-AG-INTE"


def of_amif_2025(matches):
    return [match for match in matches if match.call.identifier.startswith(AMIF_2025)]


def test_amif_2025_is_open_to_riga_as_lead_or_co_applicant(service):
    topics = of_amif_2025(service.match("riga", MAY_2025))
    assert len(topics) == 5
    assert {match.status for match in topics} == {CallStatus.OPEN}
    assert {match.route.kind for match in topics} == {RouteKind.LEAD}
    assert {match.route.label for match in topics} == {"lead or co-applicant"}


def test_amif_2025_cannot_be_funded_for_birmingham_and_the_reason_names_the_country(service):
    topics = of_amif_2025(service.match("birmingham", MAY_2025))
    assert len(topics) == 5
    for match in topics:
        assert match.route.is_open is False
        refusals = [verdict for verdict in match.verdicts if verdict.answer is Answer.NOT_MET]
        assert [verdict.rule for verdict in refusals] == ["country"]
        assert "United Kingdom" in refusals[0].reason
        assert refusals[0].reference


def test_the_rules_of_a_calls_own_year_decide(service):
    """Birmingham won money of the AMIF call of 2020 (project MILE), when its country still took part."""
    call = service.call("AMIF-2020-AG-CALL")
    match = next(m for m in service.match("birmingham", date(2021, 1, 15)) if m.call.id == call.id)
    assert {v.rule: v.answer for v in match.verdicts}["country"] is Answer.MET


def test_usable_calls_come_first_then_by_score(service):
    matches = service.match("riga", OCTOBER_2026)
    assert len(matches) == len(service.calls(OCTOBER_2026))
    keys = [(usability(m), m.status is CallStatus.FORTHCOMING, -m.score, m.call.id) for m in matches]
    assert keys == sorted(keys)


def test_top_cuts_the_list_and_gives_each_match_its_quotes(service):
    best = service.match("riga", OCTOBER_2026, top=3)
    assert len(best) == 3
    for match in best:
        for evidence in match.evidence:
            stored = match.call.title if evidence.quote.place == "title" else match.call.text
            assert stored[evidence.quote.start : evidence.quote.end] == evidence.quote.text


@pytest.mark.parametrize("on", [MAY_2025, OCTOBER_2026])
def test_status_filters_agree_with_the_dates_of_the_calls(service, on):
    for status in CallStatus:
        assert all(call.status(on) is status for call in service.calls(on, status=status))
    assert sum(len(service.calls(on, status=status)) for status in CallStatus) == len(service.calls(on))


def test_what_was_open_when_the_snapshot_was_taken_is_open_that_week(service):
    open_calls = service.calls(OCTOBER_2026, status=CallStatus.OPEN)
    assert [call.reference for call in open_calls if call.final_day is None] == ["EUI-CITY-TO-CITY"]
    dated = [call for call in open_calls if call.final_day]
    assert all(call.final_day >= OCTOBER_2026 for call in dated)
    assert {call.source for call in dated} == {"funding_tenders"}


def test_a_call_is_found_by_id_and_by_its_only_identifier(service):
    call = service.call(f"{AMIF_2025}-01-WOMEN")
    assert service.call(call.id) == call
    assert service.call(call.identifier.lower()) == call


def test_a_shared_identifier_names_the_ids_to_choose_from(service):
    with pytest.raises(NotFound, match=r"funding_tenders:11674COMPETITIVE_CALLen, .*name one|name one of: .*11674"):
        service.call("CERV-2024-CITIZENS-VALUES")


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda service: service.call(f"{AMIF_2025}-01-WOMAN"), f"{AMIF_2025}-01-WOMEN"),
        (lambda service: service.profile("birmingam"), "birmingham"),
    ],
)
def test_a_misspelt_name_gets_what_comes_close(service, ask, hint):
    with pytest.raises(NotFound, match=hint):
        ask(service)


def test_what_an_organisation_looks_for_is_never_logged(service, caplog):
    caplog.set_level(logging.DEBUG)
    ranked = Service(service.settings)
    ranked.match("riga", MAY_2025, top=3)
    ranked.store.close()
    assert not [need.text for need in service.profile("riga").needs if need.text in caplog.text]


def test_the_table_has_the_five_rows_of_the_brief_and_then_the_rest(service):
    matches = service.match("riga", MAY_2025)
    sections = service.table(matches)
    assert [section.row.fund if section.row else None for section in sections] == [*Fund, None]
    assert sum(len(section.matches) for section in sections) == len(matches)
    assert of_amif_2025(sections[0].matches)


def test_the_reader_is_told_that_this_is_a_snapshot_and_of_when(service):
    freshness = service.freshness()
    assert freshness.snapshot
    assert freshness.sentence == "snapshot of 8 October 2026"


def test_every_source_is_listed_with_its_age_and_calls(service):
    states = {state.source: state for state in service.sources(OCTOBER_2026)}
    assert states["funding_tenders"].age_days == 2
    assert sum(states["funding_tenders"].calls.values()) == 195
    assert states["published_calls"].last_good.card.tier == "curated"


def test_an_explanation_says_what_speaks_for_and_against(service):
    explanation = service.explain("birmingham", f"{AMIF_2025}-01-WOMEN", MAY_2025)
    assert any("United Kingdom" in line for line in explanation.against)
    assert explanation.match.score == sum(part.value for part in explanation.match.contributions)


def test_an_empty_store_says_what_to_do(tmp_path):
    with pytest.raises(NoCalls, match="funding snapshot load"):
        Service(Settings(home=tmp_path, model="hashing")).match("riga", MAY_2025)
