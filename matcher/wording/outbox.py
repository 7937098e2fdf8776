"""The outbox in plain words for a person at a terminal: what waits, what went out, what needs a decision. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from matcher.addresses import masked
from matcher.alerts.mailing.bounces import Notice
from matcher.alerts.mailing.delivery import Delivered, OverCap
from matcher.alerts.mailing.fates import Fate
from matcher.model import MailState, OutboxMail

SHOWN = 20
"""Mails of a state that are listed; all are in --json."""
STATES = {
    MailState.PLANNED: "wait to be sent",
    MailState.SENDING: "are in the hands of a worker",
    MailState.HANDED_OVER: "are being given to the mail server",
    MailState.HELD: "are held: the mail server's answer was lost; see `funding outbox resolve --help`",
    MailState.FAILED: "failed: refused for a reason that is not the address; the next digest tells their news",
    MailState.BOUNCED: "bounced: the address takes no mail; its subscriptions ended",
    MailState.CANCELLED: "were cancelled: not wanted any more, or overtaken by a later digest",
    MailState.ACCEPTED: "were accepted by the mail server, or written as files",
}
LISTED = (MailState.HELD, MailState.FAILED, MailState.PLANNED, MailState.SENDING, MailState.HANDED_OVER)
FATES = {
    Fate.ACCEPTED: "accepted",
    Fate.UNWANTED: "not wanted any more, cancelled",
    Fate.LATER: "not taken now, tried again later",
    Fate.NO_ADDRESS: "bounced: the address takes no mail, its subscriptions ended",
    Fate.REFUSED: "refused, not tried again",
    Fate.IN_DOUBT: "in doubt: the answer was lost, see `funding outbox`",
    Fate.CLOSED: "not taken, the server closed the connection; tried again later",
    Fate.TROUBLE: "put back",
    "overtaken": "overtaken by another worker or an erasure",
}
NOTICES = {
    Notice.HARD: "the address takes no mail: its subscriptions ended, it is suppressed",
    Notice.SOFT: "did not arrive for a reason that may pass: nothing changed",
    Notice.COMPLAINT: "a complaint: the subscriptions of the address ended, it is suppressed",
    Notice.UNSUBSCRIBE: "asks to leave: the subscription ended",
    Notice.UNKNOWN: "not understood, or about no mail of ours: nothing changed",
}


def outbox_lines(
    counts: Mapping[MailState, int], mails: Sequence[OutboxMail], addresses: Mapping[str, str]
) -> Iterator[str]:
    """How many mails are in each state, and those that somebody might look for. `addresses`: by subscription."""
    if not counts:
        yield "The outbox is empty."
    yield from (f"{counts[state]:6} {words}" for state, words in STATES.items() if state in counts)
    for state, group in groupby(mails, key=lambda mail: mail.state):
        same = list(group)
        yield from ("", f"{state}:")
        yield from (f"  {mail_line(mail, addresses.get(mail.subscription, ''))}" for mail in same[:SHOWN])
        if len(same) > SHOWN:
            yield f"  … and {len(same) - SHOWN} more, see --json"


def mail_line(mail: OutboxMail, address: str) -> str:
    tries = f", {mail.tries} tries" if mail.tries > 1 else ""
    return f"{mail.id}  {mail.kind} {mail.slot} to {masked(address)}{tries}{f': {mail.error}' if mail.error else ''}"


def delivered_lines(done: Delivered) -> Iterator[str]:
    """What one run did, the mails it sent first."""
    if done.resumed.held:
        yield f"{done.resumed.held} mails of a worker that ended are held: see `funding outbox`"
    if done.resumed.again:
        yield f"{done.resumed.again} mails of a worker that ended are sent again"
    if done.resumed.failed:
        yield f"{done.resumed.failed} mails were given up: no worker came to an end with them"
    yield from (f"{count} {FATES[Fate(fate) if fate in list(Fate) else fate]}" for fate, count in done.fates.items())
    if done.not_allowed:
        yield f"{done.not_allowed} wait: outside production, and their addresses are not in FUNDING_MAIL_ALLOW"
    yield from map(_over_cap_line, done.over_cap)
    if done.trouble:
        yield f"ended early: {done.trouble} What is left waits for the next run."
    if not (done.fates or done.not_allowed or done.over_cap or done.trouble):
        yield "nothing is due"


def _over_cap_line(over: OverCap) -> str:
    what = "digests and urgent mails" if over.news else "confirmations"
    return (
        f"none of the {what} was sent: {over.due} are due, and a run may send {over.cap} (FUNDING_MAIL_CAP). Look at "
        f"`funding outbox`; if they are meant to go out: funding outbox send --cap {over.due}"
    )
