"""Whatever a website, an address or a source writes: no page lets it act as Markdown, HTML or a link."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest

from matcher.model import (
    Area,
    Authority,
    Basis,
    Criterion,
    CriterionKind,
    Document,
    Event,
    EventKind,
    FieldChange,
    Link,
    MaterialField,
    National,
    Participant,
    Place,
    Project,
    ProjectRole,
    Quote,
    RunOutcome,
    Update,
)
from matcher.store import open_store
from tests.doubles import small_store
from tests.doubles.pieces import found
from tests.doubles.small_store import DAY, GREECE, LATVIA, PORTAL, card, good_run, made_call

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![pixel](http://tracker.example/p.png)",
    "[click](javascript:alert(1))",
    ":red[x] :material/home: :smile:",
    "$x^2$ $$y$$",
    "`code` **bold** ~~gone~~ _slanted_",
    "# Heading\n\n- list\n\n| a | b |\n|---|---|\n| c | d |",
    "https://tracker.example www.tracker.example me@tracker.example",
    "&lt;b&gt; \\[x\\] \u202egnp.exe",
    "turned \u202efdp.exe\u202c \u2066isolated\u2069 \u200fmarked \u061cletters",
    "long " + "t" * 9_990 + " end",
    "\x1b[2J\x00 controls <b>and</b> halves",
)
ACTIVE = ("<", "![", "](java", ":red[x", "material/home", "$", "`code", "**bold", "~~", "_slan", "- list", "| c", "&lt")
"""Signs that a payload would act, sought in what is left of a text without its escaped characters."""
FOUND_AFTER_PARSING = re.compile(r"https?://tracker|www\.tracker|me@tracker|:smile:")
"""What Streamlit turns into links and pictures although it is escaped."""
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00\x1b]")
"""What turns the direction of the letters after it, and control characters."""
OURS = {"nav", "ul", "li", "a", "div", "span", "b", "i", "p", "small", "strong", "em", "dl", "dt", "dd", "bdi", "br"}
OURS |= {"h1", "h2", "h3", "section", "blockquote", "details", "summary"}
OURS |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
OF_OURS = {"class", "style", "href", "lang", "hreflang", "target", "aria-label", "aria-current", "aria-hidden", "title"}
OF_OURS |= {"id", "dir", "translate", "role", "scope", "data-label", "aria-labelledby"}
"""Elements and attributes of our own HTML."""
LINK_TARGET = re.compile(r"\]\((?:https?://|/|\?|mailto:)[^\s()]*\)")
"""A source's address may be linked, but never loaded; its label shows the host."""
PLAIN_KINDS = ("text", "code", "text_input", "arrow_vega_lite_chart", "vega_lite_chart")
"""Elements that show their text as it is: for them only what cannot be seen matters."""
LONGEST_HEADING = 300
"""Characters of a title as a heading."""


def hostile_call(number, payload):
    """A call of the EU in all of whose texts the payload stands; it can be used, so that all parts are drawn."""
    quote = Quote(text=payload, place="conditions", start=0, end=len(payload))
    lone = Quote(text=payload, place=f"document:{'0' * 64}", start=0, end=len(payload), page=1)
    kinds = (CriterionKind.APPLICANT_KIND, CriterionKind.MIN_APPLICANTS, CriterionKind.GRANT_MAX, CriterionKind.COUNTRY)
    values = (("local_authority",), ("2",), ("60000",), (payload,))
    asked = tuple(
        Criterion(kind=kind, values=value, basis=Basis.CALL_DOCUMENT, quote=one)
        for kind, value, one in zip(kinds, values, (quote, lone, quote, lone), strict=True)
    )
    texts = dict.fromkeys(("title", "call_title", "parent_title", "granting_project", "text", "conditions"), payload)
    return made_call(
        f"hostile-{number}",
        identifier=payload,
        **texts,
        applicants=payload,
        terms=f"Read in the text, {payload}: {payload}",
        url="javascript:alert(1)",
        types_of_action=(payload,),
        criteria=asked,
        documents=(
            Link(url="javascript:alert(1)", label=payload, language="<b>"),
            Link(url="https://ok.example/)![x](y", label=payload),
            Link(url=f"https://ok.example/{number}.pdf", label=payload, language=payload[:10]),
        ),
        updates=(Update(reference="u", published=datetime(2025, 4, 1, tzinfo=UTC), title=payload, text=payload),),
        sources=("javascript:alert(1)", payload, "https://ok.example/)![x](y"),
    )


def hostile_national(number, payload):
    place = Place(sha256=payload, sheet=payload, row=1)
    authority = Authority(name=payload, url="javascript:alert(1)")
    texts = dict.fromkeys(("code", "programme", "priority", "specific_objective", "mode"), payload)
    area = Area(text=payload, codes=(payload,))
    national = National(country="LV", **texts, area=area, authority=authority, place=place)
    return made_call(
        f"national-{number}", source=LATVIA, identifier=f"N-{number}", title=payload, kind="call", national=national
    )


def hostile_card(payload):
    texts = {"title": payload, "publisher": payload, "licence": payload, "frequency": payload, "gaps": (payload,)}
    return card(GREECE, **texts | {"url": "javascript:alert(1)"})


def hostile_event(number, payload):
    change = FieldChange(field=MaterialField.TITLE, was=(payload,), now=(f"{payload} x",), where=payload)
    return Event(call=f"{PORTAL}:hostile-{number}", source=PORTAL, kind=EventKind.CHANGED, on=DAY, changes=(change,))


def hostile_project(number, payload):
    lead = Participant(name=payload, country="GR", role=ProjectRole.COORDINATOR, web="javascript:alert(1)")
    texts = {"title": payload, "acronym": payload, "topic": payload, "url": "javascript:alert(1)"}
    return Project(source=PORTAL, reference=str(number), **texts, participants=(lead,), as_of=DAY)


def paper(number):
    return Document(
        source=PORTAL,
        url=f"https://ok.example/{number}.pdf",
        found_on="https://ok.example/",
        media_type="application/pdf",
        sha256="0" * 64,
        size=9,
        first_fetched=DAY,
        last_fetched=DAY,
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The small store and, of each payload, a call, a national call, a change, a winner, a source's failed run."""
    settings = small_store.made_world(tmp_path_factory.mktemp("hostile"))
    told = list(enumerate(PAYLOADS))
    with open_store(settings.database_url) as store:
        store.save_run(
            good_run(card(PORTAL), id="hostile"),
            [hostile_call(*one) for one in told],
            documents=[paper(number) for number, _ in told],
            projects=[hostile_project(*one) for one in told],
            events=[hostile_event(*one) for one in told],
        )
        store.save_run(good_run(card(LATVIA), id="hostile national"), [hostile_national(*one) for one in told])
        bad = {"outcome": RunOutcome.FAIL, "reasons": PAYLOADS, "alarms": PAYLOADS, "notes": PAYLOADS}
        store.save_run(good_run(hostile_card(PAYLOADS[2]), DAY + timedelta(days=1), **bad))
    return settings


class Tags(HTMLParser):
    """Every element of a piece of HTML, with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def assert_ours(html):
    """The HTML of our own, links to other languages and the bar of a fit, holds no element that acts or loads."""
    for tag, attributes in Tags(html).found:
        assert tag in OURS, html
        assert set(attributes) <= OF_OURS, html
        assert attributes.get("href", "/").startswith(("/", "#", "?", "http://", "https://")), html


def harmless(carried):
    for kind, text in carried:
        assert not UNSEEN.search(text), (kind, text)
        if kind in PLAIN_KINDS:
            continue
        if kind == "html":
            assert_ours(text)
            continue
        assert "](javascript:" not in text
        assert not FOUND_AFTER_PARSING.search(LINK_TARGET.sub("", text).replace("\\", "")), text
        bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)
        assert not [sign for sign in ACTIVE if sign in bare], text


def reached(carried, payload):
    """How often the texts of the page carry the payload's first visible word."""
    word = next(word for word in re.sub(UNSEEN, "", payload).split() if word)[:100]
    told = (unescape(text) if kind == "html" else text.replace("\\", "") for kind, text in carried)
    return sum(text.replace("\N{WORD JOINER}", "").count(word) for text in told)


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
@pytest.mark.parametrize("kind", ["portal:hostile", "latvia:national"])
def test_no_text_of_a_call_is_active_on_its_page(page, sent, number, kind):
    key = f"{kind}-{number}"
    app = page("call", profile="riga", call=key)
    for folded in ("inclusion", "winners", "documents"):
        app.session_state[f"{folded} {key}"] = True
    app.run()
    assert not app.exception
    carried = sent(app)
    assert reached(carried, PAYLOADS[number]) > 6, "the payload must reach the page to be tested"
    harmless(carried)
    assert [len(one) for one in found(app, ".//h1")] < [LONGEST_HEADING]


@pytest.mark.parametrize("view", ["matches", "sources", "deadlines", "pipeline"])
def test_no_text_of_a_website_is_active_on_the_other_pages(page, sent, view):
    carried = sent(page(view, profile="riga"))
    harmless(carried)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_word_of_an_address_is_active(page, sent, payload):
    harmless(sent(page("call", profile=payload, call=payload, lang=payload, on=payload)))


@pytest.mark.parametrize("payload", PAYLOADS[:4], ids=range(4))
def test_no_filter_of_an_address_is_active(page, sent, payload):
    harmless(sent(page("matches", profile="riga", text=payload, fund=payload, least=payload)))
