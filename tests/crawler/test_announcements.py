"""Which titles announce a call, and which codes a text names. The titles are made up, in the manner of the sites."""

import gzip
import json
import re

import pytest

from crawler.announcements import (
    CODE_PROGRAMMES,
    Verdict,
    code_in_address,
    is_call_page,
    judge,
    mentions_in,
    programme_of_code,
    programmes_named,
)
from matcher.reference.files import load_reference
from matcher.settings import Settings

PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"

CALLS = [
    "AMIF: call for proposals on the integration of newcomers now open",
    "New calls for proposals under the Citizens, Equality, Rights and Values programme",
    "Open call for local initiatives with migrants",
    "Funding opportunity: language cafés in small towns",
    "Call for applications: mentoring scheme for refugee women",
    "Apply now for EU funding for your town-twinning project",
    "Re-granting scheme for civil society in rural areas: call launched",
    "Call for projects: housing and arrival",
    "Two funding opportunities for municipalities under EaSI",
    "Call for expressions of interest: towns to test welcome offices",
    "Call for proposals: join our information day on 3 March",
    "Applications open for the micro-grants of the Solidarity Network",
    "Submit your proposal for a youth participation project",
    "Restricted call for proposals for operating grants 2027",
    "Call for sub-grants: support for antiracist groups",
    "Appel à projets : accueil et intégration dans les communes",
    "Appel à propositions CERV 2027 : jumelage de villes",
    "Appel à manifestation d’intérêt pour les villes accueillantes",
    "Lancement d’un appel à candidatures pour des micro-subventions",
    "Aufforderung zur Einreichung von Vorschlägen: Teilhabe vor Ort",
    "Förderaufruf „Ankommen im Quartier“ gestartet",
    "Projektaufruf für Migrantenorganisationen",
    "Neue Förderbekanntmachung für Integrationskurse vor Ort",
    "Invito a presentare proposte: inclusione dei minori stranieri",
    "Avviso pubblico FAMI per i servizi comunali",
    "Aperto il bando per progetti di mediazione interculturale",
    "Convocatoria de subvenciones para entidades de personas migrantes",
    "Convocatoria de propuestas AMIF sobre vivienda",
    "Convite à apresentação de candidaturas: redes de cidades",
    "Oproep tot het indienen van voorstellen: buurtwerk met nieuwkomers",
    "Zaproszenie do składania wniosków: integracja w gminach",
    "Ogłoszono nabór wniosków na wsparcie organizacji migranckich",
    "Cerere de propuneri pentru integrarea copiilor migranți",
    "Πρόσκληση υποβολής προτάσεων για την ένταξη προσφύγων",
    "Výzva k podávání návrhů: práce s rodinami",
    "Výzva na predkladanie návrhov v oblasti rovnosti",
    "Ansökningsomgång: mötesplatser för nyanlända",
    "Indkaldelse af forslag om medborgerskab",
    "Ehdotuspyyntö: kotoutuminen kunnissa",
    "Pályázati felhívás befogadó településeknek",
    "Покана за представяне на предложения за приобщаване",
    "Kvietimas teikti pasiūlymus dėl įtraukties",
    "Uzaicinājums iesniegt priekšlikumus par līdzdalību",
    "Projektikonkurss kogukondade lõimimiseks",
    "Poziv na podnošenje prijedloga projekata za integraciju",
    "Razpis za zbiranje predlogov: vključevanje v občinah",
    "Sejħa għal proposti dwar l-ugwaljanza",
    "Glao ar thograí um chuimsiú sóisialta",
    "Asylum, Migration and Integration Fund: AMIF-2026-TF2-AG-INTE-01-LOCAL published",
    "Grants available for parents’ associations",
    "Call for proposals closed early: budget used up",
    "Europe: EUR 16 million AMIF call for proposals on integration",
    "The winning idea needs partners: call for proposals on twinning",
]
MAY_BE_CALLS = [
    "EUR 12 million for fair work of newcomers",
    "AMIF: fourth thematic call opens in spring",
    "Deadline extended by two weeks for the women’s topic",
    "Social Innovation+ call: bring a proven idea to your region",
    "New money for integration: how municipalities can apply",
    "CERV work programme 2026-2027 adopted",
    "Zwei Millionen Euro für Patenschaften",
    "Soutien aux projets des associations de femmes réfugiées",
    "Bando volontariato e accoglienza",
    "Europe: EUR 25 million AMIF call to support newcomers",
    "First calls of the new programme published",
    "Town-twinning: what is new in 2027 for applicants",
]
NO_CALLS = [
    "Results of the call for proposals on migrant women",
    "Call for proposals 2025: 14 projects selected",
    "CERV call results: which towns will meet",
    "Winners of the inclusive cities prize announced",
    "Résultats de l’appel à projets : douze lauréats",
    "Ausgewählte Projekte des Förderaufrufs 2025 stehen fest",
    "Graduatoria dell’avviso pubblico FAMI",
    "Wyniki naboru wniosków ogłoszone",
    "Call for tenders: evaluation of integration policies",
    "Contract notice for a study on secondary movements",
    "Appel d’offres pour une étude sur le logement",
    "Bando di gara per servizi di interpretariato",
    "Vacancy notice: head of unit",
    "Traineeships at the Directorate-General: apply until 31 January",
    "Call for experts to assess proposals",
    "Stellenausschreibung: Referentin für Förderung",
    "Information day on the next call for proposals",
    "Webinar on how to write a proposal for AMIF",
    "Save the date: European Integration Network meets in June",
    "Register now for the conference on labour migration",
    "Konferenz zur Zukunft der Integration",
    "Public consultation on the next long-term budget",
    "Call for evidence on the visa strategy",
    "Call for papers: migration and cities",
    "Asylum applications fell in September",
    "Eurostat: first residence permits by reason",
    "Commissioner visits reception centre",
    "Ministers discuss the Pact",
    "A new life: Amira’s story",
]
LEFT_OPEN_THOUGH_NO_CALLS = [
    "EU leaders call on partners to respect the law of the sea",
    "How EU funding helped a village school",
    "Commission approves annual action plan of EUR 3 billion",
]


@pytest.mark.parametrize("title", CALLS)
def test_a_title_that_announces_a_call(title):
    assert judge(title).verdict is Verdict.ANNOUNCES


@pytest.mark.parametrize("title", MAY_BE_CALLS + LEFT_OPEN_THOUGH_NO_CALLS)
def test_a_title_that_leaves_it_open_has_its_page_read(title):
    assert judge(title).verdict is Verdict.PERHAPS


@pytest.mark.parametrize("title", NO_CALLS)
def test_a_title_that_announces_something_else(title):
    assert judge(title).verdict is Verdict.OTHER


def test_what_the_title_keeps_silent_the_teaser_or_the_kind_may_say():
    assert judge("Housing first", "A call for proposals opens on 3 May.").verdict is Verdict.ANNOUNCES
    assert judge("Housing first", label="Call for proposals").verdict is Verdict.ANNOUNCES
    assert judge("Ankommen", label="Aufforderung zur Einreichung von Vorschlägen").verdict is Verdict.ANNOUNCES
    assert judge("Housing first", label="Call for tenders").verdict is Verdict.OTHER
    assert judge("Results of the call for proposals", "Apply for the next one.").verdict is Verdict.OTHER


def test_an_event_named_behind_the_call_takes_nothing_away():
    assert judge("Call for proposals on housing: webinar on 4 May").verdict is Verdict.ANNOUNCES
    assert judge("Webinar on the call for proposals on housing").verdict is Verdict.OTHER


def test_of_a_thousand_news_none_that_speaks_of_money_is_dropped_unread():
    """What keeps a pre-filter from rejecting everything: words of money alone always lead to the page."""
    for word in ("fund", "grant", "million", "AMIF", "apply", "Förderung", "subvention", "finanziamento", "dotacja"):
        assert judge(f"Municipalities and {word} in the year to come").verdict is not Verdict.OTHER, word


@pytest.mark.parametrize(
    ("title", "text", "mentions", "expected"),
    [
        ("EUR 2 million for towns", "See the topic.", ("CERV-2027-EQUAL",), True),
        ("EUR 2 million for towns", "A call for proposals is open. Submit by 3 May.", (), True),
        ("EUR 2 million for towns", "The project won a call for proposals in 2019.", (), False),
        ("Social Innovation+ call: bring an idea", "80 % is paid. Deadline: 11 February 2027.", (), True),
        ("Bando volontariato", "Le domande entro il 3 marzo.", (), True),
        ("First calls published", "They are on the Funding & Tenders Portal.", (), True),
        ("How money helped a school", "The deadline of the builders was missed.", (), False),
    ],
)
def test_a_page_that_may_be_a_call(title, text, mentions, expected):
    assert is_call_page(title, text, mentions) is expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("under AMIF-2025-TF2-AG-INTE-01-WOMEN.", ("AMIF-2025-TF2-AG-INTE-01-WOMEN",)),
        ("CERV‑2026‑CITIZENS‑TOWN‑TT (non-breaking hyphens)", ("CERV-2026-CITIZENS-TOWN-TT",)),
        ("I3-2024-INV2a and HORIZON-CL5-2027-07-D3-16", ("I3-2024-INV2a", "HORIZON-CL5-2027-07-D3-16")),
        ("HORIZON-2020, CERV-2021-2027, ESF-2027 and AMIF 2021-2027 are programmes", ()),
        ("file-AMIF-2025-TF2-x is a file, COVID-2021-RULES is nothing", ()),
        ("twice CERV-2025-EQUAL, CERV-2025-EQUAL", ("CERV-2025-EQUAL",)),
    ],
)
def test_codes_in_a_text(text, codes):
    assert mentions_in(text) == codes


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"{PORTAL}/topic-details/amif-2025-tf2-ag-inte-01-women?isExactMatch=true", "AMIF-2025-TF2-AG-INTE-01-WOMEN"),
        (f"{PORTAL}/topic-details/I3-2024-INV2a", "I3-2024-INV2a"),
        (f"{PORTAL}/topic-details/cerv-2026-citizens-town-tt;callCode=null", "CERV-2026-CITIZENS-TOWN-TT"),
        (f"{PORTAL}/competitive-calls-cs/46786367?order=DESC", "46786367"),
        (f"{PORTAL}/calls-for-proposals?callIdentifier=CERV-2026-CITIZENS-TOWN", "CERV-2026-CITIZENS-TOWN"),
        (f"{PORTAL}/calls-for-proposals?keywords=migration", ""),
        ("https://elsewhere.example/funding-tenders/opportunities/topic-details/cerv-2026-equal", ""),
        ("https://ec.europa.eu/commission/presscorner/detail/en/ip_26_1", ""),
        ("http://[broken", ""),
    ],
)
def test_codes_in_an_address_of_the_portal(address, code):
    assert code_in_address(address) == code


def test_a_code_told_twice_in_different_cases_is_one_mention():
    address = f"{PORTAL}/topic-details/i3-2024-inv2a"
    assert mentions_in("I3-2024-INV2a", [address]) == ("I3-2024-INV2a",)


def test_programmes_of_codes_are_in_the_reference_table():
    known = load_reference(Settings().data / "reference").by_key
    assert set(CODE_PROGRAMMES.values()) <= known.keys()
    assert programme_of_code("ERASMUS-EDU-2027-PCOOP-ENGA") == "ERASMUS+"
    assert programme_of_code("AMIF-2020-AG-CALL") == ""
    assert programme_of_code("46786367") == ""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a call of the Asylum, Migration and Integration Fund", {"AMIF"}),
        ("AMIF and ISF", {"AMIF", "ISF"}),
        ("Erasmus+ partnerships", {"ERASMUS+"}),
        ("the EaSI strand", {"ESF+"}),
        ("Citizens, Equality, Rights and Values Programme (CERV)", {"CERV"}),
        ("a better life, justice and digital skills", set()),
        ("LIFE projects", {"LIFE"}),
    ],
)
def test_programmes_named_in_a_text(text, keys):
    assert programmes_named(text, load_reference(Settings().data / "reference").programmes) == keys


def test_every_code_of_the_portal_is_found_in_a_sentence(shared):
    """Real codes of 2025 and 2026: all but the numbers of external actions and the keys without words."""
    with gzip.open(shared / "data" / "portal" / "daily" / "union_until_2026-06-15.json.gz") as file:
        codes = {str(row["identifier"]) for row in json.load(file)}
    sayable = {code for code in codes if not code.startswith("EuropeAid/") and not re.match(r"[0-9a-f]{8}-", code)}
    missed = {code for code in sayable if mentions_in(f"The topic {code}, see there.") != (code,)}
    assert len(sayable) > 800
    assert missed == set()
