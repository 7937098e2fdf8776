"""What hostile calls can do in a mail: nothing. And what a mail must hold whatever it tells."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.alerts.digests.cards import WEIGHTY, Card, Caution, Reason, own_page
from matcher.alerts.digests.digest import (
    LATER,
    OPENS_WITHIN,
    SHOWN,
    SOON,
    Digest,
    Item,
    Part,
    Section,
    StaleSource,
    shares,
)
from matcher.alerts.letters.headings import heading
from matcher.alerts.letters.render import SUBJECT, TEMPLATES, items_html, render, render_digest
from matcher.alerts.letters.voice import Voice
from matcher.alerts.letters.words import PLAIN
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.eligibility.rules import RULES
from matcher.languages import LANGUAGES, speaker
from matcher.languages import terms as words
from matcher.ledger.passing import CLOSING_WITHIN, OPENING_WITHIN
from matcher.model import (
    Answer,
    CallKind,
    CallStatus,
    Consent,
    EventKind,
    FieldChange,
    MailKind,
    MaterialField,
    RouteKind,
    Subscription,
)
from matcher.settings import Settings
from tests.doubles.news_world import MONDAY, at_seven, made_call, moved

HOSTILE = (
    "</style><script>alert(1)</script><img src=http://tracker.example/p.png onerror=alert(1)>",
    '"><a href="javascript:alert(1)">click</a>',
    "Grant\r\nBcc: everybody@example.org\r\n\r\nfree money",
    "\u202egnp.exe\u2066 \u200fabc \x00\x1b[31m",
    "see https://evil.example/login or www.evil.example or me@evil.example or evil.example",
    "%(host)s %s {{ 7*7 }} {% raw %}",
    "x" * 5_000,
)


@pytest.fixture
def links(tmp_path):
    settings = Settings(home=tmp_path, secret="s" * 40, public_url="https://funding.example")
    return Links(settings, Tokens(settings))


@pytest.fixture
def subscription():
    consent = Consent(text_version="1", asked=at_seven(MONDAY))
    return Subscription(id="s1", address="a@example.org", profile="riga", language="en", consent=consent)


def card(text="A call", **facts):
    known = {
        "call": "portal:A",
        "title": text,
        "language": "en",
        "url": "https://portal.example/A",
        "programme": text,
        "kind": CallKind.TOPIC,
        "route": RouteKind.NATIONAL_AGENCY,
        "body": text,
        "status": CallStatus.OPEN,
        "usability": 0,
        "place": 1,
        "reason": Reason(need=text, need_language="lv", quote=text),
        "caution": Caution(rule="country", answer=Answer.UNKNOWN),
    }
    return Card.model_validate(known | facts)


def digest(text="A call", *cards, part=Part.CHANGED, kinds=(EventKind.CHANGED,), changes=None, stale=True):
    if changes is None:
        changes = (
            FieldChange(field=MaterialField.TITLE, was=("old",), now=(text,)),
            FieldChange(field=MaterialField.CRITERIA, was=(text,), now=(text, "more")),
        )
    items = tuple(Item(card=one, kinds=kinds, learnt=MONDAY, changes=changes) for one in cards or (card(text),))
    return Digest(
        profile="riga",
        name=text,
        on=MONDAY,
        sections=(Section(part=part, items=items, shown=shares([len(items)])[0]),),
        stale=(StaleSource(title=text, read=MONDAY),) if stale else (),
    )


class Page(HTMLParser):
    """The elements of a page and what its links say."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.words, self.open = [], [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "a":
            self.links.append([dict(attributes)["href"], ""])
        self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if "style" not in self.open:
            self.words += data
        if "a" in self.open:
            self.links[-1][1] += data

    def names(self):
        return [tag for tag, _ in self.tags]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["en", "el"])
def test_hostile_text_stays_text(text, language, links, subscription):
    one = subscription.model_copy(update={"language": language})
    mail = render_digest(digest(text), one, links, "https://funding.example/m")
    page = Page(mail.html)
    assert not {"script", "img", "iframe", "form", "link", "object", "video"} & set(page.names())
    assert page.names().count("style") == 1
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert {urlsplit(url).hostname for url, _ in page.links} <= {"funding.example", "portal.example"}
    for part in (mail.subject, mail.text, page.words):
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", part)
        assert not re.search(r"(https?://|www\.|@|\b)evil\.example", part)
    assert "\n" not in mail.subject
    assert len(mail.subject) <= SUBJECT


@given(st.text(max_size=300))
def test_any_text_makes_one_line_and_no_element(tmp_path_factory, text):
    settings = Settings(home=tmp_path_factory.getbasetemp(), secret="s" * 40, public_url="https://funding.example")
    consent = Consent(text_version="1", asked=at_seven(MONDAY))
    one = Subscription(id="s1", address="a@example.org", profile="riga", language="en", consent=consent)
    links = Links(settings, Tokens(settings))
    plain = Page(render_digest(digest("A call"), one, links, "https://funding.example/m").html).names()
    mail = render_digest(digest(text), one, links, "https://funding.example/m")
    assert set(Page(mail.html).names()) <= set(plain)
    assert len(mail.subject.splitlines()) == 1


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://portal.example/A", True),
        ("https://calls.portal.example/A", True),
        ("https://portal.example.evil.example/A", False),
        ("https://evilportal.example/A", False),
        ("https://portal.example@evil.example/A", False),
        ("javascript:alert(1)//portal.example", False),
        ("https://elsewhere.example/A", False),
    ],
)
def test_only_pages_on_sites_of_sources_are_linked_to(url, kept):
    assert bool(own_page(made_call("A", url=url), {"portal.example"})) is kept


def test_a_mail_can_be_read_by_anybody(links, subscription):
    foreign = card("Appel", language="fr")
    mail = render_digest(digest("Riga", foreign), subscription, links, "https://funding.example/m")
    page = Page(mail.html)
    names = page.names()
    assert ("html", {"lang": "en"}) in page.tags
    assert names.count("h1") == 1
    assert [name for name in names if name in ("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2"]
    assert "table" not in names
    assert {"ul", "li", "title"} <= set(names)
    assert any(attributes.get("lang") == "fr" for _, attributes in page.tags)
    assert any(attributes.get("content") == "light dark" for _, attributes in page.tags)
    assert "@media (prefers-color-scheme: dark)" in mail.html
    assert all(len(words) >= 5 for _, words in page.links), "a link says where it leads"
    assert all("style" in attributes for tag, attributes in page.tags if tag in ("p", "a", "h1", "h2"))


def test_every_mail_says_why_it_comes_and_how_to_leave(links, subscription):
    mail = render_digest(digest(), subscription, links, "https://funding.example/m")
    for part in (mail.text, mail.html):
        assert links.settings("s1").rpartition("/")[0] in part
        assert links.unsubscribe("s1") in part
        assert links.privacy("en") in part
        assert "Monday, 23 November 2026" in part
    assert max(map(len, (line for line in mail.text.splitlines() if "https://" not in line))) <= 78


def test_what_the_mail_leaves_out_stands_on_its_page(links, subscription):
    cards = [card(f"Call {number}", call=f"portal:{number}") for number in range(30)]
    made = digest("Riga", *cards, changes=())
    mail = render_digest(made, subscription, links, "https://funding.example/m")
    assert mail.html.count("<h3") == SHOWN
    assert "Read 20 more calls" in mail.html
    assert "20 more calls" in mail.text
    whole = items_html(made, subscription, links)
    assert whole.count("<h3") == 30
    assert "/alerts/call/" in whole


def test_the_content_survives_the_outbox():
    made = digest()
    assert Digest.model_validate_json(made.model_dump_json(exclude_defaults=True)) == made


def test_a_mail_whose_content_was_deleted_says_so(links, subscription):
    from tests.alerts.golden_world import confirmation

    gone = confirmation("").model_copy(update={"kind": MailKind.DIGEST})
    with pytest.raises(ValueError, match="deleted after the retention period"):
        render(gone, subscription, links)


def test_text_and_choice_share_their_numbers():
    voice = Voice(speaker("en"), html=False)
    assert (LATER, SOON) == CLOSING_WITHIN
    assert (OPENS_WITHIN,) == OPENING_WITHIN
    assert str(SOON) in heading(Part.CLOSING_SOON, False, voice)
    assert str(LATER) in heading(Part.CLOSING_LATER, False, voice)
    assert str(SOON) in heading(Part.NEW, True, voice)
    assert str(OPENS_WITHIN) in heading(Part.OPENING, False, voice)


def test_every_rule_route_and_field_has_words():
    assert set(WEIGHTY) == words.CHECKS.keys() == RULES.keys() - {"call_status"}
    assert words.ROUTES.keys() == set(RouteKind)
    assert words.FIELDS.keys() == set(MaterialField)
    assert PLAIN.keys() | {Part.GONE} == set(Part)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [0, 1, 2, 5, 21, 30, 31])
def test_days_left_have_the_right_number_in_each_language(language, days, links, subscription):
    from matcher.model import Deadline

    one = card("A", deadline=Deadline(day=MONDAY + timedelta(days=days)), reason=None, caution=None)
    made = digest("Riga", one, changes=(moved(MONDAY + timedelta(days=40), MONDAY + timedelta(days=days)),))
    mail = render_digest(
        made, subscription.model_copy(update={"language": language}), links, "https://funding.example/m"
    )
    assert "%(" not in mail.text
    assert str(40 - days) in mail.text
    said = " ".join(mail.text.split()).count(speaker(language).day(MONDAY + timedelta(days=days)))
    assert said == 1 or days == 0, "what changed says the day; only today is said again"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", WEIGHTY)
def test_a_caution_is_a_sentence_of_its_own(rule, language, links, subscription):
    reader = subscription.model_copy(update={"language": language})
    for answer in RULES[rule].answers:
        if answer is not Answer.MET:
            caution = Caution(rule=rule, answer=answer)
            mail = render_digest(digest("Riga", card("A", caution=caution)), reader, links, "https://funding.example/m")
            term = (words.OBSTACLES if answer is Answer.NOT_MET else words.CHECKS)[rule]
            assert speaker(language).term(term).split()[-1] in mail.text


@pytest.mark.parametrize(
    ("caution", "sentence"),
    [
        ({"rule": "min_applicants", "least": 3}, "You need partners: the call wants at least 3 applicants."),
        ({"rule": "min_countries", "least": 2}, "You need partners from abroad: the call wants at least 2 countries."),
        ({"rule": "min_applicants", "is_usual": True}, "You will need partners, as is usual in calls of this kind."),
    ],
)
def test_how_many_partners_it_takes_is_told_where_it_is_known(caution, sentence, links, subscription):
    one = card("A", caution=Caution.model_validate({"answer": Answer.UNKNOWN} | caution))
    mail = render_digest(digest("Riga", one), subscription, links, "https://funding.example/m")
    assert sentence in mail.text


@pytest.mark.parametrize(("was", "now"), [((), ("new",)), (("old",), ()), (("old",), ("new",))])
def test_text_and_html_say_the_same_of_sentences_that_changed(was, now, links, subscription):
    made = digest("Riga", changes=(FieldChange(field=MaterialField.CRITERIA, was=was, now=now),))
    mail = render_digest(made, subscription, links, "https://funding.example/m")
    [line] = [line.strip() for line in mail.text.splitlines() if line.strip().startswith("Requirements")]
    assert line in re.sub(r"</?bdi[^>]*>", "", mail.html)


def test_a_subject_counts_all_that_is_told(links, subscription):
    def section(part, *kinds):
        item = Item(card=card("A"), kinds=kinds, learnt=MONDAY)
        return Section(part=part, items=(item,), shown=1)

    K = EventKind
    parts = (
        section(Part.CLOSING_SOON, K.CLOSING),
        section(Part.CLOSING_LATER, K.CLOSING),
        section(Part.NEW, K.NEW),
        section(Part.CHANGED, K.CHANGED),
        section(Part.OPENED, K.OPENED),
        section(Part.GONE, K.WITHDRAWN),
        section(Part.GONE, K.CLOSED),
    )
    made = Digest(profile="riga", name="Riga", on=MONDAY, sections=parts)
    mail = render_digest(made, subscription, links, "https://funding.example/m")
    assert mail.subject == "Calls for Riga: 2 close soon, 1 new, 1 changed, 1 open now, 1 withdrawn, 1 closed"


@pytest.mark.parametrize("html", [True, False])
def test_no_colon_of_french_stands_without_its_space(html, links, subscription):
    french = subscription.model_copy(update={"language": "fr"})
    made = render_digest(digest("Riga"), french, links, "https://funding.example/m")
    text = re.sub(r"<[^>]*>", " ", made.html.partition("</head>")[2]) if html else made.text
    assert re.findall(r"\w:(?!//)", text) == []


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_each_part_has_its_share_of_the_mail(sizes):
    shown = shares(sizes)
    assert sum(shown) == min(SHOWN, sum(sizes))
    assert all(0 < share <= size for share, size in zip(shown, sizes, strict=True))


def test_templates_hold_no_address_from_elsewhere():
    for file in TEMPLATES.iterdir():
        assert "http" not in file.read_text(encoding="utf-8"), file.name
