"""What the system remembers: calls with their history, runs, issues and vectors. The only place with SQL.

Takes and returns the words of `matcher.model`; knows neither websites nor rules.
"""

from matcher.store.calls import Version
from matcher.store.errors import (
    NewerStore,
    NotAStore,
    Overtaken,
    StepNotAllowed,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnreachable,
)
from matcher.store.store import Store, open_store

__all__ = [
    "NewerStore",
    "NotAStore",
    "Overtaken",
    "StepNotAllowed",
    "Store",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreLocked",
    "StoreReadOnly",
    "StoreUnreachable",
    "Version",
    "open_store",
]
