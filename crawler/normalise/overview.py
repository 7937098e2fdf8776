"""The portal's budgetOverview, JSON text that lists the amounts of a whole call: what of it is one topic's."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from crawler.normalise.issues import Issues
from crawler.normalise.money import plain
from crawler.normalise.portal_json import read
from matcher.model import Budget, GrantSize, Money

EURO = "EUR"
"""The currency of the EU budget (Regulation (EU, Euratom) 2024/2509, Article 19), meant where a record names none."""
TOO_MUCH = Decimal(10) ** 13
"""More than the EU spends in fifty years: a slip of the source."""

TOPICS_OF_A_REPEATED_SUM = 3
"""Two topics of a call often get as much as each other; that all of three or more do is no accident."""


class Line(NamedTuple):
    """What one type of action of one topic is given. Lines of one `pot` are paid from the same money; 0: not stated."""

    pot: str
    action: str
    amount: Decimal
    entry: dict[str, Any]
    """The line as it stands, with the sizes of its grants."""


class Share(NamedTuple):
    budget: Budget | None
    grant: GrantSize


def topic_share(text: str, identifier: str, issues: Issues) -> Share:
    """Budget and grant size of the topic with this identifier; the lines of its siblings are not its money."""
    lines = _lines(text, issues)
    own = [line for line in lines if is_of(line.action, identifier)]
    if lines and not own:
        found = ", ".join(sorted({line.action for line in lines}))
        issues.add("budget_overview", "no line of this topic", found, [f"{identifier} - …"])
    return Share(_budget(own, [line for line in lines if line not in own]), _grant(own, issues))


def is_of(action: str, identifier: str) -> bool:
    """The line's text begins with the identifier, and not with a longer one of a sibling topic."""
    line, code = action.strip().casefold(), identifier.strip().casefold()
    rest = line.removeprefix(code)
    return bool(code) and line.startswith(code) and (not rest or rest[0].isspace() or rest[0] == "–")


def _budget(own: list[Line], others: list[Line]) -> Budget | None:
    """Of the topic alone, unless siblings stand in its pot or the whole call repeats its amount; a pot counts once."""
    amounts = {(line.pot, line.amount) for line in own if line.amount}
    total = _euro(sum((amount for _, amount in amounts), Decimal(0)))
    pots = {pot for pot, _ in amounts}
    shared = any(line.amount and line.pot in pots for line in others) or _is_repeated(amounts, others)
    return Budget(total=total, shared=shared) if total else None


def _is_repeated(own: set[tuple[str, Decimal]], others: list[Line]) -> bool:
    """One amount on the line of every topic of a call, as the portal writes the sum of a call without a split.

    Some siblings with the same amount are none: topics of equal size have budgets of their own.
    """
    sums = {amount for _, amount in own}
    enough = len({line.pot for line in others}) + 1 >= TOPICS_OF_A_REPEATED_SUM
    return enough and len(sums) == 1 and all(line.amount in sums for line in others)


def _grant(own: list[Line], issues: Issues) -> GrantSize:
    def stated(name: str) -> list[Decimal]:
        return [number for line in own if (number := _number(line.entry.get(name), name, issues))]

    return GrantSize(
        minimum=_euro(min(stated("minContribution"), default=Decimal(0))),
        maximum=_euro(max(stated("maxContribution"), default=Decimal(0))),
        expected_grants=int(sum(stated("expectedGrants"))) or None,
    )


def _lines(text: str, issues: Issues) -> list[Line]:
    overview = read(text, "budget_overview", issues)
    if overview is None:
        return []
    pots = overview.get("budgetTopicActionMap") if isinstance(overview, dict) else None
    if not isinstance(pots, dict):
        issues.add("budget_overview", "no budgetTopicActionMap", text, ["{budgetTopicActionMap: {…}}"])
        return []
    entries = [(pot, entry) for pot, found in pots.items() for entry in (found if isinstance(found, list) else [found])]
    lines = [(pot, entry) for pot, entry in entries if isinstance(entry, dict) and isinstance(entry.get("action"), str)]
    if len(lines) < len(entries):
        issues.add("budget_overview", f"{len(entries) - len(lines)} lines without an action", text)
    return [_line(pot, entry, issues) for pot, entry in lines]


def _line(pot: str, entry: dict[str, Any], issues: Issues) -> Line:
    years = entry.get("budgetYearMap")
    amounts = years.values() if isinstance(years, dict) else ()
    return Line(
        pot=pot,
        action=entry["action"],
        amount=sum((_number(amount, "budgetYearMap", issues) for amount in amounts), Decimal(0)),
        entry=entry,
    )


def _number(value: Any, field: str, issues: Issues) -> Decimal:
    """An amount of the overview: a number, or a text of one. Zero, nothing and null mean "not stated"."""
    if value is None or value == "":
        return Decimal(0)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and 0 <= number < TOO_MUCH:
        return number
    issues.add(f"budget_overview.{field}", "not an amount", value, ["30000000", "30000000.50"])
    return Decimal(0)


def _euro(amount: Decimal) -> Money | None:
    return Money(amount=plain(amount), currency=EURO) if amount else None
