"""What a provider says of somebody: believed where it vouches for it, and cut to size where a person typed it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matcher.printable import printable
from matcher.workspaces.identity import LONGEST_NAME, identity

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLAIMS = {"is_logged_in": True, "iss": "https://login.example", "sub": "1", "iat": AT.timestamp()}


def test_who_signed_in():
    who = identity(CLAIMS | {"name": "Ilze", "email": "Ilze@riga.example", "email_verified": True, "picture": "x"})
    assert (who.issuer, who.subject, who.at, who.name, who.address) == (
        "https://login.example",
        "1",
        AT,
        "Ilze",
        "Ilze@riga.example",
    )
    assert "Ilze" not in repr(who)


@pytest.mark.parametrize(
    "missing",
    [
        {"iss": None},
        {"iss": ""},
        {"sub": None},
        {"sub": 7},
        {"sub": "s" * 256},
        {"sub": "\ud800"},
        {"iss": "https://login.example\n"},
        {"iat": None},
        {"iat": True},
        {"iat": float("nan")},
        {"iat": 1e300},
        {"is_logged_in": False},
        {"is_logged_in": None},
        {"is_logged_in": "true"},
    ],
)
def test_nobody(missing):
    assert identity(CLAIMS | missing) is None
    assert identity({}) is None


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1.5, [True], {"a": 1}, "TRUE"])
def test_an_address_that_was_not_verified_counts_for_nothing(verified):
    assert identity(CLAIMS | {"email": "ilze@riga.example", "email_verified": verified}).address == ""
    assert identity(CLAIMS | {"email": "ilze@riga.example"}).address == ""


@pytest.mark.parametrize("address", ["", "ilze", 7, ["a@riga.example"], "a@x.example, b@x.example", "a@x.example\nb@x"])
def test_what_is_not_one_address_counts_for_nothing(address):
    assert identity(CLAIMS | {"email": address, "email_verified": True}).address == ""


@given(
    some.one_of(
        some.text(some.characters(), max_size=400),
        some.just("half \ud800 a letter"),
        some.integers(),
        some.lists(some.text()),
    )
)
def test_any_name_is_one_short_line(name):
    told = identity(CLAIMS | {"name": name}).name
    assert len(told) <= LONGEST_NAME
    assert told == " ".join(told.split())
    assert told == printable(told)
    assert isinstance(told.encode(), bytes), "half of a surrogate pair could not be stored"
