"""What a call can spend and what one project can receive, from the fields and free words of a record."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from crawler.normalise.issues import Issues
from crawler.normalise.money import FORMS, Amount, find_amounts, parse_money
from crawler.normalise.money_words import CODES
from crawler.normalise.numerals import Unclear
from crawler.normalise.overview import EURO, Share, topic_share
from crawler.source import RawCall
from matcher.model import Budget, GrantSize, Money

PER_PROJECT = re.compile(r"\bper (?:project|proposal|grant|action)\b", re.IGNORECASE)
NOT_A_TOTAL = re.compile(r"\bper\b|\beach\b|\bevery\b|third part|up to|at most|at least|max|min", re.IGNORECASE)
PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})(?:[.,](\d{1,2}))?\s?%")
MONTHS = re.compile(r"(?:up to |max(?:imum)?\.? )?(\d{1,3})(?: months?)?", re.IGNORECASE)


class _Words(NamedTuple):
    """What a budget in free words says."""

    total: Money | None = None
    most: Money | None = None
    rate: Decimal | None = None


def understand_funds(raw: RawCall, issues: Issues, language: str = "") -> Share:
    """Budget and grant size: the portal's overview where it states them, else the record's own fields.

    `language` decides words such as "mil" and "kr"; it stays empty for the portal, whose words are English.
    """
    share = topic_share(raw.budget_overview, raw.identifier, issues)
    currency = _currency(raw.currency, issues)
    words = _budget_words(raw.budget, currency, issues, language)
    stated = {
        "minimum": share.grant.minimum or _amount(raw.grant_min, "grant_min", currency, issues, language),
        "maximum": share.grant.maximum or _amount(raw.grant_max, "grant_max", currency, issues, language) or words.most,
        "expected_grants": share.grant.expected_grants,
        "rate_percent": _rate(raw.rate_percent, issues) or words.rate,
        "duration_months_max": _months(raw.duration_months_max, issues),
    }
    return Share(share.budget or (Budget(total=words.total) if words.total else None), GrantSize.model_validate(stated))


def _currency(text: str, issues: Issues) -> str | None:
    """The record's currency; None, with an issue, for one that is not known, so that no amount is given a wrong one."""
    code = text.strip().upper() or EURO
    if code in CODES:
        return code
    issues.add("currency", "unknown currency; its amounts were left out", text, sorted(CODES))
    return None


def _amount(text: str, field: str, currency: str | None, issues: Issues, language: str) -> Money | None:
    if currency is None:
        return None
    try:
        return parse_money(text, currency, language)
    except Unclear as doubt:
        issues.add(field, f"not one clear amount ({doubt})", text, FORMS)
        return None


def _budget_words(text: str, currency: str | None, issues: Issues, language: str) -> _Words:
    """A budget that is an amount, or a sentence about amounts, clause by clause.

    The total is the amount the sentence begins with; what follows in brackets or clauses splits or explains it.
    """
    if currency is None or not re.search(r"[1-9]", text):
        return _said_nothing(text, issues) if re.search(r"[^\W\d_]", text) else _Words()
    try:
        return _Words(total=parse_money(text, currency, language))
    except Unclear:
        pass  # not one amount alone: read it as a sentence
    try:
        clauses = [(clause.strip(), find_amounts(clause.strip(), language)) for clause in text.split(";")]
    except Unclear as doubt:
        issues.add("budget", str(doubt), text, FORMS)
        return _Words()
    words = _Words(_total(*clauses[0]), _most(clauses), _stated_rate(text))
    return words if any(words) else _said_nothing(text, issues)


def _total(clause: str, amounts: list[Amount]) -> Money | None:
    begins = bool(amounts) and amounts[0].start == 0 and amounts[0].low == amounts[0].high
    rest = clause[amounts[0].end :].split("(")[0] if begins else ""
    return amounts[0].low if begins and not NOT_A_TOTAL.search(rest) else None


def _most(clauses: list[tuple[str, list[Amount]]]) -> Money | None:
    """The limit of a clause such as "up to EUR 30,000,000 per project"."""
    limits = [a[0].high for clause, a in clauses if len(a) == 1 and PER_PROJECT.search(clause) and "up to" in clause]
    return limits[0] if len(limits) == 1 else None


def _stated_rate(text: str) -> Decimal | None:
    """The one percentage of a text that speaks of a funding rate."""
    found = PERCENT.findall(text)
    return _percent(*found[0]) if len(found) == 1 and "rate" in text.lower() else None


def _said_nothing(text: str, issues: Issues) -> _Words:
    issues.add("budget", "states no total, no amount per project and no rate that can be read", text, FORMS)
    return _Words()


def _rate(text: str, issues: Issues) -> Decimal | None:
    found = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?\s?%?", text.strip())
    rate = _percent(found[1], found[2]) if found else None
    if rate is None and text.strip():
        issues.add("rate_percent", "not a percentage", text, ["90", "80.5 %"])
    return rate


def _percent(whole: str, decimals: str | None) -> Decimal | None:
    rate = Decimal(f"{whole}.{decimals or 0}").normalize()
    return Decimal(f"{rate:f}") if 0 < rate <= 100 else None


def _months(text: str, issues: Issues) -> int | None:
    found = MONTHS.fullmatch(text.strip())
    if found is None and text.strip():
        issues.add("duration_months_max", "not a number of months", text, ["36", "36 months"])
    return (int(found[1]) or None) if found else None
