"""A single page of a site built with the Europa component library: title, facts, main text, files, links to the portal.

Pure; knows no single site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qs, urlsplit

from babel import Locale
from lxml import etree
from parsel import Selector
from scrapy.http import HtmlResponse

from crawler.announcements import code_in_address
from crawler.normalise.languages import EU_LANGUAGES
from crawler.platforms.ecl import CARD, address_of, described, text_of
from crawler.platforms.ecl_labels import fact_named, model_of, status_of
from crawler.source import RawLink

BADGE = ".ecl-page-header .ecl-label:not(.ecl-label--highlight)"
NO_TEXT = (
    "nav, form, aside, script, style, header, footer, iframe, article.ecl-content-item, article.ecl-card, "
    ".ecl-content-item-block, .ecl-page-header, .ecl-inpage-navigation, .ecl-file, .ecl-social-media-share, "
    ".ecl-pager, .ecl-feedback, .ecl-contact, .ecl-organisation-teaser, dl.ecl-description-list, "
    "h2#details, h2#description, h2#documents, h2#contact"
)
"""What stands in `main` beside the text; contacts are left out because they name persons."""
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip)$", re.IGNORECASE)
DOWNLOAD = re.compile(r"/document/download/")
"""How the Commission's sites serve documents, without a file type in the path."""
PORTAL_NAME = r"(?:the )?(?:funding (?:&|and) tenders? (?:opportunities )?)?portal"
NO_NAME = re.compile(
    rf"(?:download|here|link|{PORTAL_NAME}|read more|more|find out more|view|open|pdf|apply)?\W*", re.IGNORECASE
)
"""Texts of links that name nothing."""


@dataclass(frozen=True)
class Facts:
    """Key -> values, in the words of the page. `unknown`: labels or words that the vocabulary does not have."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()

    def first(self, key: str) -> str:
        return next(iter(self.values.get(key, ())), "")


def facts_in(described_facts: dict[str, tuple[str, ...]], badge: str, language: str) -> Facts:
    """Facts under keys; status and model in English words, where the vocabulary knows them, else as written.

    The status is known by its badge too, whatever its label is called in the page's language.
    """
    values: dict[str, tuple[str, ...]] = {}
    unknown: list[tuple[str, str]] = []
    for label, texts in described_facts.items():
        key = fact_named(label, language)
        if key is None:
            unknown.append((label, " | ".join(texts)))
        else:
            values.setdefault(key, texts)
    if badge and "status" not in values:
        values["status"] = (badge,)
    for key, word_of in (("status", status_of), ("model", model_of)):
        if key in values:
            values[key] = tuple(_known(text, word_of(text, language)) for text in values[key])
    return Facts(values, tuple(unknown))


def _known(text: str, word: str | None) -> str:
    """An unknown word stays as it is: normalising records it as an issue."""
    return text if word is None else word


def page_facts(page: HtmlResponse, language: str) -> Facts:
    """The facts of a call's own page; lists of facts inside cards of other calls do not count."""
    own = {label: texts for part in _own_lists(page) for label, texts in described(part).items()}
    return facts_in(own, text_of(page.css(BADGE)[:1]), language)


def _own_lists(page: HtmlResponse) -> list[Selector]:
    lists = page.css("main dl.ecl-description-list")
    return [part.xpath("parent::*")[0] for part in lists if not _is_in_card(part)]


def _is_in_card(part: Selector) -> bool:
    card = part.xpath(CARD)
    return bool(card and "ecl-" in card[0].attrib.get("class", ""))


def title_of(page: HtmlResponse) -> str:
    return text_of((page.css("main .ecl-page-header__title") or page.css("main h1"))[:1])


def main_html(page: HtmlResponse) -> str:
    """The main text as HTML, its introduction first, without navigation, files, facts and contacts."""
    main = _main(page)
    for part in main.cssselect(NO_TEXT):
        if part.getparent() is not None:
            part.drop_tree()
    for heading in main.cssselect("h2, h3, h4"):
        if heading.getnext() is None and not (heading.tail or "").strip():
            heading.drop_tree()  # what it stood above is gone
    introduction = "".join(f"<p>{escaped(text_of(part))}</p>" for part in page.css(".ecl-page-header__description")[:1])
    text: str = etree.tostring(main, encoding="unicode", method="html", with_tail=False)
    return introduction + text


def _main(page: HtmlResponse) -> etree._Element:
    """A copy of `main` that may be cut; built from its text, because the page's own tree is needed whole."""
    root: etree._Element = Selector(text=page.css("main")[0].get()).css("main")[0].root
    etree.strip_elements(root, etree.Comment, with_tail=False)
    return root


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def main_text(page: HtmlResponse) -> str:
    return text_of(Selector(text=main_html(page) or "<p></p>"))


def files(page: HtmlResponse) -> tuple[RawLink, ...]:
    """The documents a page offers: file components with all their translations, then other links to documents."""
    found = {link.url: link for link in reversed([*_file_components(page), *_file_links(page)]) if link.url}
    return tuple(reversed(found.values()))


def _file_components(page: HtmlResponse) -> Iterator[RawLink]:
    for box in page.css("main .ecl-file"):
        title = text_of(box.css(".ecl-file__title")[:1])
        for link in box.css("a.ecl-file__download, .ecl-file__footer a, .ecl-file__action a"):
            named = text_of(box.css(".ecl-file__language")[:1])
            yield _file(link, page, title, named)
        for item in box.css(".ecl-file__translation-item"):
            for link in item.css("a[href]"):
                parts = item.css(".ecl-file__translation-title, .ecl-file__language, [lang]")[:1]
                yield _file(link, page, title, parts.attrib.get("lang", "") or text_of(parts) or text_of(link))


def _file_links(page: HtmlResponse) -> Iterator[RawLink]:
    for link in page.css("main a[href]"):
        parts = urlsplit(address_of(link, page))
        name = parse_qs(parts.query).get("filename", [""])[-1]
        if FILE.search(parts.path) or FILE.search(name) or DOWNLOAD.search(parts.path):
            yield _file(link, page, text_of(link), "")


def _file(link: Selector, page: HtmlResponse, title: str, language: str) -> RawLink:
    code = link.attrib.get("hreflang", "") or language_named(language)
    return RawLink(url=address_of(link, page), label=title, language=code[:2].lower())


def language_named(text: str) -> str:
    """The ISO 639-1 code of a language by its code or by its own or English name; empty for anything else."""
    words = re.split(r"[(,–]", text)[0].strip().casefold()
    return words if words in EU_LANGUAGES else _language_names().get(words, "")


@cache
def _language_names() -> dict[str, str]:
    names = {}
    for code in EU_LANGUAGES:
        for locale in (code, "en"):
            name = Locale(locale).languages.get(code, "")
            names[name.casefold()] = code
    return names


def portal_links(page: HtmlResponse) -> dict[str, tuple[str, str]]:
    """Code of a topic or number of a cascade call -> address and name of the link, in the page's order."""
    found: dict[str, tuple[str, str]] = {}
    for link in page.css("main a[href]"):
        address = address_of(link, page)
        code = code_in_address(address)
        if code and not _is_in_card(link):
            name = "" if NO_NAME.fullmatch(text_of(link)) or text_of(link) == code else text_of(link)
            found.setdefault(code, (address, name))
    return found


def addresses(page: HtmlResponse) -> list[str]:
    """All addresses that the main part links to, outside the cards of other pages."""
    return [address_of(link, page) for link in page.css("main a[href]") if not _is_in_card(link)]
