"""Candidates from profiles that opted in, from participants of past projects, and from bodies of networks, each once.

Knows no store and no draft; decides nobody's place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from matcher.model import ApplicantKind, Call, OrganisationKind, Participant, Profile, Project
from matcher.partners.candidate import Candidate, Engagement, Nearness, name_key
from matcher.precedents import Codes, line_of
from matcher.reference.authority_names import AuthorityNames
from matcher.reference.networks import LegalBody, Network

_K = ApplicantKind
Name = tuple[str, str]
"""What `name_key` gives."""
_REGISTERED: dict[OrganisationKind, tuple[ApplicantKind, ...]] = {
    OrganisationKind.PUBLIC_BODY: (_K.PUBLIC_BODY,),
    OrganisationKind.FOR_PROFIT: (_K.FOR_PROFIT,),
    OrganisationKind.EDUCATION: (_K.EDUCATION,),
    OrganisationKind.RESEARCH: (_K.RESEARCH,),
}
"""What the portal's five types surely are. "Other" says nothing: most of them are associations, not all."""
_POSSIBLE: dict[OrganisationKind, tuple[ApplicantKind, ...]] = {
    OrganisationKind.PUBLIC_BODY: (_K.LOCAL_AUTHORITY, _K.REGIONAL_AUTHORITY),
    OrganisationKind.OTHER: (_K.NON_PROFIT, _K.CIVIL_SOCIETY, _K.SOCIAL_ENTERPRISE, _K.SOCIAL_PARTNER),
}
_NEAREST = list(Nearness)


def gather(
    call: Call | None,
    profiles: Iterable[Profile] = (),
    projects: Iterable[Project] = (),
    networks: Iterable[Network] = (),
    names: AuthorityNames | None = None,
) -> list[Candidate]:
    """Everybody who could be asked, each organisation once, by id.

    The same: by PIC, else by name and country. Who is from no known country is left out, since nobody can say whether
    it would be funded. A profile that did not opt in is not looked at. `names` tells towns from other public bodies.
    Without a call nothing is nearer than anything else.
    """
    pieces = [_of_profile(one) for one in profiles if one.partner_search]
    bodies = [(one, one.body) for one in networks if one.body]
    pieces += [_of_body(network, body, call) for network, body in bodies]
    aliases = {
        name_key(alias, body.country): name_key(body.name, body.country)
        for _, body in bodies
        for alias in body.also_named
    }
    near = _Nearness(call).of if call else _equally_far
    pieces += [
        _of_participant(one, one.country, project, near(project), names)
        for project in projects
        for one in project.participants
        if one.country
    ]
    return sorted((_joined(same) for same in _grouped(pieces, aliases)), key=lambda one: one.id)


class _Nearness:
    """How near past projects are to one call."""

    def __init__(self, call: Call) -> None:
        codes = Codes.of(call)
        self._codes = {code.upper() for code in (codes.topic, codes.call) if code}
        self._lines = {line for code in self._codes if (line := line_of(code))}
        self._call = call

    def of(self, project: Project) -> Nearness:
        codes = {code.upper() for code in (project.topic, project.call_identifier) if code}
        if codes & self._codes or {line_of(code) for code in codes} & self._lines:
            return Nearness.LINE
        same = project.programme and project.programme == self._call.programme
        return Nearness.PROGRAMME if same or (project.fund and project.fund is self._call.fund) else Nearness.OTHER


def _equally_far(_: Project) -> Nearness:
    return Nearness.OTHER


def _of_profile(profile: Profile) -> Candidate:
    done = profile.experience
    return Candidate(
        id=f"profile:{profile.id}",
        name=profile.name,
        country=profile.country,
        kinds=profile.kinds,
        type=profile.type,
        nuts=profile.nuts,
        population=profile.population.value if profile.population else None,
        profile=profile.id,
        said_led=done.led if done else 0,
        said_projects=done.projects if done else 0,
    )


def _of_body(network: Network, body: LegalBody, call: Call | None) -> Candidate:
    past = [
        Engagement(
            project=one.project,
            role=one.role,
            programme=one.programme,
            year=one.end or one.start,
            source=one.source,
            nearness=Nearness.PROGRAMME if call and one.programme in (call.programme, call.fund) else Nearness.OTHER,
        )
        for one in body.joined
    ]
    return Candidate(
        id=f"network:{network.key}",
        name=body.name,
        country=body.country,
        kinds=body.kinds,
        network=network.key,
        url=network.url,
        past=tuple(past),
    )


def _of_participant(
    one: Participant, country: str, project: Project, near: Nearness, names: AuthorityNames | None
) -> Candidate:
    last = project.end or project.start
    town = one.kind is OrganisationKind.PUBLIC_BODY and names is not None and names.names_local(one.name)
    done = Engagement(
        project=project.acronym or project.title,
        role=one.role,
        programme=project.programme or project.fund or "",
        year=last.year if last else None,
        url=project.url,
        source=project.source,
        stored=project.id,
        nearness=near,
    )
    return Candidate(
        id=f"pic:{one.pic}" if one.pic else ":".join(("name", *name_key(one.name, country))),
        name=one.name,
        country=country,
        kinds=(_K.LOCAL_AUTHORITY, _K.PUBLIC_BODY) if town else _registered(one),
        possible=_POSSIBLE.get(one.kind, ()) if one.kind and not town else (),
        by_name=town,
        kind=one.kind,
        city=one.city,
        nuts=one.nuts or None,
        pic=one.pic,
        url=one.web,
        past=(done,),
    )


def _registered(one: Participant) -> tuple[ApplicantKind, ...]:
    kinds = _REGISTERED.get(one.kind, ()) if one.kind else ()
    return (*kinds, _K.SME) if one.sme else kinds


def _grouped(pieces: Sequence[Candidate], aliases: Mapping[Name, Name]) -> list[list[Candidate]]:
    """Pieces of the same organisation together. A piece without PIC goes to the only PIC of that name, if it is one."""
    keys = [name_key(piece.name, piece.country) for piece in pieces]
    names = [aliases.get(key, key) for key in keys]
    of_name: dict[Name, set[str]] = defaultdict(set)
    for piece, name in zip(pieces, names, strict=True):
        of_name[name] |= {piece.pic} - {""}
    groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for piece, name in zip(pieces, names, strict=True):
        pics = {piece.pic} if piece.pic else of_name[name]
        groups[(min(pics),) if len(pics) == 1 else name].append(piece)
    return list(groups.values())


def _joined(pieces: Sequence[Candidate]) -> Candidate:
    """One candidate of all pieces: what it says of itself counts before a network's page, that before the register."""
    best = min(
        pieces, key=lambda one: (one.profile is None, one.network is None, one.pic == "", _newest(one), one.name)
    )
    done = {(one.stored or one.source, one.project, one.role): one for piece in pieces for one in piece.past}
    known = {
        name: next((value for piece in (best, *pieces) if (value := getattr(piece, name))), getattr(best, name))
        for name in ("city", "kinds", "possible", "kind", "type", "nuts", "pic", "profile", "network", "url")
    }
    known["by_name"] = best.profile is None and any(piece.by_name for piece in pieces)
    return best.model_copy(update=known | {"past": tuple(sorted(done.values(), key=_nearest_and_newest))})


def _newest(one: Candidate) -> int:
    return -max((done.year or 0 for done in one.past), default=0)


def _nearest_and_newest(one: Engagement) -> tuple[int, int, bool, str, str]:
    return _NEAREST.index(one.nearness), -(one.year or 0), not one.led, one.project, one.stored
