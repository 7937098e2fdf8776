"""`funding digest preview`: what would go out, without anything going out."""

import json

import pytest

from matcher.model import EventKind
from tests.doubles.news_world import MONDAY, World, made_call, made_event


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path / "home")
    call, old = made_call("A"), made_call("B")
    events = [made_event(old, EventKind.NEW, MONDAY.replace(day=1)), made_event(call, EventKind.NEW)]
    world.load([call, old], events)
    return world


@pytest.fixture
def funding(world, monkeypatch, capsys):
    from matcher import cli

    monkeypatch.setenv("FUNDING_HOME", str(world.folder))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["funding", "digest", "preview", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_a_preview_shows_the_mail_and_stores_none(funding, world, tmp_path):
    file = tmp_path / "mail.html"
    code, out, _ = funding("riga", "--on", MONDAY.isoformat(), "--language", "fr", "--html", str(file))
    assert code == 0
    assert out.startswith("Subject: Appels pour Riga City Council")
    assert "Call A" in out
    assert "Call B" not in out, "older than a week"
    assert '<html lang="fr">' in file.read_text(encoding="utf-8")
    assert world.store.outbox.mails() == []


@pytest.mark.parametrize(("since", "told"), [("0", {"A", "B"}), ("1", {"A"}), ("2026-11-01", {"A", "B"}), ("2", set())])
def test_since_a_place_or_a_day(funding, since, told):
    code, out, _ = funding("riga", "--on", MONDAY.isoformat(), "--since", since, "--json")
    sections = (json.loads(out) or {"sections": []})["sections"]
    assert code == 0
    assert {item["card"]["call"][-1] for section in sections for item in section["items"]} == told


def test_nothing_to_tell_is_said(funding):
    assert funding("riga", "--on", MONDAY.isoformat(), "--since", "2")[1] == "nothing to tell: no mail would be sent\n"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("riga", "--since", "yesterday"), "yesterday"),
        (("riga", "--language", "xx"), "en, fr, de"),
        (("rigaa",), "riga"),
    ],
)
def test_wrong_usage_says_what_is_allowed(funding, arguments, named):
    code, _, error = funding(*arguments, "--on", MONDAY.isoformat())
    assert code == 2
    assert named in error
