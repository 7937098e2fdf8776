"""Calls of Interreg programmes: a watcher per programme site, for these sites share no list of calls.

A site that cannot be read keeps no other from being read, and its calls in the store stay as they were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.pages import canonical, reference_of
from crawler.platforms.prose_pages import language_of, lines_of, prose_call
from crawler.platforms.prose_pages import without_surroundings as bare
from crawler.platforms.tabular import fold
from crawler.platforms.wordpress import Blog, read_posts
from crawler.platforms.wordpress_answers import Post
from crawler.source import RawCall, RawDocument
from crawler.spider import NoAnswer, SourceSpider
from crawler.spiders.erdf.interreg_watch import NamedCall, Site, calls_on, load_watch


class InterregSpider(SourceSpider):
    name = "interreg"

    async def read(self) -> AsyncIterator[RawCall | RawDocument]:
        answered = 0
        for site in load_watch().sites:
            found: dict[str, RawCall] = {}
            for address in site.addresses:
                try:
                    for call in await self._calls_at(address, site):
                        found[call.reference] = together(found.get(call.reference), call)
                    answered += 1
                except NoAnswer as error:
                    self.alarms.append(f"{site.programme}: its calls stay as they were: {error}")
            for call in found.values():
                yield call
                async for document in self.documents(call.documents, call.url):
                    yield document
        if not answered:
            self.failures.append("none of the watched sites could be read")

    async def _calls_at(self, address: str, site: Site) -> list[RawCall]:
        if site.platform == "page":
            return await self._calls_on_page(address, site)
        filters = {"search": site.search} if site.search else {}
        posts = await read_posts(self, Blog(address, site.kind, site.feed, site.since, filters))
        announcing = [post for post in posts if announces(post, site)]
        self.notes.append(f"{site.programme}: {len(announcing)} of {len(posts)} posts announce a call")
        self.listed += len(announcing)
        self.fetched += len(announcing)
        return [self._posted(post, site) for post in announcing]

    async def _calls_on_page(self, address: str, site: Site) -> list[RawCall]:
        await self.probe(address)
        watch = load_watch()
        page = bare(await self.page(address, site.landmark))
        named = calls_on(page, site, watch)
        if not named:
            said = watch.words.says_none(" ".join(lines_of(page.css(site.landmark))))
            if said:
                self.notes.append(f"{site.programme}: no call; {address} says {said!r}")
            else:
                self.alarms.append(f"{site.programme}: {address} names no call, and does not say that there is none")
        for key, count in Counter(watch.words.key(call.title) for call in named).items():
            if count > 1:
                problem = f"{address} names calls of one name; they are taken as one"
                self.issue(f"{site.name}/{key}", "title", problem, f"{count} times")
        return [await self._named(call, page, site) for call in named]

    async def _named(self, call: NamedCall, page: HtmlResponse, site: Site) -> RawCall:
        """With the text of the call's own page where its heading leads to one on a watched host."""
        self.listed += 1
        known: dict[str, Any] = {
            "reference": f"{site.name}/{load_watch().words.key(call.title)}",
            "language": language_of(page, self.source),
            "opening": call.opening,
            "deadlines": (call.closing,) if call.closing else (),
            "budget": call.budget,
            "call_title": site.programme,
            "keywords": (site.programme,),
        } | ({"status": call.status} if call.status else {})
        leads_on = urlsplit(call.url).hostname in self.source.hosts and canonical(call.url) != canonical(page.url)
        if leads_on:
            try:
                own = bare(await self.page(call.url, site.landmark))
                self.fetched += 1
                return self._call(own, call.title, known | {"language": language_of(own, self.source)})
            except NoAnswer as error:
                self.issue(known["reference"], "page", str(error), call.title)
        else:
            self.fetched += 1
        return self._call(as_page(page.url, call.html), call.title, known)

    def _posted(self, post: Post, site: Site) -> RawCall:
        known = {
            "reference": f"{site.name}/{reference_of(post.url)}",
            "language": self.source.language,
            "call_title": site.programme,
            "keywords": (site.programme,),
        }
        return self._call(as_page(post.url, post.html), post.title, known)

    def _call(self, page: HtmlResponse, title: str, known: dict[str, Any]) -> RawCall:
        return prose_call(page, title, self.source, self.fetched_at, **known)


def announces(post: Post, site: Site) -> bool:
    words = load_watch().words
    if not site.titles:
        return words.names_call(post.title)
    return not words.is_about_call(post.title) and re.search(site.titles, fold(post.title)) is not None


def as_page(url: str, html: str) -> HtmlResponse:
    return HtmlResponse(url, body=f"<html><body>{html}</body></html>".encode(), encoding="utf-8")


def together(earlier: RawCall | None, later: RawCall) -> RawCall:
    """One call told of in two places of its site: what was read first stays, the other fills gaps and adds its text."""
    if earlier is None:
        return later
    filled = later.model_dump(exclude_defaults=True) | earlier.model_dump(exclude_defaults=True)
    texts = dict.fromkeys((earlier.description, later.description))
    told = dict.fromkeys((*earlier.sources, *later.sources, earlier.url, later.url))
    return RawCall.model_validate(filled | {"description": "".join(texts), "sources": tuple(told)})
