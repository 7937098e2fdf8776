"""A link does what it was made for and nothing else; the key is made once, stays secret, and can be changed."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import VALID, BadSecret, BadToken, Purpose, Refusal, Tokens, signing_keys
from matcher.settings import Settings

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
OLD_KEY, NEW_KEY = "an old key that is long enough 0123", "a newer key that is long enough 456"
ID = "3f" * 16
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.=+/ é\0"


def tokens(key=NEW_KEY, at=NOW, home=Path("/nowhere")):
    return Tokens(Settings(home=home, secret=key), lambda: at)


def refusal(signed_by, purpose, token):
    with pytest.raises(BadToken) as raised:
        signed_by.read(purpose, token)
    assert len(token) < 20 or token not in str(raised.value)
    return raised.value.refusal


@pytest.mark.parametrize("purpose", Purpose)
@given(id=st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=40))
def test_what_was_signed_is_read(purpose, id):
    assert tokens().read(purpose, tokens().sign(purpose, id)) == id


@pytest.mark.parametrize("purpose", Purpose)
@given(place=st.integers(0, 200), letter=st.sampled_from(LETTERS), how=st.sampled_from(["instead", "more", "less"]))
def test_one_letter_changed_added_or_lost_and_it_is_none(purpose, place, letter, how):
    token = tokens().sign(purpose, ID)
    place %= len(token)
    after = token[place + (how != "more") :]
    changed = token[:place] + ("" if how == "less" else letter) + after
    assume(changed != token)
    assert refusal(tokens(), purpose, changed) is Refusal.FOREIGN


@pytest.mark.parametrize("purpose", Purpose)
def test_a_signature_has_one_spelling(purpose):
    """The last of its letters holds two bits that no byte needs."""
    token = tokens().sign(purpose, ID)
    for letter in set(LETTERS) - {token[-1]}:
        assert refusal(tokens(), purpose, token[:-1] + letter) is Refusal.FOREIGN


@given(st.text(max_size=600))
def test_any_text_is_refused(text):
    assert refusal(tokens(), Purpose.CONFIRM, text) is Refusal.FOREIGN


@given(st.sampled_from([(a, b) for a in Purpose for b in Purpose if a is not b]))
def test_a_link_for_one_purpose_serves_no_other(pair):
    made_for, used_for = pair
    assert refusal(tokens(), used_for, tokens().sign(made_for, ID)) is Refusal.FOREIGN


@given(st.text(st.characters(codec="ascii", exclude_characters=",", categories=["L", "N", "P"]), min_size=32))
def test_another_key_signs_nothing_that_counts(key):
    assume(key.strip() != NEW_KEY)
    assert refusal(tokens(), Purpose.UNSUBSCRIBE, tokens(key).sign(Purpose.UNSUBSCRIBE, ID)) is Refusal.FOREIGN


@pytest.mark.parametrize("purpose", VALID)
def test_it_expires_when_its_time_is_over_and_not_before(purpose):
    token = tokens().sign(purpose, ID)
    last = NOW + VALID[purpose]
    assert tokens(at=last).read(purpose, token) == ID
    assert refusal(tokens(at=last + timedelta(seconds=1)), purpose, token) is Refusal.EXPIRED


@pytest.mark.parametrize("purpose", [Purpose.UNSUBSCRIBE, Purpose.CALENDAR])
def test_the_way_out_and_the_calendar_never_expire(purpose):
    assert tokens(at=NOW + timedelta(days=9_000)).read(purpose, tokens().sign(purpose, ID)) == ID


def test_a_key_is_changed_without_breaking_what_was_sent():
    before, both, after = tokens(OLD_KEY), tokens(f"{NEW_KEY}, {OLD_KEY}"), tokens(NEW_KEY)
    old, new = before.sign(Purpose.UNSUBSCRIBE, ID), both.sign(Purpose.UNSUBSCRIBE, ID)
    assert both.read(Purpose.UNSUBSCRIBE, old) == both.read(Purpose.UNSUBSCRIBE, new) == ID
    assert after.read(Purpose.UNSUBSCRIBE, new) == ID
    assert refusal(after, Purpose.UNSUBSCRIBE, old) is Refusal.FOREIGN
    assert refusal(before, Purpose.UNSUBSCRIBE, new) is Refusal.FOREIGN


def test_a_suppressed_address_is_known_again_under_the_new_key():
    written_down = tokens(OLD_KEY).hashes("anna@example.org")[0]
    assert written_down in tokens(f"{NEW_KEY},{OLD_KEY}").hashes("Anna@Example.org")
    assert written_down not in tokens(NEW_KEY).hashes("anna@example.org")
    assert "anna" not in written_down


def test_no_text_of_settings_or_tokens_tells_the_key():
    made = tokens()
    made.sign(Purpose.CONFIRM, ID)
    shown = f"{made} {made!r} {made.settings!r} {made.settings.model_dump()} {made.settings.model_dump_json()}"
    assert NEW_KEY not in shown


@pytest.mark.parametrize("found", ["short", f"{NEW_KEY},short"])
def test_a_short_key_is_refused_and_not_repeated(found):
    with pytest.raises(BadSecret, match="FUNDING_SECRET") as raised:
        tokens(found).sign(Purpose.CONFIRM, ID)
    assert "short" not in str(raised.value).replace("shorter", "")
    assert NEW_KEY not in str(raised.value)


def test_the_key_is_made_once_for_its_owner_only(tmp_path):
    settings = Settings(home=tmp_path / "home")
    made = signing_keys(settings)
    file = settings.home / "secret"
    assert signing_keys(settings) == made
    assert len(made[0]) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in settings.home.iterdir()] == ["secret"]


def test_links_made_before_there_was_a_setting_stay_good(tmp_path):
    before, after = Settings(home=tmp_path), Settings(home=tmp_path, secret=NEW_KEY)
    token, known = Tokens(before).sign(Purpose.UNSUBSCRIBE, ID), Tokens(before).hashes("anna@example.org")
    assert Tokens(after).read(Purpose.UNSUBSCRIBE, token) == ID
    assert set(known) < set(Tokens(after).hashes("anna@example.org"))
    with pytest.raises(BadToken):
        Tokens(before).read(Purpose.UNSUBSCRIBE, Tokens(after).sign(Purpose.UNSUBSCRIBE, ID))


def test_a_key_that_others_may_read_is_refused(tmp_path):
    settings = Settings(home=tmp_path)
    signing_keys(settings)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(BadSecret, match="chmod 600"):
        signing_keys(settings)


@pytest.mark.parametrize("content", [b"", b"too short", "schlüssel".encode() * 9])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    (tmp_path / "secret").write_bytes(content)
    (tmp_path / "secret").chmod(0o600)
    with pytest.raises(BadSecret, match="secret"):
        signing_keys(Settings(home=tmp_path))


def test_a_home_that_is_no_folder_is_told(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(BadSecret, match="cannot be read or made"):
        signing_keys(Settings(home=tmp_path / "home"))


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from matcher.settings import Settings;"
        "from matcher.alerts.readers.tokens import signing_keys; print('ready', flush=True); sys.stdin.readline();"
        "print(signing_keys(Settings(home=Path(sys.argv[1])))[0])"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "home")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "FUNDING_SECRET": ""},
        )
        for _ in range(3)
    ]
    assert [process.stdout.readline() for process in started] == ["ready\n"] * 3
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=60)[0].strip() for process in started}
    assert all(process.returncode == 0 for process in started)
    assert keys == {(tmp_path / "home" / "secret").read_text().strip()}


def links(**settings):
    made = Settings(home=Path("/nowhere"), secret=NEW_KEY, public_url="https://news.example.org/", **settings)
    return Links(made, Tokens(made, lambda: NOW))


def test_links_are_complete_addresses_of_this_site():
    made = links()
    for link in (made.confirm(ID), made.settings(ID), made.unsubscribe(ID), made.digest(ID), made.calendar(ID)):
        assert link.startswith("https://news.example.org/alerts/")
        assert "//" not in link.removeprefix("https://")
    assert made.calendar(ID).endswith(".ics")


def test_what_a_call_is_named_cannot_change_where_a_link_leads():
    link = links().choice(ID, "portal:1&call=x#y ?ü")
    assert link.endswith("?call=portal%3A1%26call%3Dx%23y+%3F%C3%BC")
    assert links().call_page("riga", "a&profile=x") == "https://news.example.org/call?profile=riga&call=a%26profile%3Dx"


def test_leaving_by_mail_needs_a_sender_who_reads_it():
    assert links().unsubscribe_mailto(ID) == ""
    mailto = links(mail_sender="News <news@example.org>").unsubscribe_mailto(ID)
    assert mailto.startswith("mailto:news@example.org?subject=unsubscribe%20")
    assert tokens().read(Purpose.UNSUBSCRIBE, mailto.rpartition("%20")[2]) == ID
