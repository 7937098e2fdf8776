"""Takes the README's picture, dashboard/screenshot.png: Riga's calls on 1 May 2025, ranked by the default model.

Run `python -m tests.dashboard.screenshot [FILE WIDTH]` from the project's folder after `funding snapshot load`; it
reads the store that FUNDING_HOME names.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import FloatRect, Page, expect

from tests.doubles import browser

PICTURE = browser.PROJECT / "dashboard" / "screenshot.png"
WIDTH, HEIGHT = 1400, 4000
VIEW = "?profile=riga&on=2025-05-01"
FIRST_LEFT_OUT = "ERDF"
"""The picture shows the table's rows above this one."""


def take(picture: Path, width: int) -> None:
    """Open the view, wait until all of it is drawn, and save its first rows."""
    with (
        tempfile.TemporaryDirectory() as folder,
        browser.dashboard({}, Path(folder) / "server.log") as address,
        browser.browser_page(width, HEIGHT) as page,
    ):
        page.goto(f"{address}/{VIEW}")
        expect(page.get_by_text("Other EU programmes")).to_be_visible(timeout=browser.PATIENCE * 1000)
        browser.settle(page)
        page.screenshot(path=picture, clip=_first_rows(page, width))


def _first_rows(page: Page, width: int) -> FloatRect:
    """From the top to the gap above the first row that is left out."""
    row = page.get_by_role("heading", name=FIRST_LEFT_OUT).bounding_box()
    if row is None:
        raise RuntimeError(f"the page has no row {FIRST_LEFT_OUT}")
    return {"x": 0, "y": 0, "width": width, "height": min(row["y"] - 45, HEIGHT)}


if __name__ == "__main__":
    file, width = sys.argv[1:] or (PICTURE, WIDTH)
    take(Path(file), int(width))
