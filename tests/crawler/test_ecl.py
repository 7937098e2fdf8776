"""Pages of Europa sites in both generations of markup, in 24 languages, and broken in every way that was thought of.

Faults of answers run through the real downloader over sockets; each names the address it happened at.
"""

from datetime import UTC, datetime
from functools import partial

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from crawler.normalise.languages import EU_LANGUAGES
from crawler.platforms import ecl, ecl_detail
from crawler.platforms.ecl_contacts import PERSONAL, ContactPoint, contact_points
from crawler.platforms.ecl_labels import TABLE, fact_named, model_of, status_of
from crawler.platforms.ecl_spider import pages_of_calls
from crawler.run import crawl
from crawler.source import RawLink, sources
from crawler.spider import WrongPage
from crawler.spiders.amif.home_affairs import HomeAffairsSpider
from crawler.spiders.cerv.cerv_site import CONTACTS, OVERVIEW, CervSiteSpider
from crawler.spiders.erasmus_plus.eacea import EaceaSpider
from matcher.reference.files import load_reference
from matcher.settings import Settings
from tests.doubles.replay import Page, Replay, pages_of

SITE = "https://www.eacea.ec.europa.eu"
LIST = f"{SITE}/grants/2021-2027/erasmus_en"
OTHER_LIST = f"{SITE}/grants/2021-2027/citizens-equality-rights-and-values-cerv_en"
PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


def whole(main: str, language: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>t</title></head><body><main>{main}</main></body></html>'
    )


def page(main: str, url: str = LIST, language: str = "en") -> HtmlResponse:
    return HtmlResponse(url, body=whole(main, language).encode(), encoding="utf-8")


# fmt: off
PIECES = (
    '<article class="ecl-content-item">', "</article>", '<div class="ecl-content-block__title">', "</div>", "<h2>",
    "</h2>", "<h3>Italia</h3>", '<a href="/a_en" data-ecl-title-link>', '<a href="?page=1">', '<a href="http://[x">',
    "</a>", "<svg>", '<a href="/f.pdf">', "<!--", "-->", '<dl class="ecl-description-list">', "<dt>Status</dt>", "<dd>",
    "</dd>", "&#0;", "\0", '<div class="ecl-file">', "<table>", "<tr>", "<td>Malta", "</table>",
    '<nav class="ecl-pager">', "<main>", "</main>", "<li>", "a@b.example", "+43 1 000 00 00", "<time datetime=''>",
    "News (57)", "<summary>",
    f'<a href="{PORTAL}/topic-details/cerv-2027-equal">',
)
# fmt: on


def facts(*pairs: tuple[str, str]) -> str:
    rows = "".join(
        f'<dt class="ecl-description-list__term">{label}</dt>'
        f'<dd class="ecl-description-list__definition"><div>{value}</div></dd>'
        for label, value in pairs
    )
    return f'<dl class="ecl-description-list ecl-description-list--horizontal">{rows}</dl>'


def card(url: str, title: str = "A call", badge: str = "Call status: Open", more: str = "") -> str:
    return (
        '<div class="ecl-content-item-block__item contextual-region"><article class="ecl-content-item">'
        '<div class="ecl-content-block ecl-content-item__content-block"><ul class="ecl-content-block__label-container">'
        f'<li><span class="ecl-label ecl-label--high">{badge}</span></li></ul>'
        f'<div class="ecl-content-block__title"><a href="{url}" data-ecl-title-link>'
        f'<span class="ecl-link__label">{title}</span></a></div>{more}</div></article></div>'
    )


# Cards


OLD = """<article class="ecl-content-item"><div class="ecl-content-block">
<ul class="ecl-content-block__label-container"><li><span class="ecl-label ecl-label--highlight">Highlighted</span></li>
<li><span class="ecl-label ecl-label--low">Call status: Closed</span></li></ul>
<ul class="ecl-content-block__primary-meta-container">
<li class="ecl-content-block__primary-meta-item">Call for proposals</li>
<li class="ecl-content-block__primary-meta-item">3 April 2025</li></ul>
<h1 class="ecl-content-block__title"><a href="/grants/one_en" class="ecl-link ecl-link--standalone">One</a></h1>
<div class="ecl-content-block__description"><p>About one.</p></div></div></article>"""
NEW = OLD.replace(
    '<h1 class="ecl-content-block__title"><a href="/grants/one_en" class="ecl-link ecl-link--standalone">One</a></h1>',
    '<div class="ecl-content-block__title"><a href="/grants/one_en" data-ecl-title-link><span class="ecl-link__label">'
    "One</span></a></div>",
).replace("<article", '<div class="ecl-content-item-block__item contextual-region"><article')
NEW = NEW.replace("</article>", "</article></div>")
WITH_TIME = NEW.replace("3 April 2025", '<time datetime="2025-04-03T12:00:00Z">3 April 2025</time>')
HEADED = OLD.replace("h1", "h3").replace("ecl-content-block__title", "some-new-title")
GRID = OLD.replace('"ecl-content-item"', '"ecl-card"').replace("h1", "div")
TITLE_MARKED = OLD.replace("<h1 class", "<div data-ecl-title-link class").replace("</h1>", "</div>")


@pytest.mark.parametrize("markup", [OLD, NEW, WITH_TIME, HEADED, GRID, TITLE_MARKED])
def test_a_card_reads_the_same_in_every_generation_of_markup(markup):
    (found,) = ecl.cards(page(markup)).cards
    assert (found.url, found.title, found.teaser) == (f"{SITE}/grants/one_en", "One", "About one.")
    assert (found.label, found.status) == ("Call for proposals", "Call status: Closed")
    assert found.day in ("3 April 2025", "2025-04-03T12:00:00Z")


def test_a_deadline_is_not_the_day_of_a_card():
    deadline = facts(("Deadline date", '<time datetime="2024-03-04T16:00:00Z">4 March 2024, 17:00</time>'))
    (found,) = ecl.cards(page(card("/a_en", more=deadline))).cards
    assert found.day == ""


def test_a_card_in_a_comment_is_no_card():
    assert len(ecl.cards(page(f"{NEW}<!-- {OLD.replace('one', 'two')} -->")).cards) == 1


def test_a_card_that_stands_twice_is_read_once():
    assert len(ecl.cards(page(NEW + NEW)).cards) == 1


def test_cards_inside_a_wrapping_article_stay_apart():
    cards = ecl.cards(page(f'<article class="node">{card("/a_en", "A")}{card("/b_en", "B")}</article>')).cards
    assert [(found.title, found.status) for found in cards] == [("A", "Call status: Open"), ("B", "Call status: Open")]


def test_titles_that_share_an_unknown_box_do_not_share_its_facts():
    box = '<article><h3 class="ecl-content-block__title"><a href="/a_en">A</a></h3>{}</article>'
    other = '<h3 class="ecl-content-block__title"><a href="/b_en">B</a></h3>'
    first, second = ecl.cards(page(box.format(other + facts(("Reference", "X-1"))))).cards
    assert (first.facts, second.facts) == ({}, {})


def test_cards_outside_the_main_part_are_not_read():
    body = whole(NEW).replace("</body>", f"<footer>{OLD.replace('one', 'two')}</footer></body>")
    found = ecl.cards(HtmlResponse(LIST, body=body.encode(), encoding="utf-8")).cards
    assert [entry.title for entry in found] == ["One"]


def test_a_card_whose_link_leads_nowhere_is_not_followed():
    assert ecl.cards(page(card("http://[broken") + card("mailto:a@b.example") + NEW)).cards[0].title == "One"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3 April 2025 | 5 November 2025", ("3 April 2025", "5 November 2025")),
        (
            "<div>18 March 2020, 17:00 (CET)</div><div>18 April 2020, 17:00 (CEST)</div>",
            ("18 March 2020, 17:00 (CET)", "18 April 2020, 17:00 (CEST)"),
        ),
        ('<time datetime="2027-03-04T16:00:00Z">4 March 2027, 17:00 (CET)</time>', ("2027-03-04T16:00:00Z",)),
        ('<time datetime="2027-03-04T12:00:00Z">4 March 2027</time>', ("4 March 2027",)),
        ('<time datetime="2027-03-04">4 March 2027, 17:00</time>', ("4 March 2027, 17:00",)),
    ],
)
def test_deadlines_are_taken_apart_and_a_mere_day_gets_no_hour(value, expected):
    (found,) = ecl.cards(page(card("/a_en", more=facts(("Deadline dates", value))))).cards
    assert found.values["Deadline dates"] == expected


# Pager and total


def pager(*pages: int, next_to: int | None = None) -> str:
    links = "".join(f'<li class="ecl-pager__item"><a href="?f%5B0%5D=a%3Ab&amp;page={n}">{n}</a></li>' for n in pages)
    if next_to is not None:
        links += f'<li class="ecl-pager__item--next"><a href="?f%5B0%5D=a%3Ab&amp;page={next_to}">Next</a></li>'
    return f'<nav class="ecl-pager"><ul>{links}</ul></nav>'


@pytest.mark.parametrize(
    ("markup", "number", "expected"),
    [
        (pager(1, 2, next_to=1), 0, f"{LIST}?f%5B0%5D=a%3Ab&page=1"),
        (pager(0, 1), 2, None),
        (pager(0, 4), 1, f"{LIST}?f%5B0%5D=a%3Ab&page=2"),
        ("", 0, None),
        (pager(10, next_to=1), 0, f"{LIST}?f%5B0%5D=a%3Ab&page=1"),
    ],
)
def test_the_next_page_keeps_the_filters_and_needs_no_link_called_next(markup, number, expected):
    assert ecl.next_page(page(markup), number) == expected
    assert ecl.next_page(page(markup.replace("ecl-pager", "ecl-pagination")), number) == expected


def test_a_pager_is_known_in_either_generation_of_markup_and_in_any_navigation_of_the_list():
    for name in ("ecl-pager", "ecl-pagination", "pager"):
        shown = f'<nav class="{name}"><a href="?page=1">2</a></nav>'
        assert ecl.next_page(page(shown), 0) == f"{LIST}?page=1"
    assert ecl.next_page(page('<div class="ecl-pagination"><a href="?page=1">2</a></div>'), 0) == f"{LIST}?page=1"


@pytest.mark.parametrize(
    ("shown", "values"),
    [
        ("2 December 2026, 17:00 (CET)<br>10 March 2027, 17:00 (CET)", 2),
        ("2 December 2026,<br/>17:00 (CET)", 1),
        ("2 December 2026,\n 17:00 (CET) | 10 March 2027,<br>17:00 (CET)", 2),
    ],
)
def test_deadlines_on_lines_of_their_own_are_parted_and_a_clock_stays_with_its_day(shown, values):
    found = ecl.described(page(f"<dl class='ecl-description-list'><dt>Deadline dates</dt><dd>{shown}</dd></dl>"))
    both = ("2 December 2026, 17:00 (CET)", "10 March 2027, 17:00 (CET)")
    assert found == {"Deadline dates": both[:values]}


@pytest.mark.parametrize(
    ("heading", "total"),
    [
        ("<h4>News (57)</h4>", 57),
        ("<h2>Search results (1,234)</h2>", 1234),
        ("<h4>News</h4>", None),
        ("<h4>News (57)</h4><h2>Events (3)</h2>", None),
        ('<h3><a href="/a_en">Support for towns (2021)</a></h3>', None),
        ("<form><h3>Topics (12)</h3></form><h4>News (57)</h4>", 57),
    ],
)
def test_the_total_is_the_single_number_of_a_heading(heading, total):
    assert ecl.announced(page(heading)) == total


# Languages


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://home-affairs.ec.europa.eu/whats-new/news/a-call_en", "en"),
        ("https://home-affairs.ec.europa.eu/whats-new/news/a-call_fr?page=1", "fr"),
        ("https://european-social-fund-plus.ec.europa.eu/de/news/ein-aufruf", "de"),
        ("https://erasmus-plus.ec.europa.eu/calls/a-call", ""),
        ("https://erasmus-plus.ec.europa.eu/", ""),
    ],
)
def test_the_three_ways_an_address_says_its_language(url, language):
    assert ecl.language_in(url) == language


def test_the_vocabulary_covers_the_24_languages_and_every_word_finds_its_key():
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    assert tuple(table) == EU_LANGUAGES
    for language, parts in table.items():
        for part, find in (("labels", fact_named), ("status", status_of), ("model", model_of)):
            assert set(parts[part]) == set(table["en"][part]), (language, part)
            for key, words in parts[part].items():
                assert [find(word, language) for word in words] == [key] * len(words), (language, part, words)


def test_a_page_half_translated_is_understood_and_a_strange_label_is_told():
    described = {"Stichtag": ("4. März 2027",), "Opening date": ("1. Mai 2026",), "Zuständig": ("Referat A",)}
    found = ecl_detail.facts_in(described, "Status der Aufforderung: Offen", "de")
    assert found.values == {"deadline": ("4. März 2027",), "opening": ("1. Mai 2026",), "status": ("open",)}
    assert found.unknown == (("Zuständig", "Referat A"),)


def test_a_label_of_another_language_is_not_guessed():
    assert fact_named("Stichtag", "fr") is None
    assert status_of("Offen", "fr") is None


def test_a_status_that_is_not_known_stays_as_it_is_and_not_applicable_is_silence():
    assert ecl_detail.facts_in({"Status": ("Paused",)}, "", "en").first("status") == "Paused"
    assert ecl_detail.facts_in({"Status": ("N/A",)}, "", "sv").first("status") == ""


# A page of its own


def test_facts_of_other_calls_on_a_page_do_not_count():
    own = page(facts(("Reference", "OWN-1")) + card("/b_en", more=facts(("Reference", "OTHER-1"))))
    assert ecl_detail.page_facts(own, "en").first("reference") == "OWN-1"


def test_the_text_of_a_page_is_without_its_contacts_files_and_empty_headings():
    main = (
        '<div><h2 id="details">Details</h2>' + facts(("Status", "Open")) + "</div>"
        '<div class="ecl"><h2>Who</h2><p>Towns &amp; <b>clubs</b>.<!-- draft --></p></div><div><h2>Contact</h2>'
        '<div class="ecl-contact">Jane Example jane@ec.example</div></div><div class="ecl-file">Guide</div>'
    )
    text = ecl_detail.main_html(page(main))
    assert "<h2>Who</h2><p>Towns &amp; <b>clubs</b>.</p>" in text
    assert not any(word in text for word in ("Jane", "Guide", "Details", "Contact", "draft", "Open"))


def test_documents_with_their_translations_and_languages():
    file = """<div class="ecl-file">
    <article class="ecl-file__container"><div class="ecl-file__title">Guide</div></article>
    <footer class="ecl-file__footer"><span class="ecl-file__language">English</span>
    <a class="ecl-file__download" href="/document/download/1_en?filename=guide.pdf">Download</a></footer>
    <ul><li class="ecl-file__translation-item"><div class="ecl-file__translation-title" lang="bg">български</div>
    <a class="ecl-file__translation-download" href="/document/download/1_bg?filename=guide.pdf">Download</a></li>
    <li class="ecl-file__translation-item"><a href="/files/guide_ga.pdf">Gaeilge (1 MB - PDF)</a></li>
    <li class="ecl-file__translation-item"><a class="ecl-file__translation-download" href="/files/guide_xx.pdf">
    <div class="ecl-file__language">Klingon</div></a></li></ul></div>"""
    links = '<a href="/files/form.docx" hreflang="fr">Form</a> <a href="http://[broken.pdf">B</a> <a href="/x_en">X</a>'
    assert ecl_detail.files(page(file + links)) == (
        RawLink(url=f"{SITE}/document/download/1_en?filename=guide.pdf", label="Guide", language="en"),
        RawLink(url=f"{SITE}/document/download/1_bg?filename=guide.pdf", label="Guide", language="bg"),
        RawLink(url=f"{SITE}/files/guide_ga.pdf", label="Guide", language="ga"),
        RawLink(url=f"{SITE}/files/guide_xx.pdf", label="Guide", language=""),
        RawLink(url=f"{SITE}/files/form.docx", label="Form", language="fr"),
    )


def test_links_to_the_portal_are_named_by_their_text_or_not_at_all():
    links = f'<a href="{PORTAL}/topic-details/cerv-2027-equal">Equality</a>'
    links += f' <a href="{PORTAL}/topic-details/CERV-2027-EQUAL">here</a>'
    links += f' <a href="{PORTAL}/competitive-calls-cs/46999010">Read more</a> <a href="{PORTAL}/home">Portal</a>'
    assert {code: name for code, (_, name) in ecl_detail.portal_links(page(links)).items()} == {
        "CERV-2027-EQUAL": "Equality",
        "46999010": "",
    }


# Contact points


def test_contact_points_are_read_from_tables_headings_and_accordions_and_name_no_person():
    points = contact_points(
        page(
            "<table><tr><th>Member State</th><th>Name of the body</th><th>Web</th></tr>"
            "<tr><td>Austria</td><td>Office A</td>"
            '<td>Ms Ann Example, a@a.example, +43 1 000 00 00 <a href="https://a.example">link</a></td></tr>'
            "<tr><td>Not a country</td><td>Office N</td><td></td></tr></table>"
            '<h3>Belgique</h3><p><strong>Bureau B</strong></p><p><a href="https://b.example">https://b.example</a></p>'
            "<h3>Deutschland</h3><ul><li>Dr. Max Beispiel</li></ul>"
            '<details><summary>Italia</summary><p><a href="https://i.example">Ufficio I</a></p></details>'
        )
    )
    assert points.found == (
        ContactPoint("Austria", "Office A", "https://a.example"),
        ContactPoint("Belgique", "Bureau B", "https://b.example"),
        ContactPoint("Italia", "Ufficio I", "https://i.example"),
    )
    assert points.unread == ("Deutschland",)


@settings(deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=30))
def test_no_mixture_of_tags_and_text_stops_the_reading(pieces):
    mixed = page("".join(pieces))
    found = ecl.cards(mixed).cards
    assert all(entry.url.startswith(("http://", "https://")) for entry in found)
    assert len({entry.url for entry in found}) == len(found)
    assert ecl.next_page(mixed, 0) != mixed.url
    ecl.announced(mixed)
    ecl_detail.page_facts(mixed, "en")
    ecl_detail.main_text(mixed)
    ecl_detail.portal_links(mixed)
    assert all(link.url for link in ecl_detail.files(mixed))
    assert not any(PERSONAL.search(point.name) for point in contact_points(mixed).found)


# Spiders, without a network


@pytest.fixture(scope="module")
def make():
    known = load_reference(Settings().data / "reference").programmes
    return lambda kind: kind(source=sources()[kind.name], known=known, fetched_at=DAY)


def test_a_renamed_title_is_a_failure_when_no_card_has_one_and_an_issue_when_one_has_none(make):
    nameless = (
        card("/a_en", "A call for towns").replace("ecl-content-block__title", "x").replace("data-ecl-title-link", "")
    )
    spider = make(EaceaSpider)
    with pytest.raises(WrongPage, match=rf"{LIST}.*has its markup changed"):
        spider.entries(page(nameless))
    assert [found.title for found in make(EaceaSpider).entries(page(nameless + card("/b_en", "B")))] == ["B"]
    assert [(issue.reference, issue.field, issue.found) for issue in spider.issues] == [
        (LIST, "card", "Call status: OpenA call for towns")
    ]


@pytest.mark.parametrize(("url", "lacks"), [(f"{OVERVIEW}_en", "no document"), (CONTACTS, "no contact point")])
def test_programme_pages_that_lost_what_they_are_read_for_are_alarms(make, url, lacks):
    spider = make(CervSiteSpider)
    assert list(spider.page_records(url, page("<h1>Welcome</h1>", url))) == []
    (alarm,) = spider.alarms
    assert alarm.startswith(f"{url}: ")
    assert lacks in alarm


def test_an_overview_with_documents_is_no_alarm(make):
    spider = make(CervSiteSpider)
    assert list(spider.page_records(f"{OVERVIEW}_en", page("<a href='/plan.pdf'>Planning</a>"))) == []
    assert spider.alarms == []


def test_a_list_that_says_it_is_empty_is_empty(make):
    assert list(make(EaceaSpider).entries(page("<p>No results have been found</p>"))) == []


def news(title: str, teaser: str = "", url: str = "/whats-new/news/x_en", day: str = "2026-11-01") -> ecl.Card:
    return ecl.Card(url=f"https://home-affairs.ec.europa.eu{url}", title=title, teaser=teaser, day=day)


@pytest.mark.parametrize(
    ("title", "text", "programme"),
    [
        ("Call for proposals on local integration", "Nothing named.", "AMIF"),
        ("Call for proposals of the Internal Security Fund", "Nothing named.", "ISF"),
        ("Call for proposals on cybercrime", "It is part of ISF.", "ISF"),
        ("Call for proposals on two things", "AMIF and ISF pay together.", "AMIF"),
        ("Call for proposals on two others", "ISF and BMVI pay together.", ""),
        ("Call for proposals of ISF", "See CERV-2027-EQUAL.", "CERV"),
    ],
)
def test_the_programme_is_the_one_named_and_never_a_guess_between_others(make, title, text, programme):
    record = make(HomeAffairsSpider).record(news(title), page(f'<div class="ecl"><p>{text}</p></div>'))
    assert record.programme == programme


def test_an_item_on_another_host_is_taken_from_its_card(make):
    spider = make(HomeAffairsSpider)
    entry = ecl.Card(url=f"{PORTAL}/topic-details/amif-2026-tf2-ag-thb-01", title="New topic", teaser="On trafficking.")
    assert not spider.needs_page(entry)
    record = spider.record(entry, None)
    assert (record.url, record.mentions, record.programme) == (entry.url, ("AMIF-2026-TF2-AG-THB-01",), "AMIF")
    assert record.description == "<p>On trafficking.</p>"


def test_what_may_be_a_call_is_one_only_if_its_page_says_so(make):
    spider, entry = make(HomeAffairsSpider), news("EUR 5 million for welcome offices")
    assert spider.is_wanted(entry)
    assert spider.record(entry, page("<p>The offices were opened.</p>")) is None
    assert spider.record(entry, page("<p>Under AMIF-2026-TF2-AG-THB-01.</p>")) is not None


def test_news_are_read_as_far_back_as_matters_and_undated_ones_always(make):
    spider = make(HomeAffairsSpider)
    assert spider.is_far_enough([news("a", day="2024-01-01"), news("b", day="3 May 2025")])
    assert not spider.is_far_enough([news("a", day="2024-01-01"), news("b", day="")])
    assert not spider.is_far_enough([news("a", day="2024-01-01"), news("b", day="2026-11-01")])


# Faults of answers, over sockets


def detail(title: str) -> str:
    return whole(f'<h1>{title}</h1><div class="ecl"><p>Text of {title}.</p></div>' + facts(("Reference", "R-1")))


def at(name: str) -> str:
    return f"{SITE}/grants/2021-2027/erasmus/{name}_en"


DEEP = "<div>" * 3000 + card("/deep_en", "Too deep") + "</div>" * 3000
html = partial(str.encode, encoding="utf-8")
FAULTY = {
    "truncated": Page(at("truncated"), body=html(detail("truncated"))[:-30]),
    "elsewhere": Page(at("elsewhere"), status=302, location="https://login.example/"),
    "front": Page(at("front"), status=301, location=f"{SITE}/index_en"),
    "pdf": Page(at("pdf"), body=b"%PDF-1.4\n<html><main>no</main></html>"),
    "huge": Page(at("huge"), body=html(whole("<p>" + "x" * 17 * 1024 * 1024 + "</p>"))),
    "deep": Page(at("deep"), body=html(whole(DEEP))),
    "gone": Page(at("gone"), status=404, body=html(whole("gone"))),
    "renamed": Page(at("renamed"), body=html(detail("renamed").replace("main>", "section>"))),
}
TOLD = {
    "truncated": "is cut off",
    "elsewhere": "login.example",
    "front": "was sent on to the front page",
    "pdf": "is a PDF",
    "huge": "larger than download max size",
    "deep": "is nested more than",
    "gone": "answered 404",
    "renamed": "has no 'main'",
}
READABLE = [
    Page(at("latin"), body=detail("Förderung für Städte").encode("cp1252")),
    Page(at("said-latin"), body=html(detail("Ελλάδα")), type="text/html; charset=iso-8859-1"),
]
FRONT = Page(f"{SITE}/index_en", body=html(whole("<h1>Welcome</h1>")))


@pytest.fixture(scope="module")
def replay(tmp_path_factory):
    def run(pages, robots=None):
        served = [*pages, *([robots] if robots else [])]
        with Replay(served, hosts=("www.eacea.ec.europa.eu", "login.example")) as sites:
            settings = Settings(home=tmp_path_factory.mktemp("home"), host_map=sites.host_map)
            folder, report = crawl("eacea", settings, delay=0.0, time_limit=60, options={"fetched_at": DAY})
        return report, [line for line in (folder / "raw.jsonl").read_text(encoding="utf-8").splitlines() if line], sites

    return run


def list_of(*cards: str, url: str = LIST, rest: str = "") -> Page:
    return Page(url, body=html(whole("".join(cards) + rest)))


EMPTY = list_of(url=OTHER_LIST, rest="<p>No results have been found</p>")


@pytest.fixture(scope="module")
def faulty_details(replay):
    cards = [card(listed.url, listed.url.rsplit("/", 1)[-1]) for listed in [*FAULTY.values(), *READABLE]]
    return replay([list_of(*cards), EMPTY, FRONT, *FAULTY.values(), *READABLE])


@pytest.mark.parametrize("fault", FAULTY)
def test_a_page_that_cannot_be_read_is_an_issue_that_names_it(faulty_details, fault):
    report, _, _ = faulty_details
    (issue,) = [issue for issue in report.issues if issue.reference == at(fault)]
    assert TOLD[fault] in issue.problem
    assert issue.found == f"{fault}_en"


def test_the_others_are_read_whatever_their_charset(faulty_details):
    report, lines, _ = faulty_details
    assert (report.listed, report.fetched, report.complete) == (10, 2, True)
    assert ["Förderung für Städte" in lines[0], "Ελλάδα" in lines[1]] == [True, True]
    assert len(lines) == 2


def test_another_host_is_never_asked(faulty_details):
    _, _, sites = faulty_details
    assert not [visit for visit in sites.visits if "login.example" in visit]


LISTS = {
    "truncated": (Page(LIST, body=html(whole(card("/a_en")))[:-20]), "is cut off"),
    "renamed": (
        list_of(card("/a_en").replace("ecl-content", "ecl3-x").replace("data-ecl-", "data-x-")),
        "markup changed",
    ),
    "elsewhere": (Page(LIST, status=302, location="https://login.example/"), "login.example"),
    "huge": (Page(LIST, body=html(whole("x" * 17 * 1024 * 1024))), "larger than download max size"),
    "deep": (list_of(card("/a_en"), rest=DEEP), "is nested more than"),
    "gone": (Page(LIST, status=404, body=html(whole("gone"))), "answered 404"),
    "pdf": (Page(LIST, body=b"%PDF-1.4\n"), "is a PDF"),
    "fewer than announced": (
        list_of(card(at("one")), rest="<h4>Calls (12)</h4>"),
        "the list says it has 12 entries, its pages held 1",
    ),
}


@pytest.mark.parametrize("fault", LISTS)
def test_a_list_that_cannot_be_read_is_a_failure_that_names_it_and_the_other_list_is_read(replay, fault):
    broken, told = LISTS[fault]
    good = list_of(card(at("good"), "Good"), url=OTHER_LIST)
    report, lines, _ = replay([broken, good, FRONT, Page(at("good"), body=html(detail("Good")))])
    (failure,) = report.failures
    assert LIST in failure
    assert told in failure
    assert not report.complete
    assert [f'"url": "{at("good")}"' in line for line in lines] == [True]


@pytest.mark.parametrize(
    "robots",
    [
        Page(f"{SITE}/robots.txt", body=b"User-agent: *\nDisallow: /\n", type="text/plain"),
        Page(f"{SITE}/robots.txt", status=503, body=b"down"),
    ],
    ids=["forbids", "fails"],
)
def test_robots_that_forbid_or_fail_make_both_lists_failures_and_nothing_else_is_asked(replay, robots):
    report, lines, sites = replay([list_of(card(at("good"))), EMPTY], robots)
    assert [url in failure for url, failure in zip((LIST, OTHER_LIST), report.failures, strict=True)] == [True, True]
    assert all("robots.txt" in failure for failure in report.failures)
    assert lines == []
    assert set(sites.visits) == {f"{SITE}/robots.txt"}


@pytest.mark.parametrize("list_is_there", [True, False])
def test_a_page_beside_the_lists_that_has_moved_is_told_and_the_calls_of_the_lists_are_read(tmp_path, list_is_there):
    gone = HomeAffairsSpider.pages if list_is_there else (*HomeAffairsSpider.pages, *HomeAffairsSpider.lists)
    with Replay(page for page in pages_of("home_affairs") if page.url not in gone) as sites:
        settings = Settings(home=tmp_path, host_map=sites.host_map)
        _, report = crawl("home_affairs", settings, delay=0.0, time_limit=60, options={"fetched_at": DAY})
    assert report.complete is list_is_there
    assert (report.records > 0) is list_is_there
    told = report.alarms if list_is_there else report.failures
    assert {f"{url}: answered 404" for url in gone} <= set(told)


def test_a_host_that_answers_200_to_anything_proves_nothing_by_it(replay):
    nothing = html(whole("<h1>Our services</h1>").replace("<title>t<", "<title>Our services<"))
    report, lines, _ = replay(
        [Page(f"{SITE}/no-such-page-asked-for-as-a-test", body=nothing), Page(LIST, body=nothing), EMPTY]
    )
    assert any("answered 200" in alarm for alarm in report.alarms)
    assert any(LIST in failure and "answers to any address" in failure for failure in report.failures)
    assert lines == []


def test_a_news_item_keeps_the_page_of_a_call_on_the_site_of_the_body_that_runs_it():
    """So that the news and that body's own record become one call."""
    call = "https://www.esf.lt/en/projects/newcomers-in-small-towns"
    linked = [
        f"{call}?tab=faq#top",
        call,
        "https://www.esf.lt/",
        "https://example.org/x",
        "https://ec.europa.eu/info/a",
    ]
    assert pages_of_calls(linked) == (call,)
