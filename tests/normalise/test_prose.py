"""Facts that only the running text of a page states: plain ones are read, doubtful ones are recorded or left alone."""

from datetime import date, time
from decimal import Decimal

import pytest

from crawler.normalise import normalise
from crawler.normalise.prose_words import sentences
from crawler.source import sources
from matcher.model import CallKind, DeadlineModel, Precision
from matcher.provenance import read_in_text
from matcher.wording.calls import call_page


@pytest.fixture
def read(make_raw, reference):
    """The call made of a page with this text, and the fields of its issues."""

    def read(text, language="en", **changes):
        raw = make_raw(
            source="eui_site", kind=CallKind.CALL, programme="", description=text, language=language, **changes
        )
        ((call, found),) = normalise([raw], sources()["eui_site"], reference)
        return call, [issue.field for issue in found]

    return read


def days(call):
    return [deadline.day for deadline in call.deadlines]


MAY_5 = date(2027, 5, 5)


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "The deadline for applications is 5 May 2027 at 17:00 Brussels time.", time(17)),
        ("en", "Proposals are due on 5 May 2027 at 15:00 CET.", time(15)),
        ("en", "The agency opened the call; apply on its site by 5 May 2027, 5:00 PM.", time(17)),
        ("en", "Apply by 5:00 PM (Brussels time) on 5 May 2027.", time(17)),
        ("en", "Applications can be submitted until 5 May 2027, 14.00 CEST.", time(14)),
        ("en", "Proposals must be sent no later than 5 May 2027.", None),
        ("en", "The call closes on Wednesday, 5 May 2027.", None),
        ("en", "<h3>Deadline</h3><p>5 May 2027 (12:00 noon)</p>", time(12)),
        ("en", "<table><tr><td>Closing date</td><td>05/05/2027</td></tr></table>", None),
        ("en", "The call was launched in spring and closed on 5 May 2027 at 14.00 CEST.", time(14)),
        ("en", "Proposals are to be handed in by 5 May 2027.", None),
        ("en", "The deadline has been extended from 3 April 2027 to 5 May 2027.", None),
        ("en", "The deadline has been extended to 5 May 2027 (previously 3 April 2027).", None),
        ("en", "The call closes on 5 May 2027 instead of 18 April 2027.", None),
        ("en", "Deadline: 3 April 2027.</p><p>The deadline was postponed to 5 May 2027.", None),
        ("en", "An info session takes place on 3 April 2027; the deadline is 5 May 2027.", None),
        ("en", "Results are published on 3 September 2027. The deadline for proposals is 5 May 2027.", None),
        ("fr", "Les candidatures sont à déposer au plus tard le 5 mai 2027 à 18 h 00.", time(18)),
        ("fr", "La date limite de dépôt des projets est fixée au 5 mai 2027.", None),
        ("de", "Anträge können bis zum 5. Mai 2027, 12 Uhr, eingereicht werden.", time(12)),
        ("de", "Die Einreichfrist endet am 5. Mai 2027.", None),
        ("es", "El plazo de presentación de solicitudes finaliza el 5 de mayo de 2027 a las 14:00 horas.", time(14)),
        ("es", "Las propuestas pueden presentarse hasta el 5 de mayo de 2027.", None),
        ("it", "Le domande devono essere presentate entro le ore 12:00 del 5 maggio 2027.", time(12)),
        ("it", "La scadenza è il 5 maggio 2027.", None),
        ("pt", "As candidaturas devem ser submetidas até 5 de maio de 2027.", None),
        ("pt", "O prazo termina a 5 de maio de 2027.", None),
        ("nl", "Aanvragen kunnen tot en met 5 mei 2027 worden ingediend.", None),
        ("nl", "De uiterste datum is 5 mei 2027.", None),
        ("pl", "Wnioski można składać do 5 maja 2027 r. do godz. 16:00.", time(16)),
        ("pl", "Termin składania wniosków: 5 maja 2027 r.", None),
        ("lt", "Paraiškos priimamos iki 2027 m. gegužės 5 d. 17.00 val.", time(17)),
        ("lv", "Projektu pieteikumi jāiesniedz līdz 2027. gada 5. maijam plkst. 17.00.", time(17)),
        ("el", "Οι αιτήσεις υποβάλλονται έως τις 5 Μαΐου 2027.", None),
        ("ro", "Cererile se depun până la 5 mai 2027, ora 16:00.", time(16)),
        ("cs", "Žádosti je možné podat do 5. května 2027.", None),
        ("sk", "Žiadosti je možné podať do 5. mája 2027.", None),
        ("hu", "A pályázatok 2027. május 5-ig nyújthatók be.", None),
        ("hu", "Benyújtási határidő: 2027. május 5.", None),
        ("sv", "Sista ansökningsdag är den 5 maj 2027.", None),
        ("sv", "Ansökan ska skickas in senast den 5 maj 2027.", None),
        ("da", "Ansøgningsfristen er den 5. maj 2027 kl. 12.00.", time(12)),
        ("fi", "Hakemukset on toimitettava 5.5.2027 mennessä.", None),
        ("bg", "Краен срок за кандидатстване: 5 май 2027 г.", None),
        ("hr", "Prijave se podnose do 5. svibnja 2027.", None),
        ("sl", "Prijave je treba oddati do 5. maja 2027.", None),
        ("et", "Taotlusi saab esitada kuni 5. mai 2027.", None),
    ],
)
def test_a_deadline_in_a_sentence(read, language, text, at):
    call, problems = read(f"<p>Towns work together.</p><p>{text}</p>", language)
    assert days(call) == [MAY_5]
    assert (call.deadlines[0].at, problems) == (at, [])


@pytest.mark.parametrize(
    "text",
    [
        "Budget 2027: towns of at least 50 000 people.",
        "An info session for applicants takes place on 3 May 2027.",
        "Register by 3 May 2027 for the webinar on this call.",
        "The results are published by 3 May 2027.",
        "Applicants are informed of the evaluation by 3 May 2027.",
        "This call for proposals was published on 3 May 2027.",
        "Questions on the call can be sent until 3 May 2027.",
        "Projects must start by 3 May 2027.",
        "The previous call closed on 3 May 2025.",
        "The regulation was adopted on 3 May 2021.",
        "The deadline will be announced.",
        "The kick-off meeting of the selected projects is on 3 May 2027.",
        "The conference on 3 May 2027 is open to all.",
        "Ten projects were selected on 3 May 2027.",
        "Projects run from 1 March 2027 to 28 February 2028.",
        "The proposals have a duration from 1 March 2027 to 28 February 2028.",
        "Costs are eligible from 1 January 2027 until 31 December 2027.",
        "National contact points help applicants until 3 May 2027.",
        "The online help for applicants closes on 2 May 2027.",
        "The deadline for submitting the final report is 3 May 2027.",
        "Partner search forum open until 3 May 2027.",
    ],
)
def test_a_date_of_something_else_is_no_deadline(read, text):
    call, _ = read(f"<p>{text}</p>")
    assert (call.deadlines, call.deadline_model) == ((), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deadline: 3 May.", ["deadlines"]),
        ("Deadline: 31 April 2027. The deadline is 31 April 2027.", ["deadlines"]),
        ("A total of 300 kr is available.", ["budget"]),
        ("Deadline: 3 May. Proposals are due on 5 May 2027.", []),
        ("The meeting is on 3 May.", []),
        ("Tickets for 300 kr are sold.", []),
    ],
)
def test_an_unusable_day_or_amount_is_recorded_once_where_a_word_says_what_it_is(read, text, expected):
    call, problems = read(text)
    assert (call.budget, problems) == (None, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Deadline: 3 May 2027. Later on the page: the deadline is 5 May 2027.",
        "The deadlines are 4 March 2027 and 2 September 2027.",
    ],
)
def test_two_different_deadlines_are_recorded_and_none_is_taken(read, text):
    call, problems = read(text)
    assert (call.deadlines, problems) == ((), ["deadlines"])


def test_the_same_deadline_twice_is_one_with_its_time(read):
    call, problems = read("The deadline is 5 May 2027. Apply by 5 May 2027, 17:00.")
    assert ([(d.day, d.at) for d in call.deadlines], problems) == ([(MAY_5, time(17))], [])


@pytest.mark.parametrize(
    "text",
    [
        "Open from 15 January 2027 to 5 May 2027 at 14.00 CEST.",
        "The call is open from 15/01/2027 and closes on 05/05/2027 at 2 PM CET.",
        "Application period: 15.01.2027 - 05.05.2027, 14:00 (CET).",
        "The call opened on 15 January 2027. Deadline for applications: 5 May 2027 at 14:00.",
        "Applications are possible between 15 January and 5 May 2027 (14:00).",
        "The call was launched on 15 January 2027 and closes on 5 May 2027 at 14:00 Brussels time.",
    ],
)
def test_opening_and_deadline(read, text):
    call, problems = read(text)
    assert (call.opening, days(call), problems) == (date(2027, 1, 15), [MAY_5], [])
    assert call.deadlines[0].at == time(14)


def test_an_opening_may_be_a_quarter(read):
    call, problems = read("A further call will be launched in the second quarter of 2027.")
    assert (call.opening, call.opening_precision, problems) == (date(2027, 4, 1), Precision.QUARTER, [])


def test_two_stages(read):
    call, problems = read(
        "First stage: concept notes by 15 December 2026, 5:00 PM Brussels time. "
        "Second stage: full proposals by 5 May 2027, 5:00 PM Brussels time."
    )
    assert [(d.day, d.stage, d.at) for d in call.deadlines] == [
        (date(2026, 12, 15), 1, time(17)),
        (MAY_5, 2, time(17)),
    ]
    assert (call.deadline_model, problems) == (DeadlineModel.TWO_STAGE, [])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The call is continuously open; applications are assessed on a rolling basis."),
        ("en", "There is no closing date; the board meets four times a year."),
        ("en", "Associations may apply all year round, until the money is used up."),
        ("de", "Anträge können jederzeit gestellt werden."),
        ("fr", "Les candidatures peuvent être déposées à tout moment."),
    ],
)
def test_a_call_without_end(read, language, text):
    call, problems = read(text, language)
    assert (call.deadlines, call.deadline_model, problems) == ((), DeadlineModel.PERMANENT, ["deadlines"])


def test_what_the_page_states_in_its_own_place_counts(read):
    call, _ = read("Deadline: 3 April 2027. Budget: EUR 3 million.", deadlines=("5 May 2027",), budget="EUR 8 million")
    assert (days(call), call.budget.total.amount) == ([MAY_5], 8_000_000)


def test_the_portal_is_not_read_for_facts_in_prose(make_raw, source, reference):
    raw = make_raw(description="Deadline: 5 May 2027. The total budget is EUR 3 million.")
    ((call, _),) = normalise([raw], source, reference)
    assert (call.deadlines, call.budget, call.terms) == ((), None, "")


def test_a_line_that_is_a_label_belongs_to_the_line_below_it():
    assert sentences("Money\nDeadline\n5 May 2027\nTowns", "en") == ["Money", "Deadline: 5 May 2027", "Towns"]


def test_the_sentence_can_be_found(read):
    call, _ = read("<p>Towns only.</p><p>The deadline is 5 May 2027.</p><p>The total budget is EUR 3 million.</p>")
    assert call.terms.split("\n") == [
        "Read in the text, deadlines: The deadline is 5 May 2027.",
        "Read in the text, budget: The total budget is EUR 3 million.",
    ]
    assert read_in_text(call) == "deadlines, budget; check on the page"
    shown = list(call_page(call, date(2027, 1, 1), {}, {}, {}))
    assert "Read in running text: deadlines, budget; check on the page" in shown


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("en", "The total budget is EUR 30 million.", 30_000_000),
        ("en", "The indicative budget of the call is EUR 60 million from the ERDF.", 60_000_000),
        ("en", "ERDF budget of the call: EUR 12 million. Co-financing rate: 80 %.", 12_000_000),
        ("en", "The strand makes EUR 12 million available.", 12_000_000),
        ("en", "Its estimated budget was 8 million EUR.", 8_000_000),
        ("en", "Budget: €4 million, up to EUR 200 000 per project.", 4_000_000),
        ("fr", "Le budget est de 2,5 millions d’euros.", 2_500_000),
        ("de", "Für den Aufruf stehen 1,2 Mio. Euro bereit.", 1_200_000),
        ("es", "El presupuesto total es de 2 millones de euros.", 2_000_000),
        ("it", "La dotazione è di 2 milioni di euro.", 2_000_000),
        ("lt", "Kvietimui skirta 2 mln. eurų.", 2_000_000),
        ("pl", "Budżet naboru wynosi 2 mln euro.", 2_000_000),
    ],
)
def test_a_total_budget(read, language, text, amount):
    call, problems = read(text, language)
    assert (call.budget.total.amount, call.budget.total.currency, problems) == (amount, "EUR", [])


@pytest.mark.parametrize(
    ("language", "text", "minimum", "maximum"),
    [
        ("en", "A project receives up to EUR 2 million.", None, 2_000_000),
        ("en", "Projects of up to EUR 60,000 are supported.", None, 60_000),
        ("en", "Between EUR 1 million and EUR 3 million for a project.", 1_000_000, 3_000_000),
        ("en", "A group may receive between EUR 30 000 and EUR 100 000.", 30_000, 100_000),
        ("en", "Each project gets at least EUR 100 000 and at most EUR 500 000.", 100_000, 500_000),
        ("de", "Bis zu 200.000 Euro pro Projekt.", None, 200_000),
        ("fr", "Jusqu’à 200 000 euros par projet.", None, 200_000),
        ("es", "Hasta 200.000 euros por proyecto.", None, 200_000),
        ("it", "Fino a 200.000 euro per progetto.", None, 200_000),
        ("pl", "Do 200 tys. euro na projekt.", None, 200_000),
    ],
)
def test_the_size_of_a_grant(read, language, text, minimum, maximum):
    call, problems = read(text, language)
    found = [money and money.amount for money in (call.grant.minimum, call.grant.maximum)]
    assert (found, call.budget, problems) == ([minimum, maximum], None, [])


@pytest.mark.parametrize(
    ("language", "text", "rate"),
    [
        ("en", "The co-financing rate is 80 %.", 80),
        ("en", "The grant covers up to 80 % of eligible costs.", 80),
        ("en", "Interreg funds cover up to 80 % of the costs.", 80),
        ("de", "Der Fördersatz beträgt 75 %.", 75),
        ("fr", "Le taux de cofinancement est de 80 %.", 80),
        ("it", "Fino all'80% dei costi ammissibili.", 80),
    ],
)
def test_a_rate(read, language, text, rate):
    call, problems = read(text, language)
    assert (call.grant.rate_percent, problems) == (Decimal(rate), [])


@pytest.mark.parametrize(
    "text",
    [
        "The programme has a budget of EUR 889 million for 2021-2027.",
        "Applicants need an annual turnover of EUR 100 000.",
        "A budget of up to EUR 5 million is foreseen.",
        "The budget has been increased from EUR 5 million to EUR 8 million.",
        "The total eligible budget of the project may not exceed EUR 500 000.",
        "EU co-financing: 80% for towns in less developed regions and 50% elsewhere.",
        "EUR 300 000 were spent.",
        "Budget 2027",
        "Applicants bring at least 20 % of eligible costs as own contribution.",
        "80 % of the towns took part.",
        "The maximum grant is checked if it is not more than EUR 60 000.",
        "The maximum amount to be granted to each third party is EUR 60 000.",
        "Such works shall not exceed 20 % of the total eligible costs.",
    ],
)
def test_an_amount_of_something_else_is_left_alone(read, text):
    call, problems = read(text)
    assert (call.budget, call.grant.maximum, call.grant.minimum, call.grant.rate_percent) == (None,) * 4
    assert problems == []


def test_two_budgets_are_recorded_and_none_is_taken(read):
    call, problems = read("The total budget is EUR 3 million. The budget of the call: EUR 5 million.")
    assert (call.budget, problems) == (None, ["budget"])


def test_sentences_do_not_end_behind_abbreviations_and_ordinals():
    text = "Bis 5. Mai 2027 um 17.00 Uhr. Es gibt 2 Mio. Euro. Apply by 5 p.m. Brussels time. Then wait."
    assert sentences(text, "en") == [
        "Bis 5. Mai 2027 um 17.00 Uhr.",
        "Es gibt 2 Mio. Euro.",
        "Apply by 5 p.m. Brussels time.",
        "Then wait.",
    ]
    assert sentences("It ends there.Another begins", "en") == ["It ends there.", "Another begins"]


@pytest.mark.timeout(60)  # what takes more than linear time would take hours
@pytest.mark.parametrize("field", ["description", "deadlines", "opening", "budget", "status"])
@pytest.mark.parametrize(
    "piece",
    ["Deadline 5 May 2027, ", "EUR 5 million and ", "apply by 5 ", "until 5 May\n", "by by by ", "5 % of costs. "],
)
def test_a_huge_field_is_one_call(read, field, piece):
    text = piece * (300_000 // len(piece))
    if field == "description":
        call, _ = read(text)
    else:
        call, _ = read("", **{field: (text,) if field == "deadlines" else text})
    assert call.title
