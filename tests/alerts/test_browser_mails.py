"""The kept mails in a real Chromium: in light and dark, on a desk and on a telephone."""

import pytest

from tests.alerts.mail_pages import CONTRASTS, GOLDEN, mail_page

pytestmark = pytest.mark.browser

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


@pytest.mark.parametrize("name", ["municipality.fr", "migrant_led.en", "confirmation.en", "urgent.en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mail_fits_and_can_be_read(name, scheme):
    with mail_page(GOLDEN / f"{name}.html", 600, scheme) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for width in (600, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, "no sideways scrolling"
        low = [found for found in page.evaluate(CONTRASTS) if not found[1] >= LEAST_CONTRAST]
        assert low == []
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 24, 29)")
        page.reload()
        assert [url for url in asked if not url.startswith("file:")] == [], "a mail fetches nothing"


def test_a_mail_is_ordered_for_whoever_hears_it():
    with mail_page(GOLDEN / "municipality.fr.html", 600, "light") as page:
        assert page.locator("html").get_attribute("lang") == "fr"
        assert page.get_by_role("heading", level=1).count() == 1
        parts = page.get_by_role("heading", level=2).count()
        calls = page.get_by_role("heading", level=3).count()
        assert parts >= 5
        assert calls == page.locator("ul.calls > li").count() == 9
        assert page.locator("[lang=en]").count() >= calls
        assert page.get_by_role("img").count() == 0
