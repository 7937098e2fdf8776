"""No sentence of the rules, routes, money or partners is one that only English can say."""

from datetime import date
from itertools import islice
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from crawler.normalise import normalise
from crawler.source import RawRecord, sources
from matcher.eligibility.consortium import board, check
from matcher.eligibility.crowd import judge
from matcher.eligibility.offers import offers
from matcher.eligibility.situation import Situation
from matcher.languages import speaker
from matcher.model import Member, Role, Said, said, together
from matcher.money.own_contribution import finance
from matcher.profiles import load_profiles
from matcher.reference.files import load_reference
from matcher.wording.consortium import outcome
from matcher.wording.money import money_facts
from tests.doubles.pseudo_language import foreign, leaks, pseudo_speaker

DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 3, 1)
EVERY = 20
"""Of the snapshot's calls each twentieth one, of all sources."""


@pytest.fixture(scope="module")
def reference():
    return load_reference(DATA / "reference")


@pytest.fixture(scope="module")
def profiles():
    return sorted(load_profiles(DATA / "profiles").values(), key=lambda one: one.id)


@pytest.fixture(scope="module")
def calls(reference):
    record = TypeAdapter(RawRecord)
    found = []
    for file in sorted((DATA / "snapshot").glob("*/raw.jsonl")):
        records = [record.validate_json(line) for line in file.read_text("utf-8").splitlines()]
        found += [call for call, _ in normalise(records, sources()[file.parent.name], reference) if call]
    return list(islice(found, 0, None, EVERY))


def of_verdicts(profile, call, reference):
    """What is shown of a call before an organisation, without laws and pages."""
    verdicts, route = judge(Situation.of(profile, call, DAY, reference))
    for verdict in verdicts:
        yield from (verdict.label, verdict.reason, verdict.remedy)
    yield from (route.label, route.reason, route.gap)
    yield from (body.role for body in (route.body, *route.contacts) if body)


def of_call(call, profiles, reference):
    """What is shown of a call's money, of what it offers, and of a draft for it."""
    terms = Situation.of(profiles[0], call, DAY, reference).terms
    yield from (text for fact in money_facts(finance(terms), {}) for text in (fact.label, fact.text))
    yield from (text for offer in offers(terms) for text in (offer.label, offer.text))
    members = [Member(name=one.name, country=one.country, kinds=one.kinds) for one in profiles[:2]]
    for draft in ([], members, [*members, Member(name="Somebody", role=Role.COORDINATOR)]):
        for condition in check(draft, call, DAY, reference):
            yield from (condition.label, condition.reason, condition.remedy)


def in_english_only():
    """What was looked for in vain in a country: notes of a data file that no catalogue holds."""
    countries = yaml.safe_load((DATA / "reference" / "bodies.yml").read_text("utf-8"))["countries"]
    for country in countries.values():
        yield from (gap["note"].strip() for gap in country.get("gaps", ()))


def test_every_sentence_of_the_rules_can_be_said_in_another_language(calls, profiles, reference):
    say = pseudo_speaker()
    shown = {text for call in calls for one in profiles for text in of_verdicts(one, call, reference) if text}
    shown |= {text for call in calls for text in of_call(call, profiles, reference) if text}
    assert len(shown) > 300
    names = [
        *(one.name for one in profiles),
        *(one.experience.source for one in profiles if one.experience),
        *(text for one in profiles if one.population for text in (one.population.source, one.population.as_of)),
        *(programme.name for programme in reference.programmes),
        *(call.national.area.text for call in calls if call.national),
        *(call.granting_project or "" for call in calls),
        *(value for call in calls for one in call.criteria for value in one.values),
        *in_english_only(),
    ]
    assert leaks(map(say.say, sorted(shown)), names) == []


def test_the_double_sees_a_sentence_that_only_english_can_say():
    say = pseudo_speaker()
    whole = said("The call is for applicants in %(countries)s.", countries="Latvia")
    half = said("The call seeks a %(role)s.", role="partner that leads the project")
    assert leaks([say.say(whole)]) == []
    assert leaks([say.say(half)]) == ["partner that leads the project"]
    assert leaks(["Read the call document."]) == ["Read the call document"]
    assert leaks(["Read the call document."], outside=["Read the call document."]) == []
    assert foreign("%(num)s calls, see `funding calls`").startswith("%(num)s ｃａｌｌｓ")


def test_english_stays_the_text_that_it_is():
    sentence = together(said("Closed on %(day)s.", day="1 May 2026"), "Quoted by somebody.")
    assert isinstance(sentence, Said)
    assert speaker("en").say(sentence) == sentence == "Closed on 1 May 2026. Quoted by somebody."


def test_the_outcome_of_a_draft_counts_in_the_language(calls, profiles, reference):
    told = outcome(board([], calls[0], DAY, reference))
    assert not leaks([pseudo_speaker().say(told)])
