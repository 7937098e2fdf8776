"""Vectors by model and content hash, so that an unchanged text is never embedded twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from matcher.store.tables import vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 5000


def read_vectors(connection: Connection, model: str, hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The vectors known for these hashes; a hash that was never embedded is absent."""
    import numpy as np

    found = {}
    for start in range(0, len(hashes), BATCH):
        wanted = vector.c.content_hash.in_(hashes[start : start + BATCH])
        rows = connection.execute(select(vector.c.content_hash, vector.c.blob).where(vector.c.model == model, wanted))
        found.update({row.content_hash: np.frombuffer(row.blob, dtype="<f4") for row in rows})
    return found


def write_vectors(connection: Connection, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
    """Keep vectors; one that is there already is replaced."""
    rows = [
        {"model": model, "content_hash": digest, "blob": values.astype("<f4").tobytes()}
        for digest, values in vectors.items()
    ]
    if rows:
        statement = insert(vector)
        latest = {"blob": statement.excluded.blob}
        connection.execute(statement.on_conflict_do_update(index_elements=["model", "content_hash"], set_=latest), rows)
