"""Files of the small store's calls, among them such as a crawl may bring."""

import pytest

from dashboard.export import pdf
from tests.doubles import small_store
from tests.doubles.plain_visitor import HOSTILE_CALLS, asked, visitor_of


@pytest.fixture(scope="module", autouse=True)
def patience():
    """A busy machine is no fault of a document."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "SECONDS", 280.0)
        yield


@pytest.fixture(scope="module")
def visitor(tmp_path_factory):
    calls = (*small_store.CALLS, *HOSTILE_CALLS)
    return visitor_of(small_store.made_world(tmp_path_factory.mktemp("world"), calls))


@pytest.fixture(scope="module")
def file(visitor):
    """The bytes of a file under a path, with these parameters."""

    def got(path: str, **more: str) -> bytes:
        answer = visitor.get(path, params=asked(**more))
        assert answer.status_code == 200, answer.text
        return answer.content

    return got
