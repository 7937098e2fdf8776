"""What is kept of a reader: shown on request, erased to the last byte, gone when its time is over, told in a notice."""

import hashlib
import json
import os
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from matcher.alerts.letters.confirmation import VALID_HOURS
from matcher.alerts.mailing.delivery import deliver
from matcher.alerts.mailing.transport import EmlFolder, mail_folder
from matcher.alerts.readers.consent import text_version, wording
from matcher.alerts.readers.personal_data import erase, export, purge
from matcher.alerts.readers.privacy import notice_values, privacy_notice
from matcher.alerts.readers.subscribing import choose
from matcher.alerts.readers.tokens import BadToken, Purpose, Tokens
from matcher.cli import app
from matcher.factfile import BadFactFile
from matcher.languages import LANGUAGES, UnknownLanguage
from matcher.model import Call, CallKind, Ending, MailState, Run, RunOutcome, Subscription, SubscriptionState
from matcher.settings import REPOSITORY, Settings
from matcher.store import StoreLocked, open_store

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CONSENT = REPOSITORY / "data" / "consent"


def places(home: Path, words: str) -> list[str]:
    """Files below a folder that hold some words, in any letter case."""
    found = (file for file in sorted(home.rglob("*")) if file.is_file())
    return [file.name for file in found if words.lower().encode() in file.read_bytes().lower()]


def send_all(desk, at=NOW):
    assert deliver(desk.store, desk.settings, at).trouble == ""


def load_call(desk):
    call = Call(
        source="portal",
        reference="1TOPICSen",
        identifier="AMIF-2026-1",
        title="A call",
        kind=CallKind.TOPIC,
        url="https://example.org/1",
        as_of=NOW.date(),
    )
    run = Run(id="run", source="portal", started=NOW, as_of=NOW.date(), outcome=RunOutcome.OK)
    desk.store.save_run(run, [call])
    return call.id


def test_an_export_holds_everything_and_nothing_of_others(desk):
    riga = desk.subscribed("anna@example.org", "riga", urgent=True)
    athens = desk.subscribed("ANNA@example.org", "athens", at=NOW + HOUR)
    desk.subscribed("other@example.org", "riga")
    choose(desk.service, desk.token(Purpose.CHOICE, riga.id), load_call(desk), "saved", NOW)
    desk.unsubscribe(athens.id, NOW + DAY)
    desk.store.subscriptions.suppress(Tokens(desk.settings).hashes("anna@example.org")[0], Ending.COMPLAINT, NOW)
    told = json.loads(json.dumps(export(desk.store, desk.settings, "Anna@EXAMPLE.org")))
    kept = {
        Subscription.model_validate({k: v for k, v in one.items() if k not in ("mails", "agreed_to")})
        for one in told["subscriptions"]
    }
    assert kept == set(desk.all(address="anna@example.org"))
    assert [len(one["mails"]) for one in told["subscriptions"]] == [1, 1]
    assert {one["agreed_to"] for one in told["subscriptions"]} == {wording(CONSENT, "1/lv").consent}
    assert told["suppressed"] == ["complaint"]
    assert "other@example.org" not in json.dumps(told)


def test_every_column_of_a_reader_is_in_the_export(desk):
    """A column that is added later must not be forgotten here."""
    desk.subscribed("anna@example.org")
    told = export(desk.store, desk.settings, "anna@example.org")["subscriptions"][0]
    with sqlite3.connect(desk.settings.home / "store.sqlite") as connection:
        of = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in ("subscription", "outbox")
        }
    connection.close()
    shown = set(told) | set(told["consent"]) | {"address_key"}
    assert set(of["subscription"]) <= shown
    assert set(of["outbox"]) - {"subscription", "worker", "lease"} <= set(told["mails"][0])


@pytest.mark.parametrize(
    "address",
    ["anna.liepa@example.org", "josé.liepa@example.org", "liepa@bücher.example.org", "|/liepa%s+=_x@example.org"],
)
def test_after_an_erasure_no_byte_of_the_home_tells_the_address(desk, address):
    for number in range(20):
        desk.sign_up(f"reader{number}.liep@example.org")
    mine = desk.subscribed(address, urgent=True)
    desk.sign_up(address.replace("liepa", "LIEPA"), "athens", at=NOW + HOUR)
    choose(desk.service, desk.token(Purpose.CHOICE, mine.id), load_call(desk), "saved", NOW)
    send_all(desk, NOW + 2 * HOUR)
    (mail_folder(desk.settings) / ".0123456789abcdef").write_bytes(f"To: {address}\r\n\r\nleft by a kill".encode())
    before = places(desk.settings.home, "liepa")
    assert len(before) >= 4, "the store or its journal, two mails and a draft"
    erased = erase(desk.store, desk.settings, address)
    assert (erased.subscriptions, erased.choices, erased.mails, erased.files) == (2, 1, 2, 3)
    assert places(desk.settings.home, "liepa") == []
    assert len(desk.all()) == 20
    assert len(list(mail_folder(desk.settings).iterdir())) == 20
    assert erase(desk.store, desk.settings, address).subscriptions == 0


def test_a_mail_that_was_being_written_during_the_erasure_leaves_no_file(desk):
    """The worst moment: the worker was allowed to write, and the erasure has looked for files."""
    desk.sign_up("anna.liepa@example.org")

    class Late(EmlFolder):
        def send(self, envelope, hand_over):
            assert hand_over()
            erase(desk.store, desk.settings, "anna.liepa@example.org")
            return super().send(envelope, lambda: True)

    done = deliver(desk.store, desk.settings, NOW, transport=Late(mail_folder(desk.settings)))
    assert done.fates == {"overtaken": 1}
    assert places(desk.settings.home, "liepa") == []


def test_an_erasure_is_for_one_address_only(desk):
    other = desk.subscribed("anna@example.org.example")
    desk.subscribed("anna@example.org")
    send_all(desk)
    erase(desk.store, desk.settings, "anna@example.org")
    assert desk.all() == [other]
    assert len(list(mail_folder(desk.settings).iterdir())) == 1


def test_who_complained_is_left_alone_after_the_erasure_too(desk):
    desk.subscribed("anna@example.org")
    hashes = Tokens(desk.settings).hashes("anna@example.org")
    desk.store.subscriptions.suppress(hashes[0], Ending.COMPLAINT, NOW)
    assert erase(desk.store, desk.settings, "anna@example.org").suppressed
    assert desk.store.subscriptions.suppressed(hashes)
    assert places(desk.settings.home, "anna@") == []


def test_what_a_crash_left_to_be_overwritten_is_done_by_the_next_purge(desk):
    mine = desk.subscribed("anna@example.org")
    desk.store.subscriptions.erase([mine.id])
    assert places(desk.settings.home, "anna@") != []
    purge(desk.store, desk.settings, NOW)
    assert places(desk.settings.home, "anna@") == []
    assert not desk.store.scrub(), "done once"


def test_no_copy_stays_in_the_file_where_deleting_does_not_overwrite(desk):
    """As in a build of SQLite without secure deletion, and where rows were moved before."""
    mine = desk.subscribed("anna@example.org")
    file = desk.settings.home / "store.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM outbox")
        connection.execute("DELETE FROM subscription")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert places(desk.settings.home, "anna@") == ["store.sqlite"]
    desk.store.subscriptions.erase([mine.id])
    assert desk.store.scrub()
    assert places(desk.settings.home, "anna@") == []


def test_a_reader_of_the_old_state_is_waited_for_and_told(tmp_path, blank_store, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    (home / "store.sqlite").write_bytes(blank_store.read_bytes())
    monkeypatch.setattr("matcher.store.engine.PRAGMAS", ("PRAGMA busy_timeout = 20", "PRAGMA foreign_keys = ON"))
    settings = Settings(home=home, secret="k" * 32)
    with open_store(settings.database_url) as store, sqlite3.connect(home / "store.sqlite") as reader:
        store.subscriptions.suppress("0" * 64, "bounced", NOW)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM subscription").fetchone()
        store.subscriptions.erase(["none"])
        with pytest.raises(StoreLocked):
            store.scrub()
        reader.rollback()
        assert store.scrub()
    reader.close()


def test_a_purge_deletes_what_outlived_its_time_and_nothing_else(desk):
    late, waiting = "late@example.org", "waiting@example.org"
    limit = timedelta(hours=desk.settings.keep_unconfirmed_hours)
    desk.sign_up(late, at=NOW)
    desk.sign_up(waiting, at=NOW + HOUR)
    left = desk.subscribed("left@example.org", at=NOW)
    desk.unsubscribe(left.id, NOW + HOUR)
    reads = desk.subscribed("reads@example.org", at=NOW)
    assert purge(desk.store, desk.settings, NOW + limit).subscriptions == 0
    assert purge(desk.store, desk.settings, NOW + limit + HOUR / 2).subscriptions == 1
    assert {one.address for one in desk.all()} == {waiting, left.address, reads.address}
    end = NOW + HOUR + timedelta(days=desk.settings.keep_ended_days)
    purge(desk.store, desk.settings, end - HOUR)
    assert {one.address for one in desk.all()} == {left.address, reads.address}
    purge(desk.store, desk.settings, end + HOUR)
    assert desk.all() == [reads]
    assert [places(desk.settings.home, name) for name in ("late@", "waiting@", "left@")] == [[], [], []]
    assert places(desk.settings.home, "reads@") != []


def test_a_link_to_an_erased_subscription_leads_nowhere(desk):
    desk.sign_up("late@example.org")
    (late,) = desk.all()
    purge(desk.store, desk.settings, NOW + 3 * DAY)
    with pytest.raises(BadToken):
        desk.confirm(late.id, NOW + 3 * DAY)


def test_what_mails_said_is_deleted_after_its_days_and_that_they_went_is_kept(desk):
    mine = desk.subscribed("anna@example.org")
    send_all(desk)
    (file,) = mail_folder(desk.settings).iterdir()
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    days = timedelta(days=desk.settings.keep_mail_days)
    early = purge(desk.store, desk.settings, NOW + days - HOUR)
    assert (early.contents, early.files, file.exists()) == (0, 0, True)
    due = purge(desk.store, desk.settings, NOW + days + HOUR)
    assert (due.contents, due.files, file.exists()) == (1, 1, False)
    (mail,) = desk.store.outbox.mails(subscription=mine.id)
    assert (mail.state, mail.content) == (MailState.ACCEPTED, "")


def test_what_a_kill_left_of_a_mail_is_deleted_and_what_is_being_written_is_not(desk):
    folder = mail_folder(desk.settings)
    folder.mkdir()
    left, written = folder / ".0123", folder / ".4567"
    for file, at in ((left, NOW - 2 * HOUR), (written, NOW)):
        file.write_text("To: anna@exam")
        os.utime(file, (at.timestamp(), at.timestamp()))
    assert purge(desk.store, desk.settings, NOW).files == 1
    assert list(folder.iterdir()) == [written]


def test_the_mails_of_a_purged_subscription_go_with_it(desk):
    desk.sign_up("late@example.org")
    send_all(desk)
    assert len(list(mail_folder(desk.settings).iterdir())) == 1
    assert purge(desk.store, desk.settings, NOW + 3 * DAY).files == 1
    assert list(mail_folder(desk.settings).iterdir()) == []
    assert desk.store.outbox.mails() == []


# The commands


@pytest.fixture
def run(desk, monkeypatch):
    monkeypatch.setenv("FUNDING_HOME", str(desk.settings.home))
    monkeypatch.setenv("FUNDING_SECRET", desk.settings.secret.get_secret_value())
    return lambda *arguments, **more: CliRunner().invoke(app, ["subscriber", *arguments], **more)


def test_the_list_shows_no_address(desk, run):
    desk.subscribed("anna.liepa@example.org")
    desk.sign_up("berta@example.org")
    text, as_json = run("list").output, run("list", "--json").output
    assert "a…@e….org  riga  lv, weekly  confirmed on 2026-11-23" in text
    assert "b…@e….org  riga  lv, weekly  not confirmed; asked on 2026-11-23" in text
    assert [one["address"] for one in json.loads(as_json)] == ["a…@e….org", "b…@e….org"] or len(
        json.loads(as_json)
    ) == 2
    assert "liepa" not in text + as_json
    assert len(run("list", "--state", "confirmed").output.splitlines()) == 1
    assert run("list", "--profile", "athens").output == ""


def test_an_address_is_taken_from_the_standard_input(desk, run):
    desk.subscribed("anna@example.org")
    told = json.loads(run("export", "-", input="anna@example.org\n").output)
    assert told["subscriptions"][0]["address"] == "anna@example.org"
    assert "subscriptions 1" in run("erase", "-", input="Anna@example.org\n").output
    assert desk.all() == []


def test_what_is_no_address_is_not_repeated(run):
    result = run("erase", "anna.liepa@")
    assert result.exit_code == 2
    assert "This is not one mail address" in result.output
    assert "liepa" not in result.output


def test_purging_by_command(desk, run):
    desk.sign_up("late@example.org", at=datetime(2020, 1, 1, tzinfo=UTC))
    assert run("purge").output.startswith("purged: subscriptions 1,")
    assert desk.all() == []


# What is agreed to


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_in_each_language_what_the_settings_do(language):
    settings = Settings(
        contact="Office of Riga, privacy@riga.example.org",
        keep_unconfirmed_hours=31,
        keep_ended_days=17,
        keep_mail_days=23,
        keep_backups=11,
    )
    notice = privacy_notice(settings, language)
    kept = [one for section in notice.sections for one in section.kept]
    said = [*(one for section in notice.sections for one in section.paragraphs), *(one.until for one in kept)]
    assert settings.contact in notice.sections[0].paragraphs[0]
    assert [[number for number in (31, 17, 23, 11) if str(number) in one.until] for one in kept] == [
        [17], [17], [17], [23], [31], [], [11],
    ]  # fmt: skip
    assert [one for one in said if "{" in one or "}" in one] == []
    rights = "\n".join(notice.sections[-1].paragraphs)
    assert [article for article in ("15", "18", "20", "21", "77") if article not in rights] == []


def test_without_a_contact_the_notice_says_so():
    for language in LANGUAGES:
        missing = wording(CONSENT, f"1/{language}").notice.nobody_named
        assert missing in privacy_notice(Settings(contact=" "), language).sections[0].paragraphs[0]


def test_all_languages_of_a_version_say_the_same_things():
    notices = [wording(CONSENT, text_version(CONSENT, language)).notice for language in LANGUAGES]
    shape = {tuple((len(one.paragraphs), len(one.kept)) for one in notice.sections) for notice in notices}
    assert len(shape) == 1
    named = {tuple(re.findall(r"{\w+}", (CONSENT / "1" / f"{code}.yml").read_text("utf-8"))) for code in LANGUAGES}
    assert len(named) == 1
    assert {name.strip("{}") for name in named.pop()} == {*notice_values(Settings(), "en"), "contact"}


def test_the_wait_for_a_confirmation_is_as_long_as_its_link_works():
    assert Settings.model_fields["keep_unconfirmed_hours"].default >= VALID_HOURS


def test_what_somebody_agreed_to_stays_as_it_was():
    sums = yaml.safe_load((CONSENT / "sums.yml").read_text("utf-8"))
    files = {f"{file.parent.name}/{file.stem}": file for file in CONSENT.glob("*/*.yml")}
    assert {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()} == sums
    assert {name.split("/")[0] for name in sums} == {"1"}
    assert {name.split("/")[1] for name in sums} == set(LANGUAGES)


def test_the_newest_version_is_asked_for_and_old_ones_stay_readable(tmp_path):
    for version, words in (("1", "first"), ("2", "second"), ("10", "tenth")):
        (tmp_path / version).mkdir()
        text = (CONSENT / "1" / "en.yml").read_text("utf-8")
        (tmp_path / version / "en.yml").write_text(
            re.sub(r"consent: >-\n(  .*\n)+", f"consent: {words}\n", text), "utf-8"
        )
    assert text_version(tmp_path, "en") == "10/en"
    assert wording(tmp_path, "10/en").consent == "tenth"
    assert wording(tmp_path, "1/en").consent == "first"


@pytest.mark.parametrize("version", ["../../etc/passwd", "1/en/../../x", "1", "1/EN", "9/en"])
def test_a_version_names_a_file_of_its_folder_or_none(version):
    with pytest.raises(BadFactFile):
        wording(CONSENT, version)


def test_a_language_that_is_not_offered_is_refused():
    with pytest.raises(UnknownLanguage, match="en, fr"):
        privacy_notice(Settings(), "tlh")


def test_an_export_survives_that_the_wording_is_gone(desk, monkeypatch):
    desk.subscribed("anna@example.org")
    elsewhere = desk.settings.model_copy(update={"data": desk.settings.home})
    told = export(desk.store, elsewhere, "anna@example.org")["subscriptions"][0]
    assert (told["agreed_to"], told["consent"]["text_version"]) == ("", "1/lv")
    assert told["state"] == SubscriptionState.CONFIRMED
