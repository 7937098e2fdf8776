"""What an import says to the person who made it: counts, a sample of what was understood, what was not. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from crawler.outcome import Outcome, line
from crawler.timetables.calls import Found
from matcher.amounts import money_words
from matcher.model import Call, Issue
from matcher.wording.calls import deadline_words, opens_words

NOT_SAID = "not said"


def summary(name: str, found: Found, outcome: Outcome) -> Iterator[str]:
    """What was read, and what became of it."""
    yield f"{name}: {len(found.calls)} calls read"
    yield line(outcome)


def sample_lines(understood: Sequence[tuple[Call | None, tuple[Issue, ...]]], number: int = 5) -> Iterator[str]:
    """The first calls, field by field, as they would be stored."""
    for call, issues in [one for one in understood if one[0]][:number]:
        assert call
        yield ""
        yield f"{call.title}"
        for label, text in _facts(call).items():
            yield f"  {label:<11} {text or NOT_SAID}"
        yield from (f"  not understood: {issue_line(issue)}" for issue in issues)


def issue_lines(issues: Sequence[Issue], most: int | None) -> Iterator[str]:
    """The issues, those of one field and problem together; `most` of them, all when None."""
    groups: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    for issue in issues[:most]:
        groups[issue.field, issue.problem].append(issue)
    for (field, problem), alike in groups.items():
        yield f"{field}: {problem}" + (f"; allowed: {alike[0].allowed}" if alike[0].allowed else "")
        yield from (f"    {_where(issue)}" for issue in alike)
    left = len(issues[most:]) if most is not None else 0
    if left:
        yield f"… and {left} more; --issues prints all"


def issue_line(issue: Issue) -> str:
    """One issue in one line: field, problem, what was found and what is expected, and where."""
    expected = f"; allowed: {issue.allowed}" if issue.allowed else ""
    return f"{issue.field}: {issue.problem}: {_where(issue)}{expected}"


def _where(issue: Issue) -> str:
    found = f"found {' '.join(issue.found.split())!r}" if issue.found else ""
    return ", ".join(filter(None, (issue.place or issue.reference, found)))


def _facts(call: Call) -> dict[str, str]:
    area = call.national.area if call.national else None
    codes = f" ({', '.join(area.codes)})" if area and area.codes else ""
    return {
        "code": call.code or "",
        "opening": opens_words(call),
        "deadline": "; ".join(map(deadline_words, call.deadlines)),
        "area": f"{area.text}{codes}".strip() if area else "",
        "applicants": call.applicants,
        "amount": money_words(call.budget.total) if call.budget else "",
        "fund": call.fund or "",
    }
