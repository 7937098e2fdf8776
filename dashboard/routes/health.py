"""Whether this server does its work: `/health`, 200 or 503, for monitors. Tells no address, no path and no message."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import Route

from dashboard.routes.resource import Asked, Resource

if TYPE_CHECKING:
    from matcher.store import Store

LATELY = timedelta(days=35)
"""Runs of jobs among which the last of each job is looked for: those of a month, but no more than so many."""


def _health(asked: Asked) -> Response:
    from matcher.store import StoreError

    try:
        told = health(asked.answers.service.store, datetime.now(UTC))
    except StoreError as error:
        told = {"status": "unavailable", "store": type(error).__name__}
    status = 503 if told["status"] == "unavailable" else 200
    return Response(json.dumps(told), status, {"Cache-Control": "no-store"}, "application/json")


def health(store: Store, now: datetime) -> dict[str, Any]:
    """What a monitor watches; `status` sums it up. Raises StoreError.

    "unavailable": the schema is another's. "degraded": a source is stale, a job was given up, or a mail is held.
    """
    current, sources, mails, jobs = store.vitals.is_current(), _sources(store, now), _mails(store), _jobs(store, now)
    troubled = sources["stale"] or mails.get("held") or "given_up" in [job["state"] for job in jobs]
    return {
        "status": "unavailable" if not current else "degraded" if troubled else "ok",
        "store": "ok" if current else "another version's schema",
        "ledger": store.ledger.head(),
        "sources": sources,
        "mails": mails,
        "jobs": jobs,
    }


def _sources(store: Store, now: datetime) -> dict[str, Any]:
    """Sources by the age of their last good run; those that are never crawled are left out."""
    from matcher.coverage import LATE, RHYTHMS

    runs = store.vitals.good_runs()
    crawled = [card for card in store.cards() if card.frequency in RHYTHMS]
    ages = {card.name: (now - runs[card.name]).days for card in crawled if card.name in runs}
    stale = [card.name for card in crawled if card.name in ages and ages[card.name] > LATE * RHYTHMS[card.frequency]]
    return {
        "fresh": len(ages) - len(stale),
        "stale": {name: {"days": ages[name]} for name in stale},
        "never_read": len(crawled) - len(ages),
    }


def _mails(store: Store) -> dict[str, int]:
    return {str(state): count for state, count in store.outbox.counts().items()}


def _jobs(store: Store, now: datetime) -> list[dict[str, Any]]:
    """The last run of each job, without what it said: that may name anything."""
    newest = {run.job: run for run in store.jobs.last() if run.started >= now - LATELY}
    return [
        {
            "job": run.job,
            "slot": run.slot,
            "state": str(run.state),
            "started": run.started.isoformat(),
            "finished": run.finished and run.finished.isoformat(),
        }
        for _, run in sorted(newest.items())
    ]


ROUTES = [Route("/health", Resource(get=_health))]
