"""An empty store of the present schema, built once in a process and copied from then on."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.store import open_store


def lay_blank_store(home: Path) -> None:
    """Put one where a service looks for it; a store that is there stays."""
    file = home / "store.sqlite"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_blank())


@cache
def _blank() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite"
        with open_store(f"sqlite:///{file}") as store:
            store.ledger.head()
        return file.read_bytes()
