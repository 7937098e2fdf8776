"""The index of funded projects: invented facts, and the rows they are written as, in the form of the real index."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta

INDEX = "SEDIA_NONH2020_PROD"
PAGE = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/projects-details"
PROGRAMMES = {
    # portal id: (abbreviation, prefix of topics, number of projects, of one of the five funds)
    "43251447": ("AMIF2027", "AMIF-{year}-TF2-AG-INTE-0{n}-PLACES", 40, True),
    "31077795": ("AMIF", "AMIF-{year}-AG-CALL-0{n}", 20, True),
    "43251589": ("CERV", "CERV-{year}-CITIZENS-TOWN-TT", 120, True),
    "43254019": ("ESF", "ESF-{year}-SOC-INNOV", 20, True),
    "43353764": ("ERASMUS2027", "ERASMUS-EDU-{year}-PI-FORWARD-LOT{n}", 90, True),
    "31059093": ("EPLUS2020", "EACEA-0{n}-{year}", 30, True),
    "44416173": ("I3", "I3-{year}-INV{n}a", 6, True),
    "46324255": ("ERDFTA", "ERDF-TA-{year}-{n}", 4, True),
    "43108390": ("HORIZON", "HORIZON-CL2-{year}-0{n}", 50, False),
    "31076817": ("REC", "REC-AG-{year}", 10, False),
}
COUNTRIES = (("IT", "Italy"), ("EL", "Greece"), ("LV", "Latvia"), ("UK", "United Kingdom"), ("DE", "Germany"))
KINDS = ("PUB", "OTH", "PRC", "HES", "REC")


@dataclass(frozen=True)
class Funded:
    """A project as a well-informed reader would state it."""

    reference: str
    programme: str
    """The portal's id."""
    of_the_five: bool
    title: str
    acronym: str
    topic: str
    start: date | None
    end: date | None
    participants: int
    """Organisations in it; persons not counted."""
    form: str = ""
    """What is odd in the row: broken participants, a person among them, an unknown country, no amounts."""


FORMS = {3: "broken", 5: "person", 7: "elsewhere", 11: "zero", 13: "undated", 17: "nobody"}


def funded() -> list[Funded]:
    return [
        _project(programme, number, prefix, five)
        for programme, (_, prefix, count, five) in PROGRAMMES.items()
        for number in range(count)
    ]


def many(count: int, programme: str = "43251589") -> list[Funded]:
    """So many projects of one programme, without anything odd but that starts bunch on some days."""
    prefix = PROGRAMMES[programme][1]
    return [_project(programme, number, prefix, True, form="") for number in range(count)]


def _project(programme: str, number: int, prefix: str, five: bool, form: str | None = None) -> Funded:
    form = FORMS.get(number % 20, "") if form is None else form
    start = None if form == "undated" else date(2022, 1, 1) + timedelta(days=number // 3 * 9 % 1500)
    return Funded(
        reference=f"{programme}{101_000_000 + number * 13}",
        programme=programme,
        of_the_five=five,
        title=f"Neighbours meet, number {number} of {PROGRAMMES[programme][0]}",
        acronym="" if number % 9 == 8 else f"MEET{number}",
        topic=prefix.format(year=2022 + number % 3, n=number % 4 + 1),
        start=start,
        end=start and start + timedelta(days=730),
        participants=0 if form in ("broken", "nobody") else number % 5 + 1,
        form=form,
    )


def project_row(one: Funded) -> dict:
    own = one.reference.removeprefix(one.programme)
    abbreviation = PROGRAMMES[one.programme][0]
    url = f"{PAGE}/{one.programme}/{own}/{abbreviation}"
    amount = "0" if one.form == "zero" else f"{100_000 + int(own) % 1000}.5"
    metadata = {
        "DATASOURCE": [INDEX],
        "REFERENCE": [one.reference],
        "language": ["en"],
        "url": [url],
        "programmePeriod": ["2021 - 2027"],
        "programId": [one.programme],
        "programAbbreviation": [abbreviation],
        "projectId": [own],
        "title": [one.title],
        "acronym": [one.acronym] if one.acronym else [],
        "objective": [f"{one.title}: people who arrived and people who were there\nplan a street feast together."],
        "status": [("Ongoing", "Ended", "Forthcoming", "Suspended")[int(own) % 4]],
        "topicAbbreviation": [one.topic],
        "typeOfAction": [f"{abbreviation}  Project Grants"],
        "freeKeywords": ["welcome", " neighbourhood"],
        "startDate": [f"{one.start}T00:00:00.000+0100"] if one.start else [],
        "endDate": [f"{one.end}T00:00:00.000+0200"] if one.end else [],
        "es_SortDate": [f"2026-11-{int(own) % 20 + 1:02}T08:00:00.{int(own) // 40 % 1000:03}+0100"],
        "overallBudget": [amount],
        "euContributionAmount": [amount],
        "publications": ["[]"],
        "participants": [_participants(one)],
        "nutsCode": [f"XX{number}" for number in range(one.participants)],
    }
    checksum = hashlib.sha256(json.dumps(metadata).encode()).hexdigest().upper()
    return {
        "apiVersion": "2.151",
        "reference": one.reference,
        "url": url,
        "title": None,
        "language": "en",
        "databaseLabel": INDEX,
        "database": INDEX,
        "summary": one.title,
        "weight": 0.0,
        "checksum": checksum,
        "metadata": metadata | {"esST_checksum": [checksum]},
    }


def indexed_again(row: dict) -> dict:
    """A second row of the same project, from another indexing, that says less."""
    kept = {name: values for name, values in row["metadata"].items() if name not in ("objective", "participants")}
    return row | {"metadata": kept, "checksum": row["checksum"][::-1]}


def _participants(one: Funded) -> str:
    if one.form == "nobody":
        return ""
    entries = [_participant(one, number) for number in range(max(one.participants, 1))]
    if one.form == "person":
        entries.append(entries[0] | {"role": "participant", "pic": 1, "legalName": "MARIA MUSTER", "type": "NP"})
    text = json.dumps(entries)
    return text[: len(text) // 2] if one.form == "broken" else text


def _participant(one: Funded, number: int) -> dict:
    code, country = COUNTRIES[(int(one.reference) + number) % len(COUNTRIES)]
    if one.form == "elsewhere" and number == 0:
        code, country = "QQ", "Utopia"
    return {
        "role": "coordinator" if number == 0 else ("participant", "thirdParty", "associatedPartner")[number % 3],
        "pic": 900_000_000 + (int(one.reference) + number) % 400,
        "legalName": f"ASSOCIATION {(int(one.reference) + number) % 400}",
        "postalAddress": {
            "street": "A STREET 1",
            "postalCode": "1000",
            "city": "Anytown",
            "countryCode": {"id": 20000900 + number, "abbreviation": code, "description": country},
        },
        "latitude": "44.4",
        "longitude": "12.1",
        "activityType": "Other",
        "organizationType": None,
        "type": KINDS[number % len(KINDS)],
        "eucontribution": "0" if one.form == "zero" else "25000.5",
        "webLink": "www.example.org",
        "sme": number % 2 == 0,
        "status": "Active",
        "order": number + 1,
    }
