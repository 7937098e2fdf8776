"""The outlines of countries on the map: the frame cuts them, and nothing else does."""

import json

from data.reference.build_outlines import EAST, NORTH, SOUTH, TABLE, WEST, drawn, unbroken

FRAME = (WEST, EAST, SOUTH, NORTH)


def _rings():
    shapes = json.loads(TABLE.read_text(encoding="utf-8"))["features"]
    return [ring for one in shapes for polygon in one["geometry"]["coordinates"] for ring in polygon]


def test_no_country_spans_the_map():
    """Russia goes on beyond 180 degrees: drawn as it is stored, it comes back across all of Europe."""
    widths = [max(x for x, _ in ring) - min(x for x, _ in ring) for ring in _rings()]
    assert 20 < max(widths) < 60


def test_a_ring_that_crosses_180_degrees_is_cut_at_the_frame_only():
    ring = [(30.0, 60.0), (170.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (170.0, 70.0), (30.0, 70.0)]
    assert unbroken(ring)[2:4] == [(190.0, 60.0), (190.0, 70.0)]
    assert {x for x, _ in drawn(ring)} == {30.0, EAST}


def test_other_rings_stay_as_they_are():
    ring = [(-5.0, 50.0), (5.0, 50.0), (5.0, 55.0)]
    assert unbroken(ring) == ring
    assert set(drawn(ring)) == set(ring)
