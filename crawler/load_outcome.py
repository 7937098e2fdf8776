"""A run folder into the store of the settings, what is new read, and what became of it, for the commands that load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawler.outcome import Outcome, Verdict, loaded, with_reading
from crawler.source import IMPORTED, sources
from matcher.settings import Settings

if TYPE_CHECKING:
    from matcher.model import Run
    from matcher.store import Store


def load_folder(
    folder: Path, settings: Settings, accept: str = "", may_be_outdated: bool = False, silent: str = ""
) -> Outcome:
    """Check the run in a folder, load it, read the texts it brought and note what documents say otherwise.

    `silent`: why nothing of it becomes news. Never raises what `load_run` does: the outcome says it.
    """
    from crawler.load import Held, LoadRefused, Outdated, load_run
    from matcher.store import StoreError, open_store

    named = folder.parent.name
    source = named if named in sources() or named.startswith(IMPORTED) else folder.name
    failed = Outcome(source=source, verdict=Verdict.FAILED, folder=str(folder))
    try:
        with open_store(settings.database_url) as store:
            run = load_run(folder, store, accept=accept, silent=silent)
            return _read(loaded(run, str(folder)), run, store, settings, silent)
    except Outdated as refusal:
        # The shipped snapshot is loaded at each start; that newer calls are there is no fault then.
        verdict = Verdict.OK if may_be_outdated else Verdict.FAILED
        return failed.model_copy(update={"verdict": verdict, "reasons": refusal.reasons})
    except Held as refusal:
        return failed.model_copy(update={"verdict": Verdict.HELD, "reasons": refusal.reasons})
    except LoadRefused as refusal:
        return failed.model_copy(update={"reasons": refusal.reasons})
    except StoreError as error:
        return failed.model_copy(update={"reasons": (str(error),)})


def _read(outcome: Outcome, run: Run, store: Store, settings: Settings, silent: str) -> Outcome:
    """The run is loaded, whatever becomes of its texts: what was not read now is read by the next load."""
    from crawler.document_news import note_documents
    from crawler.reading import read_new
    from matcher.store import StoreError

    try:
        read = with_reading(outcome, read_new(store, settings.documents, outcome.source))
        note_documents(store, run, silent)
        return read
    except StoreError as error:
        note = f"not all documents and texts were read, the next load goes on: {error}"
        return outcome.model_copy(update={"notes": (*outcome.notes, note)})
