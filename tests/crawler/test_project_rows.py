"""Which rows of the projects index count, what is taken of their participants, and which documents a topic links to."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.source import RawCall, RawLink
from crawler.spiders.funding_tenders.call_documents import call_documents_first, document_links, is_closed
from crawler.spiders.funding_tenders.project_rows import (
    INDEX,
    BadParticipants,
    read_participants,
    read_project,
    reason_to_drop,
)
from crawler.spiders.funding_tenders.rows import read_call
from matcher.model import CallKind

NOW = datetime(2026, 11, 20, tzinfo=UTC)
DOCS = "https://ec.europa.eu/info/funding-tenders/opportunities/docs/2021-2027"


def row(reference="43251589101", language="en", **metadata):
    return {"reference": reference, "language": language, "metadata": {name: [v] for name, v in metadata.items()}}


def participants(*entries, **metadata):
    return read_participants(row(participants=json.dumps(entries), **metadata))


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (row(DATASOURCE=INDEX), None),
        (row(), None),
        (row(reference=""), "rows without a reference"),
        (row(DATASOURCE="SEDIA"), "rows of another database"),
        (row(language="fr"), "translations"),
    ],
)
def test_which_rows_count(found, reason):
    assert reason_to_drop(found) == reason


def test_the_programme_is_its_number_else_its_abbreviation():
    assert read_project(row(programId="43251589", programAbbreviation="CERV"), "s", NOW).programme == "43251589"
    assert read_project(row(programAbbreviation="CERV"), "s", NOW).programme == "CERV"


def test_of_an_address_city_and_country_are_taken():
    country = {"id": 20000922, "abbreviation": "IT", "description": "Italy"}
    address = {"street": "VIA UNO 1", "postalCode": "1", "city": "Ravenna", "countryCode": country}
    (one,), persons = participants({"legalName": "F", "pic": 907143904, "postalAddress": address, "sme": False})
    assert one.model_dump(exclude_defaults=True) == {
        "pic": "907143904",
        "name": "F",
        "country": "IT",
        "sme": "false",
        "city": "Ravenna",
    }
    assert persons == 0


@pytest.mark.parametrize(
    ("country", "found"),
    [
        ({"abbreviation": None, "description": "Italy", "id": 1}, "Italy"),
        ({"abbreviation": "", "description": None, "id": 20000922}, "20000922"),
        (None, ""),
        ("IT", ""),
    ],
)
def test_a_country_without_its_abbreviation(country, found):
    (one,), _ = participants({"legalName": "F", "postalAddress": {"countryCode": country}})
    assert one.country == found


@pytest.mark.parametrize("field", ["type", "organizationType", "activityType"])
@pytest.mark.parametrize("word", ["NP", "Natural Person", "NATURAL_PERSON"])
def test_a_person_is_left_out_with_the_region_that_is_theirs(field, word):
    body = row(participants=json.dumps([{"legalName": "M. MUSTER", field: word}, {"legalName": "TOWN", "type": "PUB"}]))
    body["metadata"]["nutsCode"] = ["AT13", "DE30"]
    (one,), persons = read_participants(body)
    assert (one.name, one.nuts, persons) == ("TOWN", "DE30", 1)


def test_regions_that_cannot_be_told_apart_are_left_out():
    (one,), _ = participants({"legalName": "TOWN"}, nutsCode="")
    assert one.nuts == ""
    body = row(participants=json.dumps([{"legalName": "TOWN"}]))
    body["metadata"]["nutsCode"] = ["AT13", "DE30"]
    assert read_participants(body)[0][0].nuts == ""


def test_a_mail_address_is_no_site():
    assert participants({"legalName": "F", "webLink": "info@example.org"})[0][0].web == ""
    assert participants({"legalName": "F", "webLink": "www.example.org"})[0][0].web == "www.example.org"


@pytest.mark.parametrize("text", ['[{"role":', "{}", "[1]", "null", "[" * 100_000, "nothing"])
def test_participants_that_cannot_be_read(text):
    with pytest.raises(BadParticipants):
        read_participants(row(participants=text))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["postalAddress", "countryCode", "legalName", "pic", "city", "role", "sme"]), inner
            )
        ),
    )
)
def test_no_value_in_a_participant_breaks_it(value):
    (one,), _ = participants({"legalName": value, "postalAddress": value, "pic": value, "role": value})
    assert all(isinstance(text, str) for text in one.model_dump().values())


@pytest.mark.parametrize(
    ("acronym", "name", "said"),
    [
        ("HOME", "Small groups", "HOME: Small groups"),
        ("HOME", "Home: small groups", "Home: small groups"),
        ("HOME", "", "HOME"),
        ("", "Small  groups", "Small groups"),
        ("", "", ""),
    ],
)
def test_a_sub_grant_names_the_project_that_gives_it(acronym, name, said):
    found = row(type="8", callTitle="T", projectAcronym=acronym, projectName=name)
    assert read_call(found, "s", NOW).granting_project == said


def topic(**fields):
    facts = {"source": "s", "reference": "1TOPICSen", "kind": CallKind.TOPIC, "url": "https://x", "fetched_at": NOW}
    return RawCall(**facts | fields)


def test_documents_of_a_topic_each_once_with_label_and_language():
    fiche = f"{DOCS}/amif/wp-call/2027/call-fiche_amif-2027_en.pdf"
    conditions = (
        f'<div class="x">"<p><a href="{fiche}">the <b>call</b>\ndocument</a></p>'
        '<a href="/info/funding-tenders/opportunities/docs/af_amif.docx">Form</a><a href="https://x.eu/page.html">p</a>'
        '<a href="mailto:a@b.eu">m</a><a href="http://[bad.pdf">b</a><a>no</a>'
    )
    links = json.dumps(
        [{"url": fiche, "criterionDescription": "Call"}, {"url": "https://x.eu/submit?id=1"}, 7, {"url": 1}]
    )
    assert document_links(topic(conditions=conditions, links=links)) == (
        RawLink(url=fiche, label="Call", language="en"),
        RawLink(url="https://ec.europa.eu/info/funding-tenders/opportunities/docs/af_amif.docx", label="Form"),
    )
    assert [one.label for one in document_links(topic(conditions=conditions))] == ["the call document", "Form"]


@pytest.mark.parametrize("links", ["", "[", "{}", "7", "null"])
def test_links_that_are_no_list_hold_no_document(links):
    assert document_links(topic(links=links)) == ()


def test_the_calls_own_documents_come_first():
    form, fiche = (RawLink(url=f"{DOCS}/amif/{path}") for path in ("temp-form/af.docx", "wp-call/2027/fiche.pdf"))
    assert call_documents_first([(form, "a"), (fiche, "b")]) == [(fiche, "b"), (form, "a")]


@pytest.mark.parametrize(("status", "closed"), [("31094503", True), ("Closed", True), ("31094502", False), ("", False)])
def test_closed_by_label(status, closed):
    assert is_closed(topic(status=status)) is closed
