"""Timetables of planned and open calls, in whatever form an authority publishes them -> raw calls, by a mapping."""
