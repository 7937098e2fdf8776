"""`funding workspace`: feedback that names nobody, the first admin, erasing an account."""

import json

import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.model import Dislike, Permission, Stage
from matcher.store import open_store
from matcher.workspaces.desk import Desk
from matcher.workspaces.permissions import User


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def store(home):
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as opened:
        yield opened


@pytest.fixture
def funding(home):
    def run(*arguments, **given):
        done = CliRunner().invoke(app, ["workspace", *arguments], **given)
        return done.exit_code, done.output

    return run


def test_feedback_for_the_ranking_names_no_person(funding, store, person, now):
    mine = Desk(store, person("ilze", riga=Permission.EDITOR))
    mine.set_stage("riga", "portal:a", Stage.WON, now)
    mine.set_owner("riga", "portal:a", "Ilze Kalniņa", now)
    mine.write_note("riga", "portal:a", "Ilze phones.", now)
    mine.dismiss("riga", "portal:b", Dislike.TOO_LARGE, "Ilze says so.", now)
    code, told = funding("feedback", "--json")
    assert (code, json.loads(told)) == (
        0,
        [
            {"organisation": "riga", "call": "portal:a", "stage": "won", "reason": None, "day": "2026-03-02"},
            {
                "organisation": "riga",
                "call": "portal:b",
                "stage": "dismissed",
                "reason": "too_large",
                "day": "2026-03-02",
            },
        ],
    )
    lines = funding("feedback")[1]
    assert "2026-03-02  riga  portal:b  dismissed (too_large)" in lines
    assert "lze" not in told + lines


def test_the_first_admin_is_let_in_by_who_runs_the_service(funding, store, now):
    assert funding("let-in", "riga", "-", input="Ilze@Riga.example\n")[0] == 0
    store.workspaces.sign_in("https://login.example", "1", "Ilze", "ilze@riga.example", now, "ilze")
    assert Desk(store, User(account="ilze")).permission("riga") is Permission.ADMIN


def test_what_is_not_there_is_told(funding):
    code, told = funding("let-in", "riga", "ilze")
    assert (code, "is not one mail address" in " ".join(told.split())) == (2, True)
    assert "ilze" not in told
    assert CliRunner().invoke(app, ["workspace", "let-in", "rga", "a@riga.example"]).exit_code != 0


def test_an_account_is_erased_down_to_the_bytes(funding, store, home, person):
    person("ilze", riga=Permission.EDITOR)
    funding("let-in", "riga", "ilze@riga.example", "--as", "reader")
    code, told = funding("erase-account", "ILZE@riga.example")
    assert (code, told) == (0, "erased: accounts 1, invitations 1; backups expire\n")
    assert store.workspaces.accounts(["ilze"]) == {}
    assert b"ilze@riga.example" not in b"".join(one.read_bytes() for one in home.glob("store.sqlite*"))
