"""One call as a page without scripts."""

from itertools import pairwise

import pytest
from lxml import html

from tests.doubles.plain_visitor import HOSTILE_CALLS, asked
from tests.doubles.small_store import CALLS, IN_GREECE, OVER, PUBLIC, TOWNS, URBACT, WOMEN


def text(element) -> str:
    return " ".join(element.text_content().split())


def test_it_tells_all_that_the_dashboard_does(read):
    page = read("/plain/call", call=WOMEN)
    assert text(page.xpath("//h1")[0]) == "Integration of migrant women into local life"
    sections = page.xpath("//main/section/h2/@id")
    wanted = [
        "facts",
        "deadlines",
        "money",
        "criteria",
        "way-in",
        "changes",
        "documents",
        "related",
        "texts",
        "origins",
    ]
    assert [one for one in sections if one in wanted] == wanted
    told = text(page)
    for word in ("AMIF-2026-WOMEN", "EUR 10,000,000", "up to 90 % of the costs", PUBLIC, "Met", "portal.example"):
        assert word in told or word == "Met"


def test_all_deadlines_stand_in_a_table(read):
    table = read("/plain/call", call=URBACT).xpath("//section[h2/@id='deadlines']//table")[0]
    assert len(table.xpath(".//th[@scope='col']")) == 4
    assert len(table.xpath(".//tbody/tr")) == 2


def test_levels_of_headings_follow_each_other(read):
    for call in CALLS:
        levels = [int(one.tag[1]) for one in read("/plain/call", call=call.id).xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_without_an_organisation_the_call_alone_is_told(visitor):
    page = html.fromstring(visitor.get("/plain/call", params={"call": WOMEN}).text)
    assert not page.xpath("//h2[@id='criteria' or @id='way-in']")
    assert page.xpath("//h2[@id='facts']")


def test_a_national_call_of_another_country_is_told_as_such(read):
    assert "national call of another country" in text(read("/plain/call", call=IN_GREECE))


def test_a_closed_call_says_since_when(read):
    told = text(read("/plain/call", call=OVER))
    assert "This call is closed: its last deadline was on" in told
    assert "Look at the official page before you rely on it" not in told, "what is over need not be fresh"


def test_texts_of_the_call_are_marked_with_their_language(read):
    page = read("/plain/call", call=TOWNS, lang="de")
    assert page.xpath("//h1/bdi/@lang") == ["fr"]
    assert set(page.xpath("//*[@class='text']/@lang")) == {"fr"}
    assert not read("/plain/call", call=TOWNS, lang="fr").xpath("//*[@class='text']/@lang")


def test_an_unknown_call_is_404(visitor):
    for call in ("", "portal:none", "<script>"):
        assert visitor.get("/plain/call", params=asked(call=call)).status_code == 404


@pytest.mark.parametrize("call", HOSTILE_CALLS, ids=lambda call: call.reference)
def test_hostile_texts_are_only_words(hostile, call):
    answer = hostile.get("/plain/call", params=asked(call=call.id))
    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    assert not page.xpath("//script|//img|//@onerror|//@style")
    assert all(link.startswith(("/", "#", "http://", "https://")) for link in page.xpath("//a/@href"))
    assert "\u202e" not in answer.text
    name = hostile.get("/plain/call.ics", params=asked(call=call.id)).headers["content-disposition"]
    assert name.isascii()
    assert not set(name) & set("\r\n<>/\\")
