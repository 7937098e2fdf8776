"""`funding record` saves pages that replay like their site, without what points to a person or a session."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.record import PAGES, recording, without_noise, without_traces
from crawler.run import crawl
from crawler.source import sources
from matcher.settings import Settings
from tests.doubles.replay import Page, Replay, pages_in, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
PLANTED = (
    '<p>Ask Jana Nováková, jana.novakova@ministry.example, +420 221 111 222.</p><a href="/login;jsessionid=8A2F">in</a>'
    '<script>track("visitor-77")</script><input type="hidden" name="form_token" value="t0k3n">'
)
TRACES = ("jana.novakova", "221 111", "8A2F", "visitor-77", "t0k3n")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A source with planted personal data, recorded: the folder, and the raw records of the crawl that was recorded."""
    name = "eui_portico"
    pages = [_planted(page) for page in pages_of(name)]
    folder = tmp_path_factory.mktemp("recorded")
    return name, folder, _crawled(name, pages, tmp_path_factory, recording(folder, 100))


def test_recorded_pages_replay_like_the_site(recorded, tmp_path_factory):
    name, folder, records = recorded
    assert records
    assert _crawled(name, pages_in(folder), tmp_path_factory) == records


@pytest.mark.parametrize("name", ["ewsi", "funded_projects", "interreg", "social_innovation_plus"])
def test_recordings_of_every_platform_replay_alike(name, tmp_path_factory):
    """The Europa theme, the portal's search by POST, WordPress with its totals in headers, and pages in prose."""
    folder = tmp_path_factory.mktemp("recorded")
    records = _crawled(name, pages_of(name), tmp_path_factory, recording(folder, 200))
    assert records
    assert _crawled(name, pages_in(folder), tmp_path_factory) == records


def test_recorded_pages_hold_no_trace_of_persons_and_sessions(recorded):
    _, folder, _ = recorded
    kept = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert [trace for trace in TRACES if trace in kept] == []
    assert "Nováková" in kept, "names in running text are for the reader of the fixture to take out"


def test_a_redirect_is_kept_as_one(tmp_path_factory):
    name = "eui_portico"
    pages = pages_of(name)
    moved = Page(url=pages[0].url, status=301, location="/elsewhere?page=0")
    there = Page(url=f"https://{pages[0].host}/elsewhere?page=0", body=pages[0].body)
    folder = tmp_path_factory.mktemp("recorded")
    _crawled(name, [moved, there, *pages[1:]], tmp_path_factory, recording(folder, 100))
    entries = yaml.safe_load((folder / PAGES).read_text(encoding="utf-8"))
    assert {"url": moved.url, "status": 301, "location": there.url} in entries


def test_no_more_pages_are_saved_than_asked_for(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded")
    _crawled("eui_portico", pages_of("eui_portico"), tmp_path_factory, recording(folder, 2))
    assert len(yaml.safe_load((folder / PAGES).read_text(encoding="utf-8"))) <= 3  # one may have been on its way


def test_data_in_scripts_stays_and_code_goes():
    page = (
        "<html><head><script>spy()</script><style>p{}</style></head><body><!-- a second copy -->"
        '<script type="application/json">{"call": 1}</script><script type="__PREACT_CLI_DATA__">%7B%7D</script>'
        '<img src="data:image/png;base64,AAAA"><p nonce="n0nce">text</p></body></html>'
    )
    kept = without_noise(page)
    assert '{"call": 1}' in kept
    assert "%7B%7D" in kept
    assert "a second copy" in kept
    assert not [gone for gone in ("spy()", "p{}", "AAAA", "n0nce") if gone in kept]


@given(st.from_regex(r"[a-z]{1,12}(\.[a-z]{1,8})?@[a-z]{1,10}\.(eu|org|example)", fullmatch=True))
def test_no_mail_address_stays(address):
    assert address not in without_traces(f"Write to {address}, please").replace("name@example.org", "")


@pytest.mark.parametrize("number", ["+371 6700 0000", "0032 2 299 11 11", "tel:0221221111", "+49 (0)30/1234-567"])
def test_no_international_phone_number_stays(number):
    assert without_traces(f"Call {number}.") == "Call +00 000 000 000."


def test_no_street_stays_in_data_within_data():
    inner = json.dumps([{"legalName": "Town of X", "postalAddress": {"street": "Main Street 1", "city": "X"}}])
    kept = without_traces(json.dumps({"participants": [inner]}))
    assert "Main Street" not in kept
    assert json.loads(json.loads(kept)["participants"][0])[0]["postalAddress"] == {"street": "", "city": "X"}


@pytest.mark.parametrize("kept", ["EUR 2 000 000 000", "15/06/2026 14:00", "2021/1060", "/node/00123456789", "100 %"])
def test_amounts_dates_and_addresses_stay(kept):
    assert without_traces(kept) == kept


def _planted(page: Page) -> Page:
    body = page.body.replace(b"</main>", f"{PLANTED}</main>".encode())
    return replace(page, body=body)


def _crawled(name, pages, tmp_path_factory, scrapy=None) -> list[str]:
    with Replay(pages, hosts=sources()[name].hosts) as sites:
        settings = Settings(home=tmp_path_factory.mktemp("home"), host_map=sites.host_map)
        folder, _ = crawl(name, settings, delay=0.0, options={"fetched_at": DAY}, scrapy=scrapy)
    lines = (folder / "raw.jsonl").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith('{"record": "document"')]  # they go past the recorder


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["a", "a.", "-", "1 ", "+1", "[at]", "sid=", '"street'])
def test_a_long_page_is_made_unrecognisable_in_no_time(piece):
    long = piece * (1_000_000 // len(piece))
    assert without_traces(f"{long} anna.k@example.com")[-16:] == "name@example.org"
