"""What a WordPress site answers: pages of its REST interface and of its feed. Pure; knows no single site."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from parsel import Selector
from scrapy.http import Response, TextResponse
from w3lib.html import remove_tags

from crawler.pages import readable
from crawler.spider import WrongPage

CLOSED = (401, 403, 404)
"""How a REST interface answers that is not open to strangers."""


@dataclass(frozen=True)
class Post:
    url: str
    title: str
    html: str
    published: str = ""
    """ISO, in UTC; empty where the site does not say."""
    modified: str = ""


@dataclass(frozen=True)
class RestPage:
    total: int
    pages: int
    posts: dict[str, Post]
    """By the site's own number."""
    faults: dict[str, str]
    """Number or place of an entry that is no post -> what it lacks."""

    @property
    def names(self) -> set[str]:
        return self.posts.keys() | self.faults.keys()

    def joined(self, later: RestPage) -> RestPage:
        return replace(self, posts=self.posts | later.posts, faults=self.faults | later.faults)


class RestClosed(Exception):
    """The REST interface does not answer to strangers; the message says with what it answers."""


def read_rest(response: Response) -> RestPage:
    """One page of the interface. Raises RestClosed for what a closed one answers, WrongPage for any other answer."""
    try:
        found = json.loads(response.body)
    except (ValueError, RecursionError) as error:
        if response.status == 200 and response.body.lstrip()[:1] in (b"[", b"{"):
            raise WrongPage(f"{response.url}: JSON that cannot be read ({error})") from error
        raise _closed_or_wrong(response, f"no JSON, it begins with {response.body[:40]!r}") from error
    code = found.get("code", "an object") if isinstance(found, dict) else type(found).__name__
    if response.status != 200 or not isinstance(found, list):
        raise _closed_or_wrong(response, str(code))
    totals = [(response.headers.get(name) or b"").decode("latin-1") for name in ("X-WP-Total", "X-WP-TotalPages")]
    if not all(total.isdecimal() and len(total) < 9 for total in totals):
        raise RestClosed(f"{response.url}: says no totals ({totals}), so nothing could be checked")
    entries = [_post(entry, place) for place, entry in enumerate(found, start=1)]
    return RestPage(
        total=int(totals[0]),
        pages=int(totals[1]),
        posts={name: post for name, post in entries if isinstance(post, Post)},
        faults={name: fault for name, fault in entries if isinstance(fault, str)},
    )


def _closed_or_wrong(response: Response, said: str) -> Exception:
    text = f"{response.url}: the REST interface answered {response.status} ({said})"
    is_page = response.status == 200 and response.body.lstrip().startswith(b"<")
    return RestClosed(text) if response.status in CLOSED or is_page or "disabled" in said else WrongPage(text)


def _post(entry: Any, place: int) -> tuple[str, Post | str]:
    """The entry's number and the post, or what it lacks."""
    if not isinstance(entry, dict):
        return f"entry {place}", f"entry {place} is {type(entry).__name__}, not an object"
    name = str(entry.get("id") or f"entry {place}")
    title, content = (_rendered(entry, key) for key in ("title", "content"))
    missing = [key for key, text in (("link", entry.get("link")), ("title.rendered", title)) if not text]
    if content is None:
        missing.append("content.rendered")
    if missing:
        return name, f"post {name} has no {', '.join(missing)}; it has {', '.join(map(str, sorted(entry)))}"[:300]
    return name, Post(
        url=_text(entry["link"]),
        title=plain(_text(title)),
        html=_text(content),
        published=_utc(entry.get("date_gmt")),
        modified=_utc(entry.get("modified_gmt")),
    )


def _rendered(entry: dict[str, Any], key: str) -> Any:
    return entry[key].get("rendered") if isinstance(entry.get(key), dict) else None


def plain(html: str) -> str:
    """A title without elements and entities: `Calls &#8211; 2026` is written with the dash."""
    return " ".join(unescape(remove_tags(html)).split())


def _text(value: Any) -> str:
    """Half surrogate pairs, which no file can hold, become question marks."""
    return str(value).encode("utf-8", "replace").decode()


def _utc(value: Any) -> str:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC).isoformat()
    except ValueError:
        return ""


def read_feed(response: Response) -> dict[str, Post]:
    """The posts of one page of an RSS 2.0 feed, by address. Raises WrongPage for any other answer.

    Entities of the feed's own are not resolved and cost nothing.
    """
    if response.status != 200:
        raise WrongPage(f"{response.url}: the feed answered {response.status}")
    text = _decoded(response)
    feed = Selector(text=text or " ", type="xml")
    if not feed.xpath("/rss/channel"):
        raise WrongPage(f"{response.url}: is no RSS feed, it begins with {response.body[:60]!r}")
    if "</rss>" not in text[-200:]:
        raise WrongPage(f"{response.url}: is cut off: no </rss> at its end")
    posts = [_item(item) for item in feed.xpath("/rss/channel/item")]
    nameless = sum(not (post.url and post.title) for post in posts)
    if nameless:
        raise WrongPage(f"{response.url}: {nameless} of {len(posts)} items have no link or no title")
    return {post.url: post for post in posts}


def _decoded(response: Response) -> str:
    page = readable(response)
    return page.text if isinstance(page, TextResponse) else page.body.decode("utf-8", "replace")


def _item(item: Selector) -> Post:
    def text(name: str) -> str:
        return "".join(item.xpath(f"*[name()='{name}'][1]/text()").getall()).strip()

    return Post(
        url=text("link"),
        title=plain(text("title")),
        html=text("content:encoded") or text("description"),
        published=_day_of_mail(text("pubDate")),
    )


def _day_of_mail(text: str) -> str:
    """`Tue, 03 Mar 2026 10:00:00 +0100` in ISO form and UTC."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC).isoformat()
    except ValueError:
        return ""
