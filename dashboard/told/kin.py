"""The calls that belong to a call: under which headings they stand, and what is said of each. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import words
from matcher.languages import Speaker
from matcher.model import Call, CallStatus
from matcher.related import Related


@dataclass(frozen=True)
class Kin:
    """Calls of one sort; `rest`: ids of those that are not told of."""

    title: str
    calls: tuple[Call, ...]
    rest: tuple[str, ...]


def told(say: Speaker, found: Related, find: Callable[[Sequence[str]], Sequence[Call]], most: int) -> list[Kin]:
    """Sorts of kin with the first `most` calls of each. `find`: those of these ids that are still there."""
    kin = ((title, tuple(find(ids[:most])), ids[most:]) for title, ids in groups(say, found))
    return [Kin(*one) for one in kin if one[1]]


def groups(say: Speaker, found: Related) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sorts of kin with the ids of their calls, what a reader needs first before the others; none is empty."""
    for title, ids in (
        (say.gettext("Under the same code"), found.under),
        (say.gettext("Later editions"), found.later),
        (say.gettext("Other topics of the same call"), found.topics),
        (say.gettext("Earlier editions"), found.earlier),
        (say.gettext("Same programme and year"), found.year),
    ):
        if ids:
            yield title, ids


def known(say: Speaker, call: Call, on: date) -> tuple[str, ...]:
    """Code, state and deadline of one of them; a closed one says so in its deadline."""
    status = "" if call.status(on) is CallStatus.CLOSED else words.status_words(say, call, on)
    return tuple(filter(None, (call.code or "", status, words.next_deadline_words(say, call, on))))
