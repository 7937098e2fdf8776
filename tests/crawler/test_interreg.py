"""Interreg: a site that fails is named and keeps no other from being read; no call is made of what is none."""

import io
import zipfile
from urllib.parse import urlsplit

import pytest
from scrapy.http import HtmlResponse

from crawler.load import READ_RECORD
from crawler.platforms.prose_pages import without_surroundings
from crawler.run import crawl
from crawler.source import sources
from crawler.spiders.erdf.interreg_europe import key_of
from crawler.spiders.erdf.interreg_watch import Site, calls_on, load_watch
from matcher.settings import Settings
from tests.doubles.replay import FIXTURES, Page, Replay, pages_of

DANUBE = "https://interreg-danube.eu/calls-for-proposals"
SUDOE = "https://interreg-sudoe.eu/en/next-calls/"
OPEN, CLOSED = (f"https://interregviarobg.eu/en/calls-for-proposals{end}" for end in ("", "-1"))
EUROPE = "https://www.interregeurope.eu/next-call-for-projects"
PLANNING = "https://www.interregeurope.eu/sites/default/files/2026-08/calls-planning.xlsx"
NESTED = b"<div>" * 6000


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Crawl the kept pages of a source, some of them changed: its report and its calls by reference."""

    def run(name, *changed: Page):
        kept = {page.url: page for page in pages_of(name)} | {page.url: page for page in changed}
        with Replay(kept.values(), hosts=sources()[name].hosts) as sites:
            settings = Settings(home=tmp_path_factory.mktemp("home"), host_map=sites.host_map)
            folder, report = crawl(name, settings, delay=0.0, time_limit=60)
        lines = (folder / "raw.jsonl").read_text(encoding="utf-8").splitlines()
        records = [READ_RECORD.validate_json(line) for line in lines]
        return report, {record.reference: record for record in records if record.record == "call"}

    return run


def kept(url: str) -> bytes:
    name = next(name for name in ("interreg", "interreg_europe") if url in {page.url for page in pages_of(name)})
    return next(page.body for page in pages_of(name) if page.url == url)


def sites_of(calls) -> set[str]:
    return {reference.partition("/")[0] for reference in calls}


@pytest.mark.parametrize(
    "faults",
    [
        {
            Page("https://interreg-danube.eu/robots.txt", b"User-agent: *\nDisallow: /calls", type="text/plain"): (
                f"Interreg Danube Region: its calls stay as they were: {DANUBE}: Forbidden by robots.txt"
            ),
            Page("https://interreg-sudoe.eu/robots.txt", b"", 500): f"{SUDOE}: not asked for, robots.txt could not",
            Page(CLOSED, location="https://elsewhere.example/", status=302): "elsewhere.example",
        },
        {
            Page(DANUBE, kept(DANUBE)[:-30]): f"{DANUBE}: is cut off",
            Page(SUDOE, b"%PDF-1.7\n" + kept(SUDOE)): f"{SUDOE}: is a PDF",
            Page(CLOSED, kept(CLOSED) + b" " * 16 * 1024 * 1024): CLOSED,
        },
        {
            Page(DANUBE, kept(DANUBE).replace(b"<main>", b"<div>")): f"{DANUBE}: has no 'main, ",
            Page(SUDOE, kept(SUDOE).replace(b"<h2>", b"<b>").replace(b"</h2>", b"</b>")): f"{SUDOE} names no call",
            Page(CLOSED, b"<html><title>Sign in</title></html>"): f"{CLOSED}: has no 'main, ",
            Page(OPEN, kept(OPEN).replace(b"There are no open", b"Here are our")): f"{OPEN} names no call, and does",
        },
    ],
    ids=["refused", "no page", "another page"],
)
def test_a_site_that_fails_is_named_and_the_others_are_read(read, faults):
    report, calls = read("interreg", *faults)
    assert (report.complete, report.failures) == (True, ())
    for said in faults.values():
        assert len([alarm for alarm in report.alarms if said in alarm]) == 1, report.alarms
    assert all(any(f"//{fault.host}/" in alarm for fault in faults) for alarm in report.alarms)
    assert {"hub", "central", "romania-hungary"} <= sites_of(calls)
    assert not {"danube", "romania-bulgaria"} & sites_of(calls)
    assert not [reference for reference in calls if reference.startswith("sudoe/convocatoria")]


def test_a_run_in_which_no_site_could_be_read_is_not_complete(read):
    names = {urlsplit(page.url).netloc for page in pages_of("interreg")}
    report, calls = read("interreg", *(Page(f"https://{name}/robots.txt", b"", 500) for name in names))
    assert (report.complete, calls) == (False, {})
    assert report.failures == ("none of the watched sites could be read",)
    assert len(report.alarms) == sum(len(site.addresses) for site in load_watch().sites)


def test_a_page_in_another_charset_than_declared_or_nested_without_end_is_read(read):
    spanish = kept(SUDOE).decode().encode("cp1252")
    deep = kept(DANUBE).replace(b"<main>", b"<main>" + NESTED).replace(b"</main>", b"</div>" * 6000 + b"</main>")
    report, calls = read("interreg", Page(SUDOE, spanish), Page(DANUBE, deep))
    assert calls["sudoe/convocatoria-de-capitalizacion"].title == "Convocatoria de capitalización"
    named = [alarm for alarm in report.alarms if DANUBE in alarm]
    assert named or "danube/4-call-for-proposals" in calls
    assert report.complete


def test_a_call_whose_own_page_fails_keeps_what_the_list_says(read):
    report, calls = read("interreg", Page(f"{DANUBE}/fourth-call", b"gone", 410))
    call = calls["danube/4-call-for-proposals"]
    assert (call.title, call.status, call.url) == ("Fourth call for proposals", "open", DANUBE)
    assert "In two steps, for all priorities." in call.description
    assert ("danube/4-call-for-proposals", "page") in {(issue.reference, issue.field) for issue in report.issues}


def test_two_calls_of_one_name_on_a_page_are_named(read):
    twice = kept(DANUBE).replace(b"</main>", b"<h3>Third call for proposals</h3><p>Another one.</p></main>")
    report, calls = read("interreg", Page(DANUBE, twice))
    (issue,) = (issue for issue in report.issues if issue.field == "title")
    assert (issue.reference, issue.found) == ("danube/3-call-for-proposals", "2 times")
    assert "Another one." in calls["danube/3-call-for-proposals"].description


def test_every_watched_host_may_be_asked_and_every_site_has_its_own_name():
    watched = load_watch().sites
    hosts = {urlsplit(address).hostname for site in watched for address in site.addresses}
    assert hosts <= set(sources()["interreg"].hosts)
    assert len({site.name for site in watched}) == len(watched)


SITE = Site(name="here", programme="Here", platform="page", addresses=(), evidence="made up")


def named(html: str, **changed):
    page = HtmlResponse("https://example.eu/calls", body=f"<main>{html}</main>".encode(), encoding="utf-8")
    return calls_on(without_surroundings(page), SITE.model_copy(update=changed), load_watch())


def test_a_call_ends_where_a_heading_as_high_begins():
    first, second = named(
        "<div><h2>First call</h2></div><div><p>a</p><h3>Call documents</h3><p>b</p></div>tail"
        "<h2>Second call (closed)</h2><p>c</p><h2>Contacts</h2><p>d</p>"
    )
    assert [(call.title, call.status) for call in (first, second)] == [
        ("First call", ""),
        ("Second call (closed)", "closed"),
    ]
    assert first.html == "<div><p>a</p><h3>Call documents</h3><p>b</p>tail</div>"
    assert second.html == "<div><p>c</p></div>"


def test_a_heading_over_several_calls_says_their_status():
    found = named(
        "<h1>Calls for proposals</h1><h2>Planned calls</h2><h3>Fifth call</h3><h2>Convocatorias cerradas</h2>"
        "<h3>Cuarta convocatoria</h3><h2>Also</h2><h3>An open call for towns</h3>"
    )
    assert [(call.title, call.status) for call in found] == [
        ("Fifth call", "planned"),
        ("Cuarta convocatoria", "cerradas"),
        ("An open call for towns", ""),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>How does a call work?</h2>",
        "<h2>Call timeline</h2>",
        "<h2>Results of the third call</h2>",
        "<h2>Contact</h2><p>Third call for proposals</p>",
        "<!-- <h2>Third call</h2> -->",
        "<nav><h2>Third call</h2></nav>",
        "<h2>Recalled and so-called</h2>",
    ],
)
def test_what_speaks_of_calls_names_none(html):
    assert named(html) == []


@pytest.mark.parametrize(
    "title",
    [
        "Call 4 - Competitive call for green projects",
        "Appel à projets 2026",
        "Második felhívás",
        "Apel de proiecte mici",
        "Трета покана за предложения",
        "2. Aufruf zur Einreichung",
    ],
)
def test_a_call_is_named_in_many_languages(title):
    assert [call.title for call in named(f"<h3>{title}</h3>")] == [title]


def test_tables_name_a_call_a_row_and_headings_may_be_bold_paragraphs():
    table = (
        "<table><tr><th>Call</th><th>Opening</th><th>Closing</th><th>For</th></tr>"
        "<tr><td>1st call</td><td>2023</td><td>31/03/2023</td><td>a &lt; b</td></tr></table>"
    )
    (row,) = named(f"<h2>Past calls</h2>{table}")
    assert (row.title, row.status, row.opening, row.closing) == ("1st call", "past", "2023", "31/03/2023")
    assert "<p>For: a &lt; b</p>" in row.html
    (bold,) = named(f"<p><strong>Second call</strong></p><p>x</p>{table}", headings="p > strong:only-child")
    assert bold.title == "Second call"
    assert table.replace("<tr>", "") not in bold.html
    assert "31/03/2023" in bold.html


def test_one_call_has_one_key_however_it_is_written():
    words = load_watch().words
    assert {words.key(title) for title in ("Third call", "3rd Call", "third call (closed)")} == {"3-call"}
    assert words.key("Open call for towns") == "open-call-for-towns"
    assert words.key("Första Ärendet") == "forsta-arendet"


NOTHING = b"""<html><title>T</title><main><h1>Call for projects</h1><p>Welcome.</p></main></html>"""
ENDED = NOTHING.replace(b"Welcome.", b"We are not planning any more open calls.")


def test_interreg_europe_that_says_that_nothing_follows_may_name_no_call(read):
    report, calls = read("interreg_europe", Page(EUROPE, ENDED))
    assert (report.complete, calls, report.alarms) == (True, {}, ())
    assert report.notes[-1] == "the site says 'not planning any more': no further call is to be expected from it"


def test_interreg_europe_reads_calls_in_a_table_and_in_sentences_of_one_page(read):
    told = b"""<table><tr><th>Call</th><th>Opening</th><th>Closing</th></tr><tr><td>First call</td><td>5 April 2022</td>
        <td>31 May 2022, 12:00 CEST</td></tr></table>
        <p>The second call was open between 15 March and 9 June 2023.</p>"""
    _, calls = read("interreg_europe", Page(EUROPE, NOTHING.replace(b"<p>Welcome.</p>", told)))
    assert {key: (call.opening, call.deadlines) for key, call in calls.items()} == {
        "calls/1-call": ("5 April 2022", ("31 May 2022, 12:00 CEST",)),
        "calls/2-call": ("", ("9 June 2023",)),
    }


def test_interreg_europe_does_without_its_second_page(read):
    report, _ = read("interreg_europe", Page(EUROPE, ENDED))
    assert report.complete
    moved = Page("https://www.interregeurope.eu/apply-for-funding", b"", 404)
    report, _ = read("interreg_europe", moved, Page(EUROPE, ENDED))
    assert report.complete
    assert report.alarms == ("https://www.interregeurope.eu/apply-for-funding: answered 404",)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page(EUROPE, NOTHING), "names no call, and does not say that there is none"),
        (Page(EUROPE, ENDED.replace(b"main", b"div")), "has no 'main'"),
        (Page(EUROPE, ENDED[:-8]), "is cut off"),
        (Page(EUROPE, b"", 404), "answered 404"),
    ],
    ids=["neither", "landmark", "cut off", "404"],
)
def test_interreg_europe_that_says_nothing_is_a_failure(read, page, said):
    report, calls = read("interreg_europe", page)
    assert (report.complete, calls) == (False, {})
    (failure,) = report.failures
    assert failure.startswith(EUROPE)
    assert said in failure


def renamed(workbook: bytes, header: bytes, other: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(header, other))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ((FIXTURES / "tables" / "last-cell.xlsx").read_bytes(), "17179869184 cells"),
        (renamed(kept(PLANNING), b">Opening date<", b">Sluice<"), "row 3: ['Call', 'Type of call', 'Sluice'"),
    ],
    ids=["bomb", "other headers"],
)
def test_a_planning_file_that_cannot_be_read_is_an_alarm_and_the_pages_are_read(read, content, said):
    report, calls = read("interreg_europe", Page(PLANNING, content, type="application/octet-stream"))
    assert set(calls) == {"calls/1-call", "calls/2-call", "calls/3-call"}
    (alarm,) = report.alarms
    assert alarm.startswith(PLANNING)
    assert said in alarm


def test_calls_of_one_kind_are_not_one_call():
    assert {key_of(title) for title in ("First call", "1st call for projects", "Call 1")} == {"1-call"}
    assert key_of("Call for towns") != key_of("Call for islands")
