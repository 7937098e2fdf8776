"""Commands of what goes on by itself: the scheduler, one round of it for cron, what its jobs did, backups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.options import AsJson, print_json, print_lines
from matcher.settings import Settings

scheduler_commands = typer.Typer()


@scheduler_commands.command()
def scheduler() -> None:
    """Do all jobs as they become due, until stopped; a second one waits and takes the first one's place."""
    from matcher.scheduler.outlook import coming, coming_line
    from matcher.scheduler.plan import StoredJobs
    from matcher.scheduler.serving import lead, log_to_screen, signals_ask
    from matcher.scheduler.worker import Worker
    from matcher.store import open_store

    log_to_screen()
    with open_store(Settings().database_url) as store:
        worker = Worker(store, StoredJobs())
        now = worker.clock()
        print_lines(map(coming_line, coming(worker.jobs(store, now), store.jobs.settled(now), now)))
        with signals_ask(worker.stop):
            lead(worker)


@scheduler_commands.command()
def nightly() -> None:
    """Do all jobs that are due, once, and end: for cron. Exit code 1 when one failed."""
    from matcher.scheduler.plan import StoredJobs
    from matcher.scheduler.process import How
    from matcher.scheduler.serving import Busy, alone, log_to_screen, signals_ask
    from matcher.scheduler.worker import Worker
    from matcher.store import open_store

    log_to_screen()
    with open_store(Settings().database_url) as store:
        worker = Worker(store, StoredJobs())
        try:
            with alone(Path(store.place)), signals_ask(worker.stop):
                done = worker.do_all()
        except Busy as busy:
            typer.echo(f"funding: {busy}; nothing was done here", err=True)
            return
    failed = [f"{job.name} {slot.name}" for job, slot, ended in done if ended.how is How.FAILED]
    typer.echo(f"{len(done)} jobs, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    raise typer.Exit(1 if failed else 0)


@scheduler_commands.command()
def jobs(
    recent: Annotated[
        int | None,
        typer.Option(min=1, help="So many of the last runs; else the last one of each job.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What the scheduler's jobs did last, and when each is due next."""
    from matcher.scheduler.outlook import job_lines, jobs_json
    from matcher.scheduler.plan import StoredJobs
    from matcher.scheduler.worker import clock
    from matcher.store import open_store

    now = clock()
    with open_store(Settings().database_url) as store:
        runs = store.jobs.runs(limit=recent) if recent else store.jobs.last()
        known, settled = StoredJobs()(store, now), store.jobs.settled(now)
    if as_json:
        print_json(jobs_json(known, runs, settled, now))
    else:
        print_lines(job_lines(known, runs, settled, now))


@scheduler_commands.command()
def backup() -> None:
    """Copy the store into the folder of backups, while it is in use, and check the copy."""
    from matcher.scheduler.worker import clock
    from matcher.store import open_store
    from matcher.store.backup import back_up

    settings = Settings()
    with open_store(settings.database_url) as store:
        made = back_up(Path(store.place), settings.backups, clock(), settings.keep_backups)
    typer.echo(f"{made.file}: {sum(made.rows.values())} rows, checked; {made.forgotten} older ones deleted")


@scheduler_commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup, as `funding backup` makes them.")],
    everything: Annotated[
        bool, typer.Option("--everything", help="Subscribers, mails and the ledger of news from the backup, too.")
    ] = False,
) -> None:
    """Put a backup in place of the store; nobody else may use it meanwhile. The present one is laid aside."""
    from matcher.scheduler.serving import Busy, alone
    from matcher.scheduler.worker import clock
    from matcher.store.backup import place_of
    from matcher.store.backup import restore as put_back

    settings = Settings()
    place = place_of(settings.database_url)
    try:
        with alone(place):
            done = put_back(file, place, settings.backups, clock(), everything)
    except Busy as busy:
        typer.echo(f"funding: {busy}; stop it first", err=True)
        raise typer.Exit(1) from None
    whose = "as they were in the store that was in use" if done.kept else "those of the backup"
    typer.echo(f"{place}: {sum(done.rows.values())} rows of {done.file}; subscribers, mails and news are {whose}")
    if done.aside:
        typer.echo(f"the store that was in use is {done.aside}")
