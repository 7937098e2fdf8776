"""Deadlines and news for calendars and feed readers."""
