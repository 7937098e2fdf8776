"""The first page: the brief's table for one organisation, each fund with the calls below it."""
