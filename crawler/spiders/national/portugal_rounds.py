"""Planned and published calls of Portugal 2030, brought together under keys that they keep when they open. Pure.

The plan's number never stands in the query and the query's code never in the plan, so neither can be the key. What both
know is the title and the programme, and with them which round of that title it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from crawler.platforms.tabular import fold
from crawler.source import RawCall, RawNational
from crawler.timetables.told import retold, told_by

PROGRAMMES = {
    "PESSOAS2030": r"pessoas|demografia, qualificacoes",
    "COMPETE2030": r"compete|inovacao e transicao digital",
    "SUSTENTAVEL2030": r"sustentavel|acao climatica",
    "MAR2030": r"\bmar\b|\bmar2030",
    "NORTE2030": r"\bnorte",
    "CENTRO2030": r"\bcentro",
    "LISBOA2030": r"\blisboa",
    "ALENTEJO2030": r"alentejo|\balt2030",
    "ALGARVE2030": r"algarve",
    "ACORES2030": r"acores",
    "MADEIRA2030": r"madeira",
    "PAT2030": r"\bpat ?2030|assistencia tecnica",
    "FAMI": r"\bfami\b|asilo",
}
"""A programme, as the plan writes it -> how it is told in either list, folded."""
REGIONAL = {
    "NORTE2030": "Norte",
    "CENTRO2030": "Centro",
    "LISBOA2030": "AML",
    "ALENTEJO2030": "Alentejo",
    "ALGARVE2030": "Algarve",
    "ACORES2030": "Açores",
    "MADEIRA2030": "Madeira",
}
"""A regional programme -> its region, in the words of the plan's NUTS II."""
EARLY = timedelta(days=183)
"""A call that was published so long before the day a row of the plan names is an earlier round, not that row's call."""


def brought_together(
    published: Sequence[RawCall], days: Mapping[str, str], planned: Sequence[RawCall]
) -> Iterator[RawCall]:
    """Every call once. `days`: reference of a published call -> its day of publication, ISO.

    A row of the plan whose call is published completes it with what only the plan says; any other is a planned call.
    """
    rounds = _by_key(published, lambda call: (days.get(call.reference, ""), call.reference))
    rows = _by_key(planned, lambda row: (row.opening, row.reference))
    for key in rounds | rows:
        left = rows[key]
        for number, call in enumerate(rounds[key], start=1):
            row = next((row for row in left if _is_round(days.get(call.reference, ""), row.opening)), None)
            if row:
                left.remove(row)
            yield _completed(call, row, _numbered(key, number))
        for number, row in enumerate(left, start=len(rounds[key]) + 1):
            yield _as_planned(row, _numbered(key, number))


def _by_key(calls: Sequence[RawCall], order: Callable[[RawCall], tuple[str, str]]) -> dict[str, list[RawCall]]:
    found: dict[str, list[RawCall]] = defaultdict(list)
    for call in sorted(calls, key=order):
        found[_key(call)].append(call)
    return found


def programmes_in(text: str) -> tuple[str, ...]:
    """The programmes that a text names, as the plan writes them."""
    plain = fold(text)
    return tuple(key for key, pattern in PROGRAMMES.items() if re.search(pattern, plain))


def _key(call: RawCall) -> str:
    """`NORTE2030-1f0c9a2b7d3e`; letters, digits and their order in the title count, its marks and accents do not."""
    programmes = programmes_in(told_by(call).programme)
    title = " ".join(re.findall(r"\w+", fold(call.title)))
    digest = hashlib.sha256("\n".join([*programmes, title]).encode()).hexdigest()[:12]
    return f"{programmes[0] if len(programmes) == 1 else 'PT2030'}-{digest}"


def _numbered(key: str, number: int) -> str:
    return f"{key}-{number}" if number > 1 else key


def _is_round(published: str, planned: str) -> bool:
    """Whether a call published on one day can be what the plan foresees for another; days not known decide nothing."""
    first, second = _day(published), _day(planned)
    return first is None or second is None or first >= second - EARLY


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _completed(call: RawCall, row: RawCall | None, reference: str) -> RawCall:
    """The published call, with what the query does not say: applicants, area and mode of its row of the plan."""
    own, plan = told_by(call), told_by(row) if row else RawNational(country="PT")
    programmes = programmes_in(own.programme)
    region = tuple(REGIONAL[key] for key in programmes) if set(programmes) <= set(REGIONAL) else ()
    national = {
        "applicants": own.applicants or _parted(plan.applicants),
        "area": own.area or _parted(plan.area) or region,
        "mode": own.mode or plan.mode,
    }
    return retold(call, national, {"reference": reference, "budget": call.budget or (row.budget if row else "")})


def _as_planned(row: RawCall, reference: str) -> RawCall:
    own = told_by(row)
    national = {
        "programme": "; ".join(_parted([own.programme])),
        "applicants": _parted(own.applicants),
        "area": _parted(own.area),
    }
    changes = {
        "reference": reference,
        "identifier": "",
        "programme": "; ".join(_parted([row.programme])),
        "note": f"number {row.identifier} in the yearly plan of calls" if row.identifier else "",
    }
    return retold(row, national, changes)


def _parted(texts: Iterable[str]) -> tuple[str, ...]:
    """The values of cells that hold several, parted by a stroke."""
    return tuple(part for text in texts for one in text.split("|") if (part := one.strip()))
