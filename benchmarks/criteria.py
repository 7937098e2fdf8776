"""How far the criteria read from call texts agree with the labels of these texts: precision and recall of each kind.

    python benchmarks/criteria.py [--validation-errors] [--test-errors]

The labels are in data/benchmark/criteria.yml, the texts beside the checkout. Exits 1 where the test texts are below a
limit. Errors of the texts for validation and of the test are only counted, unless one asks to see them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from benchmarks.agreement.conditions import Labelled, Outcome, Scores, Split, compare, scores, total, wilson
from crawler.criteria import find_criteria
from crawler.normalise.issues import Issues
from crawler.normalise.text import html_to_text
from matcher.eligibility.precedence import CERTAIN
from matcher.model import Basis, Criterion
from matcher.model.documents import DocumentRole, DocumentText

PROJECT = Path(__file__).parents[1]
LABELS = PROJECT / "data" / "benchmark" / "criteria.yml"
SHARED = PROJECT.parent / "shared"
PORTAL = Path("data", "portal", "texts", "calls-with-full-text_2026-08.jsonl.gz")
SENTENCES = Path("data", "facts", "amif-2024-amounts-with-sentences.json")
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.80
"""Of the test texts, all kinds together."""

Texts = Mapping[str, Mapping[str, str]]
"""Id of a call -> its fields (text, conditions), as the crawl stores them."""
Finder = Callable[[DocumentText, Basis, str], tuple[Criterion, ...]]


def load_labels(path: Path = LABELS) -> tuple[Labelled, ...]:
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Labelled(id=name, **entry) for name, entry in facts["calls"].items())


def side_of(call_identifier: str) -> Split:
    """Calls of one identifier share their sentences: none stands both where rules are written and beyond, where
    validation and test are."""
    digest = hashlib.sha256(call_identifier.upper().encode()).hexdigest()
    return Split.VALIDATION if int(digest, 16) % 2 else Split.DEV


def load_texts(shared: Path) -> Texts:
    """The fields of every call in the reference material, cleaned as the crawl cleans them."""
    return dict((*_portal(shared / PORTAL), *_sentences(shared / SENTENCES)))


def _portal(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            name = row["topicId"]
            raw = {"text": row["description"], "conditions": row["topicConditions"]}
            yield name, {field: html_to_text(html, Issues(name), field) for field, html in raw.items()}


def _sentences(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for entry in json.loads(path.read_text(encoding="utf-8")):
        for name, found in entry.items():
            sentences = dict.fromkeys(one["original_sentence"] for one in found["results"])
            yield name, {"text": "\n".join(sentences)}


def read(fields: Mapping[str, str], find: Finder) -> list[Criterion]:
    """What the rules find in the fields of one call, each field by itself as in a load."""
    return [one for field, text in fields.items() for one in find(_document(text), Basis.TOPIC_CONDITIONS, field)]


def _document(text: str) -> DocumentText:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return DocumentText(sha256=digest, reader="field", role=DocumentRole.CALL_DOCUMENT, text=text, pages=())


def measure(labelled: Iterable[Labelled], texts: Texts, find: Finder, least: float = CERTAIN) -> list[Outcome]:
    """Outcome of every labelled call, counting what was found with at least that confidence."""
    return [
        compare(one, [criterion for criterion in read(texts[one.id], find) if criterion.confidence >= least])
        for one in labelled
    ]


def report(outcomes: list[Outcome], shown: Iterable[Split], heading: str) -> str:
    lines = []
    for split in Split:
        by_kind = scores(outcomes, split)
        calls = sum(one.labelled.split is split for one in outcomes)
        lines += [f"{split} ({calls} calls), {heading}", f"  {'kind':<18}labelled  found  right  precision  recall"]
        lines += [_row(kind, one) for kind, one in by_kind.items()]
        whole = total(by_kind)
        lines += [_row("all", whole), f"  {'95 % interval':<18}{_intervals(whole):>41}"]
        if split in shown:
            lines += _errors(one for one in outcomes if one.labelled.split is split)
    return "\n".join(lines) + "\n"


def _row(name: str, one: Scores) -> str:
    shares = (f"{share:.2f}" if share is not None else "-" for share in (one.precision, one.recall))
    return f"  {name:<18}{one.labelled:>8}{one.found:>7}{one.right:>7}{next(shares):>11}{next(shares):>8}"


def _intervals(one: Scores) -> str:
    pairs = (wilson(one.right, one.found), wilson(one.right, one.labelled))
    return "  ".join(f"{low:.2f}-{high:.2f}" for low, high in pairs)


def _errors(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        for what, stated in (("wrong", outcome.wrong), ("missed", outcome.missed)):
            for one in stated:
                yield f"  {what:<6} {outcome.labelled.id}: {one.kind} {sorted(one.values)} {one.role or ''}".rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--validation-errors", action="store_true", help="name the errors of the texts for validation")
    parser.add_argument("--test-errors", action="store_true", help="name the errors of the test, which ends it as one")
    asked = parser.parse_args()
    if not (SHARED / PORTAL).is_file():
        sys.stdout.write("nothing to measure here: the texts of the calls (../shared) are not on this machine\n")
        return 0
    labelled, texts = load_labels(), load_texts(SHARED)
    asked_for = {Split.DEV: True, Split.VALIDATION: asked.validation_errors, Split.TEST: asked.test_errors}
    shown = tuple(split for split, wanted in asked_for.items() if wanted)
    certain = measure(labelled, texts, find_criteria)
    sys.stdout.write(report(certain, shown, f"found with a confidence of at least {CERTAIN}"))
    sys.stdout.write(report(measure(labelled, texts, find_criteria, least=0), (), "whatever the confidence"))
    test = total(scores(certain, Split.TEST))
    return int((test.precision or 0) < LEAST_PRECISION or (test.recall or 0) < LEAST_RECALL)


if __name__ == "__main__":
    sys.exit(main())
