"""The replay of 94 real days of the portal, held against what the raw files say, worked out here by other means."""

import gzip
import json
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from matcher.ledger.replay import replay
from matcher.ledger.series import Series
from matcher.ledger.series_files import read_folder
from matcher.model import EventKind
from matcher.wire.ledger import replay_json

FIRST, LAST = "2026-03-13", "2026-06-15"


@pytest.fixture(scope="module")
def daily(shared):
    return shared / "data" / "portal" / "daily"


def replayed(folder):
    found = read_folder(folder)
    series = Series(found.snapshots, found.differences, found.union)
    done = replay(series.days(), series.known_before)
    return done, replay_json(series, done, found.bad)


@pytest.fixture(scope="module")
def made(daily):
    return replayed(daily)


@pytest.fixture(scope="module")
def lines(daily):
    with gzip.open(next(daily.glob("naive-diff*"))) as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def snapshots(daily):
    found = {}
    for path in sorted(daily.glob("grants_*")):
        with gzip.open(path) as file:
            found[path.name[7:17]] = {one["id"]: one for one in json.load(file)["grants"]}
    return found


def brussels(text):
    return datetime.fromisoformat(text).astimezone(ZoneInfo("Europe/Brussels")).date()


def known_deadlines(lines, snapshots):
    """Per record every deadline that some file states, in order: (day on which it was there to be read, which)."""
    stated, since = defaultdict(list), {}
    of_day = defaultdict(list)
    for line in lines:
        of_day[line["day"]].append(line)
    for day in sorted({*of_day, *snapshots}):
        for line in of_day[day]:
            id, event = line["id"], line["event"]
            if event in ("new", "reappeared"):
                since[id] = day
            elif event == "gone":
                stated[id].append((since.get(id, FIRST), brussels(line["deadline"])))
            elif "deadlineDate" in line["changes"]:
                was, now = line["changes"]["deadlineDate"]
                stated[id] += [(since.get(id, FIRST), brussels(was)), (day, brussels(now))]
        for id, one in snapshots.get(day, {}).items():
            stated[id].append((since.get(id, FIRST), brussels(one["deadlineDate"])))
    return stated


def true_moves(lines, snapshots):
    return {
        (id, was.isoformat(), now.isoformat())
        for id, said in known_deadlines(lines, snapshots).items()
        for (_, was), (_, now) in pairwise(said)
        if was != now
    }


def test_exactly_what_is_really_new_is_new(made, lines, snapshots):
    _, found = made
    new = [(one["id"], one["on"]) for one in found["events"]["new"]]
    assert sorted(new) == sorted((one["id"], one["day"]) for one in lines if one["event"] == "new")
    assert len(new) == len(set(new)) == found["counts"]["new"] == 285
    assert found["silent"]["new"] == len(snapshots[FIRST]) == 868


def test_no_return_is_told_as_new_or_as_returned(made, lines):
    _, found = made
    back = sorted((one["id"], one["day"]) for one in lines if one["event"] == "reappeared")
    assert sorted((one["id"], one["back"]) for one in found["absences_without_news"]) == back
    assert len(back) == 345
    assert found["counts"]["returned"] == 0


def test_nothing_was_withdrawn(made, daily, lines):
    """No call of these days left for good before its deadline: the union knows when each was last there."""
    with gzip.open(daily / "union_until_2026-06-15.json.gz") as file:
        union = json.load(file)
    gone = {one["id"]: one for one in lines if one["event"] == "gone"}
    left = [
        one["id"]
        for one in union
        if one["_last_seen"] <= "2026-06-08"
        and brussels(gone[one["id"]]["deadline"]) > date.fromisoformat(one["_last_seen"]) + timedelta(days=8)
    ]
    assert left == []
    assert made[1]["counts"]["withdrawn"] == 0


def test_every_real_move_of_a_deadline_is_told_once_and_no_other(made, lines, snapshots):
    _, found = made
    told = [(one["id"], *one["was"], *one["now"]) for one in found["deadline_moves"]]
    assert sorted(told) == sorted(true_moves(lines, snapshots))
    assert len(told) == found["counts"]["deadline_moves"] == 46


def test_a_move_is_told_on_the_first_day_on_which_it_was_there_to_be_read(made, lines, snapshots):
    known = known_deadlines(lines, snapshots)
    for move in made[1]["deadline_moves"]:
        assert (move["on"], date.fromisoformat(move["now"][0])) in known[move["id"]]


def test_moves_hidden_in_gaps_of_the_listing_are_among_them(made, lines):
    named = {
        (one["id"], *(brussels(text).isoformat() for text in one["changes"]["deadlineDate"]))
        for one in lines
        if one["event"] == "changed" and "deadlineDate" in one["changes"]
    }
    told = {(one["id"], *one["was"], *one["now"]) for one in made[1]["deadline_moves"]}
    assert ("49783365TOPICSen", "2026-03-24", "2026-04-14") in told - named
    assert len(told - named) == 18


def test_jittering_seconds_and_hours_are_no_change(made, lines):
    same_day = [
        one
        for one in lines
        if one["event"] == "changed"
        and "deadlineDate" in one["changes"]
        and len({brussels(text) for text in one["changes"]["deadlineDate"]}) == 1
    ]
    told = {(one["id"], one["on"]) for one in made[1]["deadline_moves"]}
    assert len(same_day) == 88
    assert not {(one["id"], one["day"]) for one in same_day} & told


def test_days_are_rebuilt_exactly(daily, snapshots):
    found = read_folder(daily)
    series = Series(found.snapshots, found.differences, found.union)
    only_first = Series(dict(list(found.snapshots.items())[:1]), found.differences, found.union)
    rebuilt = {day.isoformat(): set(rows) for day, rows in only_first.days()}
    assert all(rebuilt[day] == set(records) for day, records in snapshots.items())
    assert [day.isoformat() for day in series.not_read] == [
        "2026-03-23",
        "2026-04-05",
        "2026-04-06",
        "2026-04-20",
        "2026-05-24",
        "2026-05-30",
    ]
    assert list(series.days())
    assert series.contradicted == []


def test_only_the_lost_family_was_not_believed(made):
    days = made[1]["absences_not_believed"]
    assert {group for one in days for group in one["groups"]} == {"kind external_action", "programme 111111"}
    assert (days[0]["day"], days[-1]["day"]) == ("2026-04-17", "2026-04-27")


def test_the_same_series_makes_the_same_ledger(made, daily):
    again, found = replayed(daily)
    assert again.events == made[0].events
    assert found == made[1]
    assert len({event.key for event in again.events}) == len(again.events)


def test_with_whole_days_alone(daily, tmp_path, snapshots):
    for path in daily.glob("grants_*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    done, found = replayed(tmp_path)
    met, new = set(snapshots[FIRST]), []
    for day in sorted(snapshots)[1:]:
        new += [(id, day) for id in snapshots[day].keys() - met]
        met |= snapshots[day].keys()
    assert sorted((one["id"], one["on"]) for one in found["events"]["new"]) == sorted(new)
    assert found["days_read"] == sorted(snapshots)
    last_known, moves = {}, set()
    for day in sorted(snapshots):
        for id, one in snapshots[day].items():
            now = brussels(one["deadlineDate"])
            if last_known.get(id, now) != now:
                moves.add((id, day, last_known[id].isoformat(), now.isoformat()))
            last_known[id] = now
    assert {(one["id"], one["on"], *one["was"], *one["now"]) for one in found["deadline_moves"]} == moves
    assert [event for event in done.events if event.kind is EventKind.WITHDRAWN] == []


def test_a_series_that_begins_later_knows_what_is_older(daily, tmp_path, lines):
    for path in daily.iterdir():
        if "2026-03-1" not in path.name[:17]:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    _, found = replayed(tmp_path)
    first = found["days_read"][0]
    assert first == "2026-04-01"
    expected = sorted(one["id"] for one in lines if one["event"] == "new" and one["day"] > first)
    assert sorted(one["id"] for one in found["events"]["new"]) == expected
