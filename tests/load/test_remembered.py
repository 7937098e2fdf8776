"""What a source with two lists told of a call stays when the call moves to the list that says less."""

from datetime import date

from crawler.completion import remembered
from matcher.model import Area, Call, CallKind, National, Tier


def call(area="", **facts):
    codes = ("PT11",) if area else ()
    known = {
        "source": "portugal",
        "reference": "NORTE2030-1",
        "identifier": "NORTE2030-1",
        "title": "Escolas abertas",
        "kind": CallKind.CALL,
        "url": "https://portugal2030.pt/avisos/",
        "tier": Tier.OFFICIAL_RECORD,
        "as_of": date(2026, 11, 20),
        "national": National(country="PT", area=Area(text=area, codes=codes)),
    }
    return Call(**known | facts)


FIELDS = ("applicants", "area")


def kept(now, before, fields=FIELDS):
    (found,) = remembered([now], {before.id: before}, fields)
    return found.applicants, found.national.area.text


def test_silence_leaves_what_was_told_before():
    assert kept(call(), call("Norte", applicants="Pública")) == ("Pública", "Norte")


def test_what_is_told_now_wins():
    now, before = call("Centro", applicants="Privada"), call("Norte", applicants="Pública")
    assert kept(now, before) == ("Privada", "Centro")


def test_only_the_fields_named_are_kept_and_only_of_the_same_call():
    before = call("Norte", applicants="Pública", text="A text")
    assert remembered([call()], {before.id: before}, ()) == [call()]
    assert remembered([call()], {before.id: before}, FIELDS)[0].text == ""
    assert remembered([call()], {"portugal:another": before}, FIELDS) == [call()]
