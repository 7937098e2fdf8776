"""Fetched documents and bodies of a programme: what is kept, what is left empty, what is left out."""

from datetime import UTC, date, datetime

import pytest
from babel import Locale

from crawler.normalise.bodies import understand_body
from crawler.normalise.documents import understand_document
from crawler.normalise.issues import Issues
from crawler.normalise.languages import EU_LANGUAGES
from crawler.normalise.places import country_named
from crawler.source import RawBody, RawDocument
from matcher.countries import known_codes

FETCHED = datetime(2026, 11, 5, 6, 30, tzinfo=UTC)


@pytest.fixture
def document():
    def make(**changes):
        facts = {
            "source": "cerv_site",
            "reference": "https://example.org/plan-2027.pdf",
            "found_on": "https://example.org/planning",
            "fetched_at": FETCHED,
            "label": "Plan\u00a0of  2027",
            "language": "EN",
            "media_type": "application/pdf",
            "sha256": "0a" * 32,
            "size": 1200,
        }
        issues = Issues("plan")
        return understand_document(RawDocument(**facts | changes), issues), [issue.field for issue in issues.all()]

    return make


@pytest.fixture
def body(reference):
    def make(**changes):
        facts = {
            "source": "cerv_site",
            "reference": "contact/at",
            "fetched_at": FETCHED,
            "role": "national_contact_point",
            "programme": "CERV",
            "country": "Austria",
            "name": "Office for Europe",
            "url": "https://example.org/at",
        }
        issues = Issues("contact/at")
        found = understand_body(RawBody(**facts | changes), reference, issues)
        return found, [issue.field for issue in issues.all()]

    return make


def test_a_document_was_first_and_last_fetched_on_the_day_of_its_record(document):
    found, problems = document()
    assert (found.first_fetched, found.last_fetched) == (date(2026, 11, 5), date(2026, 11, 5))
    assert (found.label, found.language, found.size, problems) == ("Plan of 2027", "en", 1200, [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reference": "javascript:alert(1)"}, "reference"),
        ({"reference": ""}, "reference"),
        ({"sha256": "../../etc/passwd"}, "sha256"),
        ({"sha256": "0A" * 32}, "sha256"),
    ],
)
def test_a_document_that_cannot_be_shown_or_found_is_left_out_and_recorded(document, changes, field):
    assert document(**changes) == (None, [field])


@pytest.mark.parametrize(
    ("changes", "field", "empty"),
    [({"found_on": "file:///x"}, "found_on", "found_on"), ({"language": "English"}, "language", "language")],
)
def test_what_is_wrong_with_a_document_is_left_empty_and_recorded(document, changes, field, empty):
    found, problems = document(**changes)
    assert (getattr(found, empty), problems) == ("", [field])


def test_a_body_is_of_a_programme_and_a_country(body):
    found, problems = body()
    assert (found.programme, found.country, found.as_of, problems) == ("CERV", "AT", date(2026, 11, 5), [])


@pytest.mark.parametrize("changes", [{"name": " "}, {"role": ""}, {"reference": "\u200b"}])
def test_a_body_without_a_name_is_left_out_and_recorded(body, changes):
    assert body(**changes) == (None, list(changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": "Atlantis"}, "country"),
        ({"country": "European Union"}, "country"),
        ({"url": "mailto:office@example.org"}, "url"),
        ({"programme": "Moonshot"}, "programme"),
    ],
)
def test_what_is_unknown_of_a_body_is_left_empty_and_recorded(body, changes, field):
    found, problems = body(**changes)
    assert (getattr(found, field) or None, problems) == (None, [field])


def test_silence_about_country_and_address_is_no_issue(body):
    found, problems = body(country="", url="", programme="")
    assert (found.country, found.url, found.programme, problems) == (None, "", None, [])


@pytest.mark.parametrize("language", EU_LANGUAGES)
def test_every_country_is_known_by_its_name_in_every_language(language):
    names = Locale.parse(language).territories
    expected = {names[code]: code for code in known_codes()}
    assert {name: country_named(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [("EL", "GR"), ("uk", "GB"), ("Czech Republic", "CZ"), ("the Netherlands", "NL"), ("ITALIA", "IT"), ("EU", None)],
)
def test_codes_and_usual_names(text, code):
    assert country_named(text) == code
