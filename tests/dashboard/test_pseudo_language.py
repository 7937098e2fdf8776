"""A page in another language shows no English sentence of ours: only names, quotes, pages and numbers stay."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from matcher.eligibility.consortium.check import CONSORTIUM_RULES
from matcher.eligibility.routes import ASSOCIATED_PARTNERS
from matcher.eligibility.rules import RULES
from matcher.eligibility.with_whom import JOINT
from matcher.profiles import load_profiles
from matcher.store import open_store
from tests.doubles.pieces import readable
from tests.doubles.pseudo_language import leaks, spoken_everywhere
from tests.doubles.small_store import WOMEN

DATA = Path(__file__).parents[2] / "data"
SENTENCE = re.compile(r"(?<=[.!?])\s+")
VIEWS = {
    "matches": {"profile": "riga"},
    "call": {"profile": "riga", "call": WOMEN},
    "deadlines": {"profile": "riga"},
    "map": {"profile": "riga"},
    "organisation": {"profile": "riga"},
    "partners": {"profile": "riga"},
    "pipeline": {"profile": "riga"},
    "sources": {},
    "about": {},
}
"""Each view and the address it is opened by."""
NOT_SHOWN = frozenset(
    {"id", "elementId", "anchor", "icon", "key", "formId", "pageScriptHash", "urlPath", "groupId", "spec", "json"}
)


@pytest.fixture
def language() -> Iterator[str]:
    with spoken_everywhere() as code:
        yield code


@pytest.fixture(scope="session")
def outside(world) -> frozenset[str]:
    """All that the store and the data files hold: what others wrote, and what we state in English alone."""
    held: set[str] = set()
    with open_store(world.database_url) as store:
        for one in (*store.calls(), *store.runs(), *store.documents(), *store.projects()):
            held |= set(texts(one.model_dump(mode="json")))
    for profile in load_profiles(world.data / "profiles").values():
        held |= set(texts(profile.model_dump(mode="json")))
    for file in ("bodies.yml", "national_portals.yml", "programmes.yml", "about.yml", "networks.yml", "ranking.yml"):
        held |= {text for text in texts(yaml.safe_load((DATA / "reference" / file).read_text("utf-8"))) if text}
    held |= {rule.reference for rule in (*RULES.values(), *CONSORTIUM_RULES)} | {ASSOCIATED_PARTNERS, JOINT}
    lines = {piece.strip() for text in held for line in text.splitlines() for piece in (line, *SENTENCE.split(line))}
    return frozenset(line for line in lines if len(line) > 3)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in NOT_SHOWN:
                yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def shown(app: AppTest) -> list[str]:
    """Every text of the page's elements, tables too."""
    found = []
    for element in app.main:
        proto = getattr(element, "proto", None)
        if element.type == "html":
            found += readable(element.proto.body).splitlines()
        elif proto is not None:
            found += texts(MessageToDict(proto))
    for table in app.table:
        found += [*map(str, table.value.columns), *(str(cell) for row in table.value.values for cell in row)]
    plain = (text.replace("\\", "").replace("\N{WORD JOINER}", "") for text in found)
    return [re.sub(r"\]\([^)]*\)", "]", text) for text in plain]  # where a link leads is no text


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_says_nothing_that_only_english_can_say(view, page, language, outside):
    told = shown(page(view, lang=language, **VIEWS[view]))
    assert len(told) > 1
    found = leaks(told, outside)
    assert not found, "\n".join(found)
