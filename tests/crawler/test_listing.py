"""What all sources with lists share: nothing is lost in silence, and no page is taken for what it is not."""

from dataclasses import replace

import pytest

from crawler.load import READ_RECORD
from crawler.run import crawl
from matcher.settings import Settings
from tests.doubles.notices import BOARD, HOST, SOURCE, board, notice, page
from tests.doubles.replay import Page, Replay

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
LOGIN = page("", '<form action="/login"><input type="password"></form>', "Sign in").body


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Crawl pages as the source `notices`: its report and its raw records."""
    monkeypatch.setattr("crawler.run.sources", lambda: {"notices": SOURCE})

    def run(*pages: Page, hosts=(HOST,)):
        with Replay(pages, hosts=hosts) as sites:
            settings = Settings(home=tmp_path, host_map=sites.host_map)
            spiders = {"SPIDER_MODULES": ["tests.doubles.notices"], "RETRY_TIMES": 1}
            folder, report = crawl("notices", settings, delay=0.0, time_limit=60, scrapy=spiders)
        lines = (folder / "raw.jsonl").read_text(encoding="utf-8").splitlines()
        return report, [READ_RECORD.validate_json(line) for line in lines]

    return run


def titles(records) -> list[str]:
    return [record.title for record in records if record.record == "call"]


def test_all_pages_of_a_list_are_read(read):
    second = f"{BOARD}?page=1"
    report, records = read(
        board("ab", after="?page=1", total=3), board("c", url=second), notice("a"), notice("b"), notice("c")
    )
    assert titles(records) == ["Notice a", "Notice b", "Notice c"]
    assert (report.complete, report.listed, report.fetched) == (True, 3, 3)
    assert report.failures == report.alarms == report.issues == ()


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (board("ab", url=f"{BOARD}?page=1"), "holds nothing that earlier pages did not"),
        (board("", url=f"{BOARD}?page=1"), "holds nothing that earlier pages did not"),
        (Page(f"{BOARD}?page=1", LOGIN), "has no 'ol.notices'; its title is 'Sign in'"),
        (Page(f"{BOARD}?page=1", b"gone", 404), "answered 404"),
        (Page(f"{BOARD}?page=1", PDF), "is a PDF"),
        (Page(f"{BOARD}?page=1", PDF, type="application/pdf"), "is a PDF"),
        (Page(f"{BOARD}?page=1", b"{}", type="application/json"), "is no HTML page (application/json)"),
        (Page(f"{BOARD}?page=1", board("c").body[:-20]), "cut off"),
    ],
    ids=["repeats", "empty", "login", "404", "pdf as html", "pdf", "json", "cut off"],
)
def test_a_list_that_cannot_be_read_to_its_end_makes_the_run_incomplete(read, second, said):
    report, _ = read(board("ab", after="?page=1"), second, notice("a"), notice("b"))
    assert not report.complete
    assert any(said in failure and "page=1" in failure for failure in report.failures)


def test_a_page_that_is_linked_in_several_ways_is_read_once(read):
    listed = board("ab")
    ways = f'<li><a href="http://{HOST}/notice/a">a</a></li><li><a href="/notice/b/?x=1#top">b</a></li></ol>'.encode()
    report, records = read(replace(listed, body=listed.body.replace(b"</ol>", ways)), notice("a"), notice("b"))
    assert titles(records) == ["Notice a", "Notice b"]
    assert (report.listed, report.issues) == (2, ())


def test_a_list_shorter_than_it_says_makes_the_run_incomplete(read):
    report, _ = read(board("ab", total=20), notice("a"), notice("b"))
    assert report.failures == (f"{BOARD}: the list says it has 20 entries, its pages held 2",)


BROKEN = {
    "500": (Page("", b"", 500), "answered 500"),
    "login": (Page("", LOGIN), "has no 'article.notice'; its title is 'Sign in'"),
    "pdf": (Page("", PDF), "is a PDF, though it was served as a page"),
    "moved": (Page("", status=302, location="https://other.example/b"), "other.example"),
    "cut": (replace(notice("b"), body=notice("b").body.replace(b"</body></html>", b"")), "cut off"),
    "huge": (replace(notice("b"), body=notice("b").body + b" " * (16 * 1024 * 1024)), "larger than"),
}
"""Pages that cannot be read, by name, and what is said of them."""


def test_a_page_that_cannot_be_read_is_an_issue_and_the_others_go_on(read):
    broken = [replace(page, url=f"https://{HOST}/notice/{name}") for name, (page, _) in BROKEN.items()]
    listed = board(["a", *BROKEN, "z"])
    report, records = read(listed, notice("a"), notice("z"), *broken, hosts=(HOST, "other.example"))
    assert titles(records) == ["Notice a", "Notice z"]
    assert (report.complete, report.listed, report.fetched) == (True, len(BROKEN) + 2, 2)
    problems = {issue.reference.rpartition("/")[2]: issue.problem for issue in report.issues}
    assert problems.keys() == BROKEN.keys()
    assert [name for name, (_, said) in BROKEN.items() if said not in problems[name]] == []


def test_a_host_that_answers_200_to_anything_is_found_out(read):
    nothing = page(f"https://{HOST}/no-such-page-asked-for-as-a-test", "<p>Welcome</p>", "Welcome")
    same = page(f"https://{HOST}/notice/b", '<article class="notice">Welcome</article>', "Welcome")
    report, records = read(nothing, board("ab"), notice("a"), same)
    assert titles(records) == ["Notice a"]
    assert "answered 200" in report.alarms[0]
    assert "is what this host answers to any address" in report.issues[0].problem


@pytest.mark.parametrize(("status", "rules"), [(200, b"User-agent: *\nDisallow: /board"), (503, b"")])
def test_robots_txt_is_obeyed(read, status, rules):
    robots = Page(f"https://{HOST}/robots.txt", rules, status, "text/plain")
    report, records = read(robots, board("a"), notice("a"))
    assert records == []
    assert not report.complete
    assert any("robots.txt" in failure for failure in report.failures)


def test_bytes_are_read_as_what_they_are_not_as_what_is_declared(read):
    """UTF-8 declared as Latin-1, and Windows-1252 declared as UTF-8."""
    utf8 = replace(notice("a", "Città"), type="text/html; charset=iso-8859-1")
    old = replace(notice("b"), body=notice("b", "Città").body.decode().encode("cp1252"))
    _, records = read(board("ab"), utf8, old)
    assert ["Città" in record.description for record in records] == [True, True]


def test_what_stands_in_a_comment_is_not_read(read):
    listed = board("a")
    twice = replace(listed, body=listed.body.replace(b"<body>", b"<body><!--" + board("z").body + b"-->"))
    assert titles(read(twice, notice("a"))[1]) == ["Notice a"]


def test_deep_nesting_is_read_or_refused_but_never_endless(read):
    deep = notice("b", "<div>" * 100_000 + "deep" + "</div>" * 100_000)
    report, records = read(board("ab"), notice("a"), deep)
    assert "Notice a" in titles(records)
    assert len(records) + len(report.issues) == 2


def test_call_documents_are_kept_by_their_content(read, tmp_path):
    files = [
        Page(f"https://{HOST}/a.pdf", PDF, type="text/html"),
        Page(f"https://{HOST}/b.pdf", PDF),
        Page(f"https://{HOST}/c.pdf", LOGIN),
    ]
    links = "".join(f'<a class="file" href="/{name}.pdf">x</a>' for name in "abc")
    report, records = read(
        board("a"), notice("a", links + '<a class="file" href="https://other.example/d.pdf">x</a>'), *files
    )
    kept = [record for record in records if record.record == "document"]
    assert [record.reference[-5:] for record in kept] == ["a.pdf", "b.pdf"]
    assert {(record.media_type, record.size) for record in kept} == {("application/pdf", len(PDF))}
    sha = kept[0].sha256
    assert (tmp_path / "documents" / sha[:2] / sha).read_bytes() == PDF
    assert [(issue.reference[-5:], issue.field) for issue in report.issues] == [("c.pdf", "documents")]
    assert "neither PDF nor office document" in report.issues[0].problem


def test_a_document_that_could_not_be_had_leaves_nothing_behind(read, tmp_path):
    links = '<a class="file" href="/gone.pdf">x</a><a class="file" href="/huge.pdf">x</a>'
    huge = Page(f"https://{HOST}/huge.pdf", PDF + b" " * 17 * 1024 * 1024)
    gone = Page(f"https://{HOST}/gone.pdf", b"gone", status=410)
    report, records = read(board("a"), notice("a", links), gone, huge)
    assert titles(record for record in records if record.record == "call") == ["Notice a"]
    assert sorted(issue.problem.split(": ")[-1][:11] for issue in report.issues) == ["answered 41", "larger than"]
    assert list((tmp_path / "documents").iterdir()) == []
