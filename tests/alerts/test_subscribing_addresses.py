"""One mail address and only one; spellings of one mailbox are one; no message repeats an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.addresses import BadAddress, address_hash, address_key, masked, read_address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@example",
        "a@example.org, b@example.org",
        "a@example.org b@example.org",
        "a@example.org;b@example.org",
        "Anna <anna@example.org>",
        "anna@example.org\nBcc: b@example.org",
        "anna@example.org\r\nSubject: x",
        "anna@exam\0ple.org",
        "an\u202ena@example.org",
        "\ud800@example.org",
        '"a b"@example.org',
        "anna@[127.0.0.1]",
        "anna@localhost",
        "=?utf-8?q?boris=40evil.example=2C?=@example.org",
        "a" * 65 + "@example.org",
        "anna@" + "a." * 130 + "org",
    ],
)
def test_what_is_not_one_address_is_refused_and_not_repeated(text):
    with pytest.raises(BadAddress) as raised:
        read_address(text)
    assert str(raised.value) == "This is not one mail address; write one, such as name@example.org."
    assert raised.value.__cause__ is None


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_refused(text):
    try:
        address = read_address(text)
    except BadAddress:
        return
    assert read_address(address) == address
    assert address.isprintable()
    assert address.count("@") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anna@example.org", "ANNA@EXAMPLE.ORG"),
        ("anna@example.org", "  anna@example.org "),
        ("anna@bücher.example.org", "Anna@xn--bcher-kva.example.org"),
        ("anna@bücher.example.org", "anna@BÜCHER.example.org"),
        ("josé@example.org", "jose\u0301@example.org"),
    ],
)
def test_spellings_of_one_mailbox_are_one(one, other):
    assert address_key(one) == address_key(other)
    assert address_hash(one, b"key") == address_hash(other, b"key")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anna@example.org", "anna+news@example.org"),
        ("anna.l@example.org", "annal@example.org"),
        ("straße@example.org", "strasse@example.org"),
        ("mıke@example.org", "mike@example.org"),
        ("anna@example.org", "anna@mail.example.org"),
    ],
)
def test_what_may_be_another_mailbox_is_another(one, other):
    assert address_key(one) != address_key(other)


def test_a_hash_tells_nothing_without_its_key():
    assert address_hash("anna@example.org", b"one key") != address_hash("anna@example.org", b"another")
    assert len(address_hash("anna@example.org", b"key")) == 64


def test_a_masked_address_is_known_again_by_its_owner_only():
    assert masked("anna.liepa@town.example.org") == "a…@t….org"
