"""Portico, the EUI's own site, URBACT, Social Innovation+ and EuroAccess: what is peculiar to each, and bad input."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from crawler.load import READ_RECORD, load_run
from crawler.run import crawl
from crawler.source import RawCall, sources
from crawler.spiders.erdf.eui_portico import EuiPortico
from crawler.spiders.erdf.eui_site import ROLLING, EuiSite, says_always_open
from crawler.spiders.erdf.euroaccess import EuroAccess, is_official
from crawler.spiders.erdf.urbact import called
from crawler.spiders.esf_plus.social_innovation_plus import call_reference
from matcher.model import CallStatus
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.replay import Page, Replay, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
FIRST_PAGE = {
    "eui_portico": "https://portico.urban-initiative.eu/urban-panorama/call-for-proposals",
    "eui_site": "https://www.urban-initiative.eu/calls-proposals",
    "urbact": "https://urbact.eu/get-involved",
    "social_innovation_plus": "https://www.esf.lt/en/social-innovation/calls-for-proposals/",
    "euroaccess": "https://www.euro-access.eu/en/calls",
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


def crawl_pages(source: str, pages: list[Page], home: Path, day: datetime = DAY):
    """Crawl pages as a source: run folder, report, and the calls and documents that were found."""
    with Replay(pages, hosts=(*sources()[source].hosts, "elsewhere.example")) as sites:
        settings = Settings(home=home, host_map=sites.host_map)
        once = {"RETRY_TIMES": 1}
        folder, report = crawl(source, settings, delay=0.0, time_limit=60, options={"fetched_at": day}, scrapy=once)
    lines = (folder / "raw.jsonl").read_text(encoding="utf-8").splitlines()
    return folder, report, [READ_RECORD.validate_json(line) for line in lines]


@pytest.fixture
def crawled(tmp_path):
    return lambda source, pages, day=DAY: crawl_pages(source, pages, tmp_path, day)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The calls of a source's kept pages as they are; each source is crawled once."""
    found: dict[str, list[RawCall]] = {}

    def read(source: str) -> list[RawCall]:
        if source not in found:
            found[source] = calls(crawl_pages(source, pages_of(source), tmp_path_factory.mktemp("home"))[2])
        return found[source]

    return read


def changed(source: str, url: str, **what) -> list[Page]:
    """The kept pages of a source, one of them changed."""
    pages = pages_of(source)
    assert url in {page.url for page in pages}
    return [replace(page, **what) if page.url == url else page for page in pages]


def body_of(source: str, url: str) -> bytes:
    return next(page.body for page in pages_of(source) if page.url == url)


def calls(records) -> list[RawCall]:
    return [record for record in records if isinstance(record, RawCall)]


def page(url: str, body: str) -> HtmlResponse:
    return HtmlResponse(url, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8")


def spider(kind, name: str):
    return kind(source=sources()[name], fetched_at=DAY)


# URBACT: one page, one call after another

A = "<h1>Get Involved!</h1><h2>Call for Transfer Networks open until 15 December 2026</h2><p>Six towns.</p>"
A_CHANGED = (
    "<h1>Get Involved!</h1><h2>Call for Transfer Networks is now closed</h2>"
    "<p>The deadline was 15 December 2026. Six to seven towns.</p>"
)
B = "<h1>Get Involved!</h1><h2>Call for Action Planning Networks open until 31 March 2027</h2><p>Eight towns.</p>"


def test_a_page_that_is_replaced_gives_new_calls_and_keeps_the_earlier_ones(crawled, tmp_path):
    runs = []
    for number, shown in enumerate((A, A_CHANGED, B)):
        body = page("", shown).body
        folder, report, _ = crawled("urbact", [Page(FIRST_PAGE["urbact"], body)], DAY + timedelta(days=number))
        assert report.complete
        with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
            runs.append(load_run(folder, store))
    assert [(run.new, run.changed) for run in runs] == [(1, 0), (0, 1), (1, 0)]
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        found = {call.reference: call for call in store.calls("urbact")}
        (earlier,) = store.versions(found["transfer-networks-2026"].id)
        assert store.versions(found["action-planning-networks-2027"].id) == []
    assert found.keys() == {"transfer-networks-2026", "action-planning-networks-2027"}
    assert "Six towns." in earlier.call.text
    assert "Six to seven towns." in found["transfer-networks-2026"].text
    assert found["transfer-networks-2026"].published_status is CallStatus.CLOSED


@pytest.mark.parametrize(
    ("shown", "name", "year"),
    [
        (
            "<h2>Call for Innovation Transfer Networks open from 10 January to 20 March 2024</h2>",
            "Innovation Transfer Networks",
            "2024",
        ),
        (
            "<h2>The call</h2><p>The first call for Action Planning Networks is open until 31 March 2023!</p>",
            "Action Planning Networks",
            "2023",
        ),
        (
            "<h2>CALL FOR TRANSFER NETWORKS OPEN</h2><p>Launched for 2021-2027.</p><p>Deadline: 1 June 2025</p>",
            "TRANSFER NETWORKS",
            "2025",
        ),
        ("<h2>Call for Good Practices Closed</h2>", "Good Practices", ""),
        (
            "<h2>Results of the Call for Good Practices 2024</h2><p>Call for Transfer Networks, opens in 2026</p>",
            "Transfer Networks",
            "2026",
        ),
        ("<h2>Call for Cities of Tomorrow 2026</h2>", "Cities of Tomorrow", "2026"),
    ],
)
def test_a_call_is_known_by_its_name_and_year(shown, name, year):
    found = called(page(FIRST_PAGE["urbact"], shown))
    assert (found.name, found.year) == (name, year)


@pytest.mark.parametrize(
    "shown", ["<h1>Get Involved!</h1>", "<p>A call for proposals is open.</p>", "<p>call for help</p>"]
)
def test_a_page_that_names_no_call_gives_none(shown):
    assert called(page(FIRST_PAGE["urbact"], shown)) is None


def test_a_page_between_two_calls_is_told_from_one_that_is_not_understood(crawled):
    _, between, _ = crawled(
        "urbact", [Page(FIRST_PAGE["urbact"], page("", "<h1>Join</h1><p>No call is open now.</p>").body)]
    )
    _, odd, _ = crawled("urbact", [Page(FIRST_PAGE["urbact"], page("", "<h1>Join</h1><p>Towns meet.</p>").body)])
    assert (between.complete, between.records) == (True, 0)
    assert "no call is open" in between.notes[-1]
    assert (odd.complete, odd.records) == (False, 0)
    assert "names no call" in odd.failures[0]


def test_a_second_call_on_the_page_and_a_call_without_year_are_said(crawled):
    both = "<h1>Join</h1><h2>Call for Transfer Networks</h2><h2>Call for Good Practices</h2>"
    _, report, records = crawled("urbact", [Page(FIRST_PAGE["urbact"], page("", both).body)])
    assert [call.reference for call in calls(records)] == ["transfer-networks"]
    assert [(issue.field, issue.found) for issue in report.issues] == [
        ("reference", "Call for Transfer Networks"),
        ("page", "Call for Good Practices"),
    ]


# Social Innovation+: the address says that a call is over

OPEN = "https://www.esf.lt/en/projects/work-for-the-long-term-unemployed"


def test_a_call_that_closes_stays_one_call(crawled, tmp_path):
    closed = OPEN.replace("/projects/", "/projektai/") + "-closed"
    path, moved = (url.removeprefix("https://www.esf.lt").encode() for url in (OPEN, closed))
    ended = [
        replace(page, url=page.url.replace(OPEN, closed), body=page.body.replace(path, moved))
        for page in pages_of("social_innovation_plus")
    ]
    found = []
    for pages in (pages_of("social_innovation_plus"), ended):
        folder, _, _ = crawled("social_innovation_plus", pages)
        with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
            run = load_run(folder, store)
            found.append((run.new, run.changed, {c.reference: c for c in store.calls("social_innovation_plus")}))
    (_, _, before), (new, changes, after) = found
    assert (new, changes) == (0, 1)
    assert before.keys() == after.keys()
    reference = "projects/work-for-the-long-term-unemployed"
    assert before[reference].published_status is CallStatus.UNKNOWN
    assert after[reference].published_status is CallStatus.CLOSED
    assert after[reference].url == closed


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        (OPEN, "projects/work-for-the-long-term-unemployed"),
        (f"{OPEN}-closed/", "projects/work-for-the-long-term-unemployed"),
        (
            "https://esf.lt/lt/projektai/work-for-the-long-term-unemployed-closed",
            "projects/work-for-the-long-term-unemployed",
        ),
        ("https://esf.lt/en/call-documents/1332", "call-documents/1332"),
        ("https://esf.lt/en/activities/1332", None),
        (f"{OPEN}/faq", None),
        ("https://esf.lt/en/projects", None),
    ],
)
def test_a_call_has_one_reference_in_all_its_addresses(url, reference):
    assert call_reference(url) == reference


def test_a_tab_that_cannot_be_read_costs_its_documents_not_the_call(crawled):
    tab = "https://www.esf.lt/en/projects/social-innovations-for-newcomers-in-small-towns/call-documents"
    _, report, records = crawled("social_innovation_plus", changed("social_innovation_plus", tab, status=500))
    assert "Social innovations for newcomers in small towns" in [call.title for call in calls(records)]
    assert f"{tab}: answered 500" in [issue.problem for issue in report.issues]


# The European Urban Initiative


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The call is continuously open.", True),
        ("Applications are assessed on a rolling basis.", True),
        ("This is an ongoing call.", True),
        ("Open on a permanent basis!", True),
        ("The call was open on a rolling basis until May.", False),
        ("The call is no longer continuously open.", False),
        ("The call is continuously open. It is always open but is paused.", False),
        ("The doors of the museum are open.", False),
        ("", False),
    ],
)
def test_only_what_the_page_says_makes_a_call_permanent(text, said):
    assert says_always_open([text]) is said


@pytest.mark.parametrize(
    ("label", "model", "status"), [("", "permanent", "Open"), ("Open", "permanent", "Open"), ("Closed", "", "Closed")]
)
def test_a_call_that_its_page_says_is_always_open_is_open_unless_its_label_says_otherwise(label, model, status):
    entry = ROLLING[0]
    shown = page(entry.url, f"<h1>Exchanges</h1><span>{label}</span><p>The call is continuously open.</p>")
    call = spider(EuiSite, "eui_site").record(entry, shown)
    assert (call.deadline_model, call.status) == (model, status)


def card(title: str, inner: str) -> str:
    heading = f'<h2 class="title-node">{title}</h2>' if title else "<h2>Untitled</h2>"
    return f'<article class="node node--type-call-for-proposals">{heading}{inner}</article>'


def portico(*cards: str):
    reader = spider(EuiPortico, "eui_portico")
    entries = list(reader.entries(page(FIRST_PAGE["eui_portico"], "".join(cards))))
    return reader, [reader.record(entry, None) for entry in entries]


def test_a_card_says_whose_call_it_is_and_only_named_programmes_are_set():
    by = '<a href="/x">By {}</a><a href="https://a.example/{}">Find out more</a>'
    issuers = ["European Urban Initiative", "URBACT", "Friends of the European Urban Initiative"]
    _, found = portico(*(card(f"Call {n}", by.format(name, n)) for n, name in enumerate(issuers)))
    assert [call.programme for call in found] == ["EUI", "URBACT", ""]


def test_issuer_and_kind_of_support_are_known_without_a_link_and_sentences_are_no_issuer():
    lines = (
        "<div>By learning from each other, towns become better.</div><div>By 3 May</div><div>{}</div>"
        "<div>Support type : Grant</div><div>DEADLINE : 05/12/2026</div>"
    )
    whose = ("By European Urban Initiative", "By <b>URBACT</b>")
    _, found = portico(*(card(f"Call {n}", lines.format(name)) for n, name in enumerate(whose)))
    assert [call.programme for call in found] == ["EUI", "URBACT"]
    assert {(call.types_of_action, call.deadlines) for call in found} == {(("Grant",), ("05/12/2026",))}


def test_calls_are_found_by_relative_links_too():
    links = "<a href='calls-proposals/fifth'>Fifth</a><a href='/calls-proposals/fourth/'>4</a><a href='/about'>x</a>"
    entries = list(spider(EuiSite, "eui_site").entries(page(FIRST_PAGE["eui_site"], links)))
    assert [entry.title for entry in entries] == ["Fifth", "4"]
    assert entries[0].url == f"{FIRST_PAGE['eui_site']}/fifth"


def test_cards_that_share_a_link_are_calls_of_their_own():
    same = '<a href="/x">By Fund</a><a href="https://a.example/">Find out more</a>'
    _, found = portico(card("One", same), card("Two", same))
    assert [(call.reference, call.url) for call in found] == [
        ("fund/one", "https://a.example/"),
        ("fund/two", "https://a.example/"),
    ]


def test_what_a_card_lacks_is_said_and_not_guessed():
    reader, found = portico(
        card("", "Open"), card("Named", "<div>Deadline date :</div><a>By Fund</a>"), card("Alone", "Open")
    )
    assert [(call.title, call.deadlines, call.status) for call in found] == [("Named", (), ""), ("Alone", (), "Open")]
    assert [(issue.field, issue.reference) for issue in reader.issues] == [
        ("title", FIRST_PAGE["eui_portico"]),
        ("programme", "alone"),
    ]


# EuroAccess

TEXTS = ("description", "conditions", "applicants", "support", "lead_rule", "budget", "grant_max", "rate_percent")


def test_nothing_but_names_codes_and_dates_is_taken_from_a_list_that_is_not_ours(crawled):
    folder, _, records = crawled("euroaccess", pages_of("euroaccess"))
    assert len(calls(records)) == 6
    assert {getattr(call, field) for call in calls(records) for field in TEXTS} == {""}
    assert "PRIVATE WORDS" in json.dumps([page.body.decode() for page in pages_of("euroaccess")])
    assert "PRIVATE WORDS" not in (folder / "raw.jsonl").read_text(encoding="utf-8")


def test_a_second_copy_in_a_comment_and_links_for_style_make_no_further_calls(crawled):
    _, report, records = crawled("euroaccess", pages_of("euroaccess"))
    assert [call.reference for call in calls(records)] == [f"calls/{number}" for number in range(2901, 2907)]
    assert "CERV-2020-WRONG-COPY" not in {code for call in calls(records) for code in call.mentions}
    assert calls(records)[0].identifier == "CERV-2026-CITIZENS-TOWN-NT"  # the value begins with its own label
    assert report.issues == ()


def test_a_list_on_several_pages_is_read_to_its_end():
    reader = spider(EuroAccess, "euroaccess")
    pager = '<ul class="pagination"><li class="active">1</li><li><a href="?sent=search&page=1">2</a></li></ul>'
    assert (
        reader.next_page(page(FIRST_PAGE["euroaccess"], pager), 0) == f"{FIRST_PAGE['euroaccess']}?sent=search&page=1"
    )
    assert reader.next_page(page(FIRST_PAGE["euroaccess"], pager.replace('class="active"', "")), 1) is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://ec.europa.eu/info/topic-details/x", True),
        ("https://urbact.eu/get-involved", True),
        ("https://urbact.eu/", False),
        ("https://www.euro-access.eu/en/calls/1/x", False),
        ("https://ec.europa.eu.evil.example/x", False),
        ("javascript:alert(1)", False),
        ("ftp://ec.europa.eu/x", False),
        ("", False),
    ],
)
def test_official_addresses(url, said):
    assert is_official(url) is said


def test_a_row_without_a_link_is_said():
    reader = spider(EuroAccess, "euroaccess")
    cells = ("<td>No link</td><td>01.01.2027 12:00</td>", '<td><a href="/en/about">About</a></td>')
    rows = "".join(f'<tr><td class="title">P</td>{cell}</tr>' for cell in cells)
    listed = page(FIRST_PAGE["euroaccess"], f'<table id="calls-overview"><tbody>{rows}</tbody></table>')
    assert list(reader.entries(listed)) == []
    assert [issue.found for issue in reader.issues] == ["P No link 01.01.2027 12:00", "P About"]


# Bad input, for each of the five


def renamed(body: bytes) -> bytes:
    """The page after a redesign: classes, ids, headings and paths are called something else."""
    text = re.sub(r'(?:class|id)="[^"]*"', lambda found: re.sub(r'(?<=[" ])(?=[\w-])', "new-", found[0]), body.decode())
    text = re.sub(r"<(/?)h[12]\b", r"<\1strong", text)
    return re.sub(r"/(?:calls-proposals|projects|projektai)/", "/offers/", text).encode()


def elsewhere(body: bytes) -> dict:
    return {"status": 302, "location": "https://elsewhere.example/list"}


FAULTS = {
    "cut": (lambda body: {"body": body[: len(body) * 2 // 3]}, "cut off"),
    "renamed": (lambda body: {"body": renamed(body)}, "has no "),
    "pdf": (lambda body: {"body": PDF}, "is a PDF, though it was served as a page"),
    "elsewhere": (elsewhere, "elsewhere.example"),
    "error": (lambda body: {"status": 503}, "answered 503"),
}
"""What can be wrong with a page: what it is instead, and what is said of it."""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("source", FIRST_PAGE)
def test_a_list_that_cannot_be_read_fails_the_run_and_names_the_place(crawled, source, fault):
    change, said = FAULTS[fault]
    url = FIRST_PAGE[source]
    there = Page("https://elsewhere.example/list", body_of(source, url))
    _, report, records = crawled(source, [there, *changed(source, url, **change(there.body))])
    assert not report.complete
    assert any(said in failure and url in failure for failure in report.failures)
    rolling = {call.url for call in calls(records)}
    assert all("capacity-building" in address for address in rolling), "a call was made of a page that is none"


@pytest.mark.parametrize("source", ["eui_site", "social_innovation_plus", "euroaccess"])
def test_calls_that_cannot_be_read_are_said_and_the_others_stay(crawled, plain, source):
    before = {call.url: call for call in plain(source)}
    broken = dict(zip(list(before)[: len(FAULTS)], FAULTS.values(), strict=False))
    pages = [
        replace(page, **broken[page.url][0](page.body)) if page.url in broken else page for page in pages_of(source)
    ]
    _, report, records = crawled(source, [Page("https://elsewhere.example/list", PDF), *pages])
    said = {issue.reference: issue.problem for issue in report.issues if issue.field == "page"}
    assert said.keys() == broken.keys()
    assert [url for url, (_, words) in broken.items() if words not in said[url]] == []
    assert calls(records) == [call for url, call in before.items() if url not in broken]


@pytest.mark.parametrize("source", FIRST_PAGE)
def test_what_a_reader_does_not_see_changes_no_call(crawled, plain, source):
    """Another charset than declared, the list a second time in a comment, and elements nested 20,000 deep."""
    url, body = FIRST_PAGE[source], body_of(source, FIRST_PAGE[source]).decode()
    copy = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).replace("2026", "2020").replace("/calls/29", "/calls/17")
    deep = "<div>" * 20_000 + "</div>" * 20_000
    odd = body.replace("<body", f"<!--{copy}--><body", 1).replace("</body>", f"{deep}</body>")
    pages = [
        replace(page, type="text/html; charset=iso-8859-1") if page.body.startswith(b"<!DOCTYPE html>") else page
        for page in changed(source, url, body=odd.encode())
    ]
    _, report, records = crawled(source, pages)
    assert report.complete
    assert calls(records) == plain(source)


@pytest.mark.parametrize("source", FIRST_PAGE)
@pytest.mark.parametrize(("status", "rules"), [(200, b"User-agent: *\nDisallow: /"), (503, b"")], ids=["no", "503"])
def test_a_site_that_does_not_want_to_be_read_is_not_read(crawled, source, status, rules):
    robots = [Page(f"https://{host}/robots.txt", rules, status, "text/plain") for host in sources()[source].hosts]
    pages = [page for page in pages_of(source) if not page.url.endswith("/robots.txt")]
    _, report, records = crawled(source, [*robots, *pages])
    assert records == []
    assert not report.complete
    assert any("robots.txt" in failure and FIRST_PAGE[source] in failure for failure in report.failures)


@pytest.mark.parametrize("source", ["urbact", "eui_portico"])
def test_a_page_of_16_megabytes_is_refused(crawled, source):
    url = FIRST_PAGE[source]
    huge = body_of(source, url) + b"<!--" + b" " * 16 * 1024 * 1024 + b"--></html>"
    _, report, records = crawled(source, changed(source, url, body=huge))
    assert not report.complete
    assert any(url in failure and "larger than" in failure for failure in report.failures)
    assert records == []
