"""From one reading of a source to the next: what became news, proof against flapping listings. Pure; reads no store."""

from matcher.ledger.observing import REMEMBERED, STOPPED, Observed, observe
from matcher.ledger.passing import pass_time, urgent_sources
from matcher.ledger.silence import guarded, released, silenced

__all__ = [
    "REMEMBERED",
    "STOPPED",
    "Observed",
    "guarded",
    "observe",
    "pass_time",
    "released",
    "silenced",
    "urgent_sources",
]
