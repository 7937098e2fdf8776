"""A board in plain words for a reader at a terminal. Pure; knows neither store nor day."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.eligibility import words
from matcher.model import Answer, Board, Condition, Member, Said, said, said_n
from matcher.model.said import joined
from matcher.wording.calls import key_words
from matcher.wording.layout import MARKS, indented
from matcher.wording.quotes import quote_words

GROUPS = {
    Answer.NOT_MET: said("What the draft fails"),
    Answer.UNKNOWN: said("What is not known"),
    Answer.MET: said("What holds"),
}
"""In the order a reader needs them."""


def board_page(board: Board) -> Iterator[str]:
    """The draft and its conditions: what fails, what is open, what holds, and what would repair it."""
    yield board.call.title
    yield f"      {key_words(board.call)}"
    yield from ("", f"Draft of {len(board.members)} {'member' if len(board.members) == 1 else 'members'}")
    yield from (f"  {member_words(one)}" for one in board.members)
    yield from ("", outcome(board))
    for answer, heading in GROUPS.items():
        found = [one for one in board.conditions if one.answer is answer]
        if found:
            yield from ("", f"{heading} ({len(found)})")
            for condition in found:
                yield from _condition(condition)


def outcome(board: Board) -> Said:
    """The whole in a sentence. No draft is called complete while something is open."""
    count = {answer: sum(one.answer is answer for one in board.conditions) for answer in Answer}
    if fails := count[Answer.NOT_MET]:
        all_ = len(board.conditions)
        return said_n("%(num)s of %(all)s conditions fails.", "%(num)s of %(all)s conditions fail.", fails, all=all_)
    if unknown := count[Answer.UNKNOWN]:
        return said_n(
            "No condition fails; %(num)s of %(all)s are open.",
            "No condition fails; %(num)s of %(all)s are open.",
            unknown,
            all=len(board.conditions),
        )
    return said("All conditions that are known hold.")


def member_words(one: Member) -> Said:
    """ "Riga City Council, coordinator, Latvia, local authorities and public bodies"."""
    country = words.country(one.country) if one.country else said("country not known")
    kinds = words.kinds(one.kinds) if one.kinds else said("kind not known")
    return joined(", ", [one.name, words.ROLES[one.role], country, kinds])


def _condition(condition: Condition) -> Iterator[str]:
    yield f"  {MARKS[condition.answer]}: {condition.label}"
    yield from indented(condition.reason)
    if condition.remedy:
        yield from indented(f"→ {condition.remedy}")
    if condition.quote:
        yield from indented(quote_words(condition.quote))
    if condition.reference:
        yield from indented(f"[{condition.reference}]")
