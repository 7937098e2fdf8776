"""Rules on what an organisation must have: inhabitants, experience, a language it can apply in."""

from __future__ import annotations

from matcher.eligibility import words
from matcher.eligibility.acts import FINANCIAL_REGULATION
from matcher.eligibility.finding import Finding, best_answer, grade, worst_answer
from matcher.eligibility.registry import rule
from matcher.eligibility.situation import READ_THE_CALL, Situation, best_seat
from matcher.model import (
    Answer,
    Basis,
    Criterion,
    CriterionKind,
    Experience,
    ExperienceKey,
    Quote,
    Role,
    said,
    said_of,
    to_say,
)
from matcher.model.said import Said, a_number

ASKED = {
    ExperienceKey.EU_PROJECT.value: said("to have taken part in an EU project"),
    ExperienceKey.LED_EU_PROJECT.value: said("to have led an EU project"),
    ExperienceKey.MULTI_COUNTRY.value: said("to have taken part in a project across borders"),
    ExperienceKey.SAME_FIELD.value: said("experience in the field of the call"),
    ExperienceKey.LABEL.value: said("a label or an earlier award"),
}


def size_for(situation: Situation, role: Role) -> Finding | None:
    """Inhabitants of a municipality against the call's or, for who leads, the programme's limit; None: no limit."""
    if not situation.is_municipality:
        return None
    if situation.terms.stated(CriterionKind.POPULATION):
        return situation.all_stated(CriterionKind.POPULATION, role, _stated_size)
    limit = situation.reference.population(situation.call.programme or "", situation.deciding_day)
    if limit is None or role is not Role.COORDINATOR:
        return None
    source = words.with_note(limit.source, limit.as_of, limit.note)
    return _enough(situation, limit.minimum, Basis.PROGRAMME_RULE, source)


def experience_for(situation: Situation, role: Role) -> Finding | None:
    """Earlier projects against what the call asks of that role; None: it asks nothing."""
    return situation.all_stated(CriterionKind.EXPERIENCE, role, _experienced)


@rule(
    "Does the municipality have the inhabitants asked for?",
    "European Urban Initiative, guidance for innovative actions, part 1.5 (urban authorities)",
    needs=(
        "profile.type",
        "profile.population",
        "profile.roles",
        "call.criteria",
        "call.programme",
        "call.deadlines",
        "reference.populations",
    ),
    asks=size_for,
)
def population(situation: Situation) -> Finding | None:
    """Some calls let only urban authorities of a least size lead; arises for municipalities in those calls."""
    found = [size for role in situation.seats if (size := situation.find(size_for, role))]
    return min(found, key=grade, default=None)


@rule(
    "Does the organisation have the experience asked for?",
    f"{FINANCIAL_REGULATION}, Article 201 (applicants have the competence that the action needs)",
    needs=("profile.roles", "profile.experience", "call.criteria"),
    asks=experience_for,
    kind=CriterionKind.EXPERIENCE,
)
def experience(situation: Situation) -> Finding | None:
    """A call may ask for earlier projects or a label, often of the coordinator alone; arises where it says so.

    What the profile counts are least counts, so that too few is unknown, not no.
    """
    return best_seat(situation, experience_for)


@rule(
    "Can the organisation apply in a language of the call?",
    f"{FINANCIAL_REGULATION}, Article 197 (the call says how to apply)",
    needs=("profile.languages", "call.criteria"),
    answers=(Answer.MET, Answer.UNKNOWN),
)
def language(situation: Situation) -> Finding | None:
    """The language is one of the application, which can be translated: it shuts nobody out. Arises where stated."""
    return situation.all_stated(CriterionKind.LANGUAGE, None, _written_in)


def _stated_size(situation: Situation, clause: Criterion) -> Finding:
    minimum = max((int(value) for value in clause.values if value.isdecimal()), default=None)
    return _enough(situation, minimum, clause.basis, situation.terms.reference_of(clause), clause.quote)


def _enough(
    situation: Situation, minimum: int | None, basis: Basis, reference: str, quote: Quote | None = None
) -> Finding:
    own = situation.profile.population
    if minimum is None:
        reason = said("The call sets a least number of inhabitants that was not understood.")
        return Finding(Answer.UNKNOWN, reason, basis, reference, quote, READ_THE_CALL)
    needed = a_number(minimum)
    if own is None:
        reason = said(NO_POPULATION, number=needed)
        remedy = said("Enter the population with its source in the profile.")
        return Finding(Answer.UNKNOWN, reason, basis, reference, quote, remedy)
    reason = said(HAS, number=needed, own=a_number(own.value), year=own.as_of, source=own.source)
    if own.value >= minimum:
        return Finding(Answer.MET, reason, basis, reference, quote)
    return Finding(Answer.NOT_MET, reason, basis, reference, quote, said(TOGETHER))


NO_POPULATION = to_say(
    "An applying urban authority needs at least %(number)s inhabitants; the profile gives no population."
)
HAS = to_say(
    "An applying urban authority needs at least %(number)s inhabitants; the organisation has %(own)s (%(year)s, "
    "%(source)s)."
)
TOGETHER = to_say(
    "Look whether neighbouring authorities may reach the number together, or join a larger one as partner."
)


def _experienced(situation: Situation, clause: Criterion) -> Finding:
    own = situation.profile.experience
    combine = worst_answer if clause.together else best_answer
    answer = combine([_has(own, value, clause.quote) for value in clause.values])
    asked = words.listing((ASKED.get(value, value) for value in clause.values), "and" if clause.together else "or")
    whom = words.ROLES[clause.role] if clause.role else said_of("role", "applicant")
    ending, remedy = _told(answer, own)
    reason = said("The call asks of the %(role)s %(asked)s; %(ending)s.", role=whom, asked=asked, ending=ending)
    return Finding(answer, reason, clause.basis, situation.terms.reference_of(clause), clause.quote, remedy)


def _has(own: Experience | None, value: str, quote: Quote | None) -> Answer:
    """Whether the profile shows it. Only what is entered as not done is not met: counts are least counts."""
    if own is None:
        return Answer.UNKNOWN
    if value == ExperienceKey.MULTI_COUNTRY and own.multi_country is not None:
        return Answer.MET if own.multi_country else Answer.NOT_MET
    if value == ExperienceKey.EU_PROJECT:
        shown = own.projects > 0
    elif value == ExperienceKey.LED_EU_PROJECT:
        shown = own.led > 0
    else:
        named = quote.text.casefold() if quote and value == ExperienceKey.LABEL else ""
        shown = any(label.casefold() in named for label in own.labels)
    return Answer.MET if shown else Answer.UNKNOWN


def _told(answer: Answer, own: Experience | None) -> tuple[str, str]:
    if own is None:
        return said("the organisation's profile says nothing of earlier projects"), said(
            "Enter earlier EU projects in the profile."
        )
    shown = _projects(own)
    if answer is Answer.MET:
        return shown, ""
    if answer is Answer.NOT_MET:
        return shown, said("Join a project that an experienced organisation leads.")
    return said("%(projects)s; whether that is enough is open", projects=shown), said(COMPARE)


COMPARE = to_say(
    "Compare the quoted words with what the organisation has done, and enter what is missing in the profile; or"
    " join a project that an experienced organisation leads."
)


def _projects(own: Experience) -> Said:
    values = {"projects": own.projects, "led": own.led, "source": own.source}
    if own.labels:
        return said(
            "the organisation has %(projects)s EU projects, %(led)s of them led, %(labels)s (%(source)s)",
            **values,
            labels=words.listing(own.labels),
        )
    return said("the organisation has %(projects)s EU projects, %(led)s of them led (%(source)s)", **values)


def _written_in(situation: Situation, clause: Criterion) -> Finding:
    own = situation.profile.languages
    known = [code for code in clause.values if code in own]
    enough = len(known) == len(clause.values) if clause.together else bool(known)
    asked = words.languages(clause.values, "and" if clause.together else "or")
    basis, page = clause.basis, situation.terms.reference_of(clause)
    if enough:
        in_words = words.languages(tuple(known), "and")
        reason = said(WRITTEN, languages=asked, own=in_words)
        return Finding(Answer.MET, reason, basis, page, clause.quote)
    if own:
        reason = said(WRITTEN, languages=asked, own=words.languages(own, "and"))
    else:
        reason = said(NO_LANGUAGE, languages=asked)
    return Finding(Answer.UNKNOWN, reason, basis, page, clause.quote, said(TRANSLATE, languages=asked))


WRITTEN = to_say("Applications are written in %(languages)s; the organisation works in %(own)s.")
NO_LANGUAGE = to_say(
    "Applications are written in %(languages)s; the organisation does not say in its profile what it works in."
)
TRANSLATE = to_say(
    "Have the application translated into %(languages)s, or join a partner who writes it; if somebody in the"
    " organisation can write it, add the language to the profile."
)
