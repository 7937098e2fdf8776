"""Calls and profiles in our own words, and the delivered weights."""

from datetime import date

import pytest

from matcher.embedding import HashingEncoder, MemoryCache, embed_calls, embed_profile
from matcher.model import Call, Fact, Need, Profile
from matcher.ranking import Index, load_weights, rank

TOPICS = {
    "homes": ("Homes for newcomers", "Towns turn empty flats into homes for refugees. Tenants get advice."),
    "school": ("Welcome in schools", "Teachers learn to receive pupils who speak another language."),
    "water": ("Clean rivers", "Engineers measure the quality of water in rivers."),
    "work": ("Paths into work", "Employers and migrant women meet. Skills are recognised."),
    "title": ("Refugees", ""),
}


def make_call(reference, title, text="", language="en"):
    return Call(
        source="test",
        reference=reference,
        identifier=reference,
        title=title,
        text=text,
        kind="topic",
        url="https://example.org",
        language=language,
        as_of=date(2026, 10, 8),
    )


@pytest.fixture(scope="session")
def call():
    return make_call


@pytest.fixture(scope="session")
def calls():
    return [make_call(reference, *texts) for reference, texts in TOPICS.items()]


@pytest.fixture(scope="session")
def profile():
    def make(*needs, description="A town."):
        return Profile(
            id="town",
            name="Town",
            type="municipality",
            country="LV",
            kinds=("local_authority",),
            roles=("coordinator",),
            languages=("en",),
            description=description,
            needs=[Need(text=text, language=language) for language, text in needs],
            facts=[Fact(text="It exists.", source="https://example.org", as_of=date(2026, 10, 8))],
        )

    return make


@pytest.fixture(scope="session")
def weights(project):
    return load_weights(project / "data" / "reference")


@pytest.fixture(scope="session")
def project(pytestconfig):
    return pytestconfig.rootpath


@pytest.fixture(scope="session")
def ranked(weights):
    """Rank calls for a profile with the hashing encoder."""

    def run(profile, calls, among=None):
        encoder, cache = HashingEncoder(), MemoryCache()
        index = Index.of(calls, embed_calls(calls, encoder, cache))
        return rank(profile, index, embed_profile(profile, encoder, cache), weights, among)

    return run
