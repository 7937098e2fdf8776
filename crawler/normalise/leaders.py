"""Who leads a project, in the words of a record -> values of conditions on the coordinator. Silence where in doubt."""

from __future__ import annotations

import re

from crawler.normalise.applicants import named_applicants
from crawler.normalise.places import understand_countries

SEAT = r"(?:the )?(?:lead(?:er| applicant| partner)?|coordinator)"
LEADER = re.compile(rf"{SEAT}\s*(?::|must (?:be|represent)\b|is\b)\s*(?P<who>.+)", re.IGNORECASE)
"""The clause of a lead rule that names who may lead."""
NOT_FROM = re.compile(
    rf"{SEAT} (?:must not|cannot|may not) be (?:established )?(?:from|in) (?P<where>.+)", re.IGNORECASE
)
LED = re.compile(
    r"consorti(?:a|um) (?:that |which )?(?P<how>should|must|shall|has to|have to) be (?:led|coordinated) by "
    r"(?P<who>[^;]+)",
    re.IGNORECASE,
)
"""A call for consortia says in these words who leads them, and of their other members nothing."""
WISHED = "perhaps others, as it says “should”"
"""Stands in a condition that is a wish: whom it does not name it does not shut out."""


def who_leads(clause: str) -> tuple[str, ...]:
    """Kinds and parts of kinds that a clause of a lead rule wants as coordinator; empty where it is not understood."""
    found = LEADER.fullmatch(clause)
    return named_applicants(found["who"]) if found else ()


def consortium_led_by(text: str) -> tuple[str, ...]:
    """The same for applicants given as "consortia that must be led by …"."""
    found = LED.fullmatch(text.strip())
    values = named_applicants(found["who"]) if found else ()
    return (*values, WISHED) if found and values and found["how"].lower() == "should" else values


def countries_that_lead_not(clause: str) -> tuple[str, ...]:
    """The countries from which a clause of a lead rule wants no coordinator."""
    found = NOT_FROM.fullmatch(clause)
    places = understand_countries([found["where"]]) if found else None
    return tuple(sorted(places.codes)) if places and places.complete else ()
