"""Sentences of a call document that look like conditions and from which no criterion was read: a person must read them.

Knows nothing of the rules that read criteria, only what they found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matcher.embedding import Encoder, VectorCache, embed_passages, embed_queries
from matcher.model import Criterion, DocumentText, Quote
from matcher.model.criterion import DOCUMENT
from matcher.sentences import Span, sentences

QUESTIONS = (
    "Which organisations are allowed to apply for the grant?",
    "Who is not eligible and may not take part?",
    "What must the lead applicant or coordinator be?",
    "How many applicants must the consortium have, and from how many countries?",
    "Which kinds of partners must the consortium include?",
    "In which countries must applicants be established?",
    "What is the largest and the smallest grant for a project?",
    "Which share of the eligible costs does the grant pay?",
    "How long may a project last?",
    "May beneficiaries give financial support to third parties, and how much?",
    "Which experience or earlier projects must applicants have?",
    "In which language must the application be written?",
)
"""One for each subject that criteria are read on; the nearer a sentence is to one of them, the sooner it is shown.

Measured on the conditions of 288 portal calls with the small multilingual model: of the sentences that bind somebody,
one that states a criterion is nearer than one that does not in 70 of 100 pairs.
"""
SHOWN = 10
"""Sentences of one document that are shown at most. There is no least nearness: encoders differ in their scale."""
SHORTEST = 40
"""Characters; what is shorter is a heading or a scrap."""

_BINDS = re.compile(
    r"\b(?:must|shall|only|at least|at most|minimum|maximum|cannot|may not|not (?:be )?(?:eligible|allowed)|limited to"
    r"|restricted to|required to|eligible)\b",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(
    r"eligib|who (?:can|may)|consorti|partnership|applicant|participa|condition|admissib|budget|fund|grant|duration",
    re.IGNORECASE,
)


def unread_conditions(
    text: DocumentText, criteria: Iterable[Criterion], encoder: Encoder, cache: VectorCache
) -> list[Quote]:
    """Of the sentences under headings on conditions that bind somebody and stand in no criterion's quote those nearest
    to one of QUESTIONS, in the order of the text."""
    candidates = list(_candidates(text, criteria))
    if not candidates:
        return []
    passages = embed_passages([span.text for span in candidates], encoder, cache)
    nearness = (passages @ embed_queries(QUESTIONS, encoder, cache).T).max(axis=1)
    ranked = sorted(range(len(candidates)), key=lambda at: (-float(nearness[at]), candidates[at].start))
    return [_quote(text, candidates[at]) for at in sorted(ranked[:SHOWN])]


def _candidates(text: DocumentText, criteria: Iterable[Criterion]) -> Iterator[Span]:
    read = [(one.quote.start, one.quote.end) for one in criteria if one.quote]
    for span in sentences(text.text):
        if len(span.text) < SHORTEST or not _BINDS.search(span.text):
            continue
        if any(span.start < end and start < span.end for start, end in read):
            continue
        titles = text.section_at(span.start)
        if not titles or any(_CONDITIONS.search(title) for title in titles):
            yield span


def _quote(text: DocumentText, span: Span) -> Quote:
    page = text.page_at(span.start) if text.pages else None
    return Quote(text=span.text, place=f"{DOCUMENT}{text.sha256}", start=span.start, end=span.end, page=page)
