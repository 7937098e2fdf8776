"""A list of calls that a person has: proposes how to read it, reads it by a mapping, leaves a run as a crawl does."""
