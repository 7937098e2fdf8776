"""Organisations and calls of every sort, as Hypothesis strategies: changes of those in tests/eligibility/cases.yml."""

from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from matcher.model import (
    ApplicantKind,
    Area,
    Basis,
    CallKind,
    CallStatus,
    CountryGroup,
    CriterionKind,
    Deadline,
    DeadlineModel,
    Experience,
    ExperienceKey,
    National,
    OrganisationType,
    Population,
    Quote,
    Role,
)

DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))
COUNTRIES = st.sampled_from(["LV", "NL", "GB", "DK", "CH", "NO", "XK", "HU"])
PROGRAMMES = st.sampled_from(["AMIF", "AMIF-2014-2020", "SHARED", "AGENCIES", "SILENT", "EUI", "no-such", None])
KINDS = st.sampled_from(ApplicantKind)
WORDS = "Who may apply: towns, associations and companies of the EU. Only those that hold a label were invited by Riga."
"""Stands in the conditions of every call made here, so that conditions can quote it."""
VALUES = {
    CriterionKind.APPLICANT_KIND: KINDS,
    CriterionKind.EXCLUDED_KIND: KINDS | st.just("twinning committees"),
    CriterionKind.MUST_INCLUDE_KIND: KINDS,
    CriterionKind.EXCLUDED_BODY: st.sampled_from(["hungarian_public_interest_trust", "sleeping trusts"]),
    CriterionKind.COUNTRY: COUNTRIES | st.sampled_from(CountryGroup) | st.just("the lowlands"),
    CriterionKind.EXCLUDED_COUNTRY: COUNTRIES | st.sampled_from(CountryGroup) | st.just("the lowlands"),
    CriterionKind.ROLE: st.sampled_from([Role.COORDINATOR, Role.BENEFICIARY, Role.ASSOCIATED_PARTNER]),
    CriterionKind.LANGUAGE: st.sampled_from(["en", "lv", "fr"]),
    CriterionKind.EXPERIENCE: st.sampled_from(ExperienceKey),
    CriterionKind.INVITED: st.just("yes"),
    CriterionKind.AFFILIATED: st.sampled_from(["counted", "not_counted"]),
}
SMALL = {kind: st.integers(0, 4).map(str) for kind in CriterionKind if kind.startswith(("min_", "max_", "independent"))}
NUMBERS = st.integers(0, 1_000_000).map(str)
SOME = Experience(
    projects=2, led=1, multi_country=False, labels=("Label",), source="https://example.lv", as_of=date(2026, 11, 1)
)


def tuples(values, smallest=0):
    return st.lists(values, unique=True, min_size=smallest, max_size=3).map(tuple)


REGIONS = st.sampled_from(["LV", "LV0", "LV003", "LV006", "NL", "NL1", "NL33", "NL331"])
AREAS = st.builds(Area, text=st.sampled_from(["", "Kurzeme"]), codes=tuples(REGIONS), narrower=st.booleans())
NATIONAL = st.builds(National, country=st.sampled_from(["LV", "NL"]), area=AREAS)


@st.composite
def quotes(draw):
    start = draw(st.integers(0, len(WORDS) - 1))
    end = draw(st.integers(start + 1, len(WORDS)))
    return Quote(text=WORDS[start:end], place="conditions", start=start, end=end)


@st.composite
def criteria(draw):
    kind = draw(st.sampled_from(CriterionKind))
    return {
        "kind": kind,
        "values": draw(tuples((VALUES | SMALL).get(kind, NUMBERS))),
        "basis": draw(st.sampled_from([Basis.CALL_DOCUMENT, Basis.TOPIC_CONDITIONS, Basis.CALL_RECORD])),
        "role": draw(st.sampled_from([None, Role.COORDINATOR, Role.BENEFICIARY])),
        "together": draw(st.booleans()),
        "confidence": draw(st.sampled_from([1.0, 0.8, 0.79, 0.5])),
        "quote": draw(st.none() | quotes()),
    }


@st.composite
def dates_of_a_call(draw):
    """Dates that agree: a call opens before it closes, a permanent one never closes, an announced one has all ahead."""
    opening, as_of = draw(st.none() | DAYS), draw(DAYS)
    model = draw(st.none() | st.sampled_from(DeadlineModel))
    days = (
        ()
        if model is DeadlineModel.PERMANENT
        else draw(tuples(st.dates(opening or date(2019, 1, 1), date(2028, 12, 31))))
    )
    label = draw(st.sampled_from(CallStatus))
    ahead = all(day > as_of for day in (*days, opening) if day is not None)
    assume(label is not CallStatus.FORTHCOMING or ahead)
    deadlines = tuple(Deadline(day=day) for day in days)
    return {
        "opening": opening,
        "as_of": as_of,
        "deadline_model": model,
        "deadlines": deadlines,
        "published_status": label,
    }


@st.composite
def changes_of_a_call(draw):
    return draw(dates_of_a_call()) | {
        "kind": draw(st.sampled_from(CallKind)),
        "programme": draw(PROGRAMMES),
        "criteria": draw(st.lists(criteria(), max_size=4).map(tuple)),
        "conditions": WORDS,
        "applicants": draw(st.sampled_from(["", "Towns and their associations"])),
        "national": draw(st.none() | NATIONAL),
    }


@st.composite
def changes_of_a_profile(draw):
    population = Population(value=draw(st.integers(1, 2_000_000)), source="register", as_of="2024")
    return {
        "type": draw(st.sampled_from(OrganisationType)),
        "country": draw(COUNTRIES),
        "kinds": draw(tuples(KINDS, 1)),
        "roles": draw(tuples(st.sampled_from(Role), 1)),
        "population": draw(st.none() | st.just(population)),
        "nuts": draw(st.none() | REGIONS),
        "languages": draw(tuples(st.sampled_from(["lv", "en"]))),
        "experience": draw(st.sampled_from([None, SOME, SOME.model_copy(update={"led": 0, "multi_country": None})])),
    }
