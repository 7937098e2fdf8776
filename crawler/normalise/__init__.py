"""Understands raw records: strings as the page said them -> calls, and issues for what could not be understood.

Pure: knows neither Scrapy nor the clock nor the store; never guesses, never loses a record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from crawler.normalise.call import understand_call
from crawler.normalise.issues import Issues
from crawler.normalise.updates import understand_update
from crawler.source import RawCall, RawUpdate, Source
from matcher.model import Call, Issue, Update
from matcher.reference import Reference

__all__ = ["normalise"]

NEVER = datetime.min.replace(tzinfo=UTC)
Understood = tuple[Call | None, tuple[Issue, ...]]


def normalise(records: Iterable[RawCall | RawUpdate], source: Source, reference: Reference) -> Iterator[Understood]:
    """Each raw call as a call with its issues (None for one that cannot become a call), in the order of the records.

    Update records are attached to the calls of their identifier, so all records are read before the first is given;
    an update whose issues or topic concern no call comes last, as (None, issues).
    """
    understood: list[Understood] = []
    news: dict[str, list[Update]] = defaultdict(list)
    strays: list[Understood] = []
    for raw in records:
        issues = Issues(raw.reference, raw.national if isinstance(raw, RawCall) else None)
        if isinstance(raw, RawCall):
            call = understand_call(raw, source, reference, issues)
            understood.append((call, issues.all()))
        else:
            news[raw.identifier.strip().casefold()].append(understand_update(raw, issues))
            strays += [(None, issues.all())] if issues.all() else []
    for call, found in understood:
        yield (call and _with_news(call, news)), found
    yield from strays


def _with_news(call: Call, news: dict[str, list[Update]]) -> Call:
    """The call with the news on its topic, newest first, each once.

    The same news comes in two forms at the same instant: as a record of its own, which counts, and inside the topic.
    """
    records = news.get(call.identifier.casefold(), ())
    instants = {update.published for update in records if update.published}
    own = [*(update for update in call.updates if update.published not in instants), *records]
    if not own:
        return call
    distinct = {(update.published, update.text): update for update in own}
    newest = sorted(distinct.values(), key=lambda update: (update.published or NEVER, update.reference), reverse=True)
    return call.model_copy(update={"updates": tuple(newest)})
