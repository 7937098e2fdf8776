"""Makes outlines.geojson, the countries in and around Europe, of a file of the npm package world-atlas:

    python data/reference/build_outlines.py package/countries-50m.json

Rings are cut at the frame (Sutherland and Hodgman), rounded to hundredths of a degree and left out where smaller.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("outlines.geojson")
WEST, SOUTH, EAST, NORTH = -26.0, 33.0, 46.0, 72.0
"""Degrees: what a map of Europe shows."""
SMALL = 0.05
"""Degrees of width and height together, below which an island is left out."""
Point = tuple[float, float]
Ring = list[Point]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The lines of a TopoJSON file, whose steps are whole numbers from point to point."""
    (width, height), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for across, up in steps:
            x, y = x + across, y + up
            arc.append((x * width + left, y * height + bottom))
        arcs.append(arc)
    return arcs


def ring_of(numbers: list[int], arcs: list[Ring]) -> Ring:
    """A negative number is the arc of its complement, backwards (TopoJSON 1.0, 2.1.4)."""
    ring: Ring = []
    for number in numbers:
        ring += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(ring) :]
    return ring


def unbroken(ring: Ring) -> Ring:
    """A ring that crosses the meridian of 180 degrees (Russia's) goes on beyond it, else it spans the whole map."""
    if all(abs(end[0] - start[0]) <= 180 for start, end in pairwise(ring)):
        return ring
    return [(x + 360 if x < 0 else x, y) for x, y in ring]


def clipped(ring: Ring) -> Ring:
    for axis, limit, keeps in (
        (0, WEST, lambda value: value >= WEST),
        (0, EAST, lambda value: value <= EAST),
        (1, SOUTH, lambda value: value >= SOUTH),
        (1, NORTH, lambda value: value <= NORTH),
    ):
        ring = list(_cut(ring, axis, limit, keeps))
    return ring


def _cut(ring: Ring, axis: int, limit: float, keeps: Callable[[float], bool]) -> Iterator[Point]:
    if not ring:
        return
    for start, end in pairwise([ring[-1], *ring]):
        if keeps(start[axis]) != keeps(end[axis]):
            part = (limit - start[axis]) / (end[axis] - start[axis])
            yield start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])
        if keeps(end[axis]):
            yield end


def drawn(ring: Ring) -> Ring:
    """The part within the frame, closed; empty where nothing worth a stroke is left."""
    points = [(round(x, 2), round(y, 2)) for x, y in clipped(unbroken(ring))]
    points = [one for place, one in enumerate(points) if one != points[place - 1]]
    if len(points) < 3:
        return []
    across, up = zip(*points, strict=True)
    return [*points, points[0]] if max(across) - min(across) + max(up) - min(up) >= SMALL else []


def features(topology: dict[str, Any]) -> Iterator[dict[str, Any]]:
    arcs = arcs_of(topology)
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape["type"], [])
        rings = [[drawn(ring_of(numbers, arcs)) for numbers in polygon] for polygon in polygons]
        shown = [[ring for ring in polygon if ring] for polygon in rings if polygon[0]]
        if shown:
            geometry = {"type": "MultiPolygon", "coordinates": shown}
            yield {"type": "Feature", "properties": {}, "geometry": geometry}


def main(source: Path) -> None:
    shapes = features(json.loads(source.read_text(encoding="utf-8")))
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in shapes)
    TABLE.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
