"""`python -m matcher.languages`: the catalogues brought up to the messages of code and templates."""

from __future__ import annotations

import sys

from matcher.languages.messages import update
from matcher.settings import REPOSITORY


def main() -> int:
    """0 when every message has its translation, else 1."""
    lacking = update(REPOSITORY)
    for language, number in lacking.items():
        sys.stdout.write(f"{language}: {number} messages to translate\n")
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
