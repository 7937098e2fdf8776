"""What the parts of a call's page say, without a page: changes, invitations, winners, verdicts, offers, deadlines."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from dashboard.call import winners
from dashboard.call.blocks import entry, quoted, titled
from dashboard.call.invitation import invitation
from dashboard.pieces import TEMPLATES
from dashboard.told import deadlines
from dashboard.told.changes import changes
from dashboard.told.statements import Teller
from matcher.alerts.letters.voice import Voice
from matcher.documents.cited import Cited
from matcher.eligibility.offers import Offer
from matcher.history import ELIGIBILITY, Step
from matcher.languages import LANGUAGES, environment, speaker
from matcher.model import (
    Answer,
    Basis,
    Call,
    CallKind,
    Deadline,
    DeadlineModel,
    Event,
    EventKind,
    FieldChange,
    MaterialField,
    OrganisationType,
    Participant,
    Precision,
    Profile,
    Project,
    ProjectRole,
    Quote,
    Verdict,
)
from matcher.precedents import Basis as Nearness
from matcher.precedents import Codes, Precedents
from matcher.wording.money import MoneyFact

SAY = speaker("en")
DAY = date(2026, 3, 2)
SHA = "f" * 64
FICHE = Cited("Call fiche", "https://portal.example/fiche.pdf", DAY)
HOSTILE = "![x](https://evil.example/x.png) :red[now] <b>"


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\N{WORD JOINER}", "")


def a_call(**facts: object) -> Call:
    known = {
        "source": "portal",
        "reference": "one",
        "identifier": "AMIF-2026-ONE",
        "title": "Women take part",
        "kind": CallKind.TOPIC,
        "url": "https://portal.example/one",
        "as_of": DAY,
    }
    return Call.model_validate(known | facts)


def a_profile(**facts: object) -> Profile:
    known = {
        "id": "riga",
        "name": "Riga City Council",
        "type": OrganisationType.MUNICIPALITY,
        "country": "LV",
        "kinds": ["local_authority"],
        "roles": ["coordinator"],
        "languages": ["lv"],
        "description": "A town.",
        "needs": [{"text": "A council of migrants", "language": "en"}],
        "facts": [{"text": "A fact", "source": "https://riga.example", "as_of": DAY}],
    }
    return Profile.model_validate(known | facts)


# Changes


def moved(field=MaterialField.DEADLINES, was=("2026-04-01",), now=("2026-04-16",), **facts):
    known = {"call": "portal:one", "source": "portal", "kind": EventKind.CHANGED, "on": DAY}
    return Event(changes=(FieldChange(field=field, was=was, now=now),), **known | facts)


def test_the_same_change_in_ledger_and_record_is_told_once():
    found = changes(SAY, [moved()], [Step(DAY, "deadline", "1 April 2026", "16 April 2026")])
    assert [(one.label, one.was, one.now) for one in found] == [("Deadline", "1 April 2026", "16 April 2026")]


def test_what_only_the_record_tells_is_kept_and_the_newest_comes_first():
    later = Step(date(2026, 3, 9), ELIGIBILITY, "", "Only towns may lead.", where="2. Who")
    found = changes(SAY, [moved()], [later])
    assert [one.on.day for one in found] == [9, 2]
    assert (found[0].now, found[0].where) == ("Only towns may lead.", "2. Who")


@pytest.mark.parametrize("kind", [EventKind.CLOSING, EventKind.OPENING, EventKind.OPENED, EventKind.CLOSED])
def test_what_the_calendar_brings_is_no_change(kind):
    assert changes(SAY, [Event(call="a", source="b", kind=kind, on=DAY, day=DAY)], []) == []


def test_what_waits_for_a_person_is_not_told():
    assert changes(SAY, [moved(silent="held: too many at once")], []) == []


def test_a_withdrawal_stands_without_before_and_after():
    gone = Event(call="portal:one", source="portal", kind=EventKind.WITHDRAWN, on=DAY)
    assert [(one.label, one.was, one.now) for one in changes(SAY, [gone], [])] == [("Withdrawn", "", "")]


# Invitations


def test_an_invitation_names_who_asks_what_for_and_by_when():
    call = a_call(deadlines=(Deadline(day=date(2026, 4, 16)),))
    text = invitation(SAY, call, a_profile(), "Melissa", "co-applicant", "https://here.example/call?call=x", DAY)
    for told in ("Melissa", "Riga City Council (Latvia)", "Women take part", "co-applicant", "A council of migrants"):
        assert told in text.body
    assert "Applications close: 16 April 2026" in text.body
    assert "https://here.example/call?call=x" in text.body


def test_the_link_to_the_mail_program_names_nobody_and_holds_the_whole_text():
    text = invitation(SAY, a_call(title="A & B? #1 (x)\r\nBcc: a@b.example"), a_profile(), "M", "lead", "", DAY)
    parts = urlsplit(text.mailto)
    assert (parts.scheme, parts.path) == ("mailto", "")
    assert set(parse_qs(parts.query)) == {"subject", "body"}
    assert unquote(parts.query.partition("&body=")[2]) == text.body
    assert "\n" not in text.subject
    assert not set("()[]<> \n") & set(text.mailto)


def test_the_longest_title_leaves_a_link_that_programs_take():
    long = invitation(SAY, a_call(title="t" * 10_000), a_profile(), "n" * 10_000, "lead", "", DAY)
    assert len(long.mailto) < 4_000


# Verdicts, offers, money: the words of a call stay text, with the place they stand in


def a_verdict(**facts: object) -> Verdict:
    quote = Quote(text="Only towns may lead.", place=f"document:{SHA}", start=0, end=20, page=12)
    known = {"rule": "role", "label": "Who leads", "answer": Answer.NOT_MET, "reason": "only towns lead"}
    return Verdict.model_validate(
        known | {"quote": quote, "basis": Basis.CALL_DOCUMENT, "remedy": "ask a town"} | facts
    )


def teller(language: str = "en", cited: Cited = FICHE) -> Teller:
    return Teller(Voice(speaker(language), html=True, is_mail=False), "en", {SHA: cited})


def test_a_verdict_stands_with_quote_document_page_and_remedy():
    told = teller().verdict(a_verdict())
    assert (told.label, told.text, told.remedy) == ("Who leads", "only towns lead", "ask a town")
    assert (told.answer, told.quote) == (Answer.NOT_MET, "<bdi>Only towns may lead.</bdi>")
    assert told.place == "<bdi>Call fiche</bdi>, page 12, as of 2 March 2026"
    assert told.address == "https://portal.example/fiche.pdf"
    assert told.grounds == (("Rests on: the call document", ""),)


def test_a_document_that_is_no_longer_linked_is_named_without_a_link():
    told = Teller(Voice(SAY, html=True, is_mail=False), "en", {}).verdict(a_verdict())
    assert (told.place, told.address) == ("call document, page 12", "")


def test_a_quote_of_a_call_in_another_language_is_marked_with_it():
    told = teller("de").verdict(a_verdict())
    assert told.quote == '<bdi lang="en">Only towns may lead.</bdi>'


def test_an_offer_says_where_its_words_were_read_and_whether_with_doubt():
    quote = Quote(text="At most EUR 60 000.", place=f"document:{SHA}", start=0, end=5, page=6)
    told = teller().offer(Offer("One sub-grant", "at most EUR 60,000", "r", quote, False))
    assert (told.label, told.text) == ("One sub-grant", "at most EUR 60,000 (read with doubt)")
    assert told.place == "<bdi>Call fiche</bdi>, page 6, as of 2 March 2026"


def test_of_a_long_quote_beginning_and_end_are_kept():
    text = f"First {'word ' * 1_000} last."
    told = teller().offer(Offer("a", "b", "c", Quote(text=text, place="text", start=0, end=9), True))
    assert told.quote.startswith("<bdi>First word")
    assert told.quote.endswith("last.</bdi>")
    assert len(told.quote) < 1_100


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_a_call_act_as_markdown(language):
    say = speaker(language)
    told = list(
        winners.told(say, Precedents(Codes(HOSTILE), Nearness.TOPIC, (a_project(title=HOSTILE, name=HOSTILE),)))
    )
    assert sum("evil" in text for text in told) >= 2
    for text in told:
        for sign in ("![", ":red[now", "<b>", "](java"):
            assert sign not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_a_call_act_as_html(language):
    quote = Quote(text=HOSTILE, place=f"document:{SHA}", start=0, end=1, page=1)
    tell = teller(language, Cited(HOSTILE, "javascript:alert(1)", DAY))
    verdict = a_verdict(label=HOSTILE, reason=HOSTILE, reference=HOSTILE, quote=quote)
    found = [
        tell.verdict(verdict),
        tell.offer(Offer(HOSTILE, HOSTILE, HOSTILE, quote, False)),
        tell.money(MoneyFact(HOSTILE, HOSTILE, HOSTILE, quote)),
    ]
    piece = environment(language, TEMPLATES).from_string(
        "{% import 'call/_parts.html.j2' as one_of with context %}{{ one_of.statements(found) }}"
    )
    text = piece.render(found=found, looks={})
    assert text.count("evil") >= 12
    assert "<b>" not in text
    assert "javascript" not in text


# Winners


def a_project(title="Women lead", name="Melissa", **facts: object) -> Project:
    one = Participant(name=name, country="GR", role=ProjectRole.COORDINATOR)
    known = {"source": "p", "reference": title, "title": title, "topic": "AMIF-2024-ONE", "participants": (one,)}
    return Project.model_validate(known | {"as_of": DAY} | facts)


def test_only_the_newest_winners_are_named_and_all_are_counted():
    many = tuple(a_project(title=f"Project {number}") for number in range(12))
    text = plain("\n".join(winners.told(SAY, Precedents(Codes("AMIF-2026-ONE"), Nearness.LINE, many))))
    assert "**12 funded projects** Under other editions of this topic: AMIF-ONE of any year" in text
    assert text.count("Coordinator:") == winners.SHOWN
    assert "The newest 10 are shown." in text
    assert "Led from: Greece 12" in text


def test_no_precedent_is_said():
    told = list(winners.told(SAY, Precedents(Codes("AMIF-2026-ONE"), None, ())))
    assert [plain(one) for one in told] == ["No funded project is known under AMIF-2026-ONE or other editions of it."]


# Deadlines


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        ({"day": date(2026, 4, 16)}, ("16 April 2026", "not stated", "application", "in 45 days")),
        (
            {"day": date(2026, 4, 1), "precision": Precision.MONTH},
            ("April 2026", "not stated", "application", "ahead, day not stated"),
        ),
        (
            {"day": date(2026, 3, 1), "precision": "minute", "at": "17:00", "zone": None},
            ("1 March 2026", "17:00 (time zone not stated)", "application", "passed"),
        ),
        (
            {"day": date(2026, 3, 3), "precision": "minute", "at": "12:00", "zone": "Europe/Athens"},
            ("3 March 2026", "12:00 (local time in Athens)", "application", "tomorrow"),
        ),
    ],
)
def test_a_deadline_is_told_no_more_exactly_than_its_source(facts, row):
    call = a_call(deadlines=(Deadline.model_validate(facts),))
    assert [tuple(one) for one in deadlines.rows(SAY, call, DAY)] == [row]


def test_cut_offs_are_told_apart():
    days = tuple(Deadline(day=date(2026, 4, number), stage=number) for number in (1, 2))
    call = a_call(deadlines=days, deadline_model=DeadlineModel.MULTIPLE_CUT_OFF)
    assert [one.stage for one in deadlines.rows(SAY, call, DAY)] == ["cut-off 1", "cut-off 2"]


# Blocks


def test_a_title_of_ten_thousand_characters_is_cut_and_one_with_turned_letters_is_straight():
    assert len(titled("t" * 10_000)) == 200
    assert "\u202e" not in titled("\u202egnp.exe")


def test_an_entry_leaves_out_what_is_empty_and_a_quote_stands_in_its_marks():
    assert entry("a", "", "b") == "- a  \n  b"
    assert plain(quoted("said so.")) == "“said so.”"
    assert Decimal(len(quoted("word " * 1_000))) < 500
