"""From one reading of a source to the next: what became news, proof against flapping listings. Pure; reads no store."""

from matcher.ledger.observing import REMEMBERED, Observed, observe
from matcher.ledger.passing import pass_time, urgent_sources
from matcher.ledger.silence import STOPPED, guarded, not_again, released, silenced

__all__ = [
    "REMEMBERED",
    "STOPPED",
    "Observed",
    "guarded",
    "not_again",
    "observe",
    "pass_time",
    "released",
    "silenced",
    "urgent_sources",
]
