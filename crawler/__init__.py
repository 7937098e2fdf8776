"""Turns funding websites into calls in the store."""
