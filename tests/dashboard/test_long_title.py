"""A title of 10,000 characters in a real browser at a telephone's width: every page that names the call is drawn."""

import pytest
from playwright.sync_api import expect

from matcher.model import Pursuit, Stage
from matcher.store import open_store
from tests.doubles import browser
from tests.doubles import small_store as small
from tests.doubles.pursued import AT

pytestmark = pytest.mark.browser

TITLES = {"words": "integration of newcomers " * 400, "one word": "t" * 10_000}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_pages_are_drawn_and_no_wider_than_the_screen(tmp_path, title):
    first, *others = small.CALLS
    call = first.model_copy(update={"title": title})
    settings = small.made_world(tmp_path, (call, *others))
    with open_store(settings.database_url) as store:
        store.workspaces.pursue(Pursuit(organisation=small.MUNICIPALITY, call=call.id, stage=Stage.SAVED, changed=AT))
    environment = {"HOME": settings.home, "DATA": settings.data, "MODEL": settings.model}
    named = {f"FUNDING_{name}": str(value) for name, value in environment.items()}
    query = f"profile={small.MUNICIPALITY}&on={small.DAY.isoformat()}&lang=en&call={call.id}"
    with browser.server(named, tmp_path / "server.log") as (address, _), browser.browser_page(360, 780) as page:
        for path in ("", "call", "deadlines", "partners", "pipeline"):
            page.goto(f"{address}/{path}?{query}")
            expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
            browser.settle(page)
            assert page.get_by_test_id("stException").count() == 0, path
            assert page.get_by_text(title[:60]).count() > 0, path
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
            assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360, path
