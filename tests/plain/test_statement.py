"""The accessibility statement, and what the privacy notice says of whoever signs in."""

import pytest

from dashboard.plain.statement import contact_link
from matcher.languages import LANGUAGES
from tests.doubles.plain_visitor import visitor_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_ours_leads_to_the_statement(visitor, language):
    for path in ("/plain", "/privacy", "/alerts/subscribe", "/nowhere-of-ours/", "/accessibility"):
        if path != "/nowhere-of-ours/":
            assert f'href="/accessibility?lang={language}"' in visitor.get(path, params={"lang": language}).text


def test_it_names_faults_the_other_way_and_the_contact(world):
    named = world.model_copy(update={"contact": "help@town.example"})
    page = visitor_of(named).get("/accessibility").text
    for word in ("partially conforms", "3.1.2", "2.5.8", 'href="/plain?lang=en"', 'href="mailto:help@town.example"'):
        assert word in page
    assert "has not named a contact" in visitor_of(world).get("/accessibility").text


@pytest.mark.parametrize(
    ("contact", "leads_to"),
    [
        ("https://town.example/contact", "https://town.example/contact"),
        ("Town <help@town.example>", "mailto:help@town.example"),
        ("javascript:alert(1)", ""),
        ("a@b.example?bcc=c@d.example", ""),
        ("Town Hall, room 3", ""),
    ],
)
def test_a_contact_leads_to_a_page_or_a_mail(contact, leads_to):
    assert contact_link(contact) == leads_to


def test_the_notice_tells_what_is_kept_of_who_signs_in(visitor):
    page = visitor.get("/privacy", params={"lang": "en"}).text
    for word in ("If you sign in", "never see your password", "who sees to it", "90 days"):
        assert word in page
