"""The page about the service: every figure on it is one of the data."""

import pytest
import yaml

from matcher.about import load_about, program_version
from matcher.factfile import BadFactFile
from tests.doubles.browser import PROJECT

REFERENCE = PROJECT / "data" / "reference"


def test_weights_figures_licences_and_version_are_those_of_the_data(page, shown):
    text = shown(page("about")).replace("\\", "")
    weights = yaml.safe_load((REFERENCE / "ranking.yml").read_text(encoding="utf-8"))
    assert str(weights["same_language"]["dense"]) in text
    assert str(weights["size"]["weight"]) in text
    for figure in load_about(REFERENCE).figures:
        assert f"{figure.right}" in text
        assert figure.source in text
    for licence in load_about(REFERENCE).licences:
        assert f"[{licence.licence}]({licence.url})" in text
    assert program_version() in text
    for link in ("/privacy?lang=en", "/accessibility?lang=en", "/sources?", "/api/v1/"):
        assert f"({link}" in text


def test_the_figures_are_those_that_the_benchmarks_state():
    told = (PROJECT / "data" / "benchmark" / "README.md").read_text(encoding="utf-8")
    cases = yaml.safe_load((PROJECT / "data" / "benchmark" / "eligibility.yml").read_text(encoding="utf-8"))
    known = {str(one.subject): one for one in load_about(REFERENCE).figures}
    assert known["eligibility"].of == sum(len(call["cases"]) for call in cases["calls"])
    right = known["conditions_right"]
    assert f"{right.of} found, {right.right} of them right, of {known['conditions_found'].of} labelled" in told


def test_more_right_than_asked_is_refused(tmp_path):
    wrong = {"subject": "eligibility", "right": 3, "of": 2, "source": "a", "as_of": "2026-11-22"}
    (tmp_path / "about.yml").write_text(yaml.safe_dump({"figures": [wrong], "licences": []}), encoding="utf-8")
    with pytest.raises(BadFactFile, match="3 right of 2"):
        load_about(tmp_path)
