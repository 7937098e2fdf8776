"""Whatever a website, an address or a source writes: no page lets it act as Markdown, HTML or a link."""

import re
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from matcher.history import Step
from matcher.model import Area, Authority, Evidence, Link, National, Place, Quote, RouteBody, Sighting, Tier, Update

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
)
ACTIVE = ("<", "![", "](java", ":red[x", "material/home", "$", "`code", "**bold", "~~", "_slan", "- list", "| c", "&lt")
"""Signs that a payload would act, sought in what is left of a text without its escaped characters."""
FOUND_AFTER_PARSING = re.compile(r"https?://tracker|www\.tracker|me@tracker|:smile:")
"""What Streamlit turns into links and pictures although it is escaped."""


LINK_TARGET = re.compile(r"\]\(https?://[^\s()]*\)")
"""A source's address may be linked, but never loaded; its label shows the host."""


def hostile_sighting(payload):
    return Sighting(
        id=payload,
        source=payload,
        tier=Tier.DISCOVERY,
        url="javascript:alert(1)",
        as_of=date(2025, 5, 1),
        confidence=0.5,
        basis=payload,
    )


def hostile_national(payload):
    place = Place(sha256=payload, sheet=payload, row=1)
    authority = Authority(name=payload, url="javascript:alert(1)")
    texts = dict.fromkeys(("programme", "priority", "specific_objective", "mode"), payload)
    return National(country="LV", **texts, area=Area(text=payload, codes=(payload,)), authority=authority, place=place)


def hostile_match(make, payload):
    quote = Quote(text=payload, place=payload, start=0, end=len(payload))
    verdicts = tuple(
        v.model_copy(
            update={"label": payload, "reason": payload, "reference": payload, "remedy": payload, "quote": quote}
        )
        for v in make.match().verdicts
    )
    call = make.call(
        identifier=payload,
        title=payload,
        url="javascript:alert(1)",
        call_title=payload,
        parent_title=payload,
        text=payload,
        conditions=payload,
        applicants=payload,
        types_of_action=(payload,),
        documents=(
            Link(url="javascript:alert(1)", label=payload),
            Link(url="https://ok.example/)![x](y", label=payload),
        ),
        updates=(Update(reference="u", published=datetime(2025, 4, 1, tzinfo=UTC), title=payload, text=payload),),
        sources=("javascript:alert(1)", payload),
        sightings=(hostile_sighting(payload),),
        national=hostile_national(payload),
    )
    facts = dict.fromkeys(("name", "role", "english", "source", "note"), payload)
    body = RouteBody(url="javascript:alert(1)", evidence="known", **facts)
    changed = {"label": payload, "reason": payload, "reference": payload, "body": body, "gap": payload}
    changed["contacts"] = (body, body.model_copy(update={"url": "https://ok.example/)![x](y"}))
    route = make.match().route.model_copy(update=changed)
    parts = tuple(p.model_copy(update={"label": payload}) for p in make.match().contributions)
    return make.match(
        call,
        verdicts=verdicts,
        route=route,
        contributions=parts,
        evidence=(Evidence(need=payload, quote=quote, similarity=1),),
    )


def hostile_state(make, payload):
    state = make.state()
    texts = {"title": payload, "publisher": payload, "licence": payload, "frequency": payload, "gaps": (payload,)}
    card = make.card(url="javascript:alert(1)", **texts)
    latest = state.latest.model_copy(update={"reasons": (payload, "x"), "alarms": (payload,), "notes": (payload,)})
    issue = state.issues[0].model_copy(
        update={"field": payload, "problem": payload, "found": payload, "place": payload}
    )
    return make.state(source=payload, card=card, latest=latest, issues=(issue,))


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("view", ["matches", "call", "sources"])
def test_no_text_of_a_website_is_active_on_a_page(service, make, open_page, sent, view, payload):
    service.matches = [hostile_match(make, payload)]
    service.steps, service.foreign = (Step(date(2025, 5, 1), payload, payload, payload),), 2
    service.states = [hostile_state(make, payload)]
    service.portals = {"RO": make.portal(title=payload, url="https://ok.example/)![x](y")}
    app: AppTest = open_page(view, profile="riga", on="2025-05-01", call="portal:one")
    assert not app.exception
    carried = [text for kind, text in sent(app) if kind != "text"]
    assert any(_recognisable(payload) in _plain(text) for text in carried), (
        "the payload must reach the page to be tested"
    )
    for text in carried:
        assert "javascript:" not in text
        assert not FOUND_AFTER_PARSING.search(LINK_TARGET.sub("", text).replace("\\", "")), text
        bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)
        assert not [sign for sign in ACTIVE if sign in bare], text


def _recognisable(payload):
    return payload.split()[0]


def _plain(text):
    return text.replace("\\", "").replace("\N{WORD JOINER}", "")
