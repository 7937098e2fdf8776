"""An invented call document in the form that those of the EU have, in words of our own; and a second edition of it.

The second edition corrects one row of the participation table and adds a paragraph on who is shut out. No date moves.
"""

from __future__ import annotations

from tests.doubles.paper import Part, pdf

HEADER = "Call: TOWN-2026-TF2-AG-CALL — Neighbours in small towns"
TOPICS = ("TOWN-2026-TF2-AG-01-WELCOME", "TOWN-2026-TF2-AG-02-COUNCIL", "TOWN-2026-TF2-AG-03-HEALTH")

ONLY_PRIVATE = "Non-profit private bodies only"
PUBLIC_TOO = "Non-profit bodies, whether public or private"
EXCLUSION = (
    "As long as Council Implementing Decision (EU) 2022/2506 is in force, public interest trusts set up under the "
    "Hungarian Act IX of 2021, and the bodies they maintain, cannot take part in any funded role."
)
LEAST = "The consortium must have at least three applicants from three different participating Member States."
RATE = "The grant pays back at most 90 % of the eligible costs."
RANGE = "The grant asked for must lie between EUR 400 000 and EUR 1 500 000 for one project."
DURATION = "Projects should last between 18 and 36 months."
SUB_GRANTS = "Financial support to third parties is allowed, up to EUR 60 000 for each of them."
WHO = (
    "To be eligible, applicants, whether beneficiaries or affiliated entities, must be legal entities, public or "
    "private, and be established in one of the Member States that take part in the Fund."
)
NO_PERSONS = "Natural persons are not eligible, with the exception of the self-employed."
COORDINATOR = "The coordinator must be a local or regional authority or a non-profit organisation."


def fiche(edition: int = 1, size: float = 0.0) -> bytes:
    """The PDF of the first or second edition; `size`: with larger or smaller letters, so that all pages break anew."""
    return pdf(parts(edition), HEADER, size)


def parts(edition: int) -> list[Part]:
    return [
        *_front(edition),
        *_background(),
        *_money_and_days(),
        *_admissibility(),
        *_eligibility(edition),
        *_evaluation(),
        *_agreement(),
        *_submission(),
    ]


def _front(edition: int) -> list[Part]:
    changes = [["Version", "Publication date", "Change", "Page"], ["1.0", "17.01.2026", "First edition", ""]]
    if edition == 2:
        changes.append(
            ["1.1", "22.02.2026", "Section 6: one row of the table on participation; trusts in Hungary", "7"]
        )
    contents = ["0. Introduction", "3. Available budget", "6. Eligibility", "9. Award criteria", "13. Important"]
    return [
        ("space", "120"),
        ("title", "Fund for Neighbours (TOWN)"),
        ("title", "Call for proposals"),
        ("h2", "Neighbours in small towns"),
        ("body", "TOWN-2026-TF2-AG-CALL"),
        ("body", "Version 1.0<br/>17 January 2026" if edition == 1 else "Version 1.1<br/>1 March 2026"),
        None,
        ("h1", "HISTORY OF CHANGES"),
        changes,
        ("h1", "TABLE OF CONTENTS"),
        *(("body", f"{title} {'.' * (90 - len(title))} {3 + 2 * n}") for n, title in enumerate(contents)),
        None,
        ("h1", "0. Introduction"),
        ("body", "This text invites towns and those who work with newcomers to propose projects. It says what is paid "
         "for, who may ask for it, and how the proposals are judged. Read it together with the forms on the portal."),
        ("body", "The rules of the Fund and of the yearly plan of its transnational actions stand above this text."),
    ]  # fmt: skip


def _background() -> list[Part]:
    told = [
        "Small towns take in people who were forced to leave their homes, often with few staff of their own.",
        "What works in one town is seldom known in the next, although the difficulties are alike.",
        "Those who came earlier know best what those who come now will need, and they are seldom asked.",
        "Earlier projects have shown that a place at the table matters more than a leaflet in ten languages.",
    ]
    return [
        ("h1", "1. Background"),
        *(("body", " ".join(told[n:] + told[:n])) for n in range(4)),
        ("h1", "2. Objectives — Themes — Activities that can be funded — Expected impact"),
        ("h2", "Objectives"),
        ("body", "The call helps towns to plan together with newcomers. Its aims are:"),
        ("item", "to let newcomers take part in the decisions of their town;"),
        ("item", "to open the services of the town to everybody who lives there;"),
        ("item", "to carry over what has been tried elsewhere."),
        ("h2", "Themes and priorities (scope)"),
        *(
            part
            for number, topic in enumerate(TOPICS, start=1)
            for part in (
                ("h3", f"Topic {number}: {topic}"),
                ("body", f"Theme {number} is for towns that have begun to work with their newcomers and want to go on. "
                 + " ".join(told[number % 4 :])),
            )
        ),
        ("h2", "Activities that can be funded (scope)"),
        ("body", "Among others, meetings of councils with newcomers, training of staff, visits between towns, and "
         "small grants to associations can be paid for."),
        ("h2", "Expected impact"),
        ("body", "After the project, more newcomers than before know where decisions are made and take part in them."),
        None,
    ]  # fmt: skip


def _money_and_days() -> list[Part]:
    return [
        ("h1", "3. Available budget"),
        ("body", "EUR 24 000 000 are foreseen for this call, shared between its topics as the table says."),
        [["Topic", "Topic budget", "Grant for one project"],
         [TOPICS[0], "EUR 10 000 000", "EUR 400 000 to EUR 1 500 000"],
         [TOPICS[1], "EUR 8 000 000", "EUR 400 000 to EUR 1 500 000"],
         [TOPICS[2], "EUR 6 000 000", "EUR 400 000 to EUR 1 500 000"]],
        ("body", "The amounts may still be changed between topics once the proposals have been judged."),
        ("h1", "4. Timetable and deadlines"),
        [["Step", "Day"], ["Opening of the call", "17 January 2026"],
         ["Last day for proposals", "16 May 2026, 17:00 (Brussels)"], ["Results", "October 2026"],
         ["Signature of the agreements", "January 2027"]],
        None,
    ]  # fmt: skip


def _admissibility() -> list[Part]:
    return [
        ("h1", "5. Admissibility and documents"),
        ("body", "Proposals are handed in on the portal, on its own forms, before the last hour. What comes by post "
         "or by mail is not opened. A proposal holds:"),
        ("item", "Part A with what the applicants are and what they ask for, filled in on the portal;"),
        ("item", "Part B with the description of the project, of no more than 45 pages;"),
        ("item", "the annexes: the table of the budget, and the list of earlier projects."),
        ("body", "Whoever hands in a proposal confirms that all applicants have agreed to it."),
        None,
    ]  # fmt: skip


def _eligibility(edition: int) -> list[Part]:
    row = ONLY_PRIVATE if edition == 1 else PUBLIC_TOO
    exclusion: list[Part] = [("h3", "Council measures on Hungary"), ("body", EXCLUSION)] if edition == 2 else []
    return [
        ("h1", "6. Eligibility"),
        ("h2", "Eligible participants (eligible countries)"),
        ("body", WHO + "<super size='6'>4</super> Bodies from elsewhere may follow the work as associated partners, "
         "without funding."),
        ("h3", "Specific cases and definitions"),
        ("body", NO_PERSONS),
        ("body", "International organisations are eligible wherever they have their seat."),
        *exclusion,
        ("note", "4 The list of the Member States that take part is kept on the portal."),
        ("h2", "Consortium composition"),
        ("body", LEAST + " Affiliated entities do not count towards these numbers."),
        ("body", COORDINATOR),
        ("h2", "Overview of the conditions"),
        [["Condition", "Topic 1", "Topics 2 and 3"],
         ["Bodies that may be coordinator", row, row],
         ["Participation of bodies that make a profit", "Not allowed as coordinator", "Not allowed"],
         ["Least number of applicants", "3", "3"]],
        ("h2", "Duration"),
        ("body", DURATION + " A longer time is possible where the project says why."),
        ("h2", "Project budget"),
        ("body", RANGE),
        ("h2", "Eligible activities"),
        ("body", SUB_GRANTS + " The project sets out beforehand who can get it and how it is given."),
        None,
    ]  # fmt: skip


def _evaluation() -> list[Part]:
    return [
        ("h1", "7. Financial and operational capacity and exclusion"),
        ("body", "Applicants have what they need to see the project through: money, staff and experience. Public "
         "bodies and international organisations are not examined on their money."),
        ("h1", "8. Evaluation and award procedure"),
        ("body", "Every proposal is read by experts who do not know each other's marks. The best are invited to "
         "prepare an agreement, as far as the money of the topic goes."),
        ("h1", "9. Award criteria"),
        [["Criterion", "Least", "Most"], ["Relevance", "25", "40"], ["Quality", "-", "40"], ["Impact", "-", "20"],
         ["All together", "65", "100"]],
        None,
    ]  # fmt: skip


def _agreement() -> list[Part]:
    return [
        ("h1", "10. Legal and financial set-up of the grant agreements"),
        ("h2", "Funding rate"),
        ("body", RATE + " The rest is paid by the applicants themselves or by others."),
        ("h2", "Form of the grant"),
        ("body", "The costs that were really made are paid back, by categories; there is no lump sum."),
        ("h2", "Payments"),
        ("body", "A first payment of 80 % of the grant follows the signature; the balance follows the last report."),
        None,
    ]


def _submission() -> list[Part]:
    return [
        ("h1", "11. How to submit an application"),
        ("body", "Choose the topic on the portal, register every applicant, fill in the forms and send them."),
        ("h1", "12. Help"),
        ("body", "Look first among the answers on the portal; write to its help desk then."),
        ("h1", "13. Important"),
        ("item", "Do not wait for the last day."),
        ("item", "What is sent last counts; what was sent before it is not read."),
    ]
