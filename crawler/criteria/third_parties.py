"""Whether a project hands on money to third parties, and how much one of them can get at most."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.criteria.clauses import Clause
from crawler.criteria.found import Found
from crawler.criteria.money import amounts, whole
from crawler.criteria.vocabulary import facts, patterns
from matcher.model import CriterionKind as Kind

_P = patterns("money")
TRIGGER: tuple[str, ...] = tuple(facts("money")["third_parties"])


def read(clause: Clause) -> Iterator[Found]:
    """Financial support to third parties and its ceiling."""
    said = clause.said
    if _P["support"].search(said) and not _P["no_support"].search(said):
        if _P["support_no"].search(said) and not _P["support_more"].search(said):
            yield Found(Kind.SUB_GRANTS, ("no",))
            return
        if _P["support_yes"].search(said):
            yield Found(Kind.SUB_GRANTS, ("yes",))
    if _P["each"].search(said) and not _P["of_all"].search(said):
        yield from _ceiling(said)


def _ceiling(said: str) -> Iterator[Found]:
    found = amounts(said)
    if found and (_P["most"].search(said) or found[0].low != found[0].high or len(found) == 2):
        yield Found(Kind.SUB_GRANT_MAX, (whole(max(each.high.amount for each in found)),))
