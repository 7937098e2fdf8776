"""What is deleted when its time is over: personal data as the settings say, and old traces of runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from matcher.alerts.readers.personal_data import purge
from matcher.settings import Settings
from matcher.store import Store

KEEP_JOB_RUNS = timedelta(days=35)
"""Longer than any slot is caught up, else a slot would be done anew."""
KEEP_NEWEST = 2
"""Folders of crawls of a source that are kept however old they are."""


def retain(store: Store, settings: Settings, now: datetime) -> str:
    """Delete what has outlived its period; returns what that was, in words. Doing it twice does no harm."""
    runs = store.jobs.forget(now - KEEP_JOB_RUNS)
    folders = delete_crawls(settings.runs, now - timedelta(days=settings.keep_run_days))
    gone = purge(store, settings, now)
    mails = f"contents of {gone.contents} mails, {gone.files} mail files"
    return f"deleted: {gone.subscriptions} subscriptions, {mails}, {runs} runs of jobs, {folders} folders of crawls"


def delete_crawls(folder: Path, before: datetime) -> int:
    """Delete folders of crawls (<folder>/<source>/<run>) that were last written before; returns how many.

    The newest of each source stay: a run that is held may still be let in by hand.
    """
    old = list(_old(folder, before))
    for run in old:
        shutil.rmtree(run)
    return len(old)


def _old(folder: Path, before: datetime) -> Iterator[Path]:
    for source in folder.glob("*/"):
        runs = sorted(source.glob("*/"), key=lambda run: run.name)
        yield from (run for run in runs[:-KEEP_NEWEST] if _modified(run) < before)


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
