"""A page as PDF for print and for screen readers (PDF/UA-1, ISO 14289-1): tagged, titled, with bookmarks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from pathlib import Path
from typing import Any

from matcher.printable import printable

STYLES = ("pages.css", "plain.css")
SECONDS = 60.0
"""For one document, the wait for those before it included."""

_one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf")
"""Laying out takes a processor whole: however many ask, the pages keep the others."""


class NoPdf(RuntimeError):
    """None can be made; the message is for the log."""


class PangoMissing(NoPdf):
    """The library that lays out text is not installed on this machine (see README)."""


class TookTooLong(NoPdf):
    """It was not made in time: the list is too long, or too many ask."""


def pdf(html: str, templates: Path, base: str) -> bytes:
    """Raises NoPdf. `base`: address that the page's links begin at. Nothing is fetched, whatever the page names."""
    future = _one_at_a_time.submit(_made, html, templates, base)
    try:
        return future.result(SECONDS)
    except NotInTime:
        future.cancel()
        raise TookTooLong(f"no PDF within {SECONDS:g} seconds") from None


def _made(html: str, templates: Path, base: str) -> bytes:
    try:
        from weasyprint import CSS, HTML
    except OSError as error:
        raise PangoMissing(
            "Pango is not installed (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)"
        ) from error
    fetcher = _refusing()
    styles = [CSS(string=(templates / name).read_text(encoding="utf-8"), url_fetcher=fetcher) for name in STYLES]
    page = HTML(string=printable(html), base_url=base, url_fetcher=fetcher)
    made: bytes = page.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return made


def _refusing() -> Any:
    from weasyprint.urls import URLFetcher

    class Refusing(URLFetcher):  # type: ignore[misc]
        """Loads nothing: neither from the network nor from the disk."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError("nothing is loaded into a document")

    return Refusing()
