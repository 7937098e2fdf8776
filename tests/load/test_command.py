"""`python -m crawler load`: a run that looks wrong is held, and a person with a reason lets it in."""

import json
from datetime import date

import pytest

from crawler.__main__ import app
from matcher.store import open_store

DAY, NEXT = date(2026, 10, 8), date(2026, 10, 9)


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            app([str(argument) for argument in arguments])
        return ended.value.code, capsys.readouterr().out

    return run


def test_a_held_run_says_how_to_let_it_in_and_the_reason_is_kept(command, write_run, raw, tmp_path):
    assert command("load", write_run([raw(n) for n in range(8)], "first"))[0] == 0
    folder = write_run([raw(n, day=NEXT) for n in range(3)], "second", NEXT)

    code, out = command("load", folder)
    assert code == 1
    assert ": held; 3 records after 8 in the good run portal/first" in out
    assert f"if the source itself changed so: funding load {folder} --accept 'how you know'" in out

    code, out = command("load", folder, "--accept", "the site says so", "--json")
    (outcome,) = json.loads(out)
    assert (code, outcome["verdict"], outcome["calls"], outcome["ok"]) == (0, "warn", 3, True)
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        assert store.last_good_run("portal").accepted == "the site says so"


def test_an_interrupted_run_is_no_held_one(command, write_run, raw):
    code, out = command("load", write_run([raw(1)], report=None), "--accept", "it is fine")
    assert code == 1
    assert ": failed; " in out
    assert "--accept" not in out
