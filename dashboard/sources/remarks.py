"""What went wrong with a source or was suspicious, and which values were kept apart instead of guessed, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dashboard.escape import md_escape
from matcher.languages import Speaker
from matcher.model import RunOutcome

if TYPE_CHECKING:
    from matcher.coverage import SourceState
    from matcher.model import Issue, Run

LISTED = 20
"""Issues of a source that are named; how many more there are is told."""
FOUND = 80
"""Characters of a value that was not understood."""


def remarks(say: Speaker, state: SourceState) -> Iterator[str]:
    if state.latest:
        yield from _of_run(say, state, state.latest)
    if state.issues:
        yield _issues(say, state.issues)


def _of_run(say: Speaker, state: SourceState, latest: Run) -> Iterator[str]:
    """The latest attempt: why it failed, what is suspicious, what it notes."""
    if latest.outcome is RunOutcome.FAIL:
        kept = (
            say.gettext("The latest run failed; the data of the last good run stay.")
            if state.last_good
            else say.gettext("The latest run failed; nothing of it is shown.")
        )
        yield f":material/front_hand: **{kept}**"
    told = [*state.alarms, *(reason for reason in latest.reasons if reason not in state.alarms)]
    if told:
        yield "\n".join(f"- {md_escape(one)}" for one in told)
    elif latest.outcome is RunOutcome.FAIL:
        yield say.gettext("No reason was recorded.")
    if latest.notes:
        yield say.gettext("Notes: %(notes)s", notes=md_escape(say.series(latest.notes)))


def _issues(say: Speaker, issues: tuple[Issue, ...]) -> str:
    by_field = Counter(issue.field for issue in issues)
    number = say.ngettext("%(num)s value", "%(num)s values", len(issues))
    title = say.gettext("Not read or not understood: %(values)s", values=number)
    fields = ", ".join(f"{md_escape(field)}: {say.number(count)}" for field, count in sorted(by_field.items()))
    lines = [f"- {_issue(say, issue)}" for issue in issues[:LISTED]]
    if (rest := len(issues) - LISTED) > 0:
        lines.append(
            say.ngettext(
                "- and %(num)s more; `funding sources --json` lists all.",
                "- and %(num)s more; `funding sources --json` lists all.",
                rest,
            )
        )
    return f"**{title}** ({fields})\n\n" + "\n".join(lines)


def _issue(say: Speaker, issue: Issue) -> str:
    """The problem is told in the crawler's own words."""
    found = say.gettext("found “%(value)s”", value=issue.found[:FOUND]) if issue.found else ""
    what = f"{issue.reference} {issue.field}: {issue.problem}"
    return md_escape(", ".join(filter(None, (what, found, issue.place))))
