"""A call document that is a page: kept and read as a file is; a page that only says that nothing is there is not."""

import pytest

from crawler.load_outcome import load_folder
from crawler.run import crawl
from matcher.model import CriterionKind, DocumentRole
from matcher.service import Service
from matcher.settings import Settings
from tests.doubles.portal import Portal

FOLDER = "2021-2027/town/wp-call/2026"
HOST = "https://ec.europa.eu/info/funding-tenders/opportunities/docs"
FICHE = """<!doctype html><html lang="en"><head><title>Call document</title></head><body>
<h1>Call for proposals: towns that welcome</h1><h2>6. Eligibility</h2><h3>Consortium composition</h3>
<p>Proposals must be submitted by a consortium of at least four applicants from at least three eligible countries.</p>
</body></html>"""
NOTHING = "<!doctype html><html><head><title>404 - Page not found</title></head><body><p>Sorry.</p></body></html>"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home into which a topic was crawled that links to a page of its own, to one that is gone, and to a manual."""
    with Portal() as portal:
        topic = next(
            t for t in portal.topics if t.programme == "43251447" and t.status == "open" and t.text != "elsewhere"
        )
        row = next(row for row in portal.rows_of_type("1") if row["reference"] == topic.reference)
        paths = (f"{FOLDER}/call-fiche_town_en.html", f"{FOLDER}/call-fiche_gone_en.html", "manual/online_en.html")
        links = " ".join(f'<a href="{HOST}/{path}">call document</a>' for path in paths)
        row["metadata"]["topicConditions"] = [f"<p>Conditions: {links}</p>"]
        portal.files |= {paths[0]: FICHE.encode(), paths[1]: NOTHING.encode(), paths[2]: FICHE.encode()}
        settings = Settings(home=tmp_path_factory.mktemp("home"), host_map=portal.host_map, model="hashing")
        folder, report = crawl("funding_tenders", settings, ["AMIF"], delay=0.0, time_limit=120)
        assert report.complete, report.failures
        load_folder(folder, settings)
    return settings, topic.identifier


def test_a_page_is_kept_and_read_as_a_call_document(home):
    service = Service(home[0])
    kept = service.store.documents()

    assert [one.url for one in kept] == [f"{HOST}/{FOLDER}/call-fiche_town_en.html"]
    assert (home[0].documents / kept[0].sha256[:2] / kept[0].sha256).read_bytes() == FICHE.encode()
    text = service.store.text(kept[0].sha256)
    assert text.role is DocumentRole.CALL_DOCUMENT
    assert kept[0].media_type == "text/html"
    stated = {one.kind: one.values for one in service.call(home[1]).criteria if one.quote and one.quote.document}
    assert stated[CriterionKind.MIN_APPLICANTS] == ("4",)
    assert stated[CriterionKind.MIN_COUNTRIES] == ("3",)


def test_a_page_that_says_it_is_not_there_is_an_issue(home):
    store = Service(home[0]).store
    found = [issue for run in store.runs() for issue in store.issues(run.id) if issue.field == "documents"]

    assert [issue.reference for issue in found] == [f"{HOST}/{FOLDER}/call-fiche_gone_en.html"]
    assert "404 - Page not found" in found[0].problem
