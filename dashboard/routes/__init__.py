"""What the dashboard's server answers beside the dashboard: one line here for each module that has routes.

A module gives its routes as a list `ROUTES`. Order matters: the first that fits answers, Streamlit's own come last.
"""

from __future__ import annotations

from starlette.routing import BaseRoute


def routes() -> list[BaseRoute]:
    """All of them, in order."""
    return []
