"""Sources in plain words for a reader at a terminal: how fresh, how complete, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from matcher.coverage import TIERS, Freshness, SourceState
from matcher.eligibility.words import country
from matcher.model import Run, RunOutcome, Said, Stages, said, said_n, said_of, to_say
from matcher.model.said import a_day, a_number, series
from matcher.national_coverage import MemberState, Reach

SHOWN_REASONS = 3
STAGES = {
    "fetched": said_of("stage of a run", "fetched"),
    "parsed": said_of("stage of a run", "gave a record"),
    "normalised": said_of("stage of a run", "understood"),
    "valid": said_of("stage of a run", "usable"),
}
"""A stage of `Stages.rates` -> what the things did that came through it."""

NATIONAL = "National calls under shared management, by Member State"


def freshness_line(state: Freshness) -> str:
    """How old the calls are, and the command that brings newer ones."""
    return "; ".join(filter(None, [state.sentence, state.remedy]))


def source_lines(state: SourceState) -> Iterator[str]:
    """Everything a reader should know of one source, the state first."""
    yield f"{state.source}: {state.title} [{state.condition}]"
    yield from (f"  {line}" for line in _details(state))


def _details(state: SourceState) -> Iterator[str]:
    card, good = state.card, state.last_good
    if card:
        yield f"{TIERS[card.tier]}; {', '.join(card.funds) or 'no fund'}; {expected_words(state)}"
    if good is None:
        yield "no good run yet" if state.latest else _why_never(state)
    else:
        snapshot = ", a bundled snapshot" if good.snapshot else ""
        age = f"{age_words(state)}{snapshot}"
        yield f"last good run {good.as_of.isoformat()} ({age}): {records_words(good.calls, state)}"
    if state.is_stale and card:
        yield f"stale: it is to be read {card.frequency}"
    if state.calls:
        yield "calls now: " + ", ".join(f"{count} {status}" for status, count in sorted(state.calls.items()))
    if good and good.stages:
        yield f"stages: {stages_words(good.stages)}"
    if state.latest and state.latest.outcome is not RunOutcome.OK:
        yield from _reasons(state.latest)
    if state.issues:
        yield f"{count_words(len(state.issues), 'value')} of the latest run could not be read or understood, see --json"
    if state.latest:
        yield from (f"note: {note}" for note in state.latest.notes)
    if card:
        yield from (f"missing: {gap}" for gap in card.gaps)


def _why_never(state: SourceState) -> str:
    return "never read yet; run `funding " + ("crawl " + state.source if state.is_crawled else "snapshot load") + "`"


def _reasons(run: Run) -> Iterator[str]:
    said = {RunOutcome.WARN: "remark", RunOutcome.FAIL: "latest run failed"}[run.outcome]
    for reason in run.reasons[:SHOWN_REASONS]:
        yield f"{said}: {reason}"
    if len(run.reasons) > SHOWN_REASONS:
        yield f"… and {len(run.reasons) - SHOWN_REASONS} more, see --json"


def age_words(state: SourceState) -> Said:
    """How long ago the last good run was; it may lie ahead of the day one looks at."""
    days = state.age_days or 0
    if days == 0:
        return said("the same day")
    if days > 0:
        return said_n("%(num)s day ago", "%(num)s days ago", days)
    return said_n("%(num)s day later", "%(num)s days later", -days)


def expected_words(state: SourceState) -> Said:
    if state.card is None or state.card.expected is None:
        return said("no expectation")
    least, most = map(a_number, state.card.expected)
    if state.card.yields == "projects":
        return said("%(least)s to %(most)s projects expected", least=least, most=most)
    if state.card.yields == "documents":
        return said("%(least)s to %(most)s documents expected", least=least, most=most)
    return said("%(least)s to %(most)s calls expected", least=least, most=most)


def records_words(number: int, state: SourceState) -> Said:
    """`1 call`, `12 projects`."""
    if state.card and state.card.yields == "projects":
        return said_n("%(num)s project", "%(num)s projects", number)
    if state.card and state.card.yields == "documents":
        return said_n("%(num)s document", "%(num)s documents", number)
    return said_n("%(num)s call", "%(num)s calls", number)


def stages_words(stages: Stages) -> str:
    """Each stage with its share of the one before it: `12 listed, 9 fetched (75 %), …`."""
    parts = [f"{stages.listed:,} listed"]
    for stage, (part, whole) in stages.rates.items():
        parts.append(f"{part:,} {STAGES[stage]} ({percent(part / whole)})" if whole else f"{part:,} {STAGES[stage]}")
    return ", ".join(parts)


def coverage_lines(states: Sequence[SourceState]) -> Iterator[str]:
    """A table for each kind of record: a row for each field, a column for each source, filled records in percent."""
    read = sorted((state for state in states if state.filled and state.card), key=_yields)
    for kind, group in groupby(read, key=_yields):
        columns = list(group)
        yield f"{kind}: per cent of the records of the last good run in which a field is filled"
        yield from (f"  {number:>2}  {state.source}" for number, state in enumerate(columns, start=1))
        fields = list(dict.fromkeys(name for state in columns for name in state.filled))
        width = max(map(len, fields))
        yield " " * (width + 2) + "".join(f"{number:>5}" for number in range(1, len(columns) + 1))
        for name in fields:
            yield f"  {name:<{width}}" + "".join(f"{_cell(state.filled.get(name)):>5}" for state in columns)
        yield ""
    unread = [state.source for state in states if not state.filled]
    if unread:
        yield f"not measured yet: {', '.join(unread)}"


def national_lines(members: Sequence[MemberState]) -> Iterator[str]:
    """A line for each Member State: how far its own calls are to be found here; below a line of what it is about."""
    if not members:
        return
    yield NATIONAL
    names = {member.country: country(member.country).removeprefix("the ") for member in members}
    width = max(map(len, names.values()))
    for member in members:
        yield f"  {member.country}  {names[member.country]:<{width}}  {member.reach:<8}  {national_words(member)}"


def national_words(member: MemberState) -> str:
    """What is held of a Member State's calls and since when; where to look for the rest of them."""
    if not member.states:
        return _address(member)
    rest = [f"not read: {', '.join(member.elsewhere)} ({_address(member)})"] if member.elsewhere else []
    return series([f"{', '.join(member.funds) or 'no fund named'}: {held_words(member)}", *rest])


def held_words(member: MemberState) -> str:
    """`3 open, 12 planned; read 2026-11-22 (romania); never read yet (amif_romania)`; empty without a source."""
    parts = []
    if member.last_read:
        day, names = a_day(member.last_read.isoformat(), member.last_read), _names(member.read)
        imported = member.reach is Reach.IMPORTED
        parts += [
            said("%(open)s open, %(planned)s planned", open=a_number(member.open), planned=a_number(member.planned))
        ]
        parts += [said(IMPORTED_ON, day=day, sources=names) if imported else said(READ_ON, day=day, sources=names)]
    if member.unread:
        parts += [said("never read yet (%(sources)s)", sources=_names(member.unread))]
    return series(parts)


IMPORTED_ON, READ_ON = to_say("imported %(day)s (%(sources)s)"), to_say("read %(day)s (%(sources)s)")


def _address(member: MemberState) -> str:
    """The portal's address, or those of the authorities where no portal is known."""
    if member.known and member.known.portal:
        return member.known.portal.url
    asked = ", ".join(f"{one.url} ({one.money})" for one in member.authorities if one.url)
    return f"no portal known; authorities: {asked}" if asked else "no portal known"


def _names(states: Sequence[SourceState]) -> str:
    return ", ".join(state.source for state in states)


def _yields(state: SourceState) -> str:
    return state.card.yields if state.card else ""


def _cell(part: float | None) -> str:
    return "–" if part is None else percent(part).removesuffix(" %")


def percent(part: float) -> str:
    """A whole number; never 100 or 0 where it is not all or none."""
    if 0 < part < 1:
        part = min(max(part, 0.01), 0.99)
    return f"{100 * part:.0f} %"


def count_words(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"
