"""Organisations as people enter them: what is asked first and why, a draft and its faults, proposals from a text."""
