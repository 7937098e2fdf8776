"""Whom a route leads to: the body of the organisation's country by programme, field and region, or the gap in words."""

from datetime import UTC, date, datetime

import pytest

from matcher.eligibility import assess, find_route
from matcher.eligibility.doors import whom
from matcher.explanation import explain
from matcher.model import Authority, Call, CallStatus, Match, National, Profile, RouteKind, Run, RunOutcome
from matcher.profiles import load_profile
from matcher.reference import Reference
from matcher.settings import Settings
from matcher.wire.matches import match_json
from matcher.wording.matches import explanation_page
from matcher.wording.routes import whom_lines

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def profile(folder):
    def load(name, **changes):
        return load_profile(folder.parent / "profiles" / f"{name}.yml").model_copy(update=changes)

    return load


def a_call(programme, identifier="CODE-1", **changes):
    facts = {
        "source": "s",
        "reference": "r",
        "title": "t",
        "kind": "topic",
        "url": "https://call.example/",
        "as_of": DAY,
    }
    deadlines = [{"day": "2027-03-01", "precision": "day"}]
    known = {"opening": "2026-01-01", "deadlines": deadlines, "programme": programme, "identifier": identifier}
    return Call.model_validate(facts | known | changes)


def route_for(profile, call, reference):
    return find_route(profile, call, assess(profile, call, DAY, reference), DAY, reference)


def names(bodies):
    return [body.name for body in bodies]


def test_amif_money_of_latvia_is_with_the_ministry_of_the_interior_and_the_ministry_of_culture_helps(
    profile, reference
):
    route = route_for(profile("riga"), a_call("AMIF-NATIONAL"), reference)
    assert (route.kind, route.body.name) == (RouteKind.MANAGING_AUTHORITY, "Iekšlietu ministrija")
    assert (route.body.role, route.body.evidence) == ("managing authority", "seen")
    assert route.body.url.startswith("https://iem.gov.lv/")
    assert names(route.contacts) == ["Kultūras ministrija"]
    assert route.gap == ""


@pytest.mark.parametrize(
    ("name", "programme", "body"),
    [
        ("riga", "ESF+-NATIONAL", "Finanšu ministrija"),
        ("utrecht", "ERDF-NATIONAL", "Kansen voor West"),
        ("zaragoza", "ERDF-NATIONAL", "Ministerio de Hacienda, Dirección General de Fondos Europeos"),
    ],
)
def test_the_authority_is_that_of_the_organisation_s_country_and_region(profile, reference, name, programme, body):
    route = route_for(profile(name), a_call(programme), reference)
    assert (route.kind, route.body.name) == (RouteKind.MANAGING_AUTHORITY, body)


@pytest.mark.parametrize(
    ("name", "code", "body"),
    [
        ("riga", "KA210-ADU-2027-R1", "Valsts izglītības attīstības aģentūra (VIAA)"),
        ("riga", "KA154-YOU-2027-R1", "Jaunatnes starptautisko programmu aģentūra (JSPA)"),
        ("dusseldorf", "KA120-SCH-2027-R1", "Nationale Agentur im Pädagogischen Austauschdienst (PAD)"),
        ("zagreb", "KA154-YOU-2027-R1", "Agencija za mobilnost i programe Europske unije (AMPEU)"),
        ("zagreb", "SOME-OTHER-CODE", "Agencija za mobilnost i programe Europske unije (AMPEU)"),
    ],
)
def test_an_action_of_erasmus_leads_to_the_agency_of_its_field(profile, reference, name, code, body):
    route = route_for(profile(name), a_call("ERASMUS+-NATIONAL", code, kind="call"), reference)
    assert (route.kind, route.body.name, route.gap) == (RouteKind.NATIONAL_AGENCY, body, "")


@pytest.mark.parametrize(("name", "code"), [("riga", "SOME-OTHER-CODE"), ("athens", "KA182-SPO-2027-R1")])
def test_where_the_field_is_not_known_both_agencies_are_named_and_the_gap_says_so(profile, reference, name, code):
    found = whom(profile(name), a_call("ERASMUS+-NATIONAL", code, kind="call"), reference)
    assert found.body is None
    assert len(found.contacts) == 2
    assert "which one is the right one does not follow from what is known of the call" in found.gap
    assert all(contact.note.startswith("For ") for contact in found.contacts)


def test_a_country_without_an_authority_is_sent_to_its_portal_in_so_many_words(profile, reference):
    found = whom(profile("riga", country="DK", nuts=None), a_call("AMIF-NATIONAL"), reference)
    assert found.body is None
    assert found.gap.startswith("No managing authority of ")
    assert "is known here for Denmark. Denmark takes no part in AMIF. Ask the single portal, EU-fonde." in found.gap
    assert names(found.contacts) == ["EU-fonde"]


def test_of_a_country_nobody_looked_at_that_is_said_with_the_page_that_lists_them(profile, reference):
    found = whom(profile("riga", country="BR", nuts=None), a_call("ERASMUS+-NATIONAL"), reference)
    assert (found.body, found.contacts) == (None, ())
    assert "is known here for Brazil. None was looked for. They are listed at https://erasmus-plus" in found.gap


def test_a_direct_call_is_led_and_the_contact_point_may_be_asked(profile, reference):
    vienna = profile("riga", country="AT", nuts="AT130")
    route = route_for(vienna, a_call("CERV", "CERV-2027-X"), reference)
    assert RouteKind.LEAD in (route.kind, *route.also)
    assert route.body is None
    assert names(route.contacts) == ["Bundeskanzleramt, Abteilung IV/3"]
    assert route.contacts[0].role == "contact point"


def test_a_contact_point_that_is_not_known_is_a_gap(profile, reference):
    route = route_for(profile("riga"), a_call("CERV", "CERV-2027-X"), reference)
    assert route.contacts == ()
    assert route.gap.startswith("No contact point of Citizens, Equality, Rights and Values is known here for Latvia.")


def test_programmes_of_which_no_contact_point_is_looked_for_have_no_gap(profile, reference):
    assert whom(profile("riga"), a_call("HORIZON"), reference) == (None, (), "")
    assert whom(profile("riga"), a_call(None), reference) == (None, (), "")


def test_what_is_not_open_names_nobody(profile, reference):
    route = route_for(profile("birmingham"), a_call("AMIF-NATIONAL"), reference)
    assert (route.kind, route.body, route.contacts, route.gap) == (RouteKind.NOT_OPEN, None, (), "")


def a_national(country, **changes):
    return National(country=country, programme="p", **changes)


def test_a_national_call_is_applied_to_at_the_authority_it_names(profile, reference):
    agency = Authority(name="Agency of the call", url="https://agency.example/")
    found = whom(profile("riga"), a_call("AMIF-NATIONAL", national=a_national("LV", authority=agency)), reference)
    assert (found.body.name, found.body.url) == ("Agency of the call", "https://agency.example/")
    assert (found.body.role, found.body.evidence, found.contacts, found.gap) == ("", "", (), "")


@pytest.mark.parametrize(
    ("country", "programme", "body", "asked"),
    [
        ("SE", "AMIF-NATIONAL", "Migrationsverket", "EU-fonder"),
        ("PL", "ESF+-NATIONAL", "Fundusze Europejskie", "Ministerstwo Funduszy i Polityki Regionalnej"),
        ("SK", None, "Eurofondy", None),
    ],
)
def test_one_that_names_nobody_at_the_only_authority_of_the_fund_else_at_the_portal(
    profile, reference, country, programme, body, asked
):
    """An authority that shares the fund with others is only asked: the call may be another's."""
    found = whom(profile("riga"), a_call(programme, national=a_national(country)), reference)
    assert found.body.name == body
    assert asked is None or asked in names(found.contacts)
    assert found.gap == ""


def test_without_portal_and_authority_the_gap_is_told(profile):
    empty = Reference(table=(), programmes=(), participations=())
    found = whom(profile("riga"), a_call("AMIF-NATIONAL", national=a_national("DE")), empty)
    assert found.body is None
    assert found.gap == "The call names no authority, and none is known for Germany."


def test_a_sub_grant_is_asked_for_at_the_project_that_grants(profile, reference):
    call = a_call("CERV", kind="cascade", granting_project="PROJECT: help for towns")
    found = whom(profile("riga"), call, reference)
    assert (found.body.name, found.body.role, found.body.url) == (
        "PROJECT: help for towns",
        "granting project",
        call.url,
    )
    assert "does not name the project" in whom(profile("riga"), a_call("CERV", kind="cascade"), reference).gap


def test_the_affiliate_of_a_beneficiary_has_a_way_in_of_its_own(profile, reference):
    affiliate = Profile.model_validate(profile("riga").model_dump() | {"roles": ["affiliated_entity"]})
    route = route_for(affiliate, a_call("CERV", "CERV-2027-X"), reference)
    assert (route.kind, route.also) == (RouteKind.AFFILIATED_ENTITY, ())
    assert route.label == "affiliated entity of a beneficiary"


def test_outside_direct_management_only_a_call_that_says_so_takes_associated_partners(profile, reference):
    country = {"kind": "country", "values": ["LV"], "basis": "call_record"}
    role = {"kind": "role", "values": ["coordinator", "associated_partner"], "basis": "call_record"}
    silent = route_for(profile("birmingham"), a_call("EUI", kind="call", criteria=[country]), reference)
    says_so = route_for(profile("birmingham"), a_call("EUI", kind="call", criteria=[country, role]), reference)
    assert (silent.kind, says_so.kind) == (RouteKind.NOT_OPEN, RouteKind.ASSOCIATED_PARTNER)
    assert "https://call.example/" in says_so.reference


@pytest.fixture
def match(profile, reference):
    def make(name, call):
        one = profile(name)
        verdicts = assess(one, call, DAY, reference)
        route = find_route(one, call, verdicts, DAY, reference)
        facts = {"profile": one.id, "call": call, "on": DAY, "status": CallStatus.OPEN, "score": 0, "contributions": ()}
        return Match(verdicts=verdicts, route=route, **facts)

    return make


def test_the_terminal_says_who_how_that_is_known_and_what_is_missing(match):
    found = match("riga", a_call("AMIF-NATIONAL"))
    lines = list(whom_lines(found.route))
    assert lines[0].startswith("apply to: Iekšlietu ministrija (Ministry of the Interior) · https://iem.gov.lv/")
    assert "[managing authority, as an official page says, 22 November 2026: https://" in lines[0]
    assert lines[1].startswith("ask: Kultūras ministrija")
    page = "\n".join(explanation_page(explain(found), {}))
    assert "way in: through the managing authority: Iekšlietu ministrija" in page
    assert "apply to: Iekšlietu ministrija" in page

    missing = match("athens", a_call("ERASMUS+-NATIONAL", "KA182-SPO-2027-R1", kind="call"))
    page = "\n".join(explanation_page(explain(missing), {}))
    assert "through the National Agency (whom to apply to is not known here)" in page
    assert "gap: 2 bodies hand out money" in page


def test_json_has_the_body_with_its_source_the_contacts_and_the_gap(match):
    told = match_json(match("riga", a_call("AMIF-NATIONAL")))
    assert (told["route_body"]["name"], told["route_body"]["as_of"]) == ("Iekšlietu ministrija", "2026-11-22")
    assert [one["name"] for one in told["route_contacts"]] == ["Kultūras ministrija"]
    assert told["route_gap"] == ""
    assert match_json(match("riga", a_call("CERV", "CERV-2027-X")))["route_gap"].startswith("No contact point")


def test_a_body_that_a_crawl_has_read_since_wins_in_the_service(tmp_path, make, folder, profile):
    from matcher.service import Service

    service = Service(Settings(home=tmp_path, data=folder.parent))
    later = date(2026, 12, 1)
    read = [make.crawled("Latvijas kontaktpunkts", as_of=later), make.crawled("Neue Stelle", country="AT", as_of=later)]
    facts = {"id": "r", "source": "cerv_site", "started": datetime(2026, 12, 1, tzinfo=UTC), "as_of": later}
    service.store.save_run(Run(outcome=RunOutcome.OK, **facts), (), (), (), read)
    route = route_for(profile("riga"), a_call("CERV", "CERV-2027-X"), service.reference)
    assert (names(route.contacts), route.gap) == (["Latvijas kontaktpunkts"], "")
    assert route.contacts[0].as_of == later
    vienna = profile("riga", country="AT", nuts="AT130")
    assert names(whom(vienna, a_call("CERV"), service.reference).contacts) == ["Neue Stelle"]
    service.store.close()


def test_no_verdict_hangs_on_the_bodies(profile, reference):
    bare = reference.model_copy(update={"bodies": type(reference.bodies)()})
    for name in ("riga", "utrecht", "birmingham"):
        for programme in ("CERV", "AMIF-NATIONAL", "ERASMUS+-NATIONAL"):
            one, call = profile(name), a_call(programme)
            assert assess(one, call, DAY, reference) == assess(one, call, DAY, bare)
            assert route_for(one, call, reference).kind is route_for(one, call, bare).kind
