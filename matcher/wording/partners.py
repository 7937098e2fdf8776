"""Who could join a draft, in plain words for a reader at a terminal. Pure; knows neither store nor day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.eligibility import words
from matcher.model import Answer, Condition, OrganisationType, ProjectRole, Role, Said, said, said_of, to_say, together
from matcher.model.said import joined, series
from matcher.partners.candidate import Candidate, Engagement
from matcher.partners.page import PartnerPage
from matcher.partners.roles import Advice
from matcher.partners.signals import INVITE
from matcher.partners.suggesting import Suggestion
from matcher.reference.networks import LegalBody, Network

SHOWN_PROJECTS = 3
"""Past projects named of a suggestion."""
ADVISED = {Role.COORDINATOR: said_of("route", "lead"), Role.BENEFICIARY: said_of("route", "co-applicant")}
DONE = {
    ProjectRole.COORDINATOR: to_say("led %(project)s"),
    ProjectRole.PARTICIPANT: to_say("partner of %(project)s"),
    ProjectRole.AFFILIATED_ENTITY: to_say("affiliated entity in %(project)s"),
    ProjectRole.ASSOCIATED_PARTNER: to_say("associated partner of %(project)s"),
}
NO_PROJECTS = said(
    "No funded projects are stored, so nobody can be suggested from them: run `funding crawl funded_projects` and ask"
    " again."
)
UNASKED = said(
    "Who did not enter itself here is known from public records only and was not asked whether it looks for partners."
)


def partner_page(page: PartnerPage, top: int) -> Iterator[str]:
    """What is missing, who could fill it, what role is advised, and where else to ask."""
    yield f"Partners for {page.asking.name}: {page.board.call.title}"
    yield from role_lines(page)
    yield ""
    yield from missing_lines(page)
    if nobody := empty_words(page):
        yield from ("", nobody)
    if invited := invitation_words(page):
        yield from ("", invited)
    for heading, suggestions in groups(page).items():
        yield from _group(heading, suggestions, top)
    if page.suggestions.repairing or page.suggestions.strengthening:
        yield from ("", UNASKED)
    yield from ("", "Networks to ask (places to look for partners, no partners themselves unless it is said)")
    for network in page.networks:
        yield from _network_lines(network, network.key in page.memberships)


def role_lines(page: PartnerPage) -> Iterator[str]:
    """The role of the asking organisation: as it said, or as it is advised and why."""
    yield f"Advised role: {advice_words(page.advice)}"
    yield f"      Rests on: {page.advice.source}"
    if page.role not in (None, page.advice.role):
        yield f"      In this draft it is entered as {words.ROLES[page.role]}."


def invitation_words(page: PartnerPage) -> str:
    """What the brief recommends to a municipality, and what is known here of migrant-led partners; empty for others."""
    if page.closed or page.asking.type is not OrganisationType.MUNICIPALITY:
        return ""
    found = page.suggestions
    if any(one.candidate.type is OrganisationType.MIGRANT_LED for one in (*found.repairing, *found.strengthening)):
        return said("Migrant-led organisations come first among equals (%(source)s).", source=INVITE)
    return said(NONE_ENTERED, source=words.sentence(INVITE))


NONE_ENTERED = to_say(
    "%(source)s. None that looks for partners has entered itself here, and public records do not say who is led by "
    "migrants: ask those of your town, and the networks below."
)


def groups(page: PartnerPage) -> dict[str, tuple[Suggestion, ...]]:
    """The suggestions under the headings of a reader."""
    return {
        said("Experienced leads to write to"): page.leads,
        said("Who could fill what is missing"): page.partners,
        said("Who would strengthen the draft, without repairing what is missing"): page.strengthening,
    }


def empty_words(page: PartnerPage) -> str:
    """Why few or none are suggested; empty where all sources were looked at."""
    if page.closed:
        return page.closed
    if not page.stored:
        return NO_PROJECTS
    none = said("Among the stored projects none is of this call's topic, programme or fund.")
    return "" if page.looked_at else none


def advice_words(advice: Advice) -> Said:
    return together(said("%(role)s.", role=ADVISED[advice.role]), advice.reason)


def missing_lines(page: PartnerPage) -> Iterator[str]:
    """The failing conditions with what the next member must be, then those that are open."""
    failing = [one for one in page.board.conditions if one.answer is Answer.NOT_MET]
    yield "What the draft lacks" if failing else "Nothing is known to be missing from the draft."
    for condition in failing:
        yield f"  {condition.reason}"
        if condition.remedy:
            yield f"      {condition.remedy}"
        yield from _grounds(condition)
    unknown = [one.reason for one in page.board.conditions if one.answer is Answer.UNKNOWN]
    if unknown:
        yield "Not known"
        yield from (f"  {reason}" for reason in unknown)


def place_words(one: Suggestion) -> str:
    """Whether it can be funded, and of a lead whether its kind may lead."""
    if one.place is None:
        return said("Whether it can be funded was not judged.")
    if one.place.answer is not Answer.MET:
        return said("Not known whether it can be funded: %(reason)s", reason=one.place.reason)
    if one.role is not Role.COORDINATOR:
        return said("Can be funded, as far as country and kind tell.")
    if one.lead is None:
        return said(NO_CONDITION)
    if one.lead.answer is Answer.MET:
        return said("Can be funded, as far as country and kind tell; its kind may lead.")
    return said("Can be funded, as far as country and kind tell; whether its kind may lead is open.")


NO_CONDITION = to_say(
    "Can be funded, as far as country and kind tell; no further condition on who leads is known: read the call "
    "document."
)


def done_words(done: Engagement) -> str:
    """ "led FEAST (AMIF, 2025)"."""
    facts = ", ".join(filter(None, [done.programme, str(done.year) if done.year else ""]))
    told = said(DONE[done.role] if done.role else to_say("took part in %(project)s"), project=done.project)
    return joined(" ", [told, f"({facts})" if facts else ""])


def origin_words(candidate: Candidate) -> str:
    """From where it is known."""
    told = []
    if candidate.profile:
        told.append(said("entered itself and looks for partners (profile %(id)s)", id=candidate.profile))
    if candidate.network:
        told.append(said("body of a network that joins projects itself"))
    if any(done.stored for done in candidate.past):
        pic = candidate.pic
        told.append(said("past participant, PIC %(pic)s", pic=pic) if pic else said("past participant"))
    return series(told)


def body_words(body: LegalBody) -> str:
    """That a network's body joins projects, with the projects that show it."""
    shown = words.listing(
        said(
            "%(done)s (%(where)s)",
            done=said(DONE[one.role], project=one.project),
            where=series([one.programme, one.source]),
        )
        for one in body.joined
    )
    country = words.country(body.country)
    return said(
        "Joins projects itself, as %(name)s from %(country)s: %(projects)s.",
        name=body.name,
        country=country,
        projects=shown,
    )


def _group(heading: str, found: Sequence[Suggestion], top: int) -> Iterator[str]:
    if not found:
        return
    yield from ("", f"{heading} (the first {top} of {len(found)})" if len(found) > top else heading)
    for place, one in enumerate(found[:top], 1):
        yield from _suggestion_lines(place, one)


def _suggestion_lines(place: int, one: Suggestion) -> Iterator[str]:
    candidate = one.candidate
    kinds = f", {words.kinds(candidate.kinds)}" if candidate.kinds else ""
    yield f"{place:>3}. {candidate.name} ({candidate.country}{kinds}) as {ADVISED[one.role]}, score {one.score:.2f}"
    yield from (f"      {reason}" for reason in one.reasons)
    if one.role is not one.advice.role:
        yield f"      Advised role: {advice_words(one.advice)}"
    for done in candidate.telling(SHOWN_PROJECTS):
        yield f"      - {done_words(done)} {done.url or done.source}"
    if len(candidate.past) > SHOWN_PROJECTS:
        yield f"      - and {len(candidate.past) - SHOWN_PROJECTS} more"
    yield f"      {place_words(one)}"
    known = [origin_words(candidate), candidate.url]
    yield f"      {' · '.join(filter(None, known))}"
    if candidate.not_known:
        yield f"      Not known: {'; '.join(candidate.not_known)}."


def _network_lines(network: Network, member: bool) -> Iterator[str]:
    name = f"{network.name} ({network.full_name})" if network.full_name else network.name
    yield f"  {name}{': a member of the draft is in it' if member else ''}"
    yield f"      {network.members}"
    for door in network.doorways:
        yield f"      {door.title}: {door.url}" + (f" ({door.note})" if door.note else "")
    yield f"      {body_words(network.body) if network.body else network.no_body}"
    yield f"      Source: {network.source} (as of {network.as_of.isoformat()})"


def _grounds(condition: Condition) -> Iterator[str]:
    if condition.quote:
        yield f"      “{condition.quote.text}”"
    if condition.reference:
        yield f"      Rests on: {condition.reference}"
