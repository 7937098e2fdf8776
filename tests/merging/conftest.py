"""Makes records of the same call, or nearly so, in several sources."""

from datetime import date

import pytest

from matcher.model import Call, CallKind, Deadline, Fund, Tier

TIERS = {
    "portal": Tier.OFFICIAL_RECORD,
    "programme_site": Tier.OFFICIAL_RECORD,
    "restated": Tier.CURATED,
    "news": Tier.OFFICIAL_POINTER,
    "more_news": Tier.OFFICIAL_POINTER,
    "list": Tier.DISCOVERY,
}


@pytest.fixture(scope="session")
def record():
    """A record of that source; the tier is the source's, a code is given by `identifier`."""

    def make(source, reference="one", **changes) -> Call:
        facts = {
            "source": source,
            "reference": f"{source}/{reference}",
            "identifier": f"{source}/{reference}",
            "title": "Integration of migrant women in small towns",
            "kind": CallKind.TOPIC if source == "portal" else CallKind.CALL,
            "url": f"https://{source}.example/{reference}",
            "tier": TIERS[source],
            "fund": Fund.AMIF,
            "deadlines": (Deadline(day=date(2026, 11, 5)),),
            "as_of": date(2026, 10, 8),
        }
        return Call(**facts | changes)

    return make
