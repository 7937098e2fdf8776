"""Drawing that more than one page uses."""

import pytest

from dashboard.widgets import source
from matcher.languages import speaker


@pytest.mark.parametrize(
    ("named", "shown_as"),
    [
        ("Article 9", "Article 9"),
        ("https://a.example/x", "[a.example](https://a.example/x)"),
        ("Article 9; https://a.example/x; FR", "Article 9; [a.example](https://a.example/x); FR"),
        ("https://a.example/x (as of 1 May 2025)", "[a.example](https://a.example/x) (as of 1 May 2025)"),
        ("(see https://a.example/x).", "(see [a.example](https://a.example/x))."),
        ("javascript:alert(1) https://a b", "javascript:alert(1) [a](https://a) b"),
    ],
)
def test_addresses_in_a_source_become_links_that_show_their_host(named, shown_as):
    assert source(speaker("en"), named).replace("\\", "") == shown_as
