"""A dozen literal calls of every fund and state, and four organisations, in a real store, to try the dashboard on.

All is seen on DAY. The programmes, countries and funds are those of `data/reference`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import yaml

from matcher.model import (
    ApplicantKind,
    Area,
    Authority,
    Basis,
    Budget,
    Call,
    CallKind,
    CallStatus,
    Criterion,
    CriterionKind,
    Deadline,
    DeadlineModel,
    Fund,
    GrantSize,
    Link,
    Money,
    National,
    Precision,
    Quote,
    Run,
    RunOutcome,
    SourceCard,
    Tier,
)
from matcher.settings import Settings
from matcher.store import open_store

PROJECT = Path(__file__).parents[2]
DAY = date(2026, 3, 2)
PORTAL, LIST, LATVIA, GREECE = "portal", "list", "latvia", "greece"

WOMEN = "portal:amif-women"
"""AMIF, open, two stages of money; for public bodies and associations."""
PLANNED = "portal:amif-planned"
"""AMIF, opens in a month."""
OVER = "portal:amif-over"
"""AMIF, closed."""
SUB_GRANT = "portal:esf-cascade"
"""ESF+, sub-grants to civil society, closes tomorrow."""
URBACT = "portal:urbact"
"""ERDF, open, for towns alone; two stages."""
YOUTH = "portal:youth"
"""Erasmus+, open; no amount stated."""
TOWNS = "portal:towns"
"""CERV, open, for towns; the text is French."""
COUNCILS = "portal:councils"
"""CERV, open, for associations; serves a goal of the brief."""
UNDATED = "portal:undated"
"""CERV, not known whether it is open: no dates."""
RESEARCH = "portal:research"
"""Outside the five funds, open, for universities alone."""
RUMOUR = "list:rumour"
"""AMIF, known from somebody's list only."""
IN_LATVIA = "latvia:lv-7"
"""National, AMIF of Latvia, planned for a quarter; in Latvian."""
IN_GREECE = "greece:gr-3"
"""National, ESF+ of Greece, open; in Greek."""

MUNICIPALITY, MIGRANT_LED, GREEK_TOWN, OUTSIDE = "riga", "women-connect", "ioannina", "birmingham"
"""Ids of the organisations: a Latvian and a Greek town, a Dutch migrant-led organisation, a British town."""


def _euro(amount: int) -> Money:
    return Money(amount=Decimal(amount))


def _until(day: date, **more: object) -> Deadline:
    facts = {"day": day, "at": time(17), "zone": "Europe/Brussels", "precision": Precision.MINUTE}
    return Deadline.model_validate(facts | more)


def _for(text: str, *kinds: ApplicantKind, kind: CriterionKind = CriterionKind.APPLICANT_KIND) -> Criterion:
    """Who may apply, with the sentence that says so; it must stand in the call's conditions."""
    quote = Quote(text=text, place="conditions", start=0, end=len(text))
    return Criterion(kind=kind, values=tuple(kinds), basis=Basis.TOPIC_CONDITIONS, quote=quote)


def made_call(reference: str, **facts: object) -> Call:
    """An open topic of the portal, unless said otherwise."""
    known: dict[str, object] = {
        "source": PORTAL,
        "reference": reference,
        "identifier": reference.upper(),
        "title": reference,
        "kind": CallKind.TOPIC,
        "url": f"https://portal.example/{reference}",
        "language": "en",
        "published_status": CallStatus.OPEN,
        "opening": DAY - timedelta(days=40),
        "deadlines": (_until(DAY + timedelta(days=60)),),
        "as_of": DAY,
        "first_seen": DAY - timedelta(days=40),
    }
    return Call.model_validate(known | facts)


PUBLIC = "Applicants must be public bodies or non-profit associations."
TOWNS_ONLY = "Only towns and municipalities may apply."
ASSOCIATIONS = "Civil society organisations may apply."
UNIVERSITIES = "Only universities and research bodies may apply."

CALLS: tuple[Call, ...] = (
    made_call(
        "amif-women",
        identifier="AMIF-2026-WOMEN",
        title="Integration of migrant women into local life",
        programme="AMIF",
        fund=Fund.AMIF,
        deadlines=(_until(DAY + timedelta(days=45)),),
        budget=Budget(total=_euro(10_000_000), shared=True),
        grant=GrantSize(minimum=_euro(300_000), maximum=_euro(1_000_000), rate_percent=Decimal(90)),
        text="Projects help migrant women to learn the language, to work and to take part in local life. "
        "Towns and associations of migrants plan the activities together.",
        conditions=PUBLIC,
        criteria=(
            _for(PUBLIC, ApplicantKind.PUBLIC_BODY, ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.NON_PROFIT),
            Criterion(kind=CriterionKind.MIN_APPLICANTS, values=("3",), basis=Basis.TOPIC_CONDITIONS),
        ),
        documents=(Link(url="https://portal.example/fiche.pdf", label="Call document", language="en"),),
    ),
    made_call(
        "amif-planned",
        identifier="AMIF-2026-HOUSING",
        title="Housing of refugees in towns",
        programme="AMIF",
        fund=Fund.AMIF,
        published_status=CallStatus.FORTHCOMING,
        opening=DAY + timedelta(days=30),
        deadlines=(_until(DAY + timedelta(days=120)),),
        grant=GrantSize(minimum=_euro(1_000_000), maximum=_euro(3_000_000)),
        first_seen=DAY - timedelta(days=2),
        text="Towns build and rent homes for refugees and people who were displaced.",
        conditions=PUBLIC,
        criteria=(_for(PUBLIC, ApplicantKind.PUBLIC_BODY, ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.NON_PROFIT),),
    ),
    made_call(
        "amif-over",
        identifier="AMIF-2025-HEALTH",
        title="Health of asylum seekers",
        programme="AMIF",
        fund=Fund.AMIF,
        opening=DAY - timedelta(days=200),
        deadlines=(_until(DAY - timedelta(days=20)),),
        text="Mental health of asylum seekers and of people under protection.",
    ),
    made_call(
        "esf-cascade",
        identifier="ESF-OPEN-DOORS",
        title="Small grants for job clubs of newcomers",
        kind=CallKind.CASCADE,
        programme="ESF+",
        fund=Fund.ESF_PLUS,
        deadlines=(_until(DAY + timedelta(days=1)),),
        grant=GrantSize(maximum=_euro(20_000)),
        granting_project="Open Doors",
        text="Job clubs in which newcomers find work, run by associations of migrants.",
        conditions=ASSOCIATIONS,
        criteria=(_for(ASSOCIATIONS, ApplicantKind.CIVIL_SOCIETY, ApplicantKind.NON_PROFIT),),
    ),
    made_call(
        "urbact",
        identifier="URBACT-IV-2026",
        title="Networks of towns that welcome newcomers",
        kind=CallKind.CALL,
        programme="URBACT",
        fund=Fund.ERDF,
        deadline_model=DeadlineModel.TWO_STAGE,
        deadlines=(
            _until(DAY + timedelta(days=20), stage=1),
            _until(DAY + timedelta(days=150), stage=2),
        ),
        grant=GrantSize(maximum=_euro(850_000)),
        text="Towns work in a network on arrival, housing and neighbourhoods, with local groups of residents.",
        conditions=TOWNS_ONLY,
        criteria=(_for(TOWNS_ONLY, ApplicantKind.LOCAL_AUTHORITY),),
    ),
    made_call(
        "youth",
        identifier="ERASMUS-YOUTH-2026",
        title="Young migrants take part",
        programme="ERASMUS+",
        fund=Fund.ERASMUS_PLUS,
        text="Young people with a history of migration take part in youth councils and in school life.",
    ),
    made_call(
        "towns",
        identifier="CERV-2026-TOWNS",
        title="Réseaux de villes",
        programme="CERV",
        fund=Fund.CERV,
        language="fr",
        deadlines=(_until(DAY + timedelta(days=12)),),
        grant=GrantSize(minimum=_euro(10_000), maximum=_euro(50_000)),
        first_seen=DAY - timedelta(days=3),
        text="Les villes invitent leurs habitants, migrants compris, à participer aux décisions locales.",
        conditions=TOWNS_ONLY,
        criteria=(_for(TOWNS_ONLY, ApplicantKind.LOCAL_AUTHORITY),),
    ),
    made_call(
        "councils",
        identifier="CERV-2026-CITIZENS",
        title="Migrants in local councils and elections",
        programme="CERV",
        fund=Fund.CERV,
        grant=GrantSize(minimum=_euro(75_000)),
        text="Migrants advise local councils in assemblies of their own. Mobile citizens learn how to vote and to "
        "stand in municipal elections. Residents take part in decisions on local policies.",
        conditions=ASSOCIATIONS,
        criteria=(_for(ASSOCIATIONS, ApplicantKind.CIVIL_SOCIETY, ApplicantKind.NON_PROFIT),),
    ),
    made_call(
        "undated",
        identifier="CERV-2026-REMEMBER",
        title="Remembrance with newcomers",
        programme="CERV",
        fund=Fund.CERV,
        published_status=CallStatus.UNKNOWN,
        opening=None,
        deadlines=(),
        text="Remembrance of the past together with people who came later.",
    ),
    made_call(
        "research",
        identifier="HORIZON-2026-MIGRATION",
        title="Research on migration and towns",
        programme="HORIZON",
        grant=GrantSize(minimum=_euro(2_000_000), maximum=_euro(4_000_000)),
        text="Universities study migration, towns and the welfare state.",
        conditions=UNIVERSITIES,
        criteria=(_for(UNIVERSITIES, ApplicantKind.RESEARCH, ApplicantKind.EDUCATION),),
    ),
    made_call(
        "rumour",
        source=LIST,
        identifier="rumour",
        title="A grant for neighbourhood festivals of newcomers",
        kind=CallKind.CALL,
        tier=Tier.DISCOVERY,
        programme="AMIF",
        fund=Fund.AMIF,
        url="https://list.example/rumour",
        text="Festivals of neighbourhoods with newcomers.",
    ),
    made_call(
        "lv-7",
        source=LATVIA,
        identifier="LV-7",
        title="Latviešu valodas kursi jaunpienācējiem",
        kind=CallKind.CALL,
        programme="AMIF-NATIONAL",
        fund=Fund.AMIF,
        language="lv",
        url="https://fondi.example/lv-7",
        published_status=CallStatus.FORTHCOMING,
        opening=date(2026, 7, 1),
        opening_precision=Precision.QUARTER,
        deadlines=(),
        text="Latviešu valodas apguve un integrācijas kursi jaunpienācējiem pašvaldībās.",
        national=National(
            country="LV",
            code="LV-7",
            programme="Patvēruma, migrācijas un integrācijas fonds",
            area=Area(text="Latvija", codes=("LV",)),
            authority=Authority(name="Iekšlietu ministrija", url="https://ministrija.example/"),
        ),
    ),
    made_call(
        "gr-3",
        source=GREECE,
        identifier="GR-3",
        title="Κέντρα κοινότητας για μετανάστες",
        kind=CallKind.CALL,
        programme="ESF+-NATIONAL",
        fund=Fund.ESF_PLUS,
        language="el",
        url="https://espa.example/gr-3",
        text="Δήμοι ιδρύουν κέντρα κοινότητας για την ένταξη μεταναστών.",
        grant=GrantSize(maximum=_euro(400_000)),
        national=National(
            country="GR",
            code="GR-3",
            programme="Ανθρώπινο Δυναμικό και Κοινωνική Συνοχή",
            area=Area(text="Ελλάδα", codes=("EL",)),
            authority=Authority(name="Υπουργείο Εργασίας", url="https://ypergasias.example/"),
        ),
    ),
)

_FACT = {"text": "A fact of its own page.", "source": "https://organisation.example/fact", "as_of": DAY}
_NEEDS = [
    {"language": "en", "text": "Migrants take part in the decisions of the town"},
    {"language": "en", "text": "Language courses and work for newcomers"},
]
_TOWN: dict[str, object] = {
    "type": "municipality",
    "kinds": ["local_authority", "public_body"],
    "roles": ["coordinator", "beneficiary", "sub_grantee"],
    "needs": _NEEDS,
    "facts": [_FACT],
}
PROFILES: dict[str, dict[str, object]] = {
    MUNICIPALITY: _TOWN
    | {
        "name": "Riga City Council",
        "country": "LV",
        "nuts": "LV00A",
        "languages": ["lv", "en"],
        "description": "The capital of Latvia.",
        "population": {"value": 605000, "source": "https://register.example", "as_of": "2025"},
    },
    MIGRANT_LED: {
        "name": "Women Connect",
        "country": "NL",
        "type": "migrant_led",
        "kinds": ["civil_society", "non_profit"],
        "roles": ["beneficiary", "sub_grantee"],
        "languages": ["nl", "en"],
        "description": "Migrant and refugee women who speak for themselves.",
        "needs": [{"language": "en", "text": "Migrant women in local councils and elections"}],
        "facts": [_FACT],
        "partner_search": True,
    },
    GREEK_TOWN: _TOWN
    | {
        "name": "Municipality of Ioannina",
        "country": "GR",
        "nuts": "EL543",
        "languages": ["el"],
        "description": "A town in the north-west of Greece.",
        "needs": [{"language": "el", "text": "Συμμετοχή των μεταναστών στο δημοτικό συμβούλιο"}],
    },
    OUTSIDE: _TOWN
    | {"name": "Birmingham City Council", "country": "GB", "languages": ["en"], "description": "A city in England."},
}


def card(name: str, **facts: object) -> SourceCard:
    known: dict[str, object] = {
        "name": name,
        "title": f"The {name}",
        "publisher": "A body",
        "url": f"https://{name}.example/",
        "licence": "CC BY 4.0",
        "tier": Tier.OFFICIAL_RECORD,
        "frequency": "daily",
        "expected": (1, 100),
    }
    return SourceCard.model_validate(known | facts)


CARDS = (
    card(PORTAL, funds=tuple(Fund), gaps=("Calls of regions are not read.",)),
    card(LIST, tier=Tier.DISCOVERY),
    card(LATVIA, country="LV", funds=(Fund.AMIF,)),
    card(GREECE, country="GR", funds=(Fund.ESF_PLUS,)),
)


def made_world(folder: Path, calls: Sequence[Call] = CALLS) -> Settings:
    """A home folder below `folder` whose store holds the calls, each source last read on DAY, and a data folder with
    PROFILES beside the project's own reference data."""
    data = folder / "data"
    (data / "profiles").mkdir(parents=True)
    for name in ("reference", "consent"):
        (data / name).symlink_to(PROJECT / "data" / name)
    for id, facts in PROFILES.items():
        (data / "profiles" / f"{id}.yml").write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    settings = Settings(home=folder / "home", data=data, model="hashing")
    settings.home.mkdir()
    with open_store(settings.database_url) as store:
        store.save_cards(CARDS)
        for one in CARDS:
            own = [call for call in calls if call.source == one.name]
            for day in sorted({DAY, *(call.first_seen or DAY for call in own)}):
                store.save_run(good_run(one, day), [call for call in own if (call.first_seen or DAY) <= day])
    return settings


def good_run(of: SourceCard, day: date = DAY, **facts: object) -> Run:
    known: dict[str, object] = {
        "id": f"{of.name}-{day}",
        "source": of.name,
        "card": of,
        "started": datetime.combine(day, time(3), UTC),
        "as_of": day,
        "outcome": RunOutcome.OK,
    }
    return Run.model_validate(known | facts)
