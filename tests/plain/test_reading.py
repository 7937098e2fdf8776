"""Who may read the pages of an organisation that is not public."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest

from dashboard.plain import links, reading
from matcher.alerts.readers.tokens import Purpose, Tokens
from matcher.model import Dislike
from matcher.service import Service
from matcher.workspaces.desk import Desk
from matcher.workspaces.permissions import User
from tests.doubles import small_store
from tests.doubles.plain_visitor import asked, visitor_of
from tests.doubles.small_store import MIGRANT_LED, MUNICIPALITY

NOW = datetime.now(UTC)
OWN = "own-town"
PATHS = ["/plain/matches", "/plain/call", "/plain/matches.csv", "/plain/matches.txt", "/plain/call.ics"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A service where people sign in, and an organisation that somebody entered."""
    settings = small_store.made_world(tmp_path_factory.mktemp("shared"))
    settings = settings.model_copy(update={"oidc_issuer": "https://login.example"})
    service = Service(settings)
    own = service.profile(MUNICIPALITY).model_copy(update={"id": OWN, "name": "A town of its own"})
    service.store.organisations.save(own, NOW)
    return service


@pytest.fixture(scope="module")
def stranger(shared):
    return visitor_of(shared.settings)


def ask(visitor, path=PATHS[0], key="", profile=OWN):
    return visitor.get(path, params=asked(profile=profile, call=small_store.WOMEN, **({"key": key} if key else {})))


@pytest.mark.parametrize("path", PATHS)
def test_without_a_key_it_is_as_if_there_was_none(stranger, path):
    answer = ask(stranger, path)
    assert answer.status_code == 404
    assert "A town of its own" not in answer.text
    assert answer.text == ask(stranger, path, profile="no-such-town").text.replace("no-such-town", OWN)


@pytest.mark.parametrize("path", PATHS)
def test_who_holds_the_key_reads_it_and_nobody_keeps_or_indexes_it(shared, stranger, path):
    answer = ask(stranger, path, reading.key(shared, OWN, NOW))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]


@pytest.mark.parametrize(
    "key",
    [
        "x",
        "é",
        lambda tokens: tokens(NOW).sign(Purpose.PLAIN, MIGRANT_LED),
        lambda tokens: tokens(NOW).sign(Purpose.SETTINGS, OWN),
        lambda tokens: tokens(NOW - timedelta(days=91)).sign(Purpose.PLAIN, OWN),
        lambda tokens: tokens(NOW).sign(Purpose.PLAIN, OWN)[:-2],
    ],
)
def test_no_other_key_opens_it(shared, stranger, key):
    given = key if isinstance(key, str) else key(lambda at: Tokens(shared.settings, lambda: at))
    answer = ask(stranger, key=given)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_the_key_goes_along_with_the_links_of_the_page_and_not_into_files(shared, stranger):
    key = reading.key(shared, OWN, NOW)
    page = ask(stranger, key=key).text
    assert page.count(urlencode({"key": key})) > 10
    assert f'name="key" value="{key}"' in page
    assert key not in ask(stranger, "/plain/matches.csv", key).text
    assert key not in ask(stranger, "/plain/call.ics", key).text


def test_examples_need_no_key_and_are_not_told_with_one(shared, stranger):
    assert reading.key(shared, MUNICIPALITY, NOW) == ""
    assert ask(stranger, profile=MUNICIPALITY).status_code == 200
    assert "A town of its own" not in stranger.get("/plain").text


def test_whoever_uses_their_own_machine_alone_needs_no_key(shared):
    alone = visitor_of(shared.settings.model_copy(update={"oidc_issuer": ""}))
    assert ask(alone).status_code == 200
    assert "A town of its own" in alone.get("/plain").text


@pytest.mark.parametrize("reached", [{"public_url": "https://funding.example"}, {"trusted_proxy": "127.0.0.1"}])
def test_without_sign_in_others_read_what_is_public_and_nothing_of_what_is_done_about_it(shared, reached):
    site = Service(shared.settings.model_copy(update={"oidc_issuer": ""} | reached))
    visitor, call = visitor_of(site.settings), small_store.WOMEN
    before = visitor.get("/plain/matches.csv", params=asked(profile=MUNICIPALITY)).text
    Desk(site.store, User(is_single=True)).dismiss(MUNICIPALITY, call, Dislike.TOO_LARGE, "", NOW)
    assert quote(call) in before
    assert visitor.get("/plain/matches.csv", params=asked(profile=MUNICIPALITY)).text == before
    site.store.workspaces.drop(MUNICIPALITY, call)
    assert ask(visitor).status_code == 404
    assert "A town of its own" not in visitor.get("/plain").text


def test_an_organisation_that_took_the_place_of_an_example_is_not_public(tmp_path_factory):
    settings = small_store.made_world(tmp_path_factory.mktemp("taken"))
    service = Service(settings.model_copy(update={"oidc_issuer": "https://login.example"}))
    service.store.organisations.save(service.profile(MUNICIPALITY), NOW)
    assert ask(visitor_of(service.settings), profile=MUNICIPALITY).status_code == 404


def test_addresses_name_what_is_asked_for_and_no_more():
    assert links.matches("riga", "lv") == "/plain/matches?lang=lv&profile=riga"
    assert links.call("a:b&c", "", "en", links.Form.PDF) == "/plain/call.pdf?lang=en&call=a%3Ab%26c"
