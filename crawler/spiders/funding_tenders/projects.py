"""Crawls the portal's index of funded projects: the programmes of the brief's five funds, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from crawler.platforms.sedia import BadAnswer, Row, View
from crawler.platforms.sedia_spider import SediaSpider, Unsettled
from crawler.source import RawProject
from crawler.spider import NoAnswer, Refused
from crawler.spiders.funding_tenders.project_rows import (
    FIELDS,
    INDEX,
    BadParticipants,
    read_participants,
    read_project,
    reason_to_drop,
)
from crawler.spiders.funding_tenders.rows import fullest_rows
from matcher.reference import Programme


def view_of(programme: Programme) -> View:
    """The projects of a programme: `programId` holds the same ids as `frameworkProgramme` of calls.

    No field is both unique and known to be sortable. es_SortDate, the moment of indexing, is on every row; where two
    share it, a reading in reverse adds what a page's end divided.
    """
    return View(
        name=f"projects of {programme.key}",
        record_type=None,
        sort="es_SortDate",
        index=INDEX,
        programme_field="programId",
        programmes=programme.codes,
        fields=FIELDS,
    )


class FundedProjectsSpider(SediaSpider):
    """Each programme is a view of its own, so that one that cannot be read takes no other along."""

    name = "funded_projects"

    async def read(self) -> AsyncIterator[RawProject]:
        self.dropped: Counter[str] = Counter()
        for programme in self._of_the_five_funds():
            try:
                async for project in self._read_projects(view_of(programme)):
                    yield project
            except Refused as error:
                self.failures.append(str(error))
                break
            except (NoAnswer, BadAnswer, Unsettled) as error:
                self.failures.append(f"projects of {programme.key}: {error}")
        self.notes += [f"left out {count} {reason}" for reason, count in sorted(self.dropped.items())]

    def _of_the_five_funds(self) -> list[Programme]:
        return [programme for programme in self.programmes or self.known if programme.fund and programme.codes]

    async def _read_projects(self, view: View) -> AsyncIterator[RawProject]:
        rows = await self.read_view(view)
        for row in fullest_rows(rows, reason_to_drop, lambda row: str(row["reference"]), self.dropped):
            self.listed += 1
            self.fetched += 1
            yield self._project(row)

    def _project(self, row: Row) -> RawProject:
        """The project, without participants where they cannot be read."""
        project = read_project(row, self.source.name, self.fetched_at)
        try:
            participants, persons = read_participants(row)
        except BadParticipants as error:
            self.issue(project.reference, "participants", str(error))
            return project
        if persons:
            self.dropped["participants who are natural persons"] += persons
        return project.model_copy(update={"participants": participants})
