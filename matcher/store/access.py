"""One transaction at a time on the store's file, errors in plain words: what every part of the store works through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from matcher.store.engine import durable, writing
from matcher.store.errors import plain_words, understood


@dataclass(frozen=True)
class Access:
    """`place`: the file, for messages."""

    engine: Engine
    place: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store. Raises StoreError."""
        with plain_words(self.place), understood(self.place), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside: what it read stays true until it ends. Raises StoreError."""
        with plain_words(self.place), writing(self.engine).begin() as connection:
            yield connection

    @contextmanager
    def durable(self) -> Iterator[Connection]:
        """As `writing`, and on the disk when it ends, even if the power fails the moment after. Raises StoreError."""
        with plain_words(self.place), durable(self.engine).begin() as connection:
            yield connection
