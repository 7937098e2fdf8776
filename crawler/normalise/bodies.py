"""An organisation that helps with a programme, as a page names it -> a body of the store. No persons."""

from __future__ import annotations

from crawler.normalise.issues import Issues
from crawler.normalise.links import safe_url
from crawler.normalise.places import understand_country
from crawler.normalise.programmes import understand_programme
from crawler.normalise.text import clean_line
from crawler.source import RawBody
from matcher.model import Body
from matcher.reference import Reference


def understand_body(raw: RawBody, reference: Reference, issues: Issues) -> Body | None:
    """The body a record describes; None, with an issue, for one without reference, role or name.

    A country or programme that is not known and an address that is not safe are recorded and left empty.
    """
    own, role, name = clean_line(raw.reference), clean_line(raw.role), clean_line(raw.name)
    if not (own and role and name):
        missing = next(field for field, value in (("reference", own), ("role", role), ("name", name)) if not value)
        issues.add(missing, "the record cannot be told apart or named, so it is no body")
        return None
    programme = understand_programme(raw.programme, reference, issues)
    return Body(
        source=raw.source,
        reference=own,
        role=role,
        programme=programme.key if programme else None,
        country=understand_country(raw.country, issues),
        name=name,
        url=safe_url(raw.url, "url", issues),
        as_of=raw.fetched_at.date(),
    )
