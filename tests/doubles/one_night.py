"""`funding nightly` with the portal as its only source and a clock that is told:
`python -m tests.doubles.one_night MOMENT [crawl]`. The settings are those of the environment.

Digests are due at midnight, whatever day of the week it is; `crawl`: nothing is done but the crawl.
"""

import sys
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from matcher.scheduler.plan import CRAWLS, jobs
from matcher.scheduler.process import How
from matcher.scheduler.serving import alone, log_to_screen
from matcher.scheduler.slots import Weekly, local_day
from matcher.scheduler.worker import Worker
from matcher.settings import Settings
from matcher.store import open_store

ASKING = (f"{CRAWLS}funding_tenders", "link_check")


def chosen(found, now, only):
    for job in found:
        if only and job.name not in ("registry", ASKING[0]):
            continue
        if job.name in ASKING:
            yield replace(job, command=(*job.command, "--delay=0"))
        elif job.name == "digest":
            yield replace(job, when=Weekly(local_day(now).weekday(), time(0)))
        elif job.name != "digest_again" and not job.name.startswith(CRAWLS):
            yield job


def main(moment, only=""):
    log_to_screen()
    now = datetime.fromisoformat(moment)
    with open_store(Settings().database_url) as store, alone(Path(store.place)):
        worker = Worker(store, lambda store, now: list(chosen(jobs(store.cards()), now, only)), clock=lambda: now)
        done = worker.do_all()
    return int(any(ended.how is not How.DONE for _, _, ended in done))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
