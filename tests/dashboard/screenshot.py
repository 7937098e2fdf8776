"""Takes the pictures of docs/: each page of the dashboard and the plain list, at a desk and on a phone.

Run `python -m tests.dashboard.screenshot [VIEW…]` from the project's folder after `funding snapshot load` and
`funding embed`; it reads the store that FUNDING_HOME names: calls that were saved there stand in `pipeline`. All is
seen on 1 May 2025, ranked by the default model.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.doubles import browser

FOLDER = browser.PROJECT / "docs"
SIZES = {"desk": (1280, 1600), "phone": (360, 2400)}
"""Pixels of a page that are shown, at most."""
WOMEN = "AMIF-2025-TF2-AG-INTE-01-WOMEN"
VIEWS = {
    "start": "?",
    "matches": "?profile=riga&fund=AMIF~CERV",
    "call": f"call?profile=riga&call={WOMEN}",
    "pipeline": "pipeline?profile=riga",
    "deadlines": "deadlines?profile=riga",
    "partners": "partners?profile=riga",
    "map": "map?profile=riga",
    "organisation": "organisation?profile=riga",
    "form": "organisation?profile=riga&form=edit",
    "sources": "sources?profile=riga",
    "about": "about?profile=riga",
    "plain": "plain/matches?profile=riga&fund=AMIF~CERV",
    "greek": "?profile=ioannina&fund=AMIF~CERV&lang=el",
}
"""Name of the picture -> address."""
DAY = "2025-05-01"


def take(views: Sequence[str]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        browser.dashboard({}, Path(folder) / "server.log") as address,
        sync_playwright() as playwright,
    ):
        flags = [flag for flag in browser.FLAGS if flag != "--disable-gpu"]
        chromium = playwright.chromium.launch(
            executable_path=browser.CHROMIUM, args=[*flags, "--enable-unsafe-swiftshader"]
        )
        for view in views:
            for name, size in SIZES.items():
                _picture(chromium, f"{address}/{VIEWS[view]}&on={DAY}", size, FOLDER / f"{view}-{name}.jpg")
        chromium.close()


def _picture(chromium: Browser, address: str, size: tuple[int, int], file: Path) -> None:
    width, tallest = size
    page = chromium.new_page(viewport={"width": width, "height": tallest}, locale="en-GB")
    page.goto(address)
    page.wait_for_selector("h1", timeout=browser.PATIENCE * 1000)
    if "/plain/" not in address:
        browser.settle(page)
    page.wait_for_timeout(1_500)  # charts and maps draw themselves after the page is there
    height = min(tallest, _height(page))
    page.screenshot(path=file, type="jpeg", quality=60, clip={"x": 0, "y": 0, "width": width, "height": height})
    page.close()


def _height(page: Page) -> float:
    """Of what is on the page."""
    content = page.locator('[data-testid="stMainBlockContainer"], body.wide').first.bounding_box()
    assert content
    return content["y"] + content["height"]


if __name__ == "__main__":
    take(sys.argv[1:] or list(VIEWS))
