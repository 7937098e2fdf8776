"""Mirrors and limits of what is fetched."""

from tests.doubles.site import Says, Site
from tests.doubles.visitor import visit

ALL_WELCOME = Says(body=b"User-agent: *\nAllow: /\n")


def test_a_mirror_keeps_path_and_query_and_the_response_its_address():
    with Site() as site:
        outcome = visit(["https://site.test/a/b?c=d"], {"site.test": site.address})
    assert site.pages() == ["/a/b?c=d"]
    assert outcome.statuses == {"https://site.test/a/b?c=d": 200}


def test_with_a_host_map_no_other_host_is_reached():
    with Site() as site:
        outcome = visit(["https://site.test/"], {"mirrored.test": site.address})
    assert site.visits == []
    assert "knows no other host" in outcome.refused["https://site.test/"]


def test_a_body_beyond_the_limit_is_given_up():
    with Site({"/robots.txt": [ALL_WELCOME], "/big": [Says(body=b"x" * 300_000)]}) as site:
        outcome = visit(["https://site.test/big"], {"site.test": site.address}, {"DOWNLOAD_MAXSIZE": 100_000})
    assert "https://site.test/big" in outcome.refused


def test_a_saved_body_goes_to_the_file_and_has_a_limit_too(tmp_path):
    meta = {"save_to": str(tmp_path / "body"), "download_maxsize": 400_000, "download_timeout": 20}
    sizes = {"/fits": [Says(body=b"x" * 300_000)], "/big": [Says(body=b"x" * 500_000)]}
    with Site({"/robots.txt": [ALL_WELCOME], **sizes}) as site:
        outcome = visit(["https://site.test/fits"], {"site.test": site.address}, meta=meta)
        assert outcome.statuses == {"https://site.test/fits": 200}
        assert (tmp_path / "body").stat().st_size == 300_000
        outcome = visit(["https://site.test/big"], {"site.test": site.address}, meta=meta)
    assert "larger than 400000 bytes" in outcome.refused["https://site.test/big"]


def test_a_saved_body_that_breaks_off_is_no_answer(tmp_path):
    meta = {"save_to": str(tmp_path / "body"), "download_maxsize": 400_000, "download_timeout": 20}
    with Site({"/robots.txt": [ALL_WELCOME], "/cut": [Says(cut=True)]}) as site:
        outcome = visit(["https://site.test/cut"], {"site.test": site.address}, {"RETRY_TIMES": 0}, meta=meta)
    assert "https://site.test/cut" in outcome.refused


def test_a_silent_site_is_given_up():
    with Site({"/robots.txt": [ALL_WELCOME], "/slow": [Says(wait=5.0)]}) as site:
        limits = {"DOWNLOAD_TIMEOUT": 1.5, "RETRY_TIMES": 0}
        outcome = visit(["https://site.test/slow"], {"site.test": site.address}, limits)
    assert "longer than 1.5 seconds" in outcome.refused["https://site.test/slow"]


def test_other_schemes_than_http_have_no_handler(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    with Site() as site:
        outcome = visit([secret.as_uri(), "data:,text"], {"site.test": site.address, "": site.address})
    assert len(outcome.refused) == 2
