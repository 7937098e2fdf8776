"""The verdicts on a call's page: the sentence of the call document, its page and a link to it; nothing comes alive."""

from matcher.model import Answer, Basis, Link, Quote

DAY = "2025-05-01"
FICHE = "https://ec.europa.eu/fiche.pdf"


def quoted(make, text, sha):
    quote = Quote(text=text, place=f"document:{sha}", start=0, end=len(text), page=12)
    verdict = make.verdict("applicant_kind", "Kind", Answer.NOT_MET, "only towns lead", quote=quote)
    return verdict.model_copy(update={"basis": Basis.CALL_DOCUMENT, "remedy": "look for a town that leads"})


def page_with(service, make, open_page, verdict, label="Call document"):
    call = make.call(documents=(Link(url=FICHE, label=label),))
    service.matches = [make.match(call, verdicts=(verdict,))]
    service.fetched = {FICHE: make.document(FICHE)}
    return open_page("call", profile="riga", call="portal:one", on=DAY)


def test_a_quote_links_to_the_document_it_stands_in_with_its_page(service, make, open_page, shown):
    document = make.document(FICHE)
    app = page_with(service, make, open_page, quoted(make, "Only towns may lead.", document.sha256))
    text = shown(app).replace("\\", "")
    day = document.last_fetched
    assert "> “Only towns may lead.”" in text
    assert f"quoted from [Call document]({FICHE}), page 12, as of {day.day} {day:%B %Y}" in text
    assert ":material/arrow_forward: look for a town that leads" in text
    assert "Rests on the call document" in text


def test_a_document_that_is_no_longer_linked_is_named_without_a_link(service, make, open_page, shown):
    app = page_with(service, make, open_page, quoted(make, "Only towns may lead.", "f" * 64))
    assert "quoted from the call document, page 12" in shown(app)


def test_what_a_document_and_its_link_say_stays_text(service, make, open_page, shown):
    hostile = "![x](https://evil.example/x.png) :red[now]"
    verdict = quoted(make, hostile, make.document(FICHE).sha256)
    text = shown(page_with(service, make, open_page, verdict, label=hostile))
    assert "![x]" not in text
    assert ":red[now]" not in text
    assert text.count("x\\.png") >= 2
