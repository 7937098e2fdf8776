"""The read-only API: what it promises (models), how the matcher's values become that (shapes), and its problems."""
