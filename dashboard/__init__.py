"""Draws what the matcher decided. Reads through `dashboard.queries` alone."""
