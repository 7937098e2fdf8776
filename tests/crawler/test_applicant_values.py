"""Every word for applicants that the kept lists use is sorted into kinds, named as another body, or an issue."""

from datetime import UTC, datetime

import pytest

from crawler.normalise.applicant_words import understand_applicant_words
from crawler.normalise.issues import Issues
from crawler.source import RawCall, sources
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.replay import FIXTURES, pages_of

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
NATIONAL = [name for name, source in sources().items() if source.country]
UNSORTED = {
    "miasta liczące od 20 do 100 tys. mieszkańców; organizacje pozarządowe",  # towns of a size
    "Sectoarele municipiului București; UAT din județul Ilfov",  # those of one county
    "UAT orașe cu sub 50.000 de locuitori",
    "Vilniaus miesto savivaldybės administracija",  # one municipality by name
    "ONG; parteneriate între ONG și UAT",  # a partnership is no kind of body
    "Biedrības un nodibinājumi, kas strādā ar migrantiem",  # those that do a certain work
}
"""Values of which a part is an issue, because it limits what it names; no other may be one."""


@pytest.fixture(scope="module")
def values(tmp_path_factory):
    """(source, language, value) of all raw calls of the national sources."""
    found = set()
    for name in NATIONAL:
        run = dry_crawl(name, pages_of(name), tmp_path_factory.mktemp(name) / "run", NOW)
        for record in run.records:
            if isinstance(record, RawCall) and record.national:
                language = record.language or sources()[name].language
                found |= {(name, language, value) for value in record.national.applicants}
    return sorted(found)


def test_each_value_is_sorted_or_an_issue(values):
    unsorted = set()
    for name, language, value in values:
        issues = Issues(name)
        words = understand_applicant_words([value], language, issues)
        assert words.kinds or words.parts or words.others or words.open or words.anyone or issues.all(), value
        assert {issue.found for issue in issues.all()} == set(words.unknown) or not words.unknown
        if words.unknown:
            unsorted.add(value)
    assert unsorted == UNSORTED


def test_the_lists_of_the_nine_countries_use_their_own_words(values):
    languages = {language for _, language, _ in values}
    assert languages >= {"cs", "sk", "pt", "pl", "es", "ro", "el", "lt", "fi"}
    assert len(values) > 60
    assert all((FIXTURES / name / "pages.yml").is_file() for name, _, _ in values)
