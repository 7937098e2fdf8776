"""What happens to websites: each function takes the kept pages of a source and gives them back as they could become.

Knows the structure of pages only through the entries that the source's own lists were found to hold.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urljoin

import lxml.html
from lxml.html import HtmlElement

from crawler.pages import canonical
from crawler.platforms.listing import Entry
from tests.doubles.replay import Page

LOGIN = b"""<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head><body><main><h1>Sign in to continue</h1>
<form action="/login" method="post"><label>E-mail <input name="username"></label><button>Next</button></form></main>
</body></html>"""
ERROR = b"""<!DOCTYPE html><html lang="en"><head><title>Something went wrong</title></head><body><main>
<h1>Something went wrong</h1><p>The service is not available at the moment. Please try again later.</p></main></body>
</html>"""
UNTITLED = ERROR.replace(b"<title>Something went wrong</title>", b"<title>Europa</title>")
"""An error page whose title does not tell."""

Pages = list[Page]
Lists = Mapping[str, Sequence[Entry]]
"""What each list of a source held, by its address."""
Change = Callable[[HtmlElement, str], None]
"""Changes the tree of a page at an address, in place."""


def is_html(page: Page) -> bool:
    return page.status == 200 and page.type.startswith("text/html") and b"<" in page.body


def list_pages(pages: Pages, lists: Lists) -> Pages:
    """The pages of lists, the first ones and those that follow."""
    return [page for page in pages if is_html(page) and canonical(page.url) in lists]


def detail_pages(pages: Pages, lists: Lists) -> Pages:
    wanted = by_address(entry for entries in lists.values() for entry in entries)
    return [page for page in pages if is_html(page) and found_at(page.url, wanted)]


def by_address(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.url.partition("#")[0]: entry for entry in entries}


def found_at(url: str, entries: Mapping[str, Entry]) -> Entry | None:
    """The entry at an address; a query tells entries apart only where they are listed with one."""
    whole = url.partition("#")[0]
    return entries.get(whole) or entries.get(canonical(whole))


def swap(pages: Pages, changed: Iterable[Page], body: bytes) -> Pages:
    """Another body at the addresses of `changed`."""
    urls = {page.url for page in changed}
    return [replace(page, body=body) if page.url in urls else page for page in pages]


def second_is_first(pages: Pages, lists: Lists) -> Pages:
    """Every further page of a list shows what its first page shows."""
    of_lists = list_pages(pages, lists)
    first = {canonical(page.url): page for page in reversed(of_lists)}
    return [replace(page, body=first[canonical(page.url)].body) if page in of_lists else page for page in pages]


def edit(pages: Pages, chosen: Sequence[Page], change: Change) -> Pages:
    return [replace(page, body=_edited(page, change)) if page in chosen else page for page in pages]


def _edited(page: Page, change: Change) -> bytes:
    tree = lxml.html.document_fromstring(page.body.decode("utf-8"))
    change(tree, page.url)
    return lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")


def items(tree: HtmlElement, url: str, entries: Sequence[Entry]) -> list[tuple[Entry, HtmlElement]]:
    """The element of each entry on a page of a list: the largest that holds a link to it and to no other entry."""
    known = by_address(entries)
    by_link = [
        (entry, link) for link in tree.iter("a") if (entry := found_at(urljoin(url, link.get("href", "")), known))
    ]
    links = {link: entry for entry, link in by_link}
    found: dict[HtmlElement, Entry] = {}
    for entry, link in by_link:
        element = link
        while (parent := element.getparent()) is not None and _only(parent, entry, links):
            element = parent
        found.setdefault(element, entry)
    return [(entry, element) for element, entry in found.items()]


def _only(element: HtmlElement, entry: Entry, links: dict[HtmlElement, Entry]) -> bool:
    if element.tag in ("body", "main", "html", "tbody", "table", "ul", "ol"):
        return False
    return all(links[link] is entry for link in element.iter("a") if link in links)


def without_items(pages: Pages, lists: Lists, gone: Callable[[int], bool]) -> Pages:
    """Lists without those entries whose number in their list fulfils `gone`."""

    def change(tree: HtmlElement, url: str) -> None:
        entries = lists[canonical(url)]
        left_out = [entry for number, entry in enumerate(entries) if gone(number)]
        for entry, element in items(tree, url, entries):
            if entry in left_out:
                element.drop_tree()
        _say_count(tree, len(entries) - len(left_out))

    return edit(pages, list_pages(pages, lists), change)


def with_copies(pages: Pages, lists: Lists, copied: Callable[[int], bool], title: str = "") -> Pages:
    """Lists that hold those entries once more under other addresses, whose pages answer the same.

    `title`: words before the title of a copy, in the list and on its page, for one that is another thing.
    """
    chosen: list[Entry] = []

    def change(tree: HtmlElement, url: str) -> None:
        entries = lists[canonical(url)]
        twice = [entry for number, entry in enumerate(entries) if copied(number)]
        for entry, element in items(tree, url, entries):
            if entry in twice:
                chosen.append(entry)
                element.addnext(_copy(element, url, entry, title))
        _say_count(tree, len(entries) + len(twice))

    changed = edit(pages, list_pages(pages, lists), change)
    known = by_address(chosen)
    copies = [replace(page, url=other(page.url, title)) for page in pages if found_at(page.url, known)]
    return [*changed, *(_retitled(page, title) for page in copies)]


def _copy(element: HtmlElement, url: str, entry: Entry, title: str) -> HtmlElement:
    again = copy.deepcopy(element)
    again.tail = element.tail
    for link in again.iter("a"):
        if found_at(urljoin(url, link.get("href", "")), by_address([entry])):
            link.set("href", other(entry.url, title))
            link.text = f"{title}{link.text}" if link.text and link.text.strip() else link.text
    return again


def _retitled(page: Page, title: str) -> Page:
    return replace(page, body=re.sub(rb"(<h1[^>]*>)", rb"\1" + title.encode(), page.body))


def other(url: str, title: str = "") -> str:
    """Another address for the same thing, on the same host; another for each title."""
    mark = "".join(filter(str.isalpha, title)).lower() or "again"
    if "?" in url:
        return f"{url}-{mark}"
    stem, dot, ending = url.rpartition("_")
    return f"{stem}-{mark}_{ending}" if dot and len(ending) == 2 else f"{url.rstrip('/')}-{mark}"


def _say_count(tree: HtmlElement, count: int) -> None:
    """Where a heading of a list says in brackets how many entries there are, it says the new number."""
    for heading in tree.iter("h1", "h2", "h3", "h4"):
        for element in heading.iter():
            element.text = element.text and re.sub(r"\(\d+\)", f"({count})", element.text)
            element.tail = element.tail and re.sub(r"\(\d+\)", f"({count})", element.tail)


def reversed_items(pages: Pages, lists: Lists) -> Pages:
    """Lists in the opposite order, page by page."""

    def change(tree: HtmlElement, url: str) -> None:
        found = [element for _, element in items(tree, url, lists[canonical(url)])]
        if len({element.getparent() for element in found}) == 1:
            for element in found:
                found[0].getparent().insert(0, element)

    return edit(pages, list_pages(pages, lists), change)


def with_block(pages: Pages) -> Pages:
    """A banner and a foot on every page."""

    def change(tree: HtmlElement, url: str) -> None:
        body = tree.find("body")
        if body is not None:
            body.insert(0, lxml.html.fromstring('<div class="new-banner"><p>This site has a new look.</p></div>'))
            body.append(
                lxml.html.fromstring('<div class="new-foot"><a href="/survey">Tell us what you think</a></div>')
            )

    return edit(pages, [page for page in pages if is_html(page)], change)


def with_spaces(pages: Pages) -> Pages:
    """White space and line breaks between tags."""
    return [
        replace(
            page, body=re.sub(rb">\s*<(?=/?(?:div|p|li|ul|article|section|tr|td|dl|dt|dd)\b)", b">\n   <", page.body)
        )
        if is_html(page)
        else page
        for page in pages
    ]


def with_other_words(pages: Pages) -> Pages:
    """A word more in each paragraph: what a page says changes, how it says it does not."""

    def change(tree: HtmlElement, url: str) -> None:
        for paragraph in tree.iter("p"):
            paragraph.text = f"{paragraph.text or ''} Updated."

    return edit(pages, [page for page in pages if is_html(page)], change)


def classes(pages: Pages) -> Iterator[str]:
    """Every class that stands on a page, once, by name."""
    found: set[str] = set()
    for page in pages:
        if is_html(page):
            found.update(*(names.split() for names in lxml.html.fromstring(page.body).xpath("//@class")))
    yield from sorted(found)


def renamed(pages: Pages, name: str) -> Pages:
    """A class has another name everywhere."""
    pattern = re.compile(rb"(?<=[\"'\s])" + re.escape(name.encode()) + rb"(?=[\"'\s])")
    return [replace(page, body=pattern.sub(b"x-9f3", page.body)) if is_html(page) else page for page in pages]


def dropped(pages: Pages, path: str) -> Pages:
    """The elements at an XPath are gone from every page, what stands behind them stays."""

    def change(tree: HtmlElement, url: str) -> None:
        for element in tree.xpath(path):
            if element.getparent() is not None:
                element.drop_tree()

    return edit(pages, [page for page in pages if is_html(page)], change)


def fields(pages: Pages) -> Iterator[str]:
    """XPaths of the elements that usually hold a field: dates, terms of a list with what is said of them, cells."""
    labels: set[str] = set()
    has_times = False
    for page in filter(is_html, pages):
        tree = lxml.html.fromstring(page.body)
        has_times = has_times or bool(tree.xpath("//time"))
        labels.update(" ".join(term.text_content().split()) for term in tree.iter("dt"))
    yield from ["//time"] if has_times else []
    for label in sorted(filter(None, labels)):
        if '"' not in label:
            term = f'//dt[normalize-space(.)="{label}"]'
            yield f"{term}/following-sibling::dd[1] | {term}"
