"""What all tests share: where the reference material lies, and the project's own data."""

import multiprocessing
import os
import shutil
import sys
from pathlib import Path

import hypothesis
import pytest

# A law holds however busy the machine is that looks for counterexamples: slowness is no failure of a test that checks
# what is right. Set here, before any test is collected, so that it is the same for all of them in whatever order.
hypothesis.settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy machine")

PROJECT = Path(__file__).parent.parent

# Each crawl and each mailing that is killed has a process of its own, which need not import everything again. One list
# for all tests: there is one server of such processes, which knows the list that was given last.
multiprocessing.set_forkserver_preload(
    [
        "crawler.downloads",
        "crawler.middlewares",
        "crawler.pipeline",
        "crawler.run",
        "crawler.spiders.amif.ewsi",
        "crawler.spiders.cerv.cerv_site",
        "crawler.spiders.erdf.interreg",
        "crawler.spiders.erdf.urbact",
        "crawler.spiders.funding_tenders",
        "matcher.alerts.mailing.smtp",
        "pytest",
        "scrapy.crawler",
        "scrapy.downloadermiddlewares.cookies",
        "tests.doubles.dying_worker",
        "tests.doubles.visitor",
    ]
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Beside the fault of a test in a browser stands what the reader saw, and the end of what the server wrote."""
    report = yield
    if report.when == "call" and report.failed and item.get_closest_marker("browser"):
        from tests.doubles.browser import seen_at_failure

        report.sections.extend(seen_at_failure(item.funcargs.values()))
    return report


@pytest.fixture(autouse=True)
def main_module():
    """Streamlit's AppTest leaves its script in the place of `__main__`, which processes that are spawned later run."""
    kept = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = kept


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference material beside the checkout; tests that read it are skipped where it is absent."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference material (../shared beside the checkout) is not on this machine")
    return folder


@pytest.fixture(autouse=True)
def chromium(request):
    """Tests marked so are skipped where there is no browser, but where REQUIRE_BROWSER=1 asks for it."""
    if request.node.get_closest_marker("browser"):
        from tests.doubles.browser import CHROMIUM, NO_CHROMIUM

        if CHROMIUM is None:
            assert os.environ.get("REQUIRE_BROWSER") != "1", NO_CHROMIUM
            pytest.skip(NO_CHROMIUM)


@pytest.fixture
def refused(tmp_path):
    """The message with which all reference data are refused when one file has a text replaced, or another content."""
    from matcher.reference.files import BadReference, load_reference

    def run(name, old="", new="", whole=None):
        folder = shutil.copytree(PROJECT / "data" / "reference", tmp_path / "reference")
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1) if whole is None else whole, encoding="utf-8")
        with pytest.raises(BadReference) as raised:
            load_reference(folder)
        assert name in str(raised.value)
        return str(raised.value)

    return run


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    """The bundled snapshot in a real store, to be ranked by the small deterministic encoder."""
    from crawler.load import load_run
    from matcher.settings import Settings
    from matcher.store import open_store

    settings = Settings(home=tmp_path_factory.mktemp("home"), model="hashing")
    with open_store(settings.database_url) as store:
        for folder in sorted((PROJECT / "data" / "snapshot").glob("*/")):
            load_run(folder, store)
    return settings


@pytest.fixture(scope="session")
def kept_home(pytestconfig):
    """A home that outlives the run: the converted model, and vectors, which depend on nothing but their texts."""
    return pytestconfig.cache.mkdir("home")
