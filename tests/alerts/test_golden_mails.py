"""Whole mails, kept to be read by a person. A missing one is written and the test fails, so that somebody reads it."""

from pathlib import Path

import pytest

from matcher.alerts.digests.planning import plan_digests
from matcher.alerts.digests.rhythm import slot_of
from matcher.alerts.letters.confirmation import Confirmation
from matcher.alerts.letters.render import render
from matcher.languages import LANGUAGES
from matcher.model import MailKind, Rhythm, SubscriptionState
from tests.alerts.golden_world import MONDAY, confirmation, golden_world, links, rendered, subscriber
from tests.doubles.news_world import at_seven

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def world(settings, tmp_path_factory):
    return golden_world(settings, tmp_path_factory.mktemp("golden") / "home")


@pytest.fixture(scope="module")
def municipality(world):
    return subscriber(world, "grenoble-alpes-metropole", "fr")


@pytest.fixture(scope="module")
def migrant_led(world):
    return subscriber(world, "new-women-connectors", "en")


def compare(name, mail):
    """Raises unless the mail reads as the kept one."""
    written = {"txt": f"Subject: {mail.subject}\n\n{mail.text}", "html": mail.html}
    missing = []
    for ending, text in written.items():
        file = GOLDEN / f"{name}.{ending}"
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            missing.append(file.name)
        assert text == file.read_text(encoding="utf-8"), f"{file.name} reads otherwise; if that is right, delete it"
    assert not missing, f"written for the first time, read them: {', '.join(missing)}"


def test_a_municipality_in_french(world, municipality):
    compare("municipality.fr", rendered(world, municipality))


def test_a_migrant_led_organisation_in_english(world, migrant_led):
    compare("migrant_led.en", rendered(world, migrant_led))


def test_an_urgent_mail(settings, tmp_path):
    world = golden_world(settings, tmp_path / "home")
    compare("urgent.en", rendered(world, subscriber(world, "riga", "en", urgent=True), MailKind.URGENT))


def test_the_mail_that_asks_to_confirm(world):
    one = subscriber(world, "utrecht", "en").model_copy(update={"state": SubscriptionState.PENDING})
    content = Confirmation(
        profile="utrecht", name="Gemeente Utrecht", rhythm=Rhythm.WEEKLY, urgent=True, asked=at_seven(MONDAY)
    )
    mail = confirmation(content.model_dump_json())
    compare("confirmation.en", render(mail, one, links(world.settings)))


@pytest.fixture(scope="module")
def planned(world, municipality):
    plan_digests(world.service(), at_seven(MONDAY))
    (mail,) = world.store.outbox.mails(subscription=municipality.id, slot=slot_of(MONDAY))
    return mail


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_of_the_mail(world, municipality, planned, language):
    made = render(planned, municipality.model_copy(update={"language": language}), links(world.settings))
    assert f'<html lang="{language}">' in made.html
    assert made.text.count("https://funding.example/call?") == made.html.count("<h3") == 9
    assert "\n" not in made.subject
