"""What a call says beside its conditions, on its page: who leads and what may be handed on, with the words."""

from matcher.model import ApplicantKind, Basis, Criterion, CriterionKind, Link, Quote, Role

DAY = "2025-05-01"
FICHE = "https://ec.europa.eu/fiche.pdf"
LEADS = "Only towns may lead <b>x</b>."


def page(service, make, open_page, *criteria):
    call = make.call(documents=(Link(url=FICHE, label="Call document"),), criteria=criteria)
    service.matches = [make.match(call)]
    service.fetched = {FICHE: make.document(FICHE)}
    return open_page("call", profile="riga", call="portal:one", on=DAY)


def criterion(make, kind, *values, role=None, text=LEADS):
    quote = Quote(text=text, place=f"document:{make.document(FICHE).sha256}", start=0, end=len(text), page=6)
    return Criterion(kind=kind, values=values, basis=Basis.CALL_DOCUMENT, quote=quote, role=role)


def test_who_may_lead_and_what_is_handed_on_stand_with_their_words(service, make, open_page, shown):
    lead = criterion(make, CriterionKind.APPLICANT_KIND, ApplicantKind.LOCAL_AUTHORITY, role=Role.COORDINATOR)
    given = criterion(make, CriterionKind.SUB_GRANT_MAX, "60000", text="At most EUR 60 000.")

    text = shown(page(service, make, open_page, lead, given)).replace("\\", "")

    assert "What else the call says" in text
    assert "**Who may lead:** local authorities" in text
    assert "**One sub-grant:** at most EUR 60,000" in text
    assert f"quoted from [Call document]({FICHE}), page 6" in text


def test_its_words_stay_text(service, make, open_page, shown):
    lead = criterion(make, CriterionKind.APPLICANT_KIND, ApplicantKind.LOCAL_AUTHORITY, role=Role.COORDINATOR)
    assert "<b>" not in shown(page(service, make, open_page, lead))


def test_what_holds_for_every_applicant_is_left_to_the_verdicts(service, make, open_page, shown):
    asked = criterion(make, CriterionKind.APPLICANT_KIND, ApplicantKind.LOCAL_AUTHORITY)
    assert "What else the call says" not in shown(page(service, make, open_page, asked))


def test_what_is_said_twice_is_shown_once(service, make, open_page, shown):
    said = [
        criterion(make, CriterionKind.EXCLUDED_KIND, ApplicantKind.FOR_PROFIT, role=Role.COORDINATOR, text=text)
        for text in ("Companies only join.", "Companies: co-applicant")
    ]
    assert shown(page(service, make, open_page, *said)).count("Who may not lead") == 1
