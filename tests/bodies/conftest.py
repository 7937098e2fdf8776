"""The real file of bodies, and bodies made by hand."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from matcher.model import Body
from matcher.reference.bodies import BodyRole, NamedBody, NoBody
from matcher.reference.files import load_reference

FOLDER = Path(__file__).parents[2] / "data" / "reference"
DAY = date(2026, 11, 22)


def a_body(name="Ministry", country="LV", role=BodyRole.MANAGING_AUTHORITY, programmes=("SHARED",), **changes):
    facts = {"source": "https://page.example/", "as_of": DAY, "evidence": "seen", "url": "https://body.example/"}
    return NamedBody(**{"name": name, "country": country, "role": role, "programmes": programmes} | facts | changes)


def a_gap(country="LV", role=BodyRole.MANAGING_AUTHORITY, programmes=("SHARED",), note="Three pages were looked at."):
    return NoBody(country=country, role=role, programmes=programmes, note=note)


def a_crawled(name="Agency", country="LV", programme="CERV", as_of=DAY, role="national_contact_point"):
    facts = {"source": "cerv_site", "reference": name, "url": "https://agency.example/"}
    return Body(name=name, country=country, programme=programme, as_of=as_of, role=role, **facts)


@pytest.fixture(scope="session")
def folder():
    return FOLDER


@pytest.fixture(scope="session")
def reference():
    return load_reference(FOLDER)


@pytest.fixture(scope="session")
def make():
    return SimpleNamespace(body=a_body, gap=a_gap, crawled=a_crawled)
