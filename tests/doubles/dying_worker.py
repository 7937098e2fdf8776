"""A worker of the outbox in a process of its own, which ends itself with SIGKILL at one chosen moment.

The moments are those just before something is stored, and before and after something is said to the mail server or
written as a file. They are counted from outside, by wrapping the libraries: the code that works knows nothing of them.
"""

import multiprocessing
import os
import signal
import smtplib

from sqlalchemy import event

from matcher.alerts.mailing.delivery import deliver
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.subscribers import write_plainly

PROCESSES = multiprocessing.get_context("forkserver")


class Moments:
    """Counts; at the chosen one the process is killed, as by a power cut."""

    def __init__(self, last):
        self.last, self.seen = last, 0

    def __call__(self, *_, **__):
        self.seen += 1
        if self.seen == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function):
        def wrapped(*arguments, **options):
            self()
            answer = function(*arguments, **options)
            self()
            return answer

        return wrapped


def work(settings, now, last, results, start=None):
    """One run; `last`: the moment at which it is killed, None: never. Puts its fates and its moments into `results`."""
    settings = Settings(**settings)
    moment = Moments(last)
    with open_store(settings.database_url) as store:
        engine = store.outbox.access.engine
        event.listen(engine, "commit", lambda c: moment() if "begin" in c.get_execution_options() else None)
        smtplib.SMTP.send = moment.around(smtplib.SMTP.send)
        os.fsync, os.replace = moment.around(os.fsync), moment.around(os.replace)
        if start is not None:
            start.wait(60)
        done = deliver(store, settings, now, write=write_plainly(settings))
    results.put((dict(done.fates), moment.seen))


def begin(settings, now, last=None, start=None):
    """The process and where its result will be."""
    results = PROCESSES.Queue()
    process = PROCESSES.Process(target=work, args=(settings, now, last, results, start))
    process.start()
    return process, results
