"""Events of the ledger -> what one subscription is told, and when."""
