"""How organisations are called where one of them is chosen."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from dashboard.told.organisations import names
from matcher.languages import LANGUAGES, speaker
from matcher.model import Fact, Need, Profile


def organisation(id: str, name: str, country: str) -> Profile:
    return Profile(
        id=id,
        name=name,
        type="migrant_led",
        country=country,
        kinds=("civil_society",),
        roles=("beneficiary",),
        languages=("it",),
        description="An association of newcomers.",
        needs=(Need(text="Language courses", language="en"),),
        facts=(Fact(text="Founded in 2019", source="stated by itself", as_of=date(2026, 10, 8)),),
    )


ORGANISATIONS = some.builds(
    organisation,
    some.sampled_from(["a", "b", "c", "d"]),
    some.sampled_from(["Open Doors", "Open Doors (Italy)", "Open Doors (Italy), a", "Открытые двери"]),
    some.sampled_from(["IT", "LV"]),
)


@given(some.lists(ORGANISATIONS, unique_by=lambda one: one.id), some.sampled_from(LANGUAGES))
def test_no_two_are_called_alike(known, language):
    told = names(speaker(language), known)
    assert list(told) == [one.id for one in known]
    assert len(set(told.values())) == len(known)
    assert all(told[one.id].startswith(one.name) for one in known)


def test_the_id_stands_only_where_it_is_needed():
    known = [organisation(*one) for one in (("riga", "Riga", "LV"), ("twin", "Riga", "LV"), ("rome", "Rome", "IT"))]
    told = names(speaker("en"), known)
    assert told == {"riga": "Riga (Latvia), riga", "twin": "Riga (Latvia), twin", "rome": "Rome (Italy)"}
