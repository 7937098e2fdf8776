"""Match -> words: the call's own sentences that meet a need, what speaks for the call, against it, and is not known.

Adds nothing to what verdicts, route and contributions say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matcher.embedding import Encoder, VectorCache, embed_passages, embed_queries
from matcher.model import Answer, Call, Contribution, Evidence, Frozen, Match, Profile, Quote, Verdict
from matcher.passages import LONGEST_TEXT
from matcher.sentences import sentences
from matcher.signals import Levels

SHORTEST_QUOTE = 30
"""Characters; shorter pieces of a text are headings, which say nothing by themselves."""
STRONG, WEAK = 2 / 3, 1 / 3
"""Parts of the way from the worst to the best compared call."""


class Explanation(Frozen):
    """A match in plain words, the weightiest statements first."""

    match: Match
    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The call's own sentences."""
        return self.match.evidence


def find_evidence(
    profile: Profile, call: Call, encoder: Encoder, cache: VectorCache, levels: Levels, top: int = 3
) -> tuple[Evidence, ...]:
    """The sentences of the call that best meet a need of the profile, best first, each with the need it meets.

    A need is met as far as the sentence stands out among what is near to it (`levels`), as in the ranking.

    Quotes are verbatim: `quote.text == getattr(call, quote.place)[quote.start:quote.end]`. The title is quoted only
    where there is no text.
    """
    quotes = quotable(call)
    needs = [need.text for need in profile.needs]
    near = embed_queries(needs, encoder, cache) @ embed_passages([quote.text for quote in quotes], encoder, cache).T
    met = np.round(levels.apart(near), 6)
    order = np.argsort(-met.max(axis=0), kind="stable")[:top]
    best = met.argmax(axis=0)
    return tuple(
        Evidence(need=needs[best[i]], quote=quotes[i], similarity=float(near[best[i], i])) for i in order.tolist()
    )


def quotable(call: Call) -> Sequence[Quote]:
    """What may be quoted of a call: each sentence of its text once, though the text may repeat it; else its title."""
    spans = {span.text: span for span in reversed(sentences(call.text[:LONGEST_TEXT]))}
    found = sorted((span for span in spans.values() if len(span.text) >= SHORTEST_QUOTE), key=lambda span: span.start)
    if not found:
        return [Quote(text=call.title, place="title", start=0, end=len(call.title))]
    return [Quote(text=span.text, place="text", start=span.start, end=span.end) for span in found]


def explain(match: Match) -> Explanation:
    """What speaks for a match, against it and is not known: from route, verdicts and contributions only."""
    by_answer: dict[Answer, list[str]] = {answer: [] for answer in Answer}
    for answer, statement in _statements(match):
        by_answer[answer].append(statement)
    return Explanation(
        match=match,
        in_favour=tuple(by_answer[Answer.MET]),
        against=tuple(by_answer[Answer.NOT_MET]),
        unknown=tuple(by_answer[Answer.UNKNOWN]),
    )


def _statements(match: Match) -> Iterator[tuple[Answer, str]]:
    route = {True: Answer.MET, False: Answer.NOT_MET, None: Answer.UNKNOWN}[match.route.is_open]
    yield route, _sentence(f"Way in: {match.route.label}", match.route.reason, match.route.reference)
    for verdict in match.verdicts:
        yield verdict.answer, _verdict(verdict)
    for contribution in match.contributions:
        yield from _closeness(contribution)


def _verdict(verdict: Verdict) -> str:
    remedy = "" if verdict.answer is Answer.MET else verdict.remedy
    return _sentence(verdict.label, " ".join(filter(None, (verdict.reason, remedy))), verdict.reference)


def _closeness(contribution: Contribution) -> Iterator[tuple[Answer, str]]:
    """A signal in the middle speaks neither for nor against."""
    if contribution.answer is not None:
        yield contribution.answer, contribution.note
        return
    share = f"{contribution.signal:.0%} of the way from the furthest to the nearest of the compared calls"
    if contribution.signal >= STRONG:
        yield Answer.MET, f"Strong {contribution.label}: {share}."
    elif contribution.signal <= WEAK:
        yield Answer.NOT_MET, f"Little {contribution.label}: {share}."


def _sentence(subject: str, reason: str, reference: str) -> str:
    joined = subject if subject.endswith("?") else f"{subject}:"
    source = f" ({reference})" if reference else ""
    return f"{joined} {reason.strip().rstrip('.')}{source}." if reason else f"{subject}{source}."
