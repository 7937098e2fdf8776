"""Reads the posts of a WordPress site: through its REST interface, or through its feed where that is closed.

Knows no single site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from scrapy import Request

from crawler.platforms.wordpress_answers import Post, RestClosed, RestPage, read_feed, read_rest
from crawler.spider import NoAnswer, Refused, SourceSpider, WrongPage

PER_PAGE = 100
MAX_PAGES = 60
FIELDS = "id,link,title,content,date_gmt,modified_gmt"


@dataclass(frozen=True)
class Blog:
    """One type of posts of a WordPress site."""

    home: str
    """Address under which /wp-json/ lies, without a slash at its end; a site in several languages has several."""
    kind: str = "posts"
    """The name of the type in the REST interface: posts, pages, or one of the site's own."""
    feed: str = "feed/"
    """Where the feed of the type lies below `home`; empty where it has none, as pages have."""
    since: date = date.min
    """Posts published earlier are not wanted."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Further conditions of the REST interface, such as `search`. A feed knows none of them."""


async def read_posts(spider: SourceSpider, blog: Blog) -> list[Post]:
    """All posts of a type, oldest first, each once. Raises NoAnswer naming the page that failed.

    That the feed was read instead becomes a note of the run, for a feed may hold fewer posts, and only their beginning.
    """
    try:
        return await _read_rest(spider, blog)
    except (RestClosed, Refused) as closed:
        if not blog.feed:
            raise WrongPage(str(closed)) from closed
        spider.notes.append(f"{closed}; the feed was read instead")
        return await _read_feed(spider, blog)


async def _read_rest(spider: SourceSpider, blog: Blog) -> list[Post]:
    met = first = await _rest_page(spider, blog, 1)
    for number in range(2, first.pages + 1):
        url = rest_address(blog, number)
        try:
            page = await _rest_page(spider, blog, number)
        except RestClosed as closed:
            raise WrongPage(str(closed)) from closed
        if page.total != first.total:
            raise WrongPage(f"{url}: {first.total} posts announced on page 1, {page.total} on page {number}")
        if page.names <= met.names:
            raise WrongPage(f"{url}: page {number} of {first.pages} holds nothing that earlier pages did not")
        met = met.joined(page)
    if len(met.names) != first.total:
        raise WrongPage(f"{rest_address(blog, 1)}: {first.total} posts announced, {len(met.names)} met")
    if met.faults and not met.posts:
        raise WrongPage(f"{rest_address(blog, 1)}: no entry is a post: {next(iter(met.faults.values()))}")
    for name, fault in met.faults.items():
        spider.issue(f"{rest_address(blog, 1)}#{name}", "post", fault)
    spider.announced[f"{blog.home}/ {blog.kind}"] = first.total
    return list(met.posts.values())


async def _rest_page(spider: SourceSpider, blog: Blog, number: int) -> RestPage:
    url = rest_address(blog, number)
    page = read_rest(await spider.fetch(Request(url, headers={"Accept": "application/json"})))
    if page.pages > MAX_PAGES:
        raise WrongPage(f"{url}: {page.pages} pages, at most {MAX_PAGES} are read")
    return page


def rest_address(blog: Blog, number: int) -> str:
    """The oldest first, so that a post that appears meanwhile moves no other to another page."""
    after = {"after": f"{blog.since}T00:00:00"} if blog.since > date.min else {}
    paging = {"per_page": str(PER_PAGE), "page": str(number), "orderby": "id", "order": "asc", "_fields": FIELDS}
    return f"{blog.home}/wp-json/wp/v2/{blog.kind}?{urlencode({**blog.filters, **after, **paging})}"


async def _read_feed(spider: SourceSpider, blog: Blog) -> list[Post]:
    """The newest come first; the page behind the last one answers 404."""
    posts: dict[str, Post] = {}
    for number in range(1, MAX_PAGES + 1):
        url = feed_address(blog, number)
        response = await spider.fetch(Request(url))
        if response.status == 404 and number > 1:
            break
        page = read_feed(response)
        if not page.keys() - posts.keys():
            raise WrongPage(f"{url}: page {number} of the feed holds nothing that earlier pages did not")
        posts |= page
        if any(is_before(post, blog.since) for post in page.values()):
            break
    else:
        raise NoAnswer(f"{feed_address(blog, 1)}: more than {MAX_PAGES} pages")
    return [post for post in reversed(posts.values()) if not is_before(post, blog.since)]


def is_before(post: Post, day: date) -> bool:
    return bool(post.published) and post.published < day.isoformat()


def feed_address(blog: Blog, number: int) -> str:
    return f"{blog.home}/{blog.feed}" + (f"?paged={number}" if number > 1 else "")
