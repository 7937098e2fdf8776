"""What is known of the pages of calls: whether they are still there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from matcher.model import PageCheck
from matcher.store.access import Access
from matcher.store.tables import page_check


@dataclass(frozen=True)
class PageStore:
    """Each method is one transaction."""

    access: Access

    def checks(self) -> dict[str, PageCheck]:
        """Every page that was ever looked at, by address."""
        with self.access.reading() as connection:
            rows = connection.execute(select(page_check.c.body))
            return {check.url: check for check in map(_check, rows.scalars())}

    def save(self, checks: Iterable[PageCheck]) -> None:
        """Keep these in place of what was known of their addresses."""
        rows = [_row(check) for check in checks]
        if not rows:
            return
        statement = insert(page_check)
        changed = {name: statement.excluded[name] for name in ("checked", "gone_since", "body")}
        with self.access.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["url"], set_=changed), rows)

    def gone(self, on: date) -> frozenset[str]:
        """Addresses of which it was known on that day that they are gone, and of which nothing else is known since."""
        with self.access.reading() as connection:
            rows = connection.execute(select(page_check.c.body).where(page_check.c.gone_since <= on))
            return frozenset(check.url for check in map(_check, rows.scalars()) if check.is_gone(on))


def _row(check: PageCheck) -> dict[str, object]:
    return {
        "url": check.url,
        "checked": check.checked,
        "gone_since": check.gone_since,
        "body": check.model_dump_json(exclude_defaults=True),
    }


def _check(body: str) -> PageCheck:
    return PageCheck.model_validate_json(body)
