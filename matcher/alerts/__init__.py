"""News by mail, calendar and feed: who gets what, and how it gets there, once."""
