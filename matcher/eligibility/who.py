"""Rules on what an organisation is: kinds that may apply, kinds and bodies that may not, and calls by invitation."""

from __future__ import annotations

from matcher.eligibility import kinds, words
from matcher.eligibility.acts import ELIGIBLE_APPLICANTS, FINANCIAL_REGULATION
from matcher.eligibility.finding import Finding
from matcher.eligibility.registry import rule
from matcher.eligibility.situation import READ_THE_CALL, Situation, best_seat
from matcher.eligibility.trusts import TRUST, TRUSTS, decision_binds, is_in_hungary, trust
from matcher.model import Answer, ApplicantKind, Basis, Call, Criterion, CriterionKind, Quote, Role, Said, said, said_of

QUOTED = 300
"""Characters of the call's own words that a verdict quotes."""
WITHOUT_LEGAL_PERSON = frozenset({ApplicantKind.NATURAL_PERSON, ApplicantKind.INFORMAL_GROUP})


def kind_for(situation: Situation, role: Role) -> Finding:
    """Applicant kind: the call's condition, else its unsorted words, else what is usual in the programme."""
    clause = situation.all_stated(CriterionKind.APPLICANT_KIND, role, lambda s, one: _stated_kinds(s, role, one))
    if clause is not None:
        return clause
    return _usual_kinds(situation, role) if _all_understood(situation.call) else _unsorted_words(situation)


def excluded_kind_for(situation: Situation, role: Role) -> Finding | None:
    """Whether the organisation is of a kind that the call shuts out of that role; None: it shuts out none."""
    return situation.all_stated(CriterionKind.EXCLUDED_KIND, role, _left_out)


@rule(
    "May this kind of organisation apply?",
    ELIGIBLE_APPLICANTS,
    needs=(
        "profile.kinds",
        "profile.roles",
        "call.criteria",
        "call.applicants",
        "call.programme",
        "reference.programmes",
    ),
    asks=kind_for,
)
def applicant_kind(situation: Situation) -> Finding | None:
    """The call sets the categories of eligible applicants; one role it takes on is enough."""
    return best_seat(situation, kind_for)


@rule(
    "Is this kind of organisation left out?",
    f"{FINANCIAL_REGULATION}, Article 200 (the call may limit who is eligible)",
    needs=("profile.kinds", "profile.roles", "call.criteria"),
    asks=excluded_kind_for,
    kind=CriterionKind.EXCLUDED_KIND,
)
def excluded_kind(situation: Situation) -> Finding | None:
    """A call may shut kinds out, of the coordinator's seat alone as well; arises where it says so."""
    return best_seat(situation, excluded_kind_for)


@rule(
    "Is it a body that gets no EU grant at present?",
    TRUSTS,
    needs=(
        "profile.country",
        "profile.kinds",
        "call.criteria",
        "call.programme",
        "call.deadlines",
        "reference.programmes",
    ),
    answers=(Answer.MET, Answer.UNKNOWN),
    seen=lambda situation: (situation.profile.country, is_in_hungary(situation) and situation.profile.kinds),
)
def excluded_body(situation: Situation) -> Finding | None:
    """No grant is signed with Hungarian public-interest trusts and what they maintain; no profile says who is one.

    Arises where the call says so, and for organisations in Hungary in all EU grants since the Council's decision.
    """
    found = situation.all_stated(CriterionKind.EXCLUDED_BODY, None, _not_that_body)
    if found is not None or not is_in_hungary(situation) or not decision_binds(situation):
        return found
    answer, reason, remedy = trust(situation)
    return Finding(answer, reason, Basis.PROGRAMME_RULE, TRUSTS, remedy=remedy)


@rule(
    "Is the call open without an invitation?",
    f"{FINANCIAL_REGULATION}, Article 198 (grants without a call for proposals)",
    needs=("profile.name", "call.criteria"),
    answers=(Answer.MET, Answer.UNKNOWN),
    seen=lambda situation: tuple(_named(situation, one) for one in situation.terms.stated(CriterionKind.INVITED)),
)
def invited(situation: Situation) -> Finding | None:
    """Some calls are for bodies that were named or chosen before; arises where the call says so."""
    return situation.all_stated(CriterionKind.INVITED, None, _invited)


def _stated_kinds(situation: Situation, role: Role, clause: Criterion) -> Finding:
    wanted = [(value,) for value in clause.values] if clause.together else [clause.values]
    answer = min((kinds.fits(situation.profile.kinds, values) for values in wanted), key=_BAD_FIRST.index)
    named = words.kinds(clause.values)
    seat, ending = _seat_name(situation, role), _own_kinds(situation, answer)
    if clause.together and len(clause.values) > 1:
        reason = said(
            "The call wants applicants that are all of this at once: %(kinds)s, as %(role)s; %(ending)s.",
            kinds=named,
            role=seat,
            ending=ending,
        )
    else:
        reason = said("The call wants %(kinds)s as %(role)s; %(ending)s.", kinds=named, role=seat, ending=ending)
    return Finding(
        answer,
        reason,
        clause.basis,
        situation.terms.reference_of(clause),
        clause.quote,
        _remedy(situation, answer, READ_DEFINITION),
    )


READ_DEFINITION = said("Read how the call document defines these applicants.")
_BAD_FIRST = (Answer.NOT_MET, Answer.UNKNOWN, Answer.MET)


def _seat_name(situation: Situation, role: Role) -> Said:
    """A national call is applied to by one body as a rule, without the seats of a project across borders."""
    return APPLICANT if situation.call.national else words.ROLES[role]


APPLICANT = said_of("role", "applicant")


def _all_understood(call: Call) -> bool:
    """Whether the record's words on who may apply are spent on other roles, or there are none."""
    return not call.applicants or any(
        one.kind is CriterionKind.APPLICANT_KIND and one.quote and one.quote.place == "applicants"
        for one in call.criteria
    )


def _unsorted_words(situation: Situation) -> Finding:
    text = situation.call.applicants[:QUOTED]
    return Finding(
        Answer.UNKNOWN,
        said("The call says who may apply in words that are not sorted into kinds of applicant."),
        Basis.CALL_RECORD,
        situation.terms.page("applicants"),
        Quote(text=text, place="applicants", start=0, end=len(text)),
        said("Read the quoted words and compare them with your organisation."),
    )


def _usual_kinds(situation: Situation, role: Role) -> Finding:
    usual = situation.terms.usual(role)
    seat = _seat_name(situation, role)
    if usual is None:
        reason = said(
            "Neither the call's record nor a rule of %(programme)s says who may be %(role)s.",
            programme=situation.programme_name,
            role=seat,
        )
        remedy = said("Read the section on eligible applicants in the call document.")
        return Finding(Answer.UNKNOWN, reason, remedy=remedy)
    answer = kinds.fits(situation.profile.kinds, usual.kinds)
    reason = said(
        "Usual for %(programme)s: %(kinds)s as %(role)s; %(ending)s.",
        programme=situation.programme_name,
        kinds=words.kinds(kinds.common(situation.profile.kinds, usual.kinds) or usual.kinds),
        role=seat,
        ending=_own_kinds(situation, answer),
    )
    source = words.as_of(usual.source, usual.as_of)
    return Finding(answer, reason, Basis.PROGRAMME_RULE, source, remedy=_remedy(situation, answer, READ_THE_CALL))


def _own_kinds(situation: Situation, answer: Answer) -> Said:
    if answer is Answer.MET:
        return said("the organisation is among them")
    own = words.kinds(situation.profile.kinds)
    if answer is Answer.NOT_MET:
        return said("the organisation is entered under %(kinds)s, not among them", kinds=own)
    return said("the organisation is entered under %(kinds)s; whether that counts is open", kinds=own)


def _remedy(situation: Situation, answer: Answer, otherwise: str) -> str:
    if answer is Answer.MET:
        return ""
    if set(situation.profile.kinds) <= WITHOUT_LEGAL_PERSON:
        return said("Look for a registered organisation that applies and holds the grant for you, or register one.")
    return otherwise


_LEFT_OUT = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET, Answer.UNKNOWN: Answer.UNKNOWN}


def _left_out(situation: Situation, clause: Criterion) -> Finding:
    answer = _LEFT_OUT[kinds.fits(situation.profile.kinds, clause.values)]
    own = words.kinds(situation.profile.kinds)
    ending, remedy = {
        Answer.MET: (said("the organisation is entered under %(kinds)s, not among them", kinds=own), ""),
        Answer.UNKNOWN: (
            said("the organisation is entered under %(kinds)s; whether that is one of them is open", kinds=own),
            said("Read how the call document defines the bodies it leaves out."),
        ),
        Answer.NOT_MET: (
            said("the organisation is one of them"),
            _remedy(situation, Answer.NOT_MET, OTHER_ROLE),
        ),
    }[answer]
    out = words.kinds(clause.values)
    if clause.role:
        role = words.ROLES[clause.role]
        reason = said("The call leaves out %(kinds)s as %(role)s; %(ending)s.", kinds=out, role=role, ending=ending)
    else:
        reason = said("The call leaves out %(kinds)s; %(ending)s.", kinds=out, ending=ending)
    return Finding(answer, reason, clause.basis, situation.terms.reference_of(clause), clause.quote, remedy)


OTHER_ROLE = said("Look for another role in a project, or for a call without that limit.")


def _not_that_body(situation: Situation, clause: Criterion) -> Finding:
    if set(clause.values) <= {TRUST}:
        answer, reason, remedy = trust(situation)
    else:
        answer, remedy = Answer.UNKNOWN, READ_THE_CALL
        out = words.listing(clause.values)
        reason = said("The call leaves out bodies that were not understood: %(words)s.", words=out)
    reference = words.sources([TRUSTS, situation.terms.reference_of(clause)])
    return Finding(answer, reason, clause.basis, reference, clause.quote, remedy)


def _invited(situation: Situation, clause: Criterion) -> Finding:
    basis, page = clause.basis, situation.terms.reference_of(clause)
    if name := _named(situation, clause):
        reason = said("The call names %(name)s among those who may apply.", name=name)
        return Finding(Answer.MET, reason, basis, page, clause.quote)
    return Finding(
        Answer.UNKNOWN,
        said("Only bodies that were named or chosen before may apply; whether the organisation is one is not known."),
        basis,
        page,
        clause.quote,
        said("Ask the contact of the call whether your organisation is among those invited; if not, it cannot apply."),
    )


def _named(situation: Situation, clause: Criterion) -> str:
    """The organisation's name, where the quoted words hold it."""
    name = situation.profile.name
    return name if clause.quote and name.casefold() in clause.quote.text.casefold() else ""
