"""The page of organisations: one looked at, the user's own listed, created, edited, taken back, deleted."""
