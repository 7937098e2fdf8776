"""Lists made to break their reader: each ends in a reading or a reason, in little time."""

import subprocess
import sys
import time

import pytest
from pydantic import ValidationError

from crawler.imports.source import source_of
from crawler.platforms import json_records, xml_records
from crawler.timetables.mapping import Mapping, load_mapping
from crawler.timetables.readers import BadList
from matcher.factfile import BadFactFile
from tests.doubles.workbook import xlsx

XML = {"title": ["T"], "opening": ["O"]}
JSON = {"title": ["t"], "opening": ["o"]}
COMMENTS = "<!--x-->" * 400 + "<list>"


def test_a_row_of_comments_is_told_from_a_web_page_at_once():
    """In a process of its own: a search that tries every way to part the comments would not end, nor be interrupted."""
    question = f"from crawler.timetables.readers import page_title; print(repr(page_title({COMMENTS!r})))"
    done = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "''"


def test_a_web_page_behind_comments_is_told_as_one(read):
    with pytest.raises(BadList, match="is a web page, titled 'Blocked'"):
        read("<?xml version='1.0'?> <!-- a --><!-- b --> <html><title>Blocked</title></html>", XML, records="R")


def test_a_prefix_that_was_never_declared_is_a_reason(read):
    with pytest.raises(BadList, match="Namespace prefix x on O is not defined"):
        read("<list><R><T>Integrácia</T><x:O>1.1.2027</x:O></R></list>", XML, records="R")


@pytest.mark.parametrize("path", ["T/..//*[", "", "/", "T[", "(", "T[.='x']", "..", "}{", "@", "T/@", "T//T"])
def test_a_path_that_is_none_finds_nothing(read, path):
    found = read("<list><R><T>x</T><O>2027-01-01</O></R></list>", {**XML, "code": [path]}, records="R")
    assert [(call.title, call.identifier) for call in found.calls] == [("x", "")]
    assert any(issue.field == "code" for issue in found.issues)


@pytest.mark.parametrize("tag", ["<R/>", "<other/>"])
def test_a_flood_of_elements_is_refused(read, monkeypatch, tag):
    monkeypatch.setattr(xml_records, "MAX_RECORDS", 50)
    monkeypatch.setattr(xml_records, "MAX_ALL_ELEMENTS", 90)
    with pytest.raises(BadList, match=r"over (50 records|90 elements)"):
        read(f"<list>{tag * 100}<R><T>x</T></R></list>", XML, records="R")


def test_a_flood_of_json_records_is_refused(read, monkeypatch):
    monkeypatch.setattr(json_records, "MAX_RECORDS", 50)
    with pytest.raises(BadList, match="over 50 records"):
        read("[" + ",".join(["{}"] * 51) + "]", JSON)


@pytest.mark.parametrize("number", ["9" * 1_000_000, "-0." + "1" * 1_000_000, "1e99999999999999999999", "1E-9999999"])
def test_a_number_beyond_all_sense_is_refused_before_the_parser_meets_it(read, number):
    with pytest.raises(BadList, match="a number that begins or ends as"):
        read(f'[{{"t": {number}}}]', JSON)


@pytest.mark.parametrize("number", ["9" * 29, "1e12", "-12.50", "1E+3"])
def test_numbers_of_calls_are_taken(read, number):
    assert read(f'[{{"t": {number}}}]', JSON).calls


@pytest.mark.parametrize("half", [r"\ud83d", r"\udfff", r"\uDFFF\ud83d", r"\\\ud83d"])
def test_half_a_character_does_not_cost_the_list(read, half):
    found = read(f'[{{"t": "Výzva {half} 1", "{half}": 1}}, {{"t": "\\ud83d\\ude00 \\\\ud83d"}}]', JSON)
    assert "Výzva" in found.calls[0].title
    assert "\ufffd" in found.calls[0].title
    assert found.calls[1].title == "\N{GRINNING FACE} \\ud83d"


def test_a_text_that_never_ends_is_refused_before_it_is_read_again_and_again(read):
    with pytest.raises(BadList, match=r"a text of 200000.. bytes"):
        read('["' + r"\"" * 10_000_000, JSON)


@pytest.mark.parametrize("cell", ["1." * 50_000 + "!", "9" * 100_000 + "x", "a" + " " * 100_000 + "b"])
@pytest.mark.parametrize("field", ["title", "budget", "code"])
def test_a_cell_of_a_hundred_thousand_signs_is_read_at_once(read, cell, field):
    started = time.process_time()
    found = read(f'[{{"t": "Výzva", "x": "{cell}"}}]', {"title": ["t"], field: ["x"]}, unit="mil.")
    assert time.process_time() - started < 2
    assert len(found.calls) == 1


@pytest.mark.parametrize("name", ["klingon", "zlib", "rot13", "utf\0"])
def test_an_encoding_that_is_none_is_refused_with_the_mapping(read, name):
    with pytest.raises(ValidationError, match="the name of an encoding of text"):
        read(b"T;O\n\xe8;1\n", XML, encoding=name)


def test_a_table_in_utf_16_without_its_mark_is_no_list_of_odd_signs(read):
    with pytest.raises(BadList, match="holds zero bytes"):
        read("T;O\nVýzva;1.1.2027\n".encode("utf-16-le"), XML)


GROWING = "a: &a {}\n" + "".join(
    f"{new}: &{new} {{<<: [{','.join([f'*{old}'] * 9)}]}}\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GROWING, r"line 7: is not valid YAML: over .* values, repeated ones"),
        ("country: &a [*a]", "field country: found"),
        ("[" * 100_000, "over 30 levels or"),
        ("a: " + "{a: " * 50_000, "over 30 levels or"),
        ("? [a, b]\n: c", "a list or mapping as a key"),
        ("country: !!python/object/apply:os.system [id]", "could not determine a constructor"),
        ("# " + "x" * 300_000, "300002 bytes; a mapping has at most"),
        (f"country: [{'x,' * 50_000}]", r"field country: found \['x', .{250,300}…; write a text"),
    ],
)
def test_a_mapping_made_to_grow_is_refused_with_its_place(tmp_path, text, said):
    file = tmp_path / "mapping.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadFactFile, match=said):
        load_mapping(file)


@pytest.mark.parametrize("country", ["EU", "ZZ", "XX"])
def test_a_country_that_is_none_is_refused(country):
    source = {"name": "plan", "title": "t", "publisher": "p", "url": "https://e.example/", "licence": "l"}
    mapping = Mapping(country=country, language="hu", columns=XML, source={**source, "funds": ["ESF+"]})
    with pytest.raises(BadFactFile, match=f"field country: found '{country}'"):
        source_of(mapping, "mapping.yml")


def test_a_workbook_in_an_encoding_that_is_none_is_a_reason(read, monkeypatch):
    monkeypatch.setattr("tests.doubles.workbook.HEAD", '<?xml version="1.0" encoding="UdF-8"?>')
    with pytest.raises(BadList, match=r"is damaged or locked \(unknown encoding"):
        read(xlsx({"S": [["T", "O"], ["x", "1.1.2027"]]}), XML)
