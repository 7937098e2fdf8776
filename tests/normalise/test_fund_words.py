"""Funds and national programmes as the timetables of the Member States name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.fund_words import KEYS, understand_funds_named, words_file
from crawler.normalise.issues import Issues

ESF, ERDF, AMIF = KEYS


def understand(*texts, language="en"):
    issues = Issues("x")
    return understand_funds_named(texts, language, issues), issues.all()


def test_the_keys_are_those_of_national_programmes(reference):
    assert {reference.by_key[key].fund for key in KEYS} == {"ESF+", "ERDF", "AMIF"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ESF+ / EFRR", (ESF, ERDF)),  # cs, sk
        ("EFRR, ESF+", (ESF, ERDF)),
        ("FSE+", (ESF,)),  # pt, es, it, fr, ro
        ("FEDER", (ERDF,)),
        ("FEDR | FSE+", (ESF, ERDF)),
        ("EFS+", (ESF,)),  # pl
        ("Europejski Fundusz Społeczny Plus (EFS+)", (ESF,)),
        ("Europejski Fundusz Rozwoju Regionalnego", (ERDF,)),
        ("ΕΤΠΑ", (ERDF,)),  # el, in Greek and in Latin letters
        ("ΕΚΤ+ και ΕΤΠΑ", (ESF, ERDF)),
        ("TAME", (AMIF,)),
        ("ΤΑΜΕ", (AMIF,)),
        ("ERPF", (ERDF,)),  # lt
        ("Europos socialinis fondas +", (ESF,)),
        ("EAKR", (ERDF,)),  # fi
        ("ESR+ ja EAKR", (ESF, ERDF)),
        ("ERAF", (ERDF,)),  # lv
        ("PMIF", (AMIF,)),
        ("EFRE", (ERDF,)),  # de
        ("ESZA Plusz", (ESF,)),  # hu
        ("ERFA", (ERDF,)),
        ("EFRO", (ERDF,)),  # nl
        ("Asylum, Migration and Integration Fund", (AMIF,)),
        ("Fond pro azyl", None),
        ("Azylový, migrační a integrační fond (AMIF)", (AMIF,)),
        ("Asyl-, Migrations- und Integrationsfonds", (AMIF,)),
        ("ЕСФ+ и ЕФРР", (ESF, ERDF)),  # bg
        ("ESF+EFRR", (ESF, ERDF)),
        ("ESF+ + EFRR", (ESF, ERDF)),
        ("Fond soudržnosti", ()),
        ("FST", ()),
        ("EFRR a FST", (ERDF,)),
        ("Interreg", ()),
        ("BMVI; ISF; AMIF", (AMIF,)),
        ("Operační program Zaměstnanost plus", (ESF,)),
        ("Integrovaný regionální operační program 2021–2027", (ERDF,)),
        ("Fundusze Europejskie dla Rozwoju Społecznego 2021-2027", (ESF,)),
        ("Fundusze Europejskie dla Kujaw i Pomorza 2021-2027 (FEKP)", ()),
        ("PESSOAS 2030", (ESF,)),
        ("Program Slovensko 2021 – 2027", ()),
        ("Programul Educație și Ocupare (PEO)", (ESF,)),
        ("Programul Incluziune și Demnitate Socială", ()),
        ("European Social Fund Plus (ERDF)", None),
        ("Horizont", None),
        ("ESF+ (85 %", None),
    ],
)
def test_names_of_funds(text, keys):
    found, issues = understand(text)

    assert found == (keys or ())
    assert [(issue.field, issue.found) for issue in issues] == ([("programme", text)] if keys is None else [])


def test_a_known_fund_stays_known_beside_an_unknown_name():
    found, issues = understand("ESF+; Fond krásy", "EFRR")

    assert found == (ESF, ERDF)
    assert [issue.found for issue in issues] == ["Fond krásy"]
    assert "fund_words.yml" in issues[0].problem


def test_silence_is_no_issue():
    assert understand("", "  \n") == ((), ())


def test_a_treatise_gives_nothing_but_one_issue():
    found, issues = understand("ESF+ " * 20_000)

    assert found == ()
    assert [issue.field for issue in issues] == ["programme"]


NAMES = [(name, entry.key) for entry in (*words_file().funds, *words_file().programmes) for name in entry.names]


@pytest.mark.parametrize("key", [*KEYS, "outside", "mixed"])
def test_every_name_of_the_file_means_what_the_file_says(key):
    for name in (name for name, own in NAMES if own == key):
        assert understand(name) == (((key,) if key in KEYS else ()), ()), name


def test_no_name_stands_for_two_funds():
    keys = {}
    for name, key in NAMES:
        keys.setdefault(name.casefold(), set()).add(key)

    assert {name: found for name, found in keys.items() if len(found) > 1} == {}


LISTS = st.lists(st.sampled_from([name for name, _ in NAMES]), min_size=1, max_size=5)


@given(names=LISTS, order=st.randoms(), between=st.sampled_from(["; ", " | ", "\n"]))
def test_neither_order_nor_case_matter(names, order, between):
    shuffled = order.sample(names, len(names))

    assert understand(between.join(names)) == understand(between.join(shuffled).upper())


@given(names=LISTS, unknown=st.from_regex(r"[xqw]{5,9}", fullmatch=True))
def test_an_unknown_name_never_adds_a_fund(names, unknown):
    known, _ = understand("; ".join(names))
    more, issues = understand("; ".join([*names, unknown]))

    assert more == known
    assert [issue.found for issue in issues] == [unknown]


@given(text=st.text(max_size=300))
def test_no_text_breaks_the_reading(text):
    found, _ = understand(text)

    assert set(found) <= set(KEYS)
