"""Workers that are killed at every step, and several at once: no mail that a server took is lost or doubled."""

import shutil
import signal
from collections import Counter
from datetime import timedelta

import pytest

from matcher.alerts.mailing.delivery import LEASE, deliver
from matcher.model import MailState
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.dying_worker import PROCESSES, begin
from tests.doubles.mail_server import MailServer
from tests.doubles.subscribers import MONDAY, SECRET, mail, subscribe, write_plainly

AFTERWARDS = MONDAY + LEASE + timedelta(hours=1)
IDS = ["<s0001-digest-2026-W48@example.org>", "<s0002-digest-2026-W48@example.org>"]


def prepare(folder, count):
    """A store with so many subscribers, each with a mail that is due."""
    with open_store(f"sqlite:///{folder / 'store.sqlite'}") as store:
        for number in range(1, count + 1):
            subscribe(store, number)
        store.outbox.plan([mail(f"s{number:04}", events=(1,), upto=1) for number in range(1, count + 1)])


def given(folder, server=None, **changes):
    """Settings as a process gets them."""
    sending = {"mail_server": server.url} if server else {}
    own = {"home": folder, "secret": SECRET, "mail_sender": "news@example.org", "mail_allow": "example.org"}
    return own | sending | changes


def run_to_the_end(settings):
    process, results = begin(settings, MONDAY)
    done = results.get(timeout=60)
    process.join(60)
    return done


def killed_at(settings, moment):
    process, _results = begin(settings, MONDAY, moment)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def go_on(settings):
    """What the next runs do, after the lease of the dead worker; returns each mail's state and the cursors."""
    settings = Settings(**settings)
    with open_store(settings.database_url) as store:
        for hours in range(2):
            deliver(store, settings, AFTERWARDS + timedelta(hours=hours), write=write_plainly(settings))
        mails = store.outbox.mails(slot="2026-W48")
        moved = {one.id: one.cursor == 1 for one in store.subscriptions.subscriptions()}
        assert all(moved[one.subscription] == (one.state is MailState.ACCEPTED) for one in mails)
        return {one.message_id: one.state for one in mails}


def every_crash(tmp_path, server, count=2, **changes):
    """Kill a worker at each moment of its run, go on, and give what became of the mails each time."""
    prepare(tmp_path / "planned", count)
    shutil.copytree(tmp_path / "planned", tmp_path / "whole")
    _fates, moments = run_to_the_end(given(tmp_path / "whole", server, **changes))
    for moment in range(1, moments + 1):
        home = shutil.copytree(tmp_path / "planned", tmp_path / str(moment))
        if server:
            server.taken.clear()
        killed_at(given(home, server, **changes), moment)
        if server:
            server.wait_until_alone()
        yield home, go_on(given(home, server, **changes))


def test_a_crash_at_any_moment_doubles_no_mail_and_forgets_none(tmp_path):
    """The default: a mail whose answer was lost is held, arrived once or not at all; all others arrived once."""
    found = Counter()
    with MailServer() as server:
        for _home, states in every_crash(tmp_path, server):
            copies = Counter(server.ids)
            assert set(states) == set(IDS)
            for id, state in states.items():
                assert (state, copies[id]) in {
                    (MailState.ACCEPTED, 1),
                    (MailState.HELD, 0),
                    (MailState.HELD, 1),
                }
                found[state, copies[id]] += 1
            assert list(states.values()).count(MailState.HELD) <= 1
    assert found[MailState.HELD, 1]
    assert found[MailState.HELD, 0]
    assert found[MailState.ACCEPTED, 1] > 4 * found[MailState.HELD, 1]


def test_with_one_more_try_a_crash_at_any_moment_loses_no_mail(tmp_path):
    """The other setting: each arrives; twice at most, with the same Message-ID, and only the one that was in doubt."""
    copies = Counter()
    with MailServer() as server:
        for _home, states in every_crash(tmp_path, server, count=1, mail_in_doubt="resend"):
            assert states == {IDS[0]: MailState.ACCEPTED}
            assert set(server.ids) == {IDS[0]}
            copies[len(server.ids)] += 1
    assert set(copies) == {1, 2}
    assert copies[1] > 4 * copies[2]


def test_as_files_mails_are_there_exactly_once_after_a_crash_at_any_moment(tmp_path):
    for home, states in every_crash(tmp_path, None):
        assert states == dict.fromkeys(IDS, MailState.ACCEPTED)
        files = sorted(file for file in (home / "mail").glob("*.eml"))
        assert [f"<{file.stem}>" for file in files] == IDS
        assert all(file.read_bytes().endswith(b"--\r\n") for file in files)


def test_two_workers_send_each_mail_once(tmp_path):
    prepare(tmp_path, 200)
    with MailServer() as server:
        start = PROCESSES.Barrier(2)
        workers = [begin(given(tmp_path, server), MONDAY, start=start) for _ in range(2)]
        fates = [results.get(timeout=120)[0] for _process, results in workers]
        for process, _results in workers:
            process.join(60)
    assert Counter(server.ids).most_common(1)[0][1] == 1
    assert len(server.taken) == 200
    assert sum(one.get("accepted", 0) for one in fates) == 200
    assert all(one.get("accepted", 0) for one in fates)


@pytest.mark.parametrize("moment", [20, 24, 25, 26])
def test_one_of_two_workers_is_killed_while_the_other_goes_on(tmp_path, moment):
    prepare(tmp_path, 20)
    with MailServer() as server:
        start = PROCESSES.Barrier(2)
        victim, _ = begin(given(tmp_path, server), MONDAY, moment, start)
        survivor, results = begin(given(tmp_path, server), MONDAY, start=start)
        results.get(timeout=60)
        for process in (victim, survivor):
            process.join(60)
        server.wait_until_alone()
        states = go_on(given(tmp_path, server))
    held = [id for id, state in states.items() if state is MailState.HELD]
    assert len(held) <= 1
    assert Counter(server.ids).most_common(1)[0][1] == 1
    assert set(server.ids) | set(held) == set(states)
