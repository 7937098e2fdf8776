"""Takes the README's picture, dashboard/screenshot.png: Riga's calls on 1 May 2025, ranked by the default model.

Run `python -m tests.dashboard.screenshot [FILE WIDTH HEIGHT]` from the project's folder after `funding snapshot load`;
it reads the store that FUNDING_HOME names.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.doubles import browser

PICTURE = browser.PROJECT / "dashboard" / "screenshot.png"
WIDTH, HEIGHT = 1400, 1640
VIEW = "?profile=riga&on=2025-05-01"


def take(picture: Path, width: int, height: int) -> None:
    """Open the view, wait until all of it is drawn, and save what the window shows."""
    with (
        tempfile.TemporaryDirectory() as folder,
        browser.dashboard({}, Path(folder) / "server.log") as address,
        browser.browser_page(width, height) as page,
    ):
        page.goto(f"{address}/{VIEW}")
        expect(page.get_by_text("Other EU programmes")).to_be_visible(timeout=browser.PATIENCE * 1000)
        browser.settle(page)
        page.screenshot(path=picture)


if __name__ == "__main__":
    file, width, height = sys.argv[1:] or (PICTURE, WIDTH, HEIGHT)
    take(Path(file), int(width), int(height))
