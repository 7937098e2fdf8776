"""Pages of calls over a real socket: what proves that one is gone, what proves nothing, and whom nobody asks."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from crawler import link_check
from crawler.link_check import allowed_hosts, check_links, due, is_askable
from crawler.link_run import ask
from crawler.run import CannotCrawl
from crawler.spider import NO_SUCH_PAGE
from matcher.model import Call, CallKind, CallStatus, Deadline, PageAnswer, Run, RunOutcome, next_check
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.site import Says, Site

ANSWERED, MISSING, SILENT = PageAnswer
MONDAY = date(2027, 3, 1)
TUESDAY = date(2027, 3, 2)
HOST = "www.esf.lt"
SOURCE = "lithuania"
NOT_FOUND = Says(status=404)
NOWHERE = f"/calls/{NO_SUCH_PAGE}"


def a_call(reference: str, url: str | None = None, **facts) -> Call:
    return Call(
        **{
            "source": SOURCE,
            "reference": reference,
            "identifier": reference,
            "title": f"Call {reference}",
            "kind": CallKind.CALL,
            "url": f"https://{HOST}/calls/{reference}" if url is None else url,
            "published_status": CallStatus.OPEN,
            "deadlines": (Deadline(day=date(2027, 9, 1)),),
            "as_of": MONDAY,
        }
        | facts
    )


def a_run(day: date, **facts) -> Run:
    started = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    return Run(
        **{"id": f"{SOURCE}/{day}", "source": SOURCE, "started": started, "as_of": day, "outcome": RunOutcome.OK}
        | facts
    )


@pytest.fixture
def site():
    with Site({NOWHERE: [NOT_FOUND]}) as site:
        yield site


@pytest.fixture
def settings(tmp_path, site):
    return Settings(home=tmp_path, host_map=f"{HOST}={site.address}")


@pytest.fixture
def store(settings):
    with open_store(settings.database_url) as store:
        yield store


@pytest.fixture
def look(settings):
    """What is seen of pages of the double, in one process for all of them."""

    def run(*urls: str) -> dict:
        return ask([url if "://" in url else f"https://{HOST}{url}" for url in urls], {HOST: 0.0}, settings)

    return run


def test_what_an_answer_proves(site, look):
    site.answers |= {
        "/calls/there": [Says(headers=(("Content-Type", "text/html"),), body=b"<title>A call</title><p>x")],
        "/calls/404": [NOT_FOUND],
        "/calls/410": [Says(status=410)],
        "/calls/403": [Says(status=403)],
        "/calls/moved": [Says(status=301, headers=(("Location", "/calls/there"),))],
        "/calls/to-nowhere": [Says(status=301, headers=(("Location", "/calls/404"),))],
        "/calls/to-front": [Says(status=302, headers=(("Location", "/lt/"),))],
        "/calls/abroad": [Says(status=302, headers=(("Location", "https://elsewhere.test/"),))],
        "/calls/here": [Says(status=302, headers=(("Location", f"{site.address}/secret"),))],
        "/calls/error": [Says(headers=(("Content-Type", "text/html"),), body=b"<title>Page not found</title><p>x")],
    }
    seen = look(*(path for path in site.answers if path != NOWHERE))
    assert {url.rsplit("/", 1)[1]: answer.answer for url, answer in seen.items()} == {
        "there": ANSWERED,
        "404": MISSING,
        "410": MISSING,
        "403": SILENT,
        "moved": ANSWERED,
        "to-nowhere": MISSING,
        "to-front": SILENT,
        "abroad": SILENT,
        "here": SILENT,
        "error": SILENT,
    }
    assert all(answer.note for answer in seen.values() if answer.answer is SILENT)
    assert site.pages().count(NOWHERE) == 1
    assert site.pages().count("/") == 1
    assert "/secret" not in site.pages()


@pytest.mark.parametrize("failing", [Says(status=503), Says(cut=True)])
def test_a_failing_server_proves_nothing(site, look, failing):
    site.answers["/calls/a"] = [failing]
    (seen,) = look("/calls/a").values()
    assert seen.answer is SILENT


@pytest.mark.parametrize("says", [Says(), Says(status=403), Says(status=302, headers=(("Location", "/"),))])
def test_where_an_impossible_page_is_not_missing_no_page_is_asked_for(site, look, says):
    site.answers |= {NOWHERE: [says], "/calls/a": [NOT_FOUND], "/calls/b": [NOT_FOUND]}
    seen = look("/calls/a", "/calls/b")
    assert {answer.answer for answer in seen.values()} == {SILENT}
    assert not {"/calls/a", "/calls/b"} & set(site.pages())


def test_a_host_that_misses_even_its_front_page_is_not_believed(site, look):
    site.answers |= {"/": [NOT_FOUND], "/calls/a": [NOT_FOUND]}
    (seen,) = look("/calls/a").values()
    assert seen.answer is SILENT
    assert "front page" in seen.note


def test_what_robots_txt_forbids_is_not_asked_for(site, look):
    site.answers |= {
        "/robots.txt": [Says(body=b"User-agent: *\nDisallow: /private/\n")],
        f"/private/{NO_SUCH_PAGE}": [NOT_FOUND],
        "/calls/a": [NOT_FOUND],
    }
    seen = look("/calls/a", "/private/b")
    assert [answer.answer for answer in seen.values()] == [MISSING, SILENT]
    assert not [path for path in site.pages() if path.startswith("/private/")]


def test_a_host_that_is_not_allowed_is_not_asked_even_if_it_is_given(site, look):
    (seen,) = look(f"{site.address}/calls/a").values()
    assert seen.answer is SILENT
    assert site.visits == []


def test_pauses_of_single_hosts_are_kept(site, settings):
    ask([f"https://{HOST}/calls/{number}" for number in range(3)], {HOST: 0.3, "other.test": 0.0}, settings)
    moments = [moment for moment, path in site.visits if path != "/robots.txt"]
    assert len(moments) == 4
    assert all(later - earlier >= 0.28 for earlier, later in pairwise(moments))


def test_what_was_seen_when_the_time_is_over_is_kept(site, settings):
    site.answers["/calls/b"] = [Says(wait=3)]
    pages = [f"https://{HOST}/calls/{name}" for name in "abc"]
    seen = ask(pages, {HOST: 0.0}, settings, time_limit=2.5)
    assert {url: answer.answer for url, answer in seen.items()} == dict.fromkeys(pages[:2], ANSWERED)
    assert "/calls/c" not in site.pages()


def test_two_days_without_a_page_make_it_gone_and_an_answer_brings_it_back(site, settings, store):
    site.answers["/calls/a"] = [NOT_FOUND, Says(status=403), NOT_FOUND, Says()]
    call = a_call("a")
    store.save_run(a_run(MONDAY), [call])
    days = [MONDAY + timedelta(days=number) for number in range(4)]
    found = []
    for day in days:
        (check,) = check_links(settings, store, day, delay=0.0)
        found.append((check.answer, check.gone_since, store.pages.gone(day)))
    nothing = frozenset()
    assert found == [
        (MISSING, None, nothing),
        (SILENT, None, nothing),
        (MISSING, MONDAY, {call.url}),
        (ANSWERED, None, nothing),
    ]


def test_twice_on_one_day_is_asked_and_counted_once(site, settings, store):
    site.answers["/calls/a"] = [NOT_FOUND]
    store.save_run(a_run(MONDAY), [a_call("a")])
    assert len(check_links(settings, store, MONDAY, delay=0.0)) == 1
    assert check_links(settings, store, MONDAY, delay=0.0) == []
    assert len(site.asked("/calls/a")) == 1


def test_what_was_known_on_an_earlier_day_is_told_as_it_was():
    check = None
    for day in (MONDAY, TUESDAY):
        check = next_check(check, "https://a.test/", day, MISSING)
    assert not check.is_gone(MONDAY)
    assert check.is_gone(TUESDAY)
    assert next_check(check, check.url, TUESDAY, MISSING).strikes == (MONDAY, TUESDAY)


def test_absent_calls_come_first_then_what_was_not_seen_for_the_longest_time():
    urls = {name: a_call(name).url for name in ("absent", "old", "new", "never")}
    known = {
        urls["old"]: next_check(None, urls["old"], MONDAY - timedelta(days=9), ANSWERED),
        urls["new"]: next_check(None, urls["new"], MONDAY - timedelta(days=1), ANSWERED),
        urls["absent"]: next_check(None, urls["absent"], MONDAY - timedelta(days=1), ANSWERED),
    }
    calls = [a_call(name, last_seen=MONDAY) for name in ("old", "new", "never")]
    calls.append(a_call("absent", last_seen=MONDAY - timedelta(days=1)))
    assert due(calls, [a_run(MONDAY)], known, {HOST}, MONDAY) == [
        urls[name] for name in ("absent", "never", "old", "new")
    ]


@pytest.mark.parametrize(
    "facts",
    [{"outcome": RunOutcome.FAIL}, {"programmes": ("AMIF",)}, {"snapshot": True}, {"partial": True}],
)
def test_absence_from_a_reading_that_is_not_whole_means_nothing(facts):
    calls = [a_call("z", last_seen=MONDAY - timedelta(days=1)), a_call("a", last_seen=MONDAY)]
    assert due(calls, [a_run(MONDAY, **facts)], {}, {HOST}, MONDAY) == [calls[1].url, calls[0].url]


def test_closed_calls_are_not_looked_at():
    over = a_call("over", deadlines=(Deadline(day=MONDAY - timedelta(days=1)),))
    assert due([over], [], {}, {HOST}, MONDAY) == []


def test_the_number_a_night_is_bounded_in_all_and_for_each_host():
    calls = [a_call(f"{host}{n}", f"https://{host}/calls/{n}") for host in ("a.test", "b.test") for n in range(9)]
    pages = due(calls, [], {}, {"a.test", "b.test"}, MONDAY, most=7, most_per_host=4)
    assert [page.split("/")[2] for page in pages] == ["a.test"] * 4 + ["b.test"] * 3


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://127.0.0.1/",
        "http://localhost/calls",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "https://elsewhere.test/calls",
        f"https://{HOST}.elsewhere.test/",
        f"https://sub.{HOST}/",
        f"https://user@{HOST}/",
        f"https://{HOST}:8443/",
        f"https://{HOST}:http/",
        f"https://{HOST}@127.0.0.1/",
        f"file://{HOST}/etc/passwd",
        f"ftp://{HOST}/",
        f"javascript://{HOST}/",
    ],
)
def test_an_address_that_leads_elsewhere_is_never_asked(url, site, settings, store):
    assert not is_askable(url, {HOST})
    store.save_run(a_run(MONDAY), [a_call("a", url)])
    assert check_links(settings, store, MONDAY, delay=0.0) == []
    assert site.visits == []


def test_the_registry_says_who_may_be_asked_and_how_often():
    pauses = allowed_hosts({})
    assert pauses[HOST] >= 1.0
    assert pauses["home-affairs.ec.europa.eu"] == 5.0
    assert all(is_askable(f"https://{host}/", pauses) for host in pauses)
    with pytest.raises(CannotCrawl, match=r"127\.0\.0\.1"):
        allowed_hosts({}, delay=0.1)


def test_the_command_tells_what_it_saw(site, settings, store, monkeypatch):
    site.answers["/calls/a"] = [NOT_FOUND]
    store.save_run(a_run(MONDAY), [a_call("a", deadlines=(Deadline(day=date(2999, 1, 1)),))])
    monkeypatch.setenv("FUNDING_HOME", str(settings.home))
    monkeypatch.setenv("FUNDING_HOST_MAP", settings.host_map)
    command = [sys.executable, "-P", "-m", "crawler", "check-links", "--delay=0", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (told,) = json.loads(done.stdout)
    assert (told["answer"], told["gone_since"]) == ("missing", None)
    assert len(store.pages.checks()) == 1


def test_a_night_is_bounded():
    assert link_check.NIGHTLY_PER_HOST < link_check.NIGHTLY <= 500
