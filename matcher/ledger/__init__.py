"""From one reading of a source to the next: what became news, proof against flapping listings. Pure; reads no store."""

from matcher.ledger.observing import Observed, observe
from matcher.ledger.passing import pass_time, urgent_sources

__all__ = ["Observed", "observe", "pass_time", "urgent_sources"]
