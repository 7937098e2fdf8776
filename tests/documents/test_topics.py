"""Of which topic of a document a change speaks, as far as that is certain."""

from datetime import date

import pytest

from matcher.documents.call_documents import document_steps
from matcher.documents.topics import is_named, is_of_another
from matcher.model import Call, Document, DocumentRole, DocumentText, Heading, Link

OWN, OTHER = "AMIF-2025-TF2-AG-INTE-02-HEALTH", "AMIF-2025-TF2-AG-INTE-01-WOMEN"
SAID = "Applicants must be public bodies."


@pytest.mark.parametrize(
    ("section", "sentence", "other"),
    [
        pytest.param(("Eligibility", OTHER), SAID, True, id="under the heading of another topic"),
        pytest.param((OTHER, "Eligibility"), SAID, True, id="below it by two"),
        pytest.param(("Eligibility", OWN), SAID, False, id="under its own"),
        pytest.param((OTHER, OWN), SAID, False, id="the nearest heading counts"),
        pytest.param((f"{OTHER} and {OWN}",), SAID, False, id="a heading of both"),
        pytest.param(("Eligibility",), SAID, False, id="no topic is named"),
        pytest.param(("AMIF-2025-TF2-AG-INTE",), SAID, False, id="the call of all topics"),
        pytest.param(("Budget",), f"{OTHER} | EUR 5 million", True, id="the row of another topic"),
        pytest.param((OTHER,), f"{OWN} | EUR 5 million", False, id="its own row under another heading"),
        pytest.param(("Budget",), f"Countries | as for {OTHER}", False, id="a row about something else"),
        pytest.param(("Eligibility",), f"Who applied under {OTHER} cannot apply.", False, id="named in passing"),
    ],
)
def test_only_what_names_other_topics_alone_is_anothers(section, sentence, other):
    assert is_of_another(section, sentence, OWN) is other


def test_a_document_tells_of_the_topics_whose_codes_it_holds():
    assert is_named(f"Topics: {OTHER} and {OWN.replace('-', '‑')}.", OWN)
    assert not is_named(f"Topics: {OTHER}.", OWN)


def state(sha, day, *sections):
    """A fetched document and its text: headings, each with a sentence."""
    text, headings = "Eligibility\n", [Heading(level=1, start=0, end=11)]
    for heading, said in sections:
        headings.append(Heading(level=2, start=len(text), end=len(text) + len(heading)))
        text += f"{heading}\n{said}\n"
    document = Document(
        source="test",
        url="https://example.eu/fiche.pdf",
        found_on="https://example.eu",
        media_type="application/pdf",
        sha256=sha * 64,
        size=1,
        first_fetched=day,
        last_fetched=day,
    )
    read = DocumentText(
        sha256=sha * 64,
        reader="test",
        role=DocumentRole.CALL_DOCUMENT,
        text=text,
        pages=(0,),
        headings=tuple(headings),
    )
    return document, read


class Kept:
    """The two questions that are put to a store of documents."""

    def __init__(self, *states):
        self.states = states

    def documents(self, url):
        return [document for document, _ in reversed(self.states)]

    def text(self, sha):
        return next(read for document, read in self.states if document.sha256 == sha)


@pytest.mark.parametrize(
    ("identifier", "told"),
    [(OWN, [""]), (OTHER, [OTHER]), ("known by another name", [OTHER])],
    ids=["another topic's change", "its own", "a call that the document does not name"],
)
def test_the_history_of_a_topic_leaves_out_what_changed_for_others(identifier, told):
    own, before, after = (OWN, "Anybody may apply."), (OTHER, "Cities may apply."), (OTHER, "Firms cannot apply.")
    store = Kept(state("a", date(2025, 1, 1), own, before), state("b", date(2025, 2, 1), own, after))
    call = Call(
        source="test",
        reference="1",
        identifier=identifier,
        title="A topic",
        url="https://example.eu",
        kind="topic",
        as_of=date(2025, 2, 1),
        documents=(Link(label="fiche", url="https://example.eu/fiche.pdf"),),
    )
    steps = document_steps(call, store)
    assert {step.where.rpartition(" > ")[2] for step in steps} == set(filter(None, told))
