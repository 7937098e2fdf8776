"""The use cases: the only door for CLI and dashboard. Wires store, reference, profiles, rules and ranking."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from matcher.admission import Admission, admission
from matcher.bodies import with_crawled
from matcher.brief import Brief, in_brief
from matcher.call_documents import CallDocument, call_documents, document_steps
from matcher.countries import country_code
from matcher.coverage import Freshness, SourceState, freshness, source_state
from matcher.eligibility.consortium import board
from matcher.eligibility.crowd import judge
from matcher.eligibility.situation import Situation
from matcher.eligibility.terms import CallTerms
from matcher.embedding import Encoder, embed_calls, embed_passages, embed_profile, load_encoder
from matcher.explanation import Explanation, explain, find_evidence
from matcher.history import Step, history
from matcher.lens import Lens, goals_served, sayings
from matcher.lens_file import load_lens
from matcher.local_model import ModelMissing
from matcher.model import (
    Board,
    Call,
    CallStatus,
    Contribution,
    Document,
    Fund,
    Match,
    Member,
    Profile,
    Project,
    Run,
    SourceCard,
)
from matcher.own_contribution import Finance, finance
from matcher.partners.page import PartnerPage
from matcher.partners.search import PartnerSearch
from matcher.pools import Pool
from matcher.precedents import Basis, Codes, Precedents
from matcher.profiles import load_profiles
from matcher.ranking import Index, Ranking, Weights, load_weights, rank
from matcher.reference import FundRow, Reference
from matcher.reference_files import load_reference
from matcher.selection import by_use, stands_in
from matcher.settings import Settings
from matcher.size import size_part
from matcher.store import Store, open_store

QUOTED = 20
"""Matches for which quotes are looked up unless more are asked for: what fits on a page."""


class NotFound(LookupError):
    """The user named something that is not there; the message says what comes close."""


class NoCalls(LookupError):
    """The store is empty: nothing was loaded yet."""


class NoProjects(LookupError):
    """The store holds no funded projects: they were not read yet."""


@dataclass(frozen=True)
class FundSection:
    """A row of the brief's table with the matches below it; `row` is None for programmes outside the table."""

    row: FundRow | None
    matches: tuple[Match, ...]


@dataclass
class Service:
    """Questions of one officer or organisation, answered from the store for a given day.

    Calls and their index are read once per instance: make a new one after a crawl.
    """

    settings: Settings
    progress: bool = False
    _pools: dict[frozenset[str], Pool] = field(default_factory=dict, init=False)
    _finances: dict[str, Finance] = field(default_factory=dict, init=False)

    @cached_property
    def store(self) -> Store:
        return open_store(self.settings.database_url)

    @cached_property
    def reference(self) -> Reference:
        """The files' facts, with the bodies that a crawl has read since."""
        known = load_reference(self.settings.data / "reference")
        return known.model_copy(update={"bodies": with_crawled(known.bodies, self.store.bodies())})

    @cached_property
    def lens(self) -> Lens:
        return load_lens(self.settings.data / "reference")

    @cached_property
    def weights(self) -> Weights:
        return load_weights(self.settings.data / "reference")

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder(self.settings)

    # What is known

    def profiles(self) -> list[Profile]:
        """All organisations, by id."""
        return [self._profiles[key] for key in sorted(self._profiles)]

    def profile(self, key: str) -> Profile:
        """The organisation with that id. Raises NotFound naming the nearest ids."""
        if key not in self._profiles:
            raise NotFound(_not_found("organisation", key, self._profiles, "funding profiles"))
        return self._profiles[key]

    def calls(
        self,
        on: date,
        status: CallStatus | None = None,
        fund: Fund | None = None,
        source: str | None = None,
        country: str | None = None,
    ) -> list[Call]:
        """Calls that fulfil all given conditions on that day, by last day, then id; `country`: national calls of it.

        A call that several sources know counts for each of them. Raises NotFound for a source that was never read, and
        for what is no country.
        """
        code = country and _country(country)
        known = {record.source for record in self._all.records}
        if source is not None and source not in known:
            raise NotFound(_not_found("source", source, known, "funding sources"))
        found = [
            call
            for call in self._all.calls.values()
            if status in (None, call.status(on)) and fund in (None, call.fund)
            if source is None or stands_in(call, source)
            if code is None or (call.national and call.national.country == code)
        ]
        return sorted(found, key=lambda call: (call.final_day or date.max, call.id))

    def call(self, key: str) -> Call:
        """The call with that id (source:reference), or the only one with that identifier or reference.

        The names of a record that was merged into a call lead to that call.
        Raises NotFound naming what comes close, or the ids to choose from when an identifier is shared.
        """
        for pool in self._pools.values():
            if key in pool.calls:
                return pool.calls[key]
        calls = self._all.calls
        same = [key] if key in calls else self._all.names.get(key.upper(), [])
        if len(same) == 1:
            return calls[same[0]]
        if same:
            raise NotFound(f"{len(same)} calls go by {key!r}; name one of: {', '.join(same)}")
        raise NotFound(_not_found("call", key, (c.identifier for c in calls.values()), "funding calls"))

    def history(self, call: Call) -> tuple[Step, ...]:
        """What became of a call since it was first read, oldest first; empty while nothing changed."""
        steps = (*history(call, self.store.versions(call.id)), *document_steps(call, self.store))
        return tuple(sorted(steps, key=lambda step: step.on))

    def call_documents(self, call: Call) -> tuple[CallDocument, ...]:
        """Every document the call links to: its states, what was read in it, and what changed from state to state."""
        return call_documents(call, self.store)

    def documents(self, call: Call) -> dict[str, Document]:
        """The call's documents that were fetched, by address, each in its newest state."""
        states = {page.url: self.store.documents(page.url) for page in call.documents}
        return {url: found[0] for url, found in states.items() if found}

    def finance(self, call: Call) -> Finance:
        """The money of one project of the call, by the rules of its submission day."""
        if call.id not in self._finances:
            self._finances[call.id] = finance(CallTerms(call, call.final_day or call.as_of, self.reference))
        return self._finances[call.id]

    def in_brief(self, call: Call, on: date) -> Brief:
        """The call looked at through MILE policy brief 3; where no model is installed, by words alone."""
        try:
            encoder = self.encoder
        except ModelMissing:
            return in_brief(call, on, self.lens, self.reference, None, self.store)
        return in_brief(call, on, self.lens, self.reference, encoder, self.store)

    def source_titles(self) -> dict[str, str]:
        """The names of the sources for a reader."""
        read = {run.source: run.card.title for run in reversed(self.store.runs()) if run.card}
        return read | {card.name: card.title for card in self.store.cards()}

    def sources(self, on: date) -> list[SourceState]:
        """Every source of the registry in its order, read or not, then those that were read and are no longer in it."""
        runs = defaultdict(list)
        for run in self.store.runs():
            runs[run.source].append(run)
        cards: dict[str, SourceCard | None] = {card.name: card for card in self.store.cards()}
        cards |= dict.fromkeys(sorted(runs.keys() - cards.keys()))
        return [self._source(name, card, runs.get(name, []), on) for name, card in cards.items()]

    def projects(
        self,
        programme: str | None = None,
        fund: Fund | None = None,
        topic: str | None = None,
        country: str | None = None,
        organisation: str | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> list[Project]:
        """Funded projects that fulfil all given conditions; those that ended or end last come first.

        `country` and `organisation` (words of its name) hold for the same participant. Raises NotFound for a programme
        or country that is none, NoProjects when none were loaded yet.
        """
        self._need_projects()
        return self.store.projects(
            (Basis.TOPIC, topic) if topic else None,
            programme=programme and self._programme(programme),
            fund=fund,
            country=country and _country(country),
            organisation=organisation,
            text=text,
            limit=limit,
        )

    def precedents(self, call_key: str, country: str | None = None, organisation: str | None = None) -> Precedents:
        """The projects funded under a call's topic; if there are none, under its call, then under other editions.

        `call_key`: id or identifier of a stored call, else a topic's code as it stands. `country` and `organisation`:
        only projects with such a participant count. Raises NotFound for what is no country, NoProjects.
        """
        self._need_projects()
        country = country and _country(country)
        call = self.store.call(call_key) or next(iter(self.store.find(call_key)), None)
        codes = Codes.of(call) if call else Codes(call_key.strip())
        for basis, key in codes.steps():
            found = self.store.projects((basis, key), country=country, organisation=organisation)
            if found:
                return Precedents(codes, basis, tuple(found))
        return Precedents(codes, None, ())

    def freshness(self) -> Freshness:
        """What the reader must know about the age of the calls of the official record."""
        names = {run.source for run in self.store.runs()}
        return freshness([run for run in map(self.store.last_good_run, sorted(names)) if run is not None])

    # What it means for one organisation

    def match(self, profile_id: str, on: date, top: int | None = None) -> list[Match]:
        """Every call of the EU and of its country as that organisation sees it that day, by `usability`, score and id.

        Raises NotFound, NoCalls.

        `top` cuts the list. The first matches (QUOTED of them, or `top` if given) carry quotes.
        """
        profile = self.profile(profile_id)
        pool = self._pool(profile.country)
        contributions = self._rank(profile, pool)
        matches = [self._judge(profile, pool.calls[key], on, parts) for key, parts in contributions.items()]
        ranked = sorted(matches, key=by_use)[:top]
        quoted = top or QUOTED
        return [*self._quote(profile, ranked[:quoted], pool), *ranked[quoted:]]

    def left_out(self, profile_id: str) -> int:
        """How many national calls `match` leaves out, because another country's authorities run them."""
        own = self.profile(profile_id).country
        return sum(number for country, number in self.store.count_national().items() if country != own)

    def explain(self, profile_id: str, call_key: str, on: date) -> Explanation:
        """Why that call suits that organisation, what speaks against it and what is not known."""
        profile, call = self.profile(profile_id), self.call(call_key)
        pool = self._pool(profile.country, *([call.national.country] if call.national else []))
        match = self._judge(profile, call, on, self._rank(profile, pool)[call.id])
        return explain(self._quote(profile, [match], pool)[0])

    def partners(self, call_key: str, profile_id: str, members: Sequence[Member], on: date) -> PartnerPage:
        """What a draft lacks for that call and who could fill it, as that organisation asks. Raises NotFound, NoCalls."""
        search = PartnerSearch(self.store, self.encoder, self.reference, self.profiles())
        return search.find(self.call(call_key), members, self.profile(profile_id), on)

    def quote(self, match: Match) -> Match:
        """The match with the call's own sentences that speak to a need, looked up where they were not yet."""
        profile = self.profile(match.profile)
        return match if match.evidence else self._quote(profile, [match], self._pool(profile.country))[0]

    def admission(self, profile_id: str, call_key: str, on: date) -> Admission:
        """Whether and how that organisation may apply to that call on that day. Raises NotFound, NoCalls."""
        profile, call = self.profile(profile_id), self.call(call_key)
        return admission(profile, call, on, self.reference, self.finance(call), self.store)

    def board(self, call_key: str, members: Sequence[Member], on: date) -> Board:
        """A draft of a consortium before that call: what holds, fails or is open, what repairs it. Raises NotFound."""
        return board(members, self.call(call_key), on, self.reference)

    def table(self, matches: Iterable[Match]) -> list[FundSection]:
        """Matches laid out as the brief's table: its five rows in its order, then what lies outside it."""
        by_fund = defaultdict(list)
        for match in matches:
            by_fund[match.call.fund].append(match)
        sections = [FundSection(row, tuple(by_fund.pop(row.fund, ()))) for row in self.reference.table]
        return [*sections, FundSection(None, tuple(by_fund.pop(None, ())))]

    def embed(self, on: date) -> int:
        """Compute the vectors that are missing: of organisations, of calls, and of sentences that may be quoted.

        Sentences of calls that are closed on that day are left until somebody asks. Returns the number of calls.
        """
        for profile in self.profiles():
            embed_profile(profile, self.encoder, self.store)
        calls = self._all.calls.values()
        running = [call for call in calls if call.status(on) is not CallStatus.CLOSED]
        texts = [quote.text for call in running for quote in sayings(call)]
        embed_passages(texts, self.encoder, self.store, progress=self.progress)
        return len(embed_calls(list(calls), self.encoder, self.store, progress=self.progress).ids)

    # Read once

    @cached_property
    def _profiles(self) -> dict[str, Profile]:
        return load_profiles(self.settings.data / "profiles")

    def _source(self, name: str, card: SourceCard | None, runs: list[Run], on: date) -> SourceState:
        issues = self.store.issues(runs[0].id) if runs else ()
        return source_state(name, card, runs, self.store.calls(name), issues, on)

    def _need_projects(self) -> None:
        if not self.store.count_projects():
            raise NoProjects(f"no funded projects in {self.store.place} yet; run `funding crawl funded_projects`")

    def _programme(self, key: str) -> str:
        known = {programme.key.upper(): programme.key for programme in self.reference.programmes}
        if key.upper() not in known:
            raise NotFound(_not_found("programme", key.upper(), known.values(), "data/reference/programmes.yml"))
        return known[key.upper()]

    @cached_property
    def _all(self) -> Pool:
        """The calls of the EU and of all countries."""
        return self._filled(Pool(self.store.calls(), self.store))

    def _pool(self, *countries: str) -> Pool:
        """The calls of the EU and of these countries: what an organisation there is compared with."""
        key = frozenset(countries)
        if key not in self._pools:
            self._pools[key] = self._filled(Pool(self.store.calls_for(key), self.store))
        return self._pools[key]

    def _filled(self, pool: Pool) -> Pool:
        if not pool.calls:
            raise NoCalls(f"no calls in {self.store.place} yet; run `funding snapshot load` or `funding crawl`")
        return pool

    def _index(self, pool: Pool) -> Index:
        return pool.index(self.encoder, self.progress)

    def _rank(self, profile: Profile, pool: Pool) -> Ranking:
        queries = embed_profile(profile, self.encoder, self.store)
        return rank(profile, self._index(pool), queries, self.weights)

    def _judge(self, profile: Profile, call: Call, on: date, parts: tuple[Contribution, ...]) -> Match:
        verdicts, route = judge(Situation(profile, CallTerms(call, on, self.reference)))
        size = size_part(profile, call, self.finance(call), self.weights.size, self.reference.rates)
        parts = (*parts, size)
        return Match(
            profile=profile.id,
            call=call,
            on=on,
            status=call.status(on),
            score=sum(part.value for part in parts),
            contributions=parts,
            verdicts=verdicts,
            route=route,
        )

    def _quote(self, profile: Profile, matches: Iterable[Match], pool: Pool) -> list[Match]:
        levels = self._index(pool).levels(embed_profile(profile, self.encoder, self.store))
        return [
            match.model_copy(
                update={
                    "evidence": find_evidence(profile, match.call, self.encoder, self.store, levels),
                    "goals": goals_served(match.call, self.lens, self.encoder, self.store),
                }
            )
            for match in matches
        ]


def _country(text: str) -> str:
    try:
        return country_code(text.upper())
    except ValueError as error:
        raise NotFound(str(error)) from error


def _not_found(what: str, key: str, known: Iterable[str], command: str) -> str:
    near = difflib.get_close_matches(key, sorted(set(known)), n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return f"no {what} {key!r}; {hint}`{command}` lists them all"
