"""Crawls the portal: which views, which second source, and what to do when the search only answers errors."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import ijson
from scrapy import Request

from crawler.platforms.sedia import BadAnswer, View
from crawler.platforms.sedia_spider import SediaSpider, Unsettled
from crawler.source import RawCall, RawDocument, RawLink, RawUpdate
from crawler.spider import NoAnswer, Refused
from crawler.spiders.funding_tenders.call_documents import call_documents_first, document_links, is_closed
from crawler.spiders.funding_tenders.grants_file import GRANTS_FILE, MAX_BYTES, read_grants
from crawler.spiders.funding_tenders.rows import (
    CASCADE,
    EXTERNAL_ACTION,
    TOPIC,
    UPDATE,
    live_rows,
    read_call,
    read_update,
)
from crawler.spiders.funding_tenders.topic_details import BadDetails, details_request, filled_from, lacks_text

PERIOD = "2021 - 2027"
VIEWS = (
    View("topics", TOPIC, sort="identifier", period=PERIOD),
    View("external actions", EXTERNAL_ACTION, sort="callIdentifier"),
    View("cascade calls", CASCADE, sort="callccm2Id"),
    # No field of updates is both unique and known to be sortable. es_SortDate is on every update, to the millisecond;
    # where two share it, the count of distinct rows falls short of the total and a reading in reverse adds the other.
    View("updates", UPDATE, sort="es_SortDate", period=PERIOD),
)
MAX_DETAILS = 200
"""Topic files asked for in one run, at most: each is one request for one topic."""


class FundingTendersSpider(SediaSpider):
    """All 2021-2027 programmes by period, so that a programme missing in the reference table is read as well.

    The status of a row is not asked for in the search: it is often stale, and dates decide.
    """

    name = "funding_tenders"

    async def read(self) -> AsyncIterator[RawCall | RawUpdate | RawDocument]:
        self.dropped: Counter[str] = Counter()
        self.linked: dict[str, tuple[RawLink, str]] = {}
        self.details_left = MAX_DETAILS
        self.details_failed: list[str] = []
        self.views_failed: dict[str, list[str]] = {}
        for view in VIEWS:
            try:
                async for record in self._read_records(view):
                    yield record
            except (NoAnswer, BadAnswer, Unsettled) as error:
                if not self.answers and _is_down(error):
                    async for record in self._read_fallback(error):
                        yield record
                    return
                self._note_failure(view, error)
        for link, found_on in call_documents_first(self.linked.values()):
            async for document in self.documents([link], found_on):
                yield document
        self._note_what_was_left_out()

    async def _read_records(self, view: View) -> AsyncIterator[RawCall | RawUpdate]:
        for row in live_rows(await self.read_view(view), view.record_type, self.dropped):
            if view.record_type == UPDATE:
                yield read_update(row, self.source.name, self.fetched_at)
            else:
                call = read_call(row, self.source.name, self.fetched_at)
                yield await self._whole_topic(call) if view.record_type == TOPIC else call

    async def _whole_topic(self, call: RawCall) -> RawCall:
        """The topic with its text and the documents it links to; those of the five funds' calls are fetched later."""
        call = await self._with_details(call)
        links = document_links(call)
        if call.programme in self._codes_of_the_five_funds() and not is_closed(call):
            for link in links:
                self.linked.setdefault(link.url, (link, call.url))
        return call.model_copy(update={"documents": links}) if links else call

    def _codes_of_the_five_funds(self) -> set[str]:
        return {code for programme in self.known if programme.fund for code in programme.codes}

    async def _with_details(self, call: RawCall) -> RawCall:
        """The topic with its text from topicDetails where the row has none, as long as the run's allowance lasts."""
        if not lacks_text(call) or not call.identifier or self.details_left == 0:
            return call
        self.details_left -= 1
        try:
            return filled_from(await self.fetch(details_request(call.identifier)), call)
        except (NoAnswer, BadDetails) as error:
            self.details_failed.append(str(error))
            return call

    def _note_failure(self, view: View, error: Exception) -> None:
        """Views that failed for the same cause share a sentence."""
        self.views_failed.setdefault(str(error), []).append(view.name)
        self.failures = [f"{', '.join(views)}: {cause}" for cause, views in self.views_failed.items()]

    def _note_what_was_left_out(self) -> None:
        self.notes += [f"left out {count} {reason}" for reason, count in sorted(self.dropped.items())]
        if self.details_left == 0:
            self.notes.append(
                f"topicDetails looked up for the first {MAX_DETAILS} topics without text, not for the rest"
            )
        if self.details_failed:
            failed = len(self.details_failed)
            self.notes.append(f"{failed} topicDetails could not be read, first: {self.details_failed[0]}")

    async def _read_fallback(self, error: Exception) -> AsyncIterator[RawCall]:
        """Topics from the daily file. The run is complete but partial: the loader keeps the texts it already holds."""
        self.partial = True
        self.notes.append(f"fallback: no texts, no budgets, topics only, from {GRANTS_FILE}, because {error}")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "grantsTenders.json"
            meta = {"save_to": path, "download_maxsize": MAX_BYTES, "download_timeout": 900}
            try:
                response = await self.fetch(Request(GRANTS_FILE, meta=meta, headers={"Accept": "application/json"}))
                if response.status != 200:
                    raise NoAnswer(f"{GRANTS_FILE}: answered {response.status}")
                for call in read_grants(path, self.source.name, self.fetched_at):
                    if self._is_wanted(call):
                        yield call
            except NoAnswer as failure:
                self.failures.append(f"fallback: {failure}")
            except ijson.JSONError as failure:
                cause = " ".join(str(failure).split())
                self.failures.append(f"fallback: {GRANTS_FILE}: cut off, or not JSON ({cause})")

    def _is_wanted(self, call: RawCall) -> bool:
        return not self.programmes or call.programme in self._programme_values()


def _is_down(error: Exception) -> bool:
    """The search is out of order, as against: we may not ask it, or our question is wrong."""
    if isinstance(error, BadAnswer):
        return error.status == 200 or error.status >= 500 or error.status == 429
    return isinstance(error, NoAnswer) and not isinstance(error, Refused)
