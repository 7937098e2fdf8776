"""How organisations stand to the listed calls on a day: worked out once, kept in the store, read by every page."""
