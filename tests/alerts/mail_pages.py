"""Takes the pictures docs/mail-light.png and docs/mail-dark.png: the mail of a migrant-led organisation in Chromium.

Run `python -m tests.alerts.mail_pages` from the project's folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from tests.doubles import browser

GOLDEN = Path(__file__).parent / "golden"
PICTURED = "migrant_led.en.html"
Scheme = Literal["light", "dark"]

CONTRASTS = """() => {
  const part = value => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4 };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const read = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = read(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return null;
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    const element = texts.currentNode.parentElement, ground = behind(element);
    const [a, b] = [light(read(getComputedStyle(element).color)), ground ? light(ground) : NaN];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    found.push([texts.currentNode.data.trim().slice(0, 40), ratio]);
  }
  return found;
}"""
"""Every text with its contrast to what lies behind it (WCAG 2.2, relative luminance and contrast ratio)."""


@contextmanager
def mail_page(file: Path, width: int, scheme: Scheme) -> Iterator[Page]:
    """A mail in a window of that width, for a reader who chose that colour scheme; nothing is fetched."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.CHROMIUM, args=browser.FLAGS)
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(file.as_uri())
        yield page
        chromium.close()


def main() -> None:
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        with mail_page(GOLDEN / PICTURED, 640, scheme) as page:
            page.screenshot(path=browser.PROJECT / "docs" / f"mail-{scheme}.png", full_page=True)


if __name__ == "__main__":
    main()
