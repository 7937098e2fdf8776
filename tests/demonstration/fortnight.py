"""Two weeks in one place: a portal that changes, crawls over real sockets, the nightly jobs, and a mail server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.load_outcome import load_folder
from crawler.outcome import Outcome
from crawler.run import CrawlFailed, crawl
from crawler.run_folder import RECORDS, REPORT
from matcher.alerts.digests.planning import plan_digests, plan_urgent
from matcher.alerts.mailing.delivery import deliver
from matcher.alerts.readers import subscribing
from matcher.model import Subscription
from matcher.scheduler import work
from matcher.service import Service
from matcher.settings import Settings
from tests.doubles.browser import PROJECT
from tests.doubles.mail_server import TEXT, MailServer, Taken
from tests.doubles.portal import Portal, Truth

BRUSSELS = ZoneInfo("Europe/Brussels")
LINK = re.compile(r"http://localhost:8501/alerts/(\w+)/([\w.~-]+)")


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour in Brussels."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


@dataclass
class Fortnight:
    settings: Settings
    portal: Portal
    server: MailServer

    @property
    def service(self) -> Service:
        """A new one each time, as each job has."""
        return Service(self.settings)

    def night(self, day: date, calls: Mapping[int, Truth] | None) -> Outcome:
        """Crawl what the portal holds (None: it answers with errors), load it as read on that day, and let the calendar
        bring what it brings."""
        self.portal.fail_from, self.portal.grants = (1, (500, 1.0)) if calls is None else (None, (200, 1.0))
        if calls is not None:
            self.portal.restate(calls.values())
        outcome = self._crawled(day)
        work.ledger(self.service, moment(day, 4))
        return outcome

    def sign_up(self, address: str, profile: str, language: str, now: datetime, urgent: bool = False) -> Subscription:
        """As the pages do it: asked for, mailed, and confirmed by the link of that mail."""
        subscribing.sign_up(self.service, address, profile, language, now, urgent=urgent)
        self.send(now)
        [mail] = [mail for mail in self.server.taken if mail.recipients == (address,)]
        token = next(token for purpose, token in LINK.findall(text_of(mail)) if purpose == "confirm")
        return subscribing.confirm(self.service, token, now + timedelta(minutes=5))

    def send(self, now: datetime) -> list[Taken]:
        """Deliver what is due; returns what the server took."""
        before = len(self.server.taken)
        service = self.service
        sent = deliver(service.store, service.settings, now)
        assert not sent.trouble, sent.trouble
        return self.server.taken[before:]

    def monday(self, day: date) -> list[Taken]:
        plan_digests(self.service, moment(day, 7))
        return self.send(moment(day, 7))

    def morning(self, day: date) -> list[Taken]:
        plan_urgent(self.service, moment(day, 7, 30))
        return self.send(moment(day, 7, 30))

    def send_and_be_killed(self, now: datetime, at: int) -> list[Taken]:
        """Deliver in a process of its own, which is killed when the server has taken its mail number `at`, before it
        can note that it has."""
        before = len(self.server.taken)
        program = "from matcher.scheduler.work import main; import sys; sys.exit(main(['deliver', sys.argv[1]]))"
        child = subprocess.Popen(
            [sys.executable, "-c", program, now.isoformat()], env=self._environment(), cwd=PROJECT, text=True
        )

        def kill(step: str, _address: str) -> None:
            if step == TEXT and len(self.server.taken) - before == at - 1:
                os.kill(child.pid, signal.SIGKILL)

        self.server.script = kill
        assert child.wait(120) == -signal.SIGKILL
        self.server.script = lambda _step, _address: None
        return self.server.taken[before:]

    def _crawled(self, day: date) -> Outcome:
        try:
            folder, report = crawl("funding_tenders", self.settings, delay=0.0, time_limit=120)
        except CrawlFailed as failed:
            raise AssertionError(f"the crawl did not come to its end: {failed}") from failed
        for file in (folder / RECORDS, folder / REPORT):
            text = file.read_text(encoding="utf-8") if file.is_file() else ""
            file.write_text(text.replace(f"{report.started.date()}", f"{day}"), encoding="utf-8")
        outcome = load_folder(folder, self.settings)
        shutil.rmtree(folder)
        return outcome

    def _environment(self) -> dict[str, str]:
        chosen = self.settings.model_dump(exclude_defaults=True)
        values = {
            name: getattr(value, "get_secret_value", lambda value=value: value)() for name, value in chosen.items()
        }
        return os.environ | {f"FUNDING_{name.upper()}": str(value) for name, value in values.items()}


def text_of(mail: Taken) -> str:
    return mail.message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def read(mail: Taken) -> str:
    """To whom, what about, and the text; links without the part that is another each time."""
    head = f"To: {mail.message['To']}\nSubject: {mail.message['Subject']}\n\n"
    return head + LINK.sub(r"http://localhost:8501/alerts/\1/…", text_of(mail))
