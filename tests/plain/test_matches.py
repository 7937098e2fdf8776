"""The brief's table with an organisation's calls, as a page without scripts."""

import pytest

from matcher.languages import LANGUAGES
from tests.doubles.plain_visitor import HOSTILE, asked, parameters
from tests.doubles.small_store import CALLS, DAY, MUNICIPALITY


def text(element) -> str:
    return " ".join(element.text_content().split())


def shown(page) -> list[str]:
    """Ids of the calls that a page leads to."""
    links = page.xpath("//main//*[self::h3 or self::p]/a[starts-with(@href, '/plain/call?')]/@href")
    return [parameters(link)["call"] for link in links]


def test_each_fund_of_the_brief_has_its_table_with_sources(read):
    page = read()
    headings = [text(one) for one in page.xpath("//main//section/h2")]
    assert headings == ["AMIF", "ESF+", "ERDF", "Erasmus+", "CERV", "Other EU programmes"]
    for table in page.xpath("//section/table"):
        assert len(table.xpath(".//th[@scope='col']")) == len(table.xpath(".//td")) == 4
        assert all("Source" in text(cell) and "as of" in text(cell) for cell in table.xpath(".//td"))


def test_every_call_of_the_listing_stands_there_once(read):
    ids = shown(read())
    assert len(ids) == len(set(ids))
    own = {call.id for call in CALLS if call.national is None or call.national.country == "LV"}
    assert set(ids) == own


def test_a_card_tells_way_in_deadline_and_the_parts_of_its_fit(read):
    card = read().xpath("//li[@class='card'][.//a[contains(@href, 'amif-women')]]")[0]
    told = text(card)
    for word in ("Integration of migrant women", "AMIF", "Way in", "16 April 2026, 17:00 (Brussels time)", "45 days"):
        assert word in told
    bars = card.xpath(".//*[local-name()='svg']")
    assert bars
    assert all(bar.get("aria-hidden") == "true" for bar in bars)
    assert len(bars) == len(card.xpath(".//*[@class='fit']//li"))
    assert not card.xpath(".//@style")


def test_a_ticked_box_is_a_filter_and_stays_ticked(read):
    page = read(fund="AMIF~CERV", status="open")
    assert {"AMIF", "CERV"} == set(page.xpath("//input[@name='fund'][@checked]/@value"))
    assert "portal:amif-women" in shown(page)
    assert "portal:urbact" not in shown(page)
    assert "portal:amif-over" not in shown(page)


def test_a_form_sends_several_boxes_as_several_parameters(visitor, read):
    sent = [*asked().items(), ("fund", "AMIF"), ("fund", "CERV"), ("within", ""), ("text", ""), ("sort", "fit")]
    answer = visitor.get("/plain/matches", params=sent)
    assert answer.status_code == 200
    assert "not understood" not in answer.text
    assert {one for one in CALLS if one.id in answer.text.replace("%3A", ":")} == {
        one for one in CALLS if one.id in shown(read(fund="AMIF~CERV"))
    }


def test_the_form_asks_for_what_was_first_seen_lately(read):
    page = read(seen="7")
    assert page.xpath("//input[@name='seen']/@value") == ["7"]
    assert set(shown(page)) == {"portal:amif-planned", "portal:towns"}
    assert text(page.xpath("//label[@for='seen']")[0]) == "Days since first seen, at most"
    assert all(parameters(link)["seen"] == "7" for link in page.xpath("//nav[@class='files']//a/@href"))


def test_what_is_not_understood_is_told(read):
    assert "fund and on" in text(read(fund="nonsense", on="yesterday").xpath("//*[@role='note']")[0])


def test_files_hold_what_the_page_holds(read):
    page = read(fund="AMIF", text="women")
    links = page.xpath("//nav[@class='files']//a/@href")
    assert [link.partition("?")[0] for link in links] == [
        f"/plain/matches{one}" for one in (".pdf", ".xlsx", ".csv", ".txt")
    ]
    for link in links:
        assert parameters(link) == {
            "lang": "en",
            "profile": MUNICIPALITY,
            "on": DAY.isoformat(),
            "fund": "AMIF",
            "text": "women",
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_each_language_and_marks_the_others(read, language):
    page = read(lang=language)
    assert page.get("lang") == language
    title = page.xpath("//a[contains(@href, 'portal%3Atowns')]/bdi")[0]
    assert title.get("lang") == (None if language == "fr" else "fr")


def test_without_an_organisation_one_is_chosen(visitor):
    assert visitor.get("/plain/matches").headers["location"] == "/plain?lang=en"
    home = visitor.get("/plain").text
    assert 'action="/plain/matches"' in home
    assert f'value="{MUNICIPALITY}"' in home


@pytest.mark.parametrize(
    "more", [{"profile": "nobody"}, {"page": "99"}, {"profile": "../riga"}, {"profile": "<script>"}]
)
def test_what_is_not_there_is_404(visitor, more):
    answer = visitor.get("/plain/matches", params=asked(**more))
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_page_that_did_not_change_is_not_sent_again(visitor):
    first = visitor.get("/plain/matches", params=asked())
    again = visitor.get("/plain/matches", params=asked(), headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = visitor.get("/plain/matches", params=asked(lang="lv"), headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_hostile_titles_are_only_words(hostile):
    html = hostile.get("/plain/matches", params=asked()).text
    assert "<script" not in html
    assert "onerror=alert" not in html.replace("onerror=alert(1)&gt;", "")
    assert "javascript:" not in html
    assert "\u202e" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ 7*7 }}" in html
    assert "%(name)s" in html
    assert html.count("long ") < 10_000 < len(HOSTILE[-1])
