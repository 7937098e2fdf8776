"""WordPress sites: all posts or a named failure, through the REST interface or the feed."""

import asyncio
import json
import time
from datetime import date

import pytest
from scrapy.http import Response, TextResponse

from crawler.platforms.wordpress import Blog, feed_address, read_posts, rest_address
from crawler.spider import NoAnswer, Refused, WrongPage

BLOG = Blog("https://example.eu/en")
HTML = b"<!DOCTYPE html><html><title>Sign in</title></html>"


class Visitor:
    """What `read_posts` needs of a spider; the answers are given by address."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []
        self.notes, self.issues, self.announced = [], [], {}

    async def fetch(self, request):
        self.asked.append(request.url)
        answer = self.answers.get(request.url, (404, b'{"code": "rest_no_route"}', {}))
        if isinstance(answer, Exception):
            raise answer
        status, body, headers = answer
        kind = TextResponse if headers.get("Content-Type", "").startswith("text/html") else Response
        return kind(request.url, status=status, body=body, headers=headers)

    def issue(self, reference, field, problem, found=""):
        self.issues.append((reference, field, problem))


def read(answers, blog=BLOG):
    visitor = Visitor(answers)
    return asyncio.run(read_posts(visitor, blog)), visitor


def entry(number, **changed):
    made = {
        "id": number,
        "link": f"https://example.eu/en/post-{number}/",
        "title": {"rendered": f"Call {number} &#8211; <em>towns</em> &amp; cities"},
        "content": {"rendered": f"<p>Text {number}</p>"},
        "date_gmt": "2026-03-01T10:00:00",
        "modified_gmt": "2026-03-02T10:00:00",
    }
    return made | changed


def rest(*entries, total=None, pages=1, status=200):
    headers = {"X-WP-Total": str(len(entries) if total is None else total), "X-WP-TotalPages": str(pages)}
    return status, json.dumps(entries).encode(), headers


def item(number, day="Sun, 01 Mar 2026 11:00:00 +0100", title="", link=None):
    address = f"https://example.eu/en/post-{number}/" if link is None else link
    return (
        f"<item><title>{title or f'Call {number}'}</title><link>{address}</link><pubDate>{day}</pubDate>"
        f"<content:encoded><![CDATA[<p>Text {number}</p>]]></content:encoded></item>"
    )


def feed(*items, start='<?xml version="1.0" encoding="UTF-8"?>', end="</channel></rss>", encoding="utf-8"):
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return 200, f'{start}<rss version="2.0" {space}><channel>{"".join(items)}{end}'.encode(encoding), {}


def addresses(*feeds):
    """The pages of a feed, behind a closed REST interface."""
    return {feed_address(BLOG, number): page for number, page in enumerate(feeds, start=1)}


def test_all_pages_are_read_and_titles_are_plain():
    pages = {
        rest_address(BLOG, 1): rest(entry(1), entry(2), total=3, pages=2),
        rest_address(BLOG, 2): rest(entry(3), total=3, pages=2),
    }
    posts, visitor = read(pages)
    assert [post.url for post in posts] == [f"https://example.eu/en/post-{number}/" for number in (1, 2, 3)]
    assert (posts[0].title, posts[0].html) == ("Call 1 – towns & cities", "<p>Text 1</p>")
    assert (posts[0].published, posts[0].modified) == ("2026-03-01T10:00:00+00:00", "2026-03-02T10:00:00+00:00")
    assert (visitor.notes, visitor.issues, visitor.announced) == ([], [], {"https://example.eu/en/ posts": 3})


def test_a_type_of_posts_and_conditions_are_asked_for():
    blog = Blog("https://example.eu", "calls", since=date(2026, 1, 1), filters={"search": "a b"})
    address = rest_address(blog, 2)
    assert address.startswith("https://example.eu/wp-json/wp/v2/calls?search=a+b&after=2026-01-01T00%3A00%3A00&")
    assert "&per_page=100&page=2&orderby=id&order=asc&_fields=id%2Clink%2C" in address


def test_no_post_at_all_is_an_answer_too():
    assert read({rest_address(BLOG, 1): rest(pages=0)})[0] == []


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (rest(entry(1), entry(2), total=3, pages=2), "page 2 of 2 holds nothing that earlier pages did not"),
        (rest(total=3, pages=2), "page 2 of 2 holds nothing that earlier pages did not"),
        (rest(entry(3), total=4, pages=2), "3 posts announced on page 1, 4 on page 2"),
        (rest(entry(2), entry(4), entry(3), total=3, pages=2), "3 posts announced, 4 met"),
        ((200, HTML, {}), "no JSON, it begins with b'<!DOCTYPE"),
        ((403, b'{"code": "rest_forbidden"}', {}), "answered 403 (rest_forbidden)"),
        ((500, b'{"code": "internal_server_error"}', {}), "answered 500"),
        ((200, json.dumps([entry(3)]).encode()[:-9], {}), "JSON that cannot be read"),
        (NoAnswer("page 2: larger than 16777216 bytes"), "larger than"),
    ],
)
def test_a_second_page_that_is_not_the_second_page_fails_the_site(second, said):
    first = rest(entry(1), entry(2), total=3, pages=2)
    with pytest.raises(NoAnswer) as failure:
        read({rest_address(BLOG, 1): first, rest_address(BLOG, 2): second} | addresses(feed(item(1))))
    assert said in str(failure.value)
    assert "page" in str(failure.value)


@pytest.mark.parametrize(
    "first",
    [
        (200, b"[" * 100_000, {"X-WP-Total": "1", "X-WP-TotalPages": "1"}),
        (200, b'[{"id": 1' + b"0" * 5000 + b"}]", {"X-WP-Total": "1", "X-WP-TotalPages": "1"}),
        (200, b'{"a": 1}', {}),
        (200, b"%PDF-1.7", {}),
        rest(entry(1), total=2),
        rest(entry(1, title={"raw": "T"}), entry(2, title="T")),
        rest(entry(1, content="<p>T</p>")),
        rest(entry(1, link=None)),
    ],
    ids=["deep", "huge number", "object", "pdf", "too few", "title", "content", "link"],
)
def test_a_first_page_in_another_form_fails_the_site(first):
    with pytest.raises(WrongPage, match="wp/v2/posts"):
        read({rest_address(BLOG, 1): first} | addresses(feed(item(1))))


def test_more_pages_than_any_site_has_are_not_read():
    with pytest.raises(WrongPage, match="61 pages, at most 60 are read"):
        read({rest_address(BLOG, 1): rest(entry(1), total=6100, pages=61)})


def test_an_entry_that_is_no_post_is_an_issue_and_the_others_are_read():
    broken = entry(2)
    del broken["title"]
    posts, visitor = read({rest_address(BLOG, 1): rest(entry(1), broken, "text", total=3)})
    assert [post.title for post in posts] == ["Call 1 – towns & cities"]
    assert [problem for _, _, problem in visitor.issues] == [
        "post 2 has no title.rendered; it has content, date_gmt, id, link, modified_gmt",
        "entry 3 is str, not an object",
    ]


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ((401, b'{"code": "rest_not_logged_in"}', {}), "answered 401 (rest_not_logged_in)"),
        ((403, HTML, {}), "answered 403"),
        ((404, HTML, {}), "answered 404"),
        ((200, HTML, {}), "answered 200 (no JSON"),
        ((200, b'{"code": "rest_disabled"}', {}), "rest_disabled"),
        ((200, json.dumps([entry(1)]).encode(), {}), "says no totals"),
        (Refused("robots.txt forbids wp-json"), "robots.txt forbids"),
    ],
)
def test_a_closed_interface_is_noted_and_the_feed_is_read(closed, said):
    posts, visitor = read({rest_address(BLOG, 1): closed} | addresses(feed(item(2), item(1)), feed(item(0))))
    assert [post.url[-7:-1] for post in posts] == ["post-0", "post-1", "post-2"]
    assert (posts[0].html, posts[0].published) == ("<p>Text 0</p>", "2026-03-01T10:00:00+00:00")
    assert visitor.asked[-1] == feed_address(BLOG, 3)
    (note,) = visitor.notes
    assert said in note
    assert note.endswith("; the feed was read instead")


def test_a_type_without_a_feed_fails_when_the_interface_is_closed():
    with pytest.raises(WrongPage, match="answered 404"):
        read({}, Blog("https://example.eu", "pages", feed=""))


def test_a_feed_is_left_where_its_posts_become_too_old():
    blog = Blog(BLOG.home, since=date(2026, 1, 1))
    old = item(1, day="Thu, 01 Jan 2015 00:00:00 +0000")
    posts, visitor = read(addresses(feed(item(2), old), feed(item(0))), blog)
    assert [post.title for post in posts] == ["Call 2"]
    assert visitor.asked[1:] == [feed_address(blog, 1)]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([feed(item(1)), feed(item(1))], "page 2 of the feed holds nothing"),
        ([feed(item(1)), feed()], "page 2 of the feed holds nothing"),
        ([feed()], "page 1 of the feed holds nothing"),
        ([feed(item(1), end="")], "cut off: no </rss>"),
        ([feed(item(1), end="<item><title>Call 2</ti")], "cut off: no </rss>"),
        ([feed(item(1), item(2, link=""))], "1 of 2 items have no link or no title"),
        ([feed(item(1)), (500, b"", {})], "the feed answered 500"),
        ([(404, HTML, {})], "the feed answered 404"),
        ([(200, HTML, {})], "is no RSS feed, it begins with b'<!DOCTYPE"),
        ([(200, b"%PDF-1.7", {})], "is no RSS feed, it begins with b'%PDF"),
        ([(200, b"", {})], "is no RSS feed"),
        ([Refused("https://example.eu/en/feed/: host is not one of")], "host is not one of"),
    ],
)
def test_a_feed_that_is_not_whole_fails_the_site(pages, said):
    with pytest.raises(NoAnswer) as failure:
        read(addresses(*pages))
    assert said in str(failure.value)
    assert "/feed/" in str(failure.value)


def test_a_feed_that_never_ends_is_left():
    answers = addresses(*(feed(item(number)) for number in range(61)))
    with pytest.raises(NoAnswer, match="more than 60 pages"):
        read(answers)


@pytest.mark.parametrize(
    "page",
    [
        feed(item(1, title="Né en été"), start='<?xml version="1.0" encoding="ISO-8859-2"?>'),
        (200, feed(item(1, title="Né en été"))[1], {"Content-Type": "text/html; charset=windows-1250"}),
        feed(item(1, title="Né en été")),
    ],
    ids=["declared in the file", "declared by the server", "rightly declared"],
)
def test_a_feed_in_utf_8_is_read_as_such_whatever_is_declared(page):
    (post,) = read(addresses(page))[0]
    assert post.title == "Né en été"


def test_what_stands_in_a_comment_is_no_item():
    posts, _ = read(addresses(feed(item(1), f"<!-- {item(9)} -->")))
    assert [post.title for post in posts] == ["Call 1"]


def test_entities_that_a_feed_declares_are_not_resolved():
    start = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY own "x"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
    posts, _ = read(addresses(feed(item(1, title="Call &own;&file;1 &amp; more"), start=start)))
    assert posts[0].title == "Call 1 & more"


def test_a_feed_that_would_grow_without_end_costs_nothing():
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]>'
    started = time.process_time()
    with pytest.raises(WrongPage, match="/feed/"):
        read(addresses(feed(item(1, title="&a9;"), start=bomb)))
    assert time.process_time() - started < 2
