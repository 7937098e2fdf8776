"""Lists in every form that authorities publish, and in the bad ones: what is wrong is named, what is good is kept."""

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from crawler.timetables.readers import BadList
from tests.doubles.workbook import Raw, xlsx

COLUMNS = {
    "title": ["Nazwa działania"],
    "opening": ["Data początkowa"],
    "deadlines": ["Data końcowa"],
    "area": ["Województwo", "Powiat"],
    "code": ["Numer naboru"],
    "budget": ["Kwota"],
}
HEADER = ["Numer naboru", "Nazwa działania", "Data początkowa", "Data końcowa", "Województwo", "Powiat", "Kwota"]


def csv(*rows: list[str]) -> str:
    return "\n".join(";".join(f'"{cell}"' for cell in row) for row in [HEADER, *rows]) + "\n"


def row(code="N1", title="Integracja", opening="2027-01-01", deadline="2027-03-01", area="", county="", budget=""):
    return [code, title, opening, deadline, area, county, budget]


def told(found) -> list[tuple[str, str]]:
    return [(issue.field, issue.place) for issue in found.issues]


def test_all_columns_of_a_field_that_gathers_are_taken_and_the_header_is_remembered(read):
    (call,) = read(csv(row(area="Mazowieckie", county="Płocki")), COLUMNS).calls
    assert call.national.area == ("Mazowieckie", "Płocki")
    assert call.national.columns["area"] == "Województwo, Powiat"
    assert call.national.columns["opening"] == "Data początkowa"
    assert (call.reference, call.national.row, call.national.file) == ("N1", 2, "plan.xlsx")


def test_of_other_fields_the_first_column_that_is_filled_counts(read):
    columns = {**COLUMNS, "opening": ["Data początkowa", "Data końcowa"], "deadlines": ["Data końcowa"]}
    first, second = read(csv(row(), row("N2", opening="")), columns).calls
    assert (first.opening, second.opening) == ("2027-01-01", "2027-03-01")
    assert second.deadlines == ("2027-03-01",)
    assert second.national.columns["opening"] == "Data końcowa"


def test_a_workbook_with_its_header_low_merged_cells_and_days_of_every_kind(read):
    rows = [
        ["Harmonogram naborów"],
        [],
        ["stan na 1 listopada"],
        HEADER,
        ["N1", "Integracja", 46388, "30.06.2027", "Mazowieckie", "", 1000000],
        ["N2", "Kursy", "II kwartał 2027", "", None, "", "2 mln euro"],
        ["N3", "Kluby", "styczeń 2027", "wkrótce", "Śląskie", "", "500 000 zł"],
    ]
    found = read(xlsx({"Uwagi": [["nic"]], "Plan": rows}, merged=["E5:E6"]), COLUMNS, records="Plan")
    assert [call.opening for call in found.calls] == ["2027-01-01", "II kwartał 2027", "styczeń 2027"]
    assert [call.national.area for call in found.calls] == [("Mazowieckie",), ("Mazowieckie",), ("Śląskie",)]
    assert [call.budget for call in found.calls] == ["1000000", "2 mln euro", "500 000 zł"]
    assert [call.national.row for call in found.calls] == [5, 6, 7]
    assert not [issue for issue in found.issues if "Uwagi" in issue.place]


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(read):
    with pytest.raises(BadList, match=r"plan\.xlsx: no sheet 'Plan'; found 'Sheet 1', 'Notes'"):
        read(xlsx({"Sheet 1": [HEADER], "Notes": [["x"]]}), COLUMNS, records="Plan")


def test_a_formula_without_value_is_told_with_its_cell_and_the_rest_of_the_row_kept(read):
    none = Raw('<c r="{place}"><f>G1+1</f></c>')
    blank = Raw('<c r="{place}"><f>G1+2</f><v/></c>')
    no_text = Raw('<c r="{place}" t="str"><f>""</f><v></v></c>')
    broken = Raw('<c r="{place}" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    counted = Raw('<c r="{place}"><f>1000+1000</f><v>2000</v></c>')
    rows = [HEADER, ["N1", "A", "2027", "", "", "", none], ["N2", "B", broken, "", "", "", counted]]
    rows += [["N3", "C", "2027", "", "", "", blank], ["N4", "D", "2027", "", "", "", no_text]]
    found = read(xlsx({"Plan": rows}), COLUMNS)
    openings = [(call.title, call.opening, call.budget) for call in found.calls]
    assert openings == [("A", "2027", ""), ("B", "", "2000"), ("C", "2027", ""), ("D", "2027", "")]
    assert told(found) == [
        ("budget", "plan.xlsx, sheet 'Plan', row 2, column 'Kwota'"),
        ("opening", "plan.xlsx, sheet 'Plan', row 3, column 'Data początkowa'"),
        ("budget", "plan.xlsx, sheet 'Plan', row 4, column 'Kwota'"),
    ]


def test_a_csv_file_in_windows_1250_with_semicolons(read):
    text = csv(row(title="Łączność", area="Świętokrzyskie", budget="1 000,50 zł"))
    (call,) = read(text.encode("cp1250"), COLUMNS).calls
    assert (call.title, call.national.area, call.budget) == ("Łączność", ("Świętokrzyskie",), "1 000,50 zł")


@pytest.mark.parametrize(
    ("language", "encoding", "title"),
    [
        ("hr", "cp1250", "Dječji vrtići i čuvari"),
        ("hu", "cp1250", "Felhívások őrségi városoknak"),
        ("bg", "cp1251", "Социални услуги"),
        ("el", "cp1253", "Κέντρα ένταξης"),
        ("lt", "cp1257", "Šeimų būstas"),
        ("fr", "cp1252", "Création d'écoles"),
    ],
)
def test_the_language_of_a_list_tells_its_older_encoding(read, language, encoding, title):
    text = f"Code;Title;Start\n1;{title};2027\n"
    columns = {"title": ["Title"], "opening": ["Start"], "code": ["Code"]}
    (call,) = read(text.encode(encoding), columns, language=language).calls
    assert call.title == title


def test_amounts_keep_their_own_currency_and_bare_ones_get_the_unit_of_the_header(read):
    rows = [row("N1", budget="2,5"), row("N2", "B", budget="3 mln EUR"), row("N3", "C", budget="CZK 10")]
    found = read(csv(*rows), COLUMNS, unit="mln", currency="PLN")
    assert [call.budget for call in found.calls] == ["2,5 mln", "3 mln EUR", "CZK 10"]


@pytest.mark.parametrize(
    ("packed", "field"),
    [
        (row("FE.01-001/27\nFE.01-002/27", "Dwa nabory"), "code"),
        (row("", "1. Kursy 2. Kluby", "2027-01-01\n2027-02-01"), "title"),
        (row("", "a) Kursy\nb) Kluby", "2027", budget="100 EUR\n200 EUR"), "title"),
        (row("", "Kursy\nKluby", "2027-01-01\n2027-02-01"), "title"),
    ],
)
def test_two_calls_in_one_cell_are_named_and_never_guessed_apart(read, packed, field):
    found = read(csv(row("N9", "Przed"), packed, row("N10", "Po")), COLUMNS)
    assert [call.title for call in found.calls] == ["Przed", packed[1], "Po"]
    (issue,) = found.issues
    assert (issue.field, "several calls in one row" in issue.problem) == (field, True)
    line = "Numer naboru" if field == "code" else "Nazwa działania"
    assert issue.place == f"plan.xlsx, row 3, column '{line}'"


@pytest.mark.parametrize(
    "one",
    [
        row("FE.01-\n001/27", "Jeden"),
        row(title="Tytuł złamany\nw dwóch wierszach"),
        row(title="1. Priorytet", opening="1. 2. 2027 - 3. 4. 2027"),
        row(title="Kursy\ni kluby", opening="1. 2. 2027", deadline="2027-03-01; 2027-09-01"),
    ],
)
def test_one_call_whose_cells_have_lines_is_no_suspect(read, one):
    found = read(csv(one), COLUMNS)
    assert len(found.calls) == 1
    assert [issue for issue in found.issues if "several" in issue.problem] == []


def test_a_code_used_for_several_calls_tells_none_of_them_whatever_their_order(read):
    rows = [row("N1", "Kursy"), row("N2", "Kluby"), row("N1", "Domy")]
    there, back = read(csv(*rows), COLUMNS), read(csv(*reversed(rows)), COLUMNS)
    keys = {call.title: call.reference for call in there.calls}
    assert len(set(keys.values())) == 3
    assert keys["Kluby"] == "N2"
    assert keys == {call.title: call.reference for call in back.calls}
    assert [issue.place for issue in there.issues] == [
        f"plan.xlsx, row {number}, column 'Numer naboru'" for number in (2, 4)
    ]
    assert {call.identifier for call in there.calls} == {"N1", "N2"}


def test_the_same_row_again_is_one_call_and_with_other_days_two(read):
    rows = [row(), row(), row(opening="2027-06-01")]
    found = read(csv(*rows), COLUMNS)
    assert [(call.reference, call.opening) for call in found.calls] == [("N1", "2027-01-01"), ("N1-2", "2027-06-01")]
    assert [issue.place.split(", ")[1] for issue in found.issues] == ["row 3", "row 4"]


def test_a_call_without_code_keeps_its_key_when_its_days_move_and_not_when_it_is_another(read):
    def key(**changed) -> str:
        (call,) = read(csv(row("", **changed)), COLUMNS).calls
        return call.reference

    assert key() == key(opening="2027-09-01", deadline="", budget="5")
    assert key() != key(title="Kursy")
    assert key() != key(area="Śląskie")


def test_a_row_that_names_no_call_is_an_issue_and_the_others_are_kept(read):
    found = read(csv(row(), row("", ""), row("N3", "Kluby")), COLUMNS)
    assert [call.reference for call in found.calls] == ["N1", "N3"]
    assert told(found) == [("title", "plan.xlsx, row 3, column 'Nazwa działania'")]


def test_columns_nobody_knows_are_told_once_and_those_that_are_not_wanted_not_at_all(read):
    rows = [[*HEADER, "Uwagi", "Lp."], *([*row(f"N{n}", f"T{n}"), "x", str(n)] for n in range(3))]
    found = read(xlsx({"Plan": rows}), COLUMNS, ignored=["Lp."])
    assert [(issue.field, issue.found) for issue in found.issues] == [("columns", "Uwagi")]


def test_a_column_of_the_mapping_that_the_file_does_not_have_is_told(read):
    found = read(csv(row()), {**COLUMNS, "mode": ["Tryb", "Sposób wyboru"]})
    (issue,) = found.issues
    assert (issue.field, issue.allowed, issue.place) == ("mode", "Tryb or Sposób wyboru", "plan.xlsx")


def test_a_header_that_is_not_there_names_what_is(read):
    with pytest.raises(BadList, match=r"plan\.xlsx: no row of headers\. Found: .*Title.*Expected columns: title: Naz"):
        read("Title;Start\nA;2027\n", COLUMNS)


JSON_COLUMNS = {
    "title": ["nazov"],
    "opening": ["zaciatok"],
    "code": ["id"],
    "applicants": ["ziadatelia.nazov"],
    "institution": ["vyhlasovatel.nazov"],
}


def json_list(*records: object) -> str:
    return json.dumps({"data": {"items": records}}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("milliseconds", "deadline"),
    [
        (1798758000000, "2027-01-01"),  # midnight in Bratislava
        (1798761600000, "2027-01-01"),  # midnight in Greenwich
        (1814356800000, "2027-06-30T14:00+02:00"),
    ],
)
def test_milliseconds_of_a_day_have_no_time_of_day(read, milliseconds, deadline):
    zoned = {"records": "data.items", "epoch": "Europe/Bratislava", "language": "sk", "country": "SK"}
    record = {"id": 7, "nazov": "Výzva", "zaciatok": milliseconds}
    (call,) = read(json_list(record), JSON_COLUMNS, **zoned).calls
    assert call.opening == deadline


def test_json_paths_through_lists_and_milliseconds(read):
    record = {
        "id": 7,
        "nazov": "Výzva",
        "zaciatok": 1798758000000,
        "ziadatelia": [{"nazov": "obec"}, {"nazov": "mesto"}],
        "vyhlasovatel": {"nazov": "MIRRI"},
    }
    zoned = {"records": "data.items", "epoch": "Europe/Bratislava", "language": "sk", "country": "SK"}
    (call,) = read(json_list(record), JSON_COLUMNS, **zoned).calls
    assert (call.reference, call.title, call.opening) == ("7", "Výzva", "2027-01-01")
    assert (call.national.applicants, call.national.institution) == (("obec", "mesto"), "MIRRI")


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("Výzva", "Výzva"),
        (["Výzva"], "Výzva"),
        ({"text": "Výzva"}, "Výzva"),
        ({"sk": "Výzva", "en": "Call"}, "Výzva"),
        (2027, "2027"),
        ({"a": "x", "b": "y"}, ""),
        (["MIRRI", "ÚV"], "MIRRI; ÚV"),
        (None, ""),
    ],
)
def test_a_field_that_changes_its_type_gives_its_value_where_there_is_one_only(read, value, taken):
    records = [{"id": "a", "nazov": "A", "vyhlasovatel": {"nazov": value}}, {"id": "b", "nazov": "B"}]
    found = read(json_list(*records), JSON_COLUMNS, records="data.items", language="sk", country="SK")
    assert [call.reference for call in found.calls] == ["a", "b"]
    assert found.calls[0].national.institution == taken
    named = [issue.place for issue in found.issues if issue.field == "institution"]
    assert named == ([] if taken or value is None else ["plan.xlsx, record 1, column 'vyhlasovatel.nazov'"])


def test_several_values_of_what_is_one_are_an_issue_and_none_is_taken(read):
    records = [{"id": "a", "nazov": "A", "zaciatok": ["2027-01-01", "2027-02-01"]}]
    found = read(json_list(*records), JSON_COLUMNS, records="data.items")
    assert found.calls[0].opening == ""
    assert ("opening", "plan.xlsx, record 1, column 'zaciatok'") in told(found)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"error": "limit"}', r"no list of records at 'data\.items'; found no list"),
        ('{"calls": [{"nazov": "A"}]}', "found lists at calls"),
        ('{"data": {"items": [{"nazov": "A"}, ', "cut off after 1 records"),
        ("[" * 100_000 + "]" * 100_000, "nested 101 levels deep"),
        (b"[" + b"{}," * 1_000_001 + b"{}]", "over 1000000 objects"),
        (b'{"a": "\\' + b"x" * 10, "is no JSON that can be read"),
        (b'{"data": {"items": [{"nazov": "\xff"}]}}', r"is not utf-8 .* `encoding`"),
        ("<!DOCTYPE html><title> Request\nRejected</title>", "is a web page, titled 'Request Rejected'"),
        ("<html><head></head><body>login</body></html>", "is a web page without title"),
    ],
)
def test_what_is_no_json_list_is_refused_with_the_reason(read, content, said):
    with pytest.raises(BadList, match=said) as refusal:
        read(content, JSON_COLUMNS, records="data.items")
    assert str(refusal.value).startswith("plan.xlsx: ")


def test_json_in_other_forms_of_unicode_and_an_empty_list(read):
    text = json_list({"nazov": "Výzva", "id": "a"})
    for encoding in ("utf-8-sig", "utf-16"):
        (call,) = read(text.encode(encoding), JSON_COLUMNS, records="data.items").calls
        assert call.title == "Výzva"
    assert read('{"data": {"items": []}}', JSON_COLUMNS, records="data.items").calls == []


XML_COLUMNS = {"title": ["NAZEV"], "opening": ["OBDOBI/ZAHAJENI"], "code": ["@KOD"], "applicants": ["ZADATEL/TYP"]}
XML = """<?xml version="1.0" encoding="windows-1250"?><data xmlns="urn:x"><stav>nic</stav>
<vyzva KOD="1"><NAZEV>Začlenění</NAZEV><OBDOBI><ZAHAJENI>2027-01-01</ZAHAJENI></OBDOBI>
<ZADATEL><TYP>obec</TYP><TYP>kraj</TYP></ZADATEL></vyzva><!-- x --><vyzva KOD="2"><NAZEV>B</NAZEV></vyzva></data>"""


def test_xml_paths_attributes_and_repeated_elements(read):
    first, second = read(XML.encode("cp1250"), XML_COLUMNS, records="vyzva", country="CZ", language="cs").calls
    assert (first.reference, first.title, first.opening) == ("1", "Začlenění", "2027-01-01")
    assert first.national.applicants == ("obec", "kraj")
    assert first.national.columns["opening"] == "OBDOBI/ZAHAJENI"
    assert (second.reference, second.national.row) == ("2", 2)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{LAUGHS}]><d><vyzva><NAZEV>&l11;</NAZEV></vyzva></d>'
OTHER_FILE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d><vyzva><NAZEV>&x;</NAZEV></vyzva></d>'
ELSEWHERE = '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d><vyzva><NAZEV>A</NAZEV></vyzva></d>'


@pytest.mark.parametrize(
    "bomb", [BOMB, OTHER_FILE, ELSEWHERE, BOMB.replace("1.0", '1.0" encoding="utf-16').encode("utf-16")]
)
def test_a_document_type_is_refused_in_little_memory(read, bomb):
    tracemalloc.start()
    with pytest.raises(BadList, match=r"plan\.xlsx: has a document type"):
        read(bomb, XML_COLUMNS, records="vyzva")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (XML[:-30], "is no XML that can be read, or is cut off after 1 records"),
        (XML.replace("vyzva", "call").replace("windows-1250", "utf-8"), "no element 'vyzva'; found data, stav, call"),
        (f"<d><vyzva>{'<a/>' * 30_000}</vyzva></d>", "record 1 holds over 20000 elements"),
        ("<d>" * 300 + "</d>" * 300, "is no XML that can be read"),
        ("<d><vyzva><NAZEV>&unknown;</NAZEV></vyzva></d>", "is no XML that can be read"),
    ],
)
def test_what_is_no_xml_list_is_refused_with_the_reason(read, content, said):
    with pytest.raises(BadList, match=said):
        read(content.replace("windows-1250", "utf-8"), XML_COLUMNS, records="vyzva")


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def test_a_workbook_that_is_locked_says_what_to_do(read):
    with pytest.raises(BadList, match=r"plan\.xlsx: is locked with a password; open it, save a copy"):
        read(LOCKED, COLUMNS)


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_bytes_end_in_anything_but_a_reading_or_a_reason(read, content):
    for head in (b"", b"<", b"[", b"{", b"PK\x03\x04"):
        calls, reason = [], "plan.xlsx"
        try:
            calls = read(head + content, {"title": ["a"]}, required=["title"], records="a").calls
        except BadList as error:
            reason = str(error)
        assert reason.startswith("plan.xlsx")
        assert all(call.title or call.identifier for call in calls)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "N1", "N2"]), st.sampled_from(["A", "B"]), st.sampled_from(["x", "y"]))))
def test_every_row_becomes_a_call_of_its_own_key_or_an_issue(read, rows):
    table = [["Numer naboru", "Nazwa działania", "Data początkowa", "Kwota"], ["N0", "Z", "z", "1"]]
    found = read(xlsx({"Plan": [*table, *([*one, "1"] for one in rows)]}), {**COLUMNS, "area": ["Kwota"]})
    references = [call.reference for call in found.calls]
    assert len(references) == len(set(references))
    assert {(call.identifier, call.title, call.opening) for call in found.calls} == {("N0", "Z", "z"), *rows}


def test_a_zone_that_does_not_exist_is_refused(read):
    with pytest.raises(ValidationError, match="Europe/Budapest"):
        read("[]", {"title": ["a"]}, epoch="Europe/Nowhere")
