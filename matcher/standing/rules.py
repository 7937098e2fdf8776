"""By which rules something was worked out: another word whenever our code or facts change."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

CODE = Path(__file__).resolve().parent.parent


@cache
def rules(reference: Path) -> str:
    """SHA-256 over the matcher's code and the facts in that folder, read once in the life of a process."""
    digest = hashlib.sha256()
    for file in [*sorted(CODE.rglob("*.py")), *sorted(reference.rglob("*.yml"))]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
