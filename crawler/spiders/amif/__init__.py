"""Spiders of sources of one fund."""
