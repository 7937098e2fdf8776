"""The labelled conditions of call texts are sound, agreement is counted as documented, the rules keep the limits."""

import re
from collections import Counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pycountry import countries

from benchmarks import criteria as benchmark
from benchmarks.agreement.conditions import Label, Labelled, Scores, Split, compare, scores, total, wilson
from crawler.criteria import find_criteria
from matcher.model import ApplicantKind, Basis, Criterion, CriterionKind, Role
from matcher.model.criterion import CountryGroup, ExperienceKey
from matcher.model.kinds import OTHER, SOME_LOCAL, SOME_PRIVATE

LABELS = benchmark.load_labels()
KINDS = {*ApplicantKind, OTHER, SOME_LOCAL, SOME_PRIVATE}
PLACES = {country.alpha_2 for country in countries} | {"XK"}
WHOLE_NUMBER = re.compile(r"[1-9]\d*")
K = CriterionKind
ALLOWED = {
    K.APPLICANT_KIND: KINDS,
    K.EXCLUDED_KIND: KINDS,
    K.MUST_INCLUDE_KIND: KINDS,
    K.EXCLUDED_BODY: {"hungarian_public_interest_trust"},
    K.ROLE: set(Role),
    K.COUNTRY: PLACES | set(CountryGroup),
    K.EXCLUDED_COUNTRY: PLACES,
    K.AFFILIATED: {"counted", "not_counted"},
    K.EXPERIENCE: set(ExperienceKey),
    K.INVITED: {"yes"},
    K.SUB_GRANTS: {"yes", "no"},
}
"""Values of the kinds that take words; the others take whole numbers, a lump sum "yes" as well."""


def criterion(kind, *values, role=None, together=False, confidence=1.0):
    return Criterion(
        kind=kind, values=values, basis=Basis.TOPIC_CONDITIONS, role=role, together=together, confidence=confidence
    )


def labelled(*labels, split=Split.DEV):
    return Labelled(id="A-1", call="A", split=split, criteria=labels)


def label(kind, *values, **more):
    return Label(kind=kind, values=values, fields=("text",), **more)


def counts(outcome):
    return len(outcome.right), len(outcome.wrong), len(outcome.missed)


# The file


def test_there_are_enough_texts_on_both_sides():
    sides = Counter(one.split for one in LABELS)
    assert sides[Split.DEV] >= 40
    assert sides[Split.VALIDATION] >= 130
    assert sides[Split.TEST] >= 90


def test_no_call_stands_there_twice():
    def keys(node):
        return [key.value for key, _ in node.value]

    root = yaml.compose(benchmark.LABELS.read_text(encoding="utf-8"))
    calls = dict(zip(keys(root), (value for _, value in root.value), strict=True))["calls"]
    names = keys(calls)
    assert names == sorted(set(names))


def test_the_call_identifier_alone_decides_the_side():
    for one in LABELS:
        if not one.id.startswith("AMIF-2024-TF2-"):
            side = Split.VALIDATION if one.split is Split.TEST else one.split
            assert side is benchmark.side_of(one.call), one.id


def test_few_texts_of_one_call_for_their_sentences_repeat():
    most = {Split.DEV: 2, Split.VALIDATION: 3, Split.TEST: 10}
    for split, limit in most.items():
        assert max(Counter(one.call.upper() for one in LABELS if one.split is split).values()) <= limit


@pytest.mark.parametrize("one", LABELS, ids=lambda one: one.id)
def test_values_are_those_that_the_kind_allows(one):
    for stated in one.criteria:
        for value in (*stated.values, *(value for values in stated.same_as for value in values)):
            if stated.kind in ALLOWED:
                assert value in ALLOWED[stated.kind], (stated.kind, value)
            else:
                assert WHOLE_NUMBER.fullmatch(value) or (stated.kind is K.LUMP_SUM and value == "yes"), stated
        assert set(stated.fields) <= {"text", "conditions"}
        assert stated.fields
        assert len(set(stated.values)) == len(stated.values)


def test_the_file_copies_no_words_of_the_texts():
    def strings(node):
        if isinstance(node, dict):
            return [text for pair in node.items() for part in pair for text in strings(part)]
        if isinstance(node, list):
            return [text for part in node for text in strings(part)]
        return [node] if isinstance(node, str) else []

    facts = yaml.safe_load(benchmark.LABELS.read_text(encoding="utf-8"))
    assert not [text for text in strings(facts) if " " in text or len(text) > 60]


# How agreement is counted


def test_values_have_to_agree_as_a_set():
    one = labelled(label(K.COUNTRY, "eu", "NO", "IS"))
    assert counts(compare(one, [criterion(K.COUNTRY, "IS", "eu", "NO")])) == (1, 0, 0)
    assert counts(compare(one, [criterion(K.COUNTRY, "eu", "NO")])) == (0, 1, 1)


def test_another_role_is_another_condition():
    one = labelled(label(K.APPLICANT_KIND, "non_profit", role=Role.COORDINATOR))
    assert counts(compare(one, [criterion(K.APPLICANT_KIND, "non_profit")])) == (0, 1, 1)


def test_what_says_the_same_is_right_once_and_wrong_the_second_time():
    one = labelled(label(K.COUNTRY, "eu", "eea", same_as=(("eu", "NO", "IS", "LI"),)))
    assert counts(compare(one, [criterion(K.COUNTRY, "eu", "NO", "IS", "LI")])) == (1, 0, 0)
    both = [criterion(K.COUNTRY, "eu", "NO", "IS", "LI"), criterion(K.COUNTRY, "eu", "eea")]
    assert counts(compare(one, both)) == (1, 1, 0)


def test_one_condition_found_in_two_fields_counts_once():
    one = labelled(label(K.SUB_GRANTS, "yes"))
    assert counts(compare(one, [criterion(K.SUB_GRANTS, "yes")] * 2)) == (1, 0, 0)


def test_cumulative_values_are_conditions_of_their_own_and_alternatives_are_one():
    found = [criterion(K.MUST_INCLUDE_KIND, "research"), criterion(K.MUST_INCLUDE_KIND, "sme")]
    assert counts(compare(labelled(label(K.MUST_INCLUDE_KIND, "research", "sme", together=True)), found)) == (2, 0, 0)
    assert counts(compare(labelled(label(K.MUST_INCLUDE_KIND, "research", "sme")), found)) == (0, 2, 1)


def test_what_may_be_read_there_is_neither_right_nor_wrong():
    one = labelled(label(K.MIN_APPLICANTS, "4", may=True))
    assert counts(compare(one, [criterion(K.MIN_APPLICANTS, "4")])) == (0, 0, 0)
    assert counts(compare(one, [])) == (0, 0, 0)
    assert counts(compare(one, [criterion(K.MIN_APPLICANTS, "5")])) == (0, 1, 0)


def test_a_condition_in_a_text_that_states_none_is_wrong():
    assert counts(compare(labelled(), [criterion(K.LUMP_SUM, "yes")])) == (0, 1, 0)


def test_only_what_is_sure_enough_is_counted():
    one = labelled(label(K.LUMP_SUM, "yes"))
    found = (criterion(K.LUMP_SUM, "yes", confidence=0.7),)
    texts = {"A-1": {"text": "words"}}

    def find(document, basis, place):
        return found

    assert counts(benchmark.measure([one], texts, find)[0]) == (0, 0, 1)
    assert counts(benchmark.measure([one], texts, find, least=0)[0]) == (1, 0, 0)


def test_sides_are_counted_apart():
    here = compare(labelled(label(K.LUMP_SUM, "yes")), [criterion(K.LUMP_SUM, "yes")])
    there = compare(labelled(label(K.LUMP_SUM, "yes"), split=Split.VALIDATION), [criterion(K.INVITED, "yes")])
    assert scores([here, there], Split.DEV) == {K.LUMP_SUM: Scores(1, 1, 1)}
    assert scores([here, there], Split.VALIDATION) == {K.INVITED: Scores(0, 1, 0), K.LUMP_SUM: Scores(1, 0, 0)}
    assert total(scores([here, there], Split.VALIDATION)) == Scores(1, 1, 0)


@pytest.mark.parametrize("split", [Split.VALIDATION, Split.TEST])
def test_errors_beyond_dev_are_shown_only_when_asked_for(split):
    there = compare(labelled(split=split), [criterion(K.LUMP_SUM, "yes")])
    others = tuple(one for one in Split if one is not split)
    assert "A-1" not in benchmark.report([there], others, "")
    assert "A-1" in benchmark.report([there], (split,), "")


@pytest.mark.parametrize(
    ("asked", "named"),
    [([], ()), (["--validation-errors"], (Split.VALIDATION,)), (["--test-errors"], (Split.TEST,))],
)
def test_the_command_names_errors_of_a_split_only_by_its_own_option(asked, named, monkeypatch, capsys):
    wrong = [
        compare(Labelled(id=f"of-{split}", call="A", split=split), [criterion(K.LUMP_SUM, "yes")])
        for split in (Split.VALIDATION, Split.TEST)
    ]
    monkeypatch.setattr("sys.argv", ["criteria.py", *asked])
    monkeypatch.setattr(benchmark, "SHARED", benchmark.PROJECT)
    monkeypatch.setattr(benchmark, "PORTAL", benchmark.LABELS.relative_to(benchmark.PROJECT))
    monkeypatch.setattr(benchmark, "load_texts", lambda shared: {})
    monkeypatch.setattr(benchmark, "measure", lambda *given, **more: wrong)
    assert benchmark.main() == 1
    shown = capsys.readouterr().out
    assert {split for split in (Split.VALIDATION, Split.TEST) if f"of-{split}" in shown} == set(named)


@given(of=st.integers(1, 500), data=st.data())
def test_the_interval_holds_the_share(of, data):
    right = data.draw(st.integers(0, of))
    low, high = wilson(right, of)
    assert 0 <= low <= right / of + 1e-9
    assert right / of - 1e-9 <= high <= 1


# The measurement


@pytest.fixture(scope="module")
def texts(shared):
    return benchmark.load_texts(shared)


def test_every_labelled_call_is_in_the_reference_material(texts):
    assert not [one.id for one in LABELS if one.id not in texts]


def test_a_condition_is_labelled_in_a_field_that_holds_words(texts):
    assert not [
        (one.id, field)
        for one in LABELS
        for stated in one.criteria
        for field in stated.fields
        if not texts[one.id].get(field)
    ]


def test_conditions_read_from_the_test_texts_keep_the_limits(texts):
    test = [one for one in LABELS if one.split is Split.TEST]
    by_kind = scores(benchmark.measure(test, texts, find_criteria), Split.TEST)
    whole = total(by_kind)
    assert (whole.precision or 0) >= benchmark.LEAST_PRECISION, by_kind
    assert (whole.recall or 0) >= benchmark.LEAST_RECALL, by_kind
