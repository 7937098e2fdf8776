"""A draft of a consortium on the page of a call: chosen by a reader, told in symbols and words, never as Markdown."""

import pytest

from matcher.model import ApplicantKind, Basis, Criterion, CriterionKind, Experience, Link, Quote, Role
from matcher.reference import Participation, Standing

QUERY = {"profile": "riga", "on": "2025-05-01", "call": "portal:one"}


@pytest.fixture
def board(service, make, open_page):
    """Opens the page of a call that needs two applicants of two countries."""

    def run(**changes):
        needs = (CriterionKind.MIN_APPLICANTS, CriterionKind.MIN_COUNTRIES)
        asked = tuple(Criterion(kind=kind, values=("2",), basis=Basis.CALL_DOCUMENT) for kind in needs)
        service.matches = [make.match(make.call(**{"criteria": asked} | changes))]
        service.organisations = [*service.organisations, make.profile("athens", "Athens", "GR")]
        service.participations = tuple(
            Participation(
                programme="AMIF",
                country=country,
                standing=Standing.MEMBER,
                start="2021-01-01",
                source="Regulation",
                as_of="2025-05-01",
            )
            for country in ("LV", "GR")
        )
        return open_page("call", **QUERY)

    return run


def field(app, label):
    return next(one for one in [*app.multiselect, *app.selectbox, *app.text_area] if one.label.startswith(label))


def plain(shown, app):
    return shown(app).replace("\\", "")


def test_the_chosen_organisation_is_the_first_member_and_hears_what_is_missing(board, shown):
    app = board()

    field(app, "Coordinator").set_value("the first member").run()

    text = plain(shown, app)
    assert not app.exception
    assert "Riga, coordinator, Latvia, local authorities" in text
    assert ":red-badge[:material/close: Not met] **Are they from enough countries?**" in text
    assert "A partner from a second country, not Latvia." in text


def test_a_second_member_makes_the_conditions_hold(board, shown):
    app = board()

    field(app, "Members").set_value(["riga", "athens"]).run()

    text = plain(shown, app)
    assert not app.exception
    assert ":green-badge[:material/check: Met] **Are they from enough countries?**" in text
    assert "Athens, beneficiary, Greece" in text


def test_who_is_advised_to_join_leads_only_when_the_reader_says_so(board, shown):
    app = board()

    text = plain(shown, app)

    assert "Riga, beneficiary, Latvia, local authorities" in text
    assert "**Is there a coordinator?** Nobody leads." in text


def test_who_has_led_before_leads_the_draft(board, service, make, shown):
    done = Experience(projects=3, led=2, source="https://example.org", as_of="2025-01-01")
    led = {"experience": done, "roles": (Role.COORDINATOR, Role.BENEFICIARY)}
    service.organisations = [one.model_copy(update=led) for one in service.organisations]

    app = board()

    assert "Riga, coordinator, Latvia, local authorities" in plain(shown, app)


def test_the_reader_chooses_who_leads(board, shown):
    app = board()
    field(app, "Members").set_value(["riga", "athens"]).run()

    field(app, "Coordinator").set_value("athens").run()

    text = plain(shown, app)
    assert "Athens, coordinator" in text
    assert "Riga, beneficiary" in text


def test_a_partner_without_profile_can_be_tried(board, shown):
    app = board()

    field(app, "Further partners").set_value("Melissa:GR:civil_society").run()

    assert "Melissa, beneficiary, Greece, civil society organisations" in plain(shown, app)


def test_what_cannot_be_read_is_told_with_what_is_allowed(board):
    app = board()

    field(app, "Further partners").set_value("Melissa:QQ").run()

    assert not app.exception
    assert "is no country" in app.error[0].value.replace("\\", "")


def test_without_members_the_reader_is_told_what_to_do(board):
    app = board()

    field(app, "Members").set_value([]).run()

    assert not app.exception
    assert any("Choose members" in info.value for info in app.info)


def test_the_quote_of_a_condition_links_to_its_document(board, service, make, shown):
    fiche = "https://ec.europa.eu/fiche.pdf"
    document = make.document(fiche)
    quote = Quote(text="At least five.", place=f"document:{document.sha256}", start=0, end=14, page=7)
    asked = Criterion(kind=CriterionKind.MIN_APPLICANTS, values=("5",), basis=Basis.CALL_DOCUMENT, quote=quote)
    service.fetched = {fiche: document}

    app = board(criteria=(asked,), documents=(Link(url=fiche, label="Call fiche"),))

    _, _, told = plain(shown, app).partition("**Are there enough applicants?**")
    assert "> “At least five.”" in told
    assert f"quoted from [Call fiche]({fiche}), page 7" in told


def test_words_of_a_call_and_of_a_reader_do_not_act_as_markdown(board, shown):
    payload = "![pixel](http://tracker.example/p.png) <b>x</b> :red[y]"
    quote = Quote(text=payload, place=payload, start=0, end=len(payload))
    asked = Criterion(kind=CriterionKind.MUST_INCLUDE_KIND, values=(payload,), basis=Basis.CALL_DOCUMENT, quote=quote)
    kind = Criterion(kind=CriterionKind.MIN_APPLICANTS, values=(payload,), basis=Basis.CALL_DOCUMENT, quote=quote)
    app = board(criteria=(asked, kind), applicants=payload)

    field(app, "Further partners").set_value(f"{payload.split(':')[0]} <i>z</i>:GR:{ApplicantKind.NON_PROFIT}").run()

    told = [one.value for one in app.markdown if "tracker" in one.value or "pixel" in one.value or "<i>" in one.value]
    assert told
    for text in told:
        assert "![" not in text.replace(r"\!\[", "")
        assert "<b>" not in text
        assert "<i>" not in text
        assert ":red[y" not in text.replace(r"\[", "")
