"""A ledger that knows a source."""

import pytest

from tests.doubles.source_days import DAY, Ledger, a_call


@pytest.fixture
def ledger():
    """After a first reading of two calls."""
    kept = Ledger()
    kept.read(DAY, a_call(1), a_call(2))
    return kept
