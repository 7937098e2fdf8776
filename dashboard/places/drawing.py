"""Draws regions as a table and as a map. The table comes first and says all that the map says.

The map fetches nothing: outlines and positions are shipped (data/reference), there are no tiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import pydeck
import streamlit as st

from dashboard import choices, pieces
from dashboard.places.regions import Region
from dashboard.widgets import small
from matcher.languages import Speaker

ROWS = 25
"""Of a page of the table."""
AT = "page"
HEIGHT = 560
SMALLEST, LARGEST = 4, 26
"""Pixels: radius of a circle for one organisation, and for the region with most."""
LAND, BORDER, CIRCLE, EDGE = [221, 228, 236], [255, 255, 255], [31, 90, 150, 150], [16, 44, 76]
"""Borders are as white as the sea, so that the frame at which countries are cut does not show."""
CENTRE = {"latitude": 55.5, "longitude": 11.0, "zoom": 2.5}
"""Of Europe: from Crete to the North Cape, and on a phone from Portugal to Finland."""


def table(say: Speaker, regions: Sequence[Region]) -> None:
    st.header(say.gettext("By region"))
    pages = -(-len(regions) // ROWS)
    at = choices.page(AT, pages, say.gettext("Page of the table"))
    shown = regions[(at - 1) * ROWS : at * ROWS]
    pieces.table(
        say,
        [(region_name(say, one), say.number(one.organisations), say.number(one.projects)) for one in shown],
        (say.gettext("Region"), say.gettext("Organisations"), say.gettext("Projects")),
    )


def picture(say: Speaker, regions: Sequence[Region], outlines: dict[str, Any]) -> None:
    """Circles, the larger the more organisations."""
    st.header(say.pgettext("heading", "Map"))
    drawn = [one for one in regions if one.position]
    alt = say.ngettext(
        "Map of Europe with a circle for %(num)s region; the table above says how many organisations each has.",
        "Map of Europe with circles for %(num)s regions; the table above says how many organisations each has.",
        len(drawn),
    )
    st.pydeck_chart(deck(say, drawn, outlines), height=HEIGHT, alt=alt)
    small(
        say.gettext(
            "The larger a circle, the more organisations. It stands where most people of the region live. Regions and "
            "positions: © European Union (NUTS 2024), GeoNames (CC BY 4.0); outlines: Natural Earth. They say nothing "
            "about the status of any territory."
        )
    )
    if rest := len(regions) - len(drawn):
        small(say.ngettext("%(num)s place is in the table alone.", "%(num)s places are in the table alone.", rest))


def deck(say: Speaker, regions: Sequence[Region], outlines: dict[str, Any]) -> pydeck.Deck:
    most = max((one.organisations for one in regions), default=1)
    points = [
        {
            "at": [one.position.longitude, one.position.latitude],
            "radius": SMALLEST + (LARGEST - SMALLEST) * sqrt((one.organisations - 1) / max(most - 1, 1)),
            "says": label(say, one),
        }
        for one in regions
        if one.position
    ]
    land = pydeck.Layer(
        "GeoJsonLayer", outlines, get_fill_color=LAND, get_line_color=BORDER, line_width_min_pixels=1, pickable=False
    )
    circles = pydeck.Layer(
        "ScatterplotLayer",
        points,
        get_position="at",
        get_radius="radius",
        radius_units="'pixels'",
        get_fill_color=CIRCLE,
        get_line_color=EDGE,
        stroked=True,
        line_width_min_pixels=1,
        pickable=True,
    )
    view = pydeck.View(type="MapView", controller={"scrollZoom": False, "keyboard": False, "touchRotate": False})
    state = pydeck.ViewState(**CENTRE, min_zoom=2, max_zoom=7)
    return pydeck.Deck(
        layers=[land, circles],
        initial_view_state=state,
        views=[view],
        map_provider=None,
        tooltip={"text": "{says}"},
    )


def label(say: Speaker, one: Region) -> str:
    organisations = say.ngettext("%(num)s organisation", "%(num)s organisations", one.organisations)
    projects = say.ngettext("%(num)s project", "%(num)s projects", one.projects)
    return f"{region_name(say, one)}: {organisations}, {projects}"


def region_name(say: Speaker, one: Region) -> str:
    """With its country, in one cell: a phone has no room for a column more."""
    country = say.country_name(one.country)
    if one.is_country:
        return say.gettext("%(country)s, region not known", country=country)
    return f"{one.name}, {country}"
