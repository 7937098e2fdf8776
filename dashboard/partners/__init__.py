"""Organisations that could be asked to join a project, looked through without a call."""
