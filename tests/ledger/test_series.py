"""A folder of days: read with whatever is in it, rebuilt where days have no file of their own, bad files named."""

import gzip
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.ledger.series import Series
from matcher.ledger.series_files import NoSeries, read_folder

D1, D2, D3, D4, D5 = (f"2027-03-0{number}" for number in range(1, 6))


def record(id="1TOPICSen", deadline="2027-06-01T00:00:00.000Z", **said):
    return {
        "id": id,
        "identifier": f"AMIF-{id}",
        "title": f"Call {id}",
        "url": f"https://example.org/{id}",
        "status": {"id": "31094502", "label": "Open"},
        "kind": {"id": "1", "label": "Grant"},
        "startDate": "2027-01-01T00:00:00.000Z",
        "deadlineDate": deadline,
        "frameworkProgrammes": [{"id": "43251589", "label": "CERV"}],
        "budget": None,
        "something": {"else": [1, 2]},
    } | said


@pytest.fixture
def folder(tmp_path):
    """Writes a whole day, a difference, or any file."""

    class Folder:
        path = tmp_path

        def day(self, day, *records, packed=False):
            content = json.dumps({"grants": list(records)}).encode()
            name = f"grants_{day}.json"
            self.file(f"{name}.gz" if packed else name, gzip.compress(content) if packed else content)

        def difference(self, *lines, name="naive-diff-events_x.jsonl"):
            self.file(name, "".join(f"{json.dumps(line)}\n" for line in lines).encode())

        def file(self, name, content):
            (tmp_path / name).write_bytes(content)

    return Folder()


def series_of(folder):
    found = read_folder(folder.path)
    return Series(found.snapshots, found.differences, found.union)


def deadlines(series, id="1TOPICSen"):
    return {day.isoformat(): rows[id].deadlineDate[:10] for day, rows in series.days() if id in rows}


def change(day, was, now, id="1TOPICSen"):
    return {
        "day": day,
        "event": "changed",
        "id": id,
        "changes": {"deadlineDate": [f"{was}T00:00:00Z", f"{now}T00:00:00Z"]},
    }


def gone(day, deadline=None, id="1TOPICSen"):
    return {"day": day, "event": "gone", "id": id, "deadline": deadline and f"{deadline}T00:00:00Z"}


def back(day, id="1TOPICSen"):
    return {"day": day, "event": "reappeared", "id": id}


def replayed(folder, *options):
    return CliRunner().invoke(app, ["ledger", "replay", str(folder.path), *options])


def test_days_are_rebuilt_from_the_difference(folder):
    folder.day(D1, record(), record("2TOPICSen"))
    folder.difference(
        change(D2, "2027-06-01", "2027-06-09"), gone(D3, id="2TOPICSen"), {"day": D3, "event": "new", "id": "3TOPICSen"}
    )
    series = series_of(folder)
    assert [sorted(rows) for _, rows in series.days()] == [
        ["1TOPICSen", "2TOPICSen"],
        ["1TOPICSen", "2TOPICSen"],
        ["1TOPICSen", "3TOPICSen"],
    ]
    assert deadlines(series) == {D1: "2027-06-01", D2: "2027-06-09", D3: "2027-06-09"}


@pytest.mark.parametrize(
    "then",
    [
        [change(D4, "2027-07-01", "2027-07-02")],
        [gone(D4, "2027-07-01")],
    ],
    ids=["its next change tells", "the deadline with which it went tells"],
)
def test_a_move_in_a_gap_is_seen_when_the_call_is_there_again(folder, then):
    folder.day(D1, record())
    folder.difference(gone(D2, "2027-06-01"), back(D3), *then)
    assert deadlines(series_of(folder))[D3] == "2027-07-01"


def test_a_move_in_a_gap_is_told_by_the_next_whole_day(folder):
    folder.day(D1, record())
    folder.day(D5, record(deadline="2027-07-01T00:00:00Z"))
    folder.difference(gone(D2, "2027-06-01"), back(D3), gone(D4, "2027-07-01", id="none"))
    assert deadlines(series_of(folder)) == {D1: "2027-06-01", D3: "2027-07-01", D4: "2027-07-01", D5: "2027-07-01"}


def test_what_is_known_of_a_later_stretch_is_not_taken_for_this_one(folder):
    folder.day(D1, record())
    folder.day(D5, record(deadline="2027-07-01T00:00:00Z"))
    folder.difference(gone(D2, "2027-06-01"), back(D3), gone(D4), back(D5))
    assert deadlines(series_of(folder))[D3] == "2027-06-01"


def test_a_new_record_without_a_whole_day_is_taken_from_the_union(folder):
    folder.day(D1, record())
    folder.difference({"day": D2, "event": "new", "id": "2TOPICSen"})
    folder.file("union_x.json", json.dumps([record("2TOPICSen", "2027-09-01T00:00:00Z", _first_seen=D2)]).encode())
    assert deadlines(series_of(folder), "2TOPICSen") == {D2: "2027-09-01"}


def test_where_a_whole_day_contradicts_the_difference_the_whole_day_is_believed(folder):
    folder.day(D1, record(), record("2TOPICSen"))
    folder.day(D3, record())
    folder.difference(back(D2, "3TOPICSen"), change(D3, "2027-06-01", "2027-06-01"))
    series = series_of(folder)
    assert [sorted(rows) for _, rows in series.days()][-1] == ["1TOPICSen"]
    assert series.contradicted == [date(2027, 3, 3)]


def test_days_of_which_nothing_is_said_were_not_read(folder):
    folder.day(D1, record())
    folder.day(D5, record(), packed=True)
    folder.difference(back(D3, "2TOPICSen"))
    series = series_of(folder)
    assert [day.isoformat() for day in series.read] == [D1, D3, D5]
    assert [day.isoformat() for day in series.not_read] == [D2, D4]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (f"grants_{D2}.json", b'{"grants": [', "EOF while parsing"),
        (f"grants_{D2}.json", b'{"grants": []}', "it holds no call"),
        (f"grants_{D2}.json", b"[]", "it holds no call"),
        (f"grants_{D2}.json", b'{"grants": [{"identifier": "no id"}]}', "grants.0.id"),
        (f"grants_{D2}.json", b'{"grants": [{"id": "1", "deadlineDate": "soon"}]}', "grants.0.deadlineDate"),
        (f"grants_{D2}.json", b'{"grants": [{"id": "1", "startDate": "9999-12-31T23:59:59Z"}]}', "grants.0.startDate"),
        (f"grants_{D2}.json.gz", b"\x1f\x8b\x08\x00broken", "Compressed file ended"),
        (f"grants_{D2}.json.gz", b"no gzip at all", "Not a gzipped file"),
        (f"grants_{D2}.json", b"\xff\xfe\x00", "the whole"),
        ("grants_2027-02-30.json", b'{"grants": []}', "day is out of range"),
        (
            f"grants_{D1}.json.gz",
            gzip.compress(mtime=0, data=b'{"grants": [{"id": "1"}]}'),
            "another file gives the same day",
        ),
        ("naive-diff-events_y.jsonl", b'{"day": "2027-03-02", "event": "stolen", "id": "1"}\n', "line 1: event"),
        ("naive-diff-events_y.jsonl", b'\n{"day": "x"}\n', "line 2: day"),
        ("union_y.json", b"{}", "grants"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong_and_the_rest_is_read(folder, name, content, said):
    folder.day(D1, record())
    folder.day(D3, record(), record("2TOPICSen"))
    folder.file(name, content)
    result = replayed(folder, "--json")
    found = json.loads(result.stdout)
    assert [one["file"] for one in found["bad_files"]] == [name]
    assert said in found["bad_files"][0]["problem"]
    assert name in result.stderr
    assert "Traceback" not in result.output
    assert result.exit_code == 1
    assert found["days_read"] == [D1, D3]
    assert [one["id"] for one in found["events"]["new"]] == ["2TOPICSen"]


def test_a_record_that_cannot_be_read_is_taken_as_before_and_named(folder):
    """It stands there, so it was not withdrawn; of the others the day tells what it tells."""
    folder.day("2027-03-01", record(), record("2TOPICSen"))
    for day in range(2, 12):
        folder.day(f"2027-03-{day:02}", record(), record("2TOPICSen", "to be announced"), record("3TOPICSen"), {"x": 1})
    result = replayed(folder, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["counts"] == {kind: int(kind == "new") for kind in found["counts"]}
    assert found["days_not_read"] == []
    assert found["bad_files"][0] == {
        "file": "grants_2027-03-02.json",
        "problem": "2 of 4 records, taken as before; "
        "grants.1.deadlineDate: Value error, Invalid isoformat string: 'to be announced' (1 errors)",
    }


def test_numbers_for_texts_and_ids_without_labels_are_read(folder):
    said = {"identifier": 7, "title": 8, "kind": 1, "status": "31094502", "frameworkProgrammes": "P", "budget": []}
    folder.day(D1, record(5, **said))
    [(_, rows)] = series_of(folder).days()
    (row,) = rows.values()
    assert (row.id, row.identifier, row.title) == ("5", "7", "8")
    assert (row.kind, row.status, row.programme, row.budget) == ("1", "31094502", "P", ())


def test_other_files_are_left_alone(folder):
    folder.day(D1, record())
    folder.file("README.md", b"\xff")
    result = replayed(folder)
    assert result.exit_code == 0
    assert "1 days read" in result.stdout or "1 day" in result.stdout


def test_a_folder_without_a_day_is_refused(folder):
    folder.file(f"grants_{D2}.json", b"{")
    result = replayed(folder)
    assert result.exit_code == 2
    assert f"grants_{D2}.json" in result.stderr.replace("\n", "")
    with pytest.raises(NoSeries, match="not a folder"):
        read_folder(folder.path / "absent")


def test_hostile_text_is_printed_harmlessly(folder):
    folder.day(D1, record())
    folder.day(D2, record(), record("2TOPICSen", title="\x1b[31mred\u202e", url="javascript:alert(1)"))
    result = replayed(folder, "--json")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert json.loads(result.stdout)["events"]["new"][0]["title"] == "\x1b[31mred\u202e"
