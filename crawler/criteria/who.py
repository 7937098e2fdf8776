"""Who may apply and who may lead, who is shut out, and whom a consortium needs. A duty to find partners shuts out
nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.criteria.clauses import Clause
from crawler.criteria.found import ELSEWHERE, HALF, Found
from crawler.criteria.kinds import Kinds, kinds_in, together
from crawler.criteria.vocabulary import any_of, facts, patterns
from matcher.model import OTHER, Role
from matcher.model import CriterionKind as Kind

_P = patterns("who")
TRIGGER: tuple[str, ...] = tuple(facts("who")["trigger"])
_ANYONE = any_of(facts("who")["anyone"], "", "")
_AND_ANOTHER = re.compile(
    r"(?:,| and|, and| as well as|;) (?=(?:\([ivx]+\) )?(?:at least|an? |one |two |three |\d{1,2} |a minimum))",
    re.IGNORECASE,
)
_AS_LEADER = re.compile(rf"\bas (?:the |an? )?(?:{facts('common')['parts']['leader'][0]}|lead|main)", re.IGNORECASE)
_WORDS: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in facts("who")["words"].items()}
_CHOSEN = re.compile(r"invit|framework|select|identified|named|designat|list of", re.IGNORECASE)
_DUTY = re.compile(r"must|shall|requir|ha(?:s|ve) to|needs? to")
_LEADS = re.compile(r"oordinat|\bled\b|\blead|\b[mM]ain|rincipal")
_APPLY = (
    "must_be",
    "open_to",
    "supported",
    "submitted_by",
    "only",
    "only_eligible",
    "eligible_are",
    "can_apply",
    "targets",
    "run",
)
_IN_VIEW = ("targets", "run")
_LEAD = ("leads", "only_leads", "coordinated_by")
_NEED = ("one_kind_is", "one_is", "those_are", "including")
_JOINS = (
    ("ffiliated", "affiliated_in", Role.AFFILIATED_ENTITY),
    ("ssociated", "associated_in", Role.ASSOCIATED_PARTNER),
)
_OTHERS = re.compile(r"\s*(?:all |any )?other\b", re.IGNORECASE)
"""Some of a kind that the text tells from others of it."""
_EACH = re.compile(r"(?:at least|minimum|min\.) (?:one|1|an?) ", re.IGNORECASE)
"""How each item of a list begins that says whom a consortium needs, whatever leads the list."""
_TOGETHER = re.compile(r"\b(?:consorti|partnership)", re.IGNORECASE)
_OR = re.compile(r"\bor[\s,;]*$", re.IGNORECASE)
_BREAK = re.compile(r"[.;:—–]| that |, (?:but|and) ")
LONG_SUBJECT = 160
"""Characters of the longest subject that is looked at."""


def read(clause: Clause) -> Iterator[Found]:
    """Kinds that may apply, lead or take no part, kinds a consortium needs, and who was chosen before."""
    found = tuple(_read(clause))
    if found and (found[0].kind in (Kind.ROLE, Kind.EXCLUDED_BODY) or not _P["others"].search(clause.said)):
        yield from found


def _read(clause: Clause) -> Iterator[Found]:
    said = clause.said
    if "trust" in said and _P["hungarian"].search(said):
        yield Found(Kind.EXCLUDED_BODY, ("hungarian_public_interest_trust",))
        return
    if role := next((each for words, name, each in _JOINS if words in said and _P[name].search(clause.own)), None):
        yield Found(Kind.ROLE, (role,))
        return
    if "not only" in said and (told := _P["roles_told"].search(said)):
        beside = (Role.AFFILIATED_ENTITY,) if "ffiliated" in told[0] else ()
        yield from (Found(Kind.ROLE, (each,)) for each in (*beside, Role.ASSOCIATED_PARTNER))
        return
    if "roles" in said and _P["other_roles"].search(said):
        yield Found(Kind.ROLE, (Role.ASSOCIATED_PARTNER,))
        return
    if _CHOSEN.search(said) and _P["invited"].search(said):
        yield Found(Kind.INVITED, ("yes",))
    elif "oordinator" in said and _P["invited_coordinator"].search(said):
        yield Found(Kind.INVITED, ("yes",), Role.COORDINATOR)
        return
    if clause.row and "articipation of" in said:
        yield from _participation(said)
        return
    needed = tuple(_needed(clause)) if _DUTY.search(said) else ()
    yield from needed
    if not needed:
        yield from _shut_out(clause)
        leads = _allowed(clause, _LEAD, Role.COORDINATOR) if _LEADS.search(clause.own) else []
        yield from leads or _allowed(clause, _APPLY, None)


def _allowed(clause: Clause, names: tuple[str, ...], role: Role | None) -> list[Found]:
    """The kinds that may apply, or lead, where the clause names them."""
    for name in names:
        found = _search(name, _said(clause) if clause.items or role is None else clause.own)
        if found is None or _is_led(clause, name) or (name == "can_apply" and not _plain_subject(found["kinds"])):
            continue
        if _ANYONE.search(found["kinds"]):
            return []
        named = _listed(clause, found["kinds"])
        if named.values:
            return [
                Found(
                    Kind.APPLICANT_KIND,
                    (*named.values, *named.unknown),
                    role,
                    sure=min(_sure(named), ELSEWHERE if name in _IN_VIEW else 1.0),
                )
            ]
    return []


def _search(name: str, said: str) -> re.Match[str] | None:
    return _P[name].search(said) if any(map(said.__contains__, _WORDS[name])) else None


def _said(clause: Clause) -> str:
    """The clause; where it leads a list, with a word that stands for the list."""
    return f"{clause.said} x" if clause.items else clause.said


def _is_led(clause: Clause, name: str) -> bool:
    """Whether the words that lead the list already say it, so that the list is read as a whole."""
    lead = clause.said[: len(clause.said) - len(clause.own)].rstrip(" :")
    return bool(lead) and bool(_P[name].search(f"{lead} x"))


def _plain_subject(words: str) -> bool:
    return len(words) < 150 and not kinds_in(words).unknown


def _listed(clause: Clause, words: str) -> Kinds:
    """The kinds of the words, or of the list that follows them."""
    if not clause.items:
        return kinds_in(words)
    return together(tuple(kinds_in(item) for item in clause.items))


def _sure(named: Kinds) -> float:
    if named.unknown or named.narrow:
        return HALF
    return ELSEWHERE if named.limited else 1.0


def _shut_out(clause: Clause) -> Iterator[Found]:
    if clause.items:
        return
    if (
        "rofit" in clause.said
        and (found := _P["partners_only"].search(clause.said))
        and (values := _understood(found["kinds"]))
    ):
        plain = re.search(r"\bonly\b|as (?:co-?applicants|partners)", found[0])
        yield Found(Kind.EXCLUDED_KIND, values, Role.COORDINATOR, sure=1.0 if plain else HALF)
        return
    for name in ("not_lead", "excluded", "excluded_are"):
        for found in _P[name].finditer(clause.own):
            subject = _subject(clause.own, found.start())
            if values := () if _OTHERS.match(subject) else _understood(subject):
                leads = name == "not_lead" or _AS_LEADER.search(clause.own, found.end())
                yield Found(Kind.EXCLUDED_KIND, values, Role.COORDINATOR if leads else None)


def _participation(said: str) -> Iterator[Found]:
    """Cells that say as what a kind of bodies can take part: "Participation of X as: co-applicant"."""
    for cell in said.split(" | "):
        found = _P["participation"].search(cell)
        values = _understood(found["kinds"]) if found else ()
        if not found or not values:
            continue
        if _P["no_part"].match(found["answer"]):
            leads = found["role"] and _P["leading_role"].search(found["role"])
            yield Found(Kind.EXCLUDED_KIND, values, Role.COORDINATOR if leads else None)
        elif not found["role"] and _P["partner_role"].match(found["answer"]):
            yield Found(Kind.EXCLUDED_KIND, values, Role.COORDINATOR)


def _subject(said: str, end: int) -> str:
    """The words before a verb, back to where its sentence or its part of one begins."""
    return _BREAK.split(said[max(0, end - LONG_SUBJECT) : end])[-1]


def _understood(words: str) -> tuple[str, ...]:
    """The kinds, where the words name nothing else and do not narrow them."""
    profit = re.search(r"profit[- ]?(?:oriented|making)|for[- ]profit", words, re.IGNORECASE)
    named = kinds_in(words) if not (profit and "non" not in words) else kinds_in("for-profit organisations")
    return () if named.unknown or named.limited or OTHER in named.values else named.values


def _needed(clause: Clause) -> Iterator[Found]:
    """Kinds of which a consortium needs a body: all at once where it says "and", one of them where it says "or"."""
    found = next((hit for name in _NEED if (hit := _search(name, _said(clause))) and not _is_led(clause, name)), None)
    if found is None and not _lists_needs(clause):
        return
    parts = clause.items or tuple(_AND_ANOTHER.split(found["kinds"] if found else ""))
    named = tuple(one for one in map(kinds_in, parts) if one.values and not one.unknown)
    sure = ELSEWHERE if any(one.limited for one in named) else 1.0
    if any(_OR.search(item) for item in clause.items):
        if len(named) == len(parts):
            yield Found(Kind.MUST_INCLUDE_KIND, together(named).values, sure=sure)
    elif len(named) > 1 and all(len(one.values) == 1 for one in named):
        values = tuple(dict.fromkeys(one.values[0] for one in named))
        yield Found(Kind.MUST_INCLUDE_KIND, values, together=len(values) > 1, sure=sure)
    else:
        yield from (Found(Kind.MUST_INCLUDE_KIND, one.values, sure=sure) for one in named)


def _lists_needs(clause: Clause) -> bool:
    """Whether it leads a list of bodies of which a consortium needs at least one each."""
    return bool(clause.items and _TOGETHER.search(clause.said)) and all(map(_EACH.match, clause.items))
