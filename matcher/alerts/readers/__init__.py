"""Who reads: signing up, confirming, leaving, and what is kept of a person."""
