"""Whether and how an organisation may apply, in plain words for a reader at a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.admission import Admission
from matcher.currency import Rates
from matcher.model import Answer, Basis, Verdict
from matcher.wording.calls import key_words, when
from matcher.wording.layout import MARKS, indented
from matcher.wording.money import money_page
from matcher.wording.quotes import quote_words
from matcher.wording.routes import whom_lines

GROUPS = {
    Answer.NOT_MET: "Against",
    Answer.UNKNOWN: "Open",
    Answer.MET: "Settled",
}
"""In the order a reader needs them: what stops, what to find out, what is fine."""


def eligibility_page(found: Admission, rates: Rates) -> Iterator[str]:
    """The way in and whom to ask, each criterion with the words it rests on and what to do, then the money."""
    yield f"{found.profile.name}: {found.call.title}"
    yield f"      {key_words(found.call)} · {when(found.call, found.on)} · {found.call.url}"
    yield from ("", f"Way in: {found.route.label}")
    yield from indented(_why(found))
    if found.route.reference:
        yield from indented(f"[{found.route.reference}]")
    for line in whom_lines(found.route):
        yield from indented(line)
    for answer, heading in GROUPS.items():
        if verdicts := found.answered(answer):
            yield from ("", f"{heading} ({len(verdicts)})")
            for verdict in verdicts:
                yield from _verdict(verdict, found)
    yield from money_page(found.finance, rates)
    yield from _offers(found)


def _why(found: Admission) -> str:
    """The reason of the route; where it is that of a verdict, which stands below in full, that verdict's question."""
    reason = found.route.reason
    told = next((verdict for verdict in found.verdicts if reason.startswith(verdict.reason)), None)
    if told is None:
        return reason
    return f"It hangs on “{told.label}”, see below. {reason.removeprefix(told.reason).strip()}".rstrip()


def _verdict(verdict: Verdict, found: Admission) -> Iterator[str]:
    usual = " (usual for the programme; the call itself does not say)" if _is_usual(verdict) else ""
    yield f"  {MARKS[verdict.answer]}: {verdict.label}{usual}"
    yield from indented(verdict.reason)
    if verdict.remedy:
        yield from indented(f"→ {verdict.remedy}")
    if verdict.quote:
        yield from indented(quote_words(verdict.quote, found.documents))
    if verdict.reference:
        yield from indented(f"[{verdict.reference}]")


def _is_usual(verdict: Verdict) -> bool:
    return verdict.basis is Basis.PROGRAMME_RULE


def _offers(found: Admission) -> Iterator[str]:
    if found.offers:
        yield from ("", "Also stated")
    for offer in found.offers:
        yield f"  {offer.label}: {offer.text}{'' if offer.certain else ' (read with doubt)'}"
        yield from indented(quote_words(offer.quote, found.documents) if offer.quote else f"[{offer.reference}]")
