"""The use cases: wires store, reference, profiles, rules and ranking.

What takes more than a few lines is worked out by a module beside this one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from matcher.admission import Admission, admission
from matcher.brief.brief import Brief, in_brief
from matcher.brief.lens import Lens, sayings
from matcher.brief.lens_file import load_lens
from matcher.coverage import Freshness, SourceState, freshness, source_state
from matcher.documents.call_documents import CallDocument, call_documents, document_steps
from matcher.documents.unread import unread_conditions
from matcher.eligibility.consortium import board
from matcher.eligibility.offers import Offer, offers
from matcher.eligibility.terms import CallTerms
from matcher.embedding import Encoder, embed_calls, embed_passages, embed_profile, load_encoder
from matcher.explanation import Explanation, explain
from matcher.history import Step, history
from matcher.local_model import ModelMissing
from matcher.model import (
    Board,
    Call,
    CallStatus,
    Document,
    DocumentRole,
    Fund,
    Match,
    Member,
    Profile,
    Project,
    Quote,
    Run,
    SourceCard,
)
from matcher.money.own_contribution import Finance, finance
from matcher.partners.page import PartnerPage
from matcher.partners.search import PartnerSearch
from matcher.precedents import Precedents
from matcher.profiles import load_profiles
from matcher.ranking import Weights, load_weights
from matcher.reference import FundRow, Reference
from matcher.reference.bodies import with_crawled
from matcher.reference.files import load_reference
from matcher.service.catalogue import Catalogue
from matcher.service.lookup import not_found
from matcher.service.matching import Matching
from matcher.service.past_projects import PastProjects
from matcher.settings import Settings
from matcher.store import Store, open_store

QUOTED = 20
"""Matches for which quotes are looked up unless more are asked for: what fits on a page."""


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
            raise not_found("organisation", key, self._profiles, "funding profiles")
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
        return self._catalogue.calls(on, status, fund, source, country)

    def call(self, key: str) -> Call:
        """The call with that id (source:reference), or the only one with that identifier or reference.

        The names of a record that was merged into a call lead to that call.
        Raises NotFound naming what comes close, or the ids to choose from when an identifier is shared.
        """
        return self._catalogue.call(key)

    def listed(self, key: str) -> Call | None:
        """As `call`, without looking for what comes close: None where no call goes by that name, or several."""
        return self._catalogue.listed(key)

    def history(self, call: Call) -> tuple[Step, ...]:
        """What became of a call since it was first read, oldest first; empty while nothing changed."""
        steps = (*history(call, self.store.versions(call.id)), *document_steps(call, self.store))
        return tuple(sorted(steps, key=lambda step: step.on))

    def call_documents(self, call: Call) -> tuple[CallDocument, ...]:
        """Every document the call links to: its states, what was read in it, and what changed from state to state."""
        return call_documents(call, self.store)

    def unread_conditions(self, document: CallDocument) -> list[Quote]:
        """Sentences of a call document that look like conditions and were not understood: a person must read them."""
        text = document.newest.text if document.newest else None
        if text is None or text.role is not DocumentRole.CALL_DOCUMENT:
            return []
        return unread_conditions(text, document.criteria, self.encoder, self.store)

    def documents(self, call: Call) -> dict[str, Document]:
        """The call's documents that were fetched, by address, each in its newest state."""
        states = {page.url: self.store.documents(page.url) for page in call.documents}
        return {url: found[0] for url, found in states.items() if found}

    def finance(self, call: Call) -> Finance:
        """The money of one project of the call, by the rules of its submission day."""
        if call.id not in self._finances:
            self._finances[call.id] = finance(CallTerms(call, call.final_day or call.as_of, self.reference))
        return self._finances[call.id]

    def offers(self, call: Call) -> tuple[Offer, ...]:
        """What the call states beside its conditions."""
        return offers(CallTerms(call, call.final_day or call.as_of, self.reference))

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
        return self._past.find(programme, fund, topic, country, organisation, text, limit)

    def precedents(self, call_key: str, country: str | None = None, organisation: str | None = None) -> Precedents:
        """The projects funded under a call's topic; if there are none, under its call, then under other editions.

        `call_key`: id or identifier of a stored call, else a topic's code as it stands. `country` and `organisation`:
        only projects with such a participant count. Raises NotFound for what is no country, NoProjects.
        """
        return self._past.precedents(call_key, country, organisation)

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
        pool = self._catalogue.of(profile.country)
        ranked = self._matching.matches(profile, pool, on)[:top]
        quoted = top or QUOTED
        return [*self._matching.quoted(profile, ranked[:quoted], pool), *ranked[quoted:]]

    def forget_lists(self) -> None:
        """Let go of what organisations of the countries asked for so far were compared with."""
        self._catalogue.forget()

    def left_out(self, profile_id: str) -> int:
        """How many national calls `match` leaves out, because another country's authorities run them."""
        own = self.profile(profile_id).country
        return sum(number for country, number in self.store.count_national().items() if country != own)

    def explain(self, profile_id: str, call_key: str, on: date) -> Explanation:
        """Why that call suits that organisation, what speaks against it and what is not known."""
        profile, call = self.profile(profile_id), self.call(call_key)
        pool = self._catalogue.of(profile.country, *([call.national.country] if call.national else []))
        return explain(self._matching.match(profile, call, pool, on))

    def partners(self, call_key: str, profile_id: str, members: Sequence[Member], on: date) -> PartnerPage:
        """What a draft lacks for that call and who could fill it, for the one that asks. Raises NotFound, NoCalls."""
        search = PartnerSearch(self.store, self.encoder, self.reference, self.profiles())
        return search.find(self.call(call_key), members, self.profile(profile_id), on)

    def quote(self, match: Match) -> Match:
        """The match with the call's own sentences that speak to a need, looked up where they were not yet."""
        if match.evidence:
            return match
        profile = self.profile(match.profile)
        return self._matching.quoted(profile, [match], self._catalogue.of(profile.country))[0]

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
        calls = self._catalogue.everywhere.calls.values()
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

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.store)

    @cached_property
    def _past(self) -> PastProjects:
        return PastProjects(self.store, self.reference)

    @cached_property
    def _matching(self) -> Matching:
        return Matching(self.store, self.encoder, self.reference, self.lens, self.weights, self.finance, self.progress)
