"""Mails on their way: `funding outbox …`."""

from __future__ import annotations

import mailbox
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.options import AsJson, print_json, print_lines
from matcher.model import MailState
from matcher.settings import Settings

outbox_commands = typer.Typer()
outbox_app = typer.Typer(help="Mails on their way.", invoke_without_command=True)
outbox_commands.add_typer(outbox_app, name="outbox")


@outbox_app.callback()
def show(
    context: typer.Context,
    state: Annotated[MailState | None, typer.Option(help="Only mails in this state.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """How many mails are in each state, and those that wait, failed or need a decision; addresses are masked."""
    if context.invoked_subcommand:
        return
    from matcher.store import open_store
    from matcher.wire.outbox import outbox_json
    from matcher.wording.outbox import LISTED, outbox_lines

    with open_store(Settings().database_url) as store:
        states = (state,) if state else tuple(MailState) if as_json else LISTED
        counts = store.outbox.counts()
        mails = sorted(store.outbox.mails(states=states), key=lambda mail: states.index(mail.state))
        addresses = {one.id: one.address for one in store.subscriptions.subscriptions()}
    if as_json:
        print_json(outbox_json(counts, mails, addresses))
    else:
        print_lines(outbox_lines(counts, mails, addresses))


@outbox_app.command()
def send(
    cap: Annotated[
        int | None,
        typer.Option(min=0, help="Send so many at most, this time, instead of FUNDING_MAIL_CAP.", show_default=False),
    ] = None,
) -> None:
    """Send what is due now. Exit code 1 when something kept mails from being sent."""
    from matcher.alerts.mailing.delivery import deliver
    from matcher.store import open_store
    from matcher.wording.outbox import delivered_lines

    settings = Settings()
    with open_store(settings.database_url) as store, _told():
        done = deliver(store, settings, datetime.now(UTC), cap)
    print_lines(delivered_lines(done))
    if done.trouble or done.over_cap:
        raise typer.Exit(1)


@outbox_app.command()
def resolve(
    mail: Annotated[str, typer.Argument(help="A held mail, as `funding outbox` names it.", metavar="MAIL")],
    accepted: Annotated[
        bool, typer.Option("--accepted", help="The server has it (its journal says so): its news counts as told.")
    ] = False,
    resend: Annotated[
        bool, typer.Option("--resend", help="Give it to the server again: the reader may get it a second time.")
    ] = False,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Leave it: the next digest tells its news, maybe for the second time.")
    ] = False,
) -> None:
    """Decide on a mail that is held because the mail server's answer was lost: it may have arrived or not."""
    from matcher.store import open_store

    if accepted + resend + cancel != 1:
        raise typer.BadParameter("choose one of --accepted, --resend and --cancel")
    now = datetime.now(UTC)
    with open_store(Settings().database_url) as store:
        found = store.outbox.mail(mail)
        if found is None or found.state is not MailState.HELD:
            state = f"it is {found.state}" if found else "there is none of this name"
            raise typer.BadParameter(f"{mail}: {state}; only held mails are resolved, `funding outbox` lists them")
        if accepted:
            store.outbox.accept(mail, now)
        elif resend:
            store.outbox.resend(mail, now)
        else:
            store.outbox.cancel(mail, "a person decided that it is not sent again")
    done = "counts as accepted" if accepted else "goes out with the next run" if resend else "is cancelled"
    typer.echo(f"{mail} {done}")


@outbox_app.command()
def bounces(
    files: Annotated[list[Path], typer.Argument(help="Messages that came back, or mailboxes of them (mbox).")],
) -> None:
    """Read notices of mails that did not arrive or were complained of, and requests to leave; do what they ask for."""
    from matcher.alerts.mailing.bounces import obey_notice
    from matcher.alerts.readers.tokens import Tokens
    from matcher.store import open_store
    from matcher.wording.outbox import NOTICES

    settings = Settings()
    now, found = datetime.now(UTC), Counter[str]()
    with open_store(settings.database_url) as store, _told():
        for file in files:
            for data in _messages(file):
                found[NOTICES[obey_notice(store, Tokens(settings), data, now)]] += 1
    print_lines(f"{count} {words}" for words, count in found.items())


def _messages(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            is_mailbox = opened.read(5) == b"From "
        if is_mailbox:
            with closing(mailbox.mbox(file, create=False)) as box:
                yield from (box.get_bytes(key) for key in box.iterkeys())
        else:
            yield file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read ({error.strerror})") from error


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a setting of mail, in a sentence."""
    from matcher.alerts.mailing.sender import BadMailSetting
    from matcher.alerts.readers.tokens import BadSecret

    try:
        yield
    except (BadMailSetting, BadSecret) as error:
        typer.echo(f"funding: {error}", err=True)
        raise typer.Exit(2) from error
