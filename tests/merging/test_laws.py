"""What holds for every set of records that sources can give, drawn from few values so that they often meet."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from matcher.merging import merge
from matcher.merging.codes import agree, own_code
from matcher.model import (
    ApplicantKind,
    Basis,
    Budget,
    Call,
    CallKind,
    Criterion,
    CriterionKind,
    Deadline,
    Fund,
    Money,
    Quote,
    Tier,
)

CODES = ["AMIF-2026-A", "AMIF-2026-B", "CERV-2026-C"]
WHOLE = ["AMIF-2026", "CERV-2026-C"]
NUMBERS = ["101", "102"]
SITE = "https://site.example/en"
PORTAL = "https://ec.europa.eu/info/portal/screen/opportunities"
PAGES = [
    "",
    f"{SITE}/calls",
    f"{SITE}/calls/one_en",
    f"{SITE}/calls/two",
    *(f"{PORTAL}/topic-details/{code}" for code in CODES),
    *(f"{PORTAL}/competitive-calls-cs/{number}" for number in NUMBERS),
]
TITLES = [
    "Call for proposals",
    "Town twinning",
    "Integration of migrant women in towns",
    "Integration of migrant women in towns and regions",
    "First call for integration of migrant women",
    "Second call for integration of migrant women",
]
TEXTS = st.sampled_from(["", "Towns may apply.", "Regions may apply. Towns too."])
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 3))


@st.composite
def quoted(draw, texts):
    """A criterion with a quote out of one of the record's texts."""
    places = [place for place, text in texts.items() if text]
    if not places or draw(st.booleans()):
        return ()
    place = draw(st.sampled_from(places))
    start = draw(st.integers(0, len(texts[place]) - 1))
    end = draw(st.integers(start + 1, len(texts[place])))
    quote = Quote(text=texts[place][start:end], place=place, start=start, end=end)
    kind, values = CriterionKind.APPLICANT_KIND, (ApplicantKind.LOCAL_AUTHORITY,)
    return (Criterion(kind=kind, values=values, basis=Basis.CALL_RECORD, quote=quote),)


@st.composite
def records(draw, number):
    kind = draw(st.sampled_from(CallKind))
    reference = f"record-{number}"
    texts = {
        "title": draw(st.sampled_from([*TITLES, "AMIF-2026-A"])),
        **{place: draw(TEXTS) for place in ("text", "conditions", "applicants", "terms")},
    }
    days = draw(st.lists(DAYS, max_size=2))
    return Call(
        source=draw(st.sampled_from(["a", "b", "c", "d"])),
        reference=reference,
        identifier=draw(st.sampled_from([reference, reference, *CODES])),
        kind=kind,
        url=draw(st.sampled_from(PAGES)),
        tier=draw(st.sampled_from(Tier)),
        fund=draw(st.sampled_from([None, Fund.AMIF, Fund.CERV])),
        call_identifier=draw(st.sampled_from([None, *(NUMBERS if kind is CallKind.CASCADE else WHOLE)])),
        language=draw(st.sampled_from([None, "en", "fr"])),
        deadlines=tuple(Deadline(day=day) for day in days),
        budget=draw(
            st.sampled_from([None, Budget(total=Money(amount=Decimal(5))), Budget(total=Money(amount=Decimal(9)))])
        ),
        mentions=tuple(draw(st.lists(st.sampled_from([*CODES, *WHOLE, *NUMBERS, "ELSE-2026-X"]), max_size=2))),
        sources=tuple(draw(st.lists(st.sampled_from(PAGES[1:]), max_size=2, unique=True))),
        as_of=draw(DAYS),
        criteria=draw(quoted(texts)),
        **texts,
    )


@st.composite
def collections_of_records(draw):
    count = draw(st.integers(0, 9))
    return [draw(records(number)) for number in range(count)]


@given(collections_of_records(), st.randoms())
def test_the_order_of_the_records_does_not_matter(calls, order):
    shuffled = list(calls)
    order.shuffle(shuffled)
    assert merge(calls) == merge(shuffled)


@given(collections_of_records())
def test_merging_again_changes_nothing(calls):
    once = merge(calls)
    assert merge(once) == once


@given(collections_of_records())
def test_no_record_is_lost_and_none_is_listed_twice(calls):
    merged = merge(calls)
    listed = [call.id for call in merged]
    joined = {seen.id for call in merged for seen in call.sightings if seen.basis != "names it"}
    naming = {seen.id for call in merged for seen in call.sightings if seen.basis == "names it"}
    assert len(set(listed)) == len(listed)
    assert {call.id for call in calls} == {*listed, *joined, *naming}
    assert len(listed) + len(joined) + len(naming) == len(calls)
    places = Counter(seen.id for call in merged for seen in call.sightings if seen.basis != "names it")
    assert set(places.values()) <= {1}


@given(collections_of_records())
def test_never_two_records_of_one_source(calls):
    for call in merge(calls):
        joined = [call.source, *(seen.source for seen in call.sightings if seen.basis != "names it")]
        assert len(set(joined)) == len(joined)


@given(collections_of_records())
def test_two_sub_grants_meet_only_by_their_own_number_or_likeness_and_never_a_topic(calls):
    by_id = {call.id: call for call in calls}
    for call in merge(calls):
        for seen in call.sightings:
            record = by_id[seen.id]
            if record.kind is CallKind.CASCADE:
                assert call.kind is CallKind.CASCADE
                assert seen.basis != "identifier" or (own_code(call) == own_code(record) and own_code(call))
                assert agree(by_id[call.id], record)
            elif call.kind is CallKind.CASCADE:
                assert record.kind is CallKind.CALL or seen.basis == "names it"


@given(collections_of_records())
def test_the_best_tier_wins_and_confirms(calls):
    by_id = {call.id: call for call in calls}
    for call in merge(calls):
        assert all(call.tier.rank <= seen.tier.rank for seen in call.sightings)
        assert call.is_confirmed is (by_id[call.id].tier is not Tier.DISCOVERY)


@given(collections_of_records())
def test_every_quote_stands_where_it_says(calls):
    for call in merge(calls):
        for criterion in call.criteria:
            quote = criterion.quote
            assert getattr(call, quote.place)[quote.start : quote.end] == quote.text


@given(collections_of_records())
def test_every_value_is_its_own_source_s_or_that_of_its_origin(calls):
    by_id = {call.id: call for call in calls}
    for call in merge(calls):
        before = by_id[call.id]
        origins = {origin.field for origin in call.origins}
        records = [by_id[seen.id] for seen in call.sightings]
        for field in Call.model_fields.keys() - {"sightings", "origins", "sources", "criteria"}:
            if field not in origins:
                assert getattr(call, field) == getattr(before, field)
            else:
                named = {origin.source for origin in call.origins if origin.field == field}
                assert getattr(call, field) in [getattr(r, field) for r in records if r.source in named]
        assert set(before.sources) <= set(call.sources)
        if before.deadlines:
            assert call.deadlines == before.deadlines
