"""The use cases: wires store, reference, profiles, rules and ranking.

What takes more than a few lines is worked out by a module beside this one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

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
from matcher.embedding import Encoder, embed_passages, embed_profile, load_encoder
from matcher.explanation import Explanation, explain, quotable
from matcher.geography import load_nuts
from matcher.history import Step, history
from matcher.local_model import ModelMissing
from matcher.model import (
    Answer,
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
    RunOutcome,
    SourceCard,
)
from matcher.money.own_contribution import Finance, finance
from matcher.money.size import size_part
from matcher.organisations.description import read_description
from matcher.organisations.questions import Agenda, agenda
from matcher.organisations.reading import Proposal
from matcher.organisations.vocabulary import load_vocabulary
from matcher.partners.directory import Entry, directory
from matcher.partners.page import PartnerPage
from matcher.partners.search import PartnerSearch
from matcher.precedents import Precedents
from matcher.profiles import load_profiles
from matcher.ranking import Weights, load_weights
from matcher.reference import FundRow, Reference
from matcher.reference.bodies import with_crawled
from matcher.reference.files import load_reference
from matcher.related import COLUMNS, Related, related
from matcher.service.catalogue import Catalogue
from matcher.service.lookup import not_found
from matcher.service.matching import Matching
from matcher.service.past_projects import PastProjects
from matcher.settings import Settings
from matcher.standing.library import Library, country_of
from matcher.standing.search import LONGEST, search
from matcher.standing.standings import Standings
from matcher.standing.synonyms import Synonyms, load_synonyms
from matcher.store import Store, open_store

if TYPE_CHECKING:
    import pandas as pd

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
        """All organisations, by id: the public ones, and those that people entered, which stand in their place."""
        known = self._profiles | self.store.organisations.organisations()
        return [known[key] for key in sorted(known)]

    def profile(self, key: str) -> Profile:
        """The organisation with that id. Raises NotFound naming the nearest ids."""
        found = self.store.organisations.organisation(key) or self._profiles.get(key)
        if found is None:
            raise not_found("organisation", key, {one.id: one for one in self.profiles()}, "funding profiles")
        return found

    def is_public(self, key: str) -> bool:
        """Whether everybody may look at it: what people entered is for its members alone."""
        return key in self._profiles and self.store.organisations.organisation(key) is None

    def public_profiles(self) -> list[Profile]:
        """Organisations that everybody may look at, by id."""
        entered = self.store.organisations.organisations()
        return [self._profiles[key] for key in sorted(self._profiles) if key not in entered]

    def open_profiles(self) -> list[Profile]:
        """Those that anybody may be told of, also by mail: on a machine of one user all, as they were entered.

        Where others reach it the public facts alone, whatever members entered in their place.
        """
        if self.settings.is_single:
            return self.profiles()
        return [self._profiles[key] for key in sorted(self._profiles)]

    def open_profile(self, key: str) -> Profile:
        """One of them. Raises NotFound, which names no other organisation."""
        known = {one.id: one for one in self.open_profiles()}
        if key not in known:
            raise not_found("organisation", key, known, "funding profiles")
        return known[key]

    def shipped_profile(self, key: str) -> Profile | None:
        """What the public facts say of that organisation, whatever its members entered in their place."""
        return self._profiles.get(key)

    def regions(self, country: str) -> dict[str, str]:
        """The regions of a country, from its parts down to the narrowest: NUTS code -> name in Latin letters."""
        known = load_nuts(self.settings.data / "reference").values()
        return {one.code: one.latin or one.name for one in known if one.country == country and one.level}

    def agenda(self, profile: Profile, on: date) -> Agenda:
        """What to ask that organisation, saved or not, what settles most first. Raises NoCalls."""
        calls = [one for one in self._standings.running(on) if country_of(one) in ("", profile.country)]
        return agenda(profile, calls, on, self.reference, list(self.regions(profile.country)), self._fits)

    def proposals(self, text: str) -> tuple[Proposal, ...]:
        """What a description says of an organisation, for a person to confirm."""
        folder = self.settings.data / "reference"
        return read_description(text, load_vocabulary(folder), self.reference.member_states, folder)

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

    def listed_many(self, keys: Iterable[str]) -> dict[str, Call]:
        """The same of many at once, by the names that were given; absent where no call goes by a name, or several."""
        return self._catalogue.listed_many(keys)

    def related(self, call: Call) -> Related:
        """Which other calls belong to it: topics of the same call, other editions, those of its programme and year."""
        return related(call, self._library.shelf.facts[list(COLUMNS)])

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
            self._finances[call.id] = self._finance(call)
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
        last = (run for runs in self.store.last_runs().values() for run in reversed(runs))
        read = {run.source: run.card.title for run in last if run.card}
        return read | {card.name: card.title for card in self.store.cards()}

    def sources(self, on: date) -> list[SourceState]:
        """Every source of the registry in its order, read or not, then those that were read and are no longer in it."""
        runs = self.store.last_runs()
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

    def has_projects(self) -> bool:
        """Whether funded projects were loaded."""
        return self.store.count_projects() > 0

    def freshness(self) -> Freshness:
        """What the reader must know about the age of the calls of the official record."""
        last = (run for runs in self.store.last_runs().values() for run in runs)
        return freshness([run for run in last if run.outcome is not RunOutcome.FAIL])

    # What it means for one organisation

    def match(self, profile: str | Profile, on: date, top: int | None = None, quoted: int | None = None) -> list[Match]:
        """Every call of the EU and of its country as that organisation sees it that day, by `usability`, score and id.

        Raises NotFound, NoCalls.

        `top` cuts the list. The first matches carry quotes: `quoted` of them, else `top`, else QUOTED.
        """
        profile = self._whose(profile)
        ids = list(self._standings.table(profile, on).index[:top])
        matches, first = self._matching.matches(profile, ids, on), quoted or top or QUOTED
        return [*self._matching.quoted(profile, matches[:first], on), *matches[first:]]

    def standing(self, profile: str | Profile, on: date) -> pd.DataFrame:
        """How that organisation stands to every call of the EU and of its country on that day, in the order of `match`.

        A row a call, by id: what it is (`matcher.standing.shelf.SHOWN`), the score and its parts, what the rules say
        (of closed calls nothing), `usability` and `place`. Raises NotFound, NoCalls.
        """
        return self._standings.table(self._whose(profile), on)

    def entries(self, profile: str | Profile, call_ids: Sequence[str], on: date) -> list[Match]:
        """The matches of those calls in the order given, judged and quoted. Raises NotFound, NoCalls."""
        profile = self._whose(profile)
        return self._matching.quoted(profile, self._matching.matches(profile, call_ids, on), on)

    def prepare(self, on: date) -> int:
        """Work out and keep what pages read: how every organisation stands to the calls of that day. Returns how many
        organisations there were for whom that was not done yet. Raises NoCalls."""
        return self._standings.prepare(self.profiles(), on)

    def open_kept(self, on: date) -> None:
        """Open what was prepared for that day, so that the first reader need not wait; what is missing is left so."""
        if self._library.is_kept and (ready := self._standings.ready(self.profiles(), on)):
            table = self._standings.table(ready, on)
            self.entries(ready, list(table.index[:1]), on)

    def search(self, text: str) -> dict[str, float]:
        """Call id -> how well it fits plain words, above 0; calls that do not fit are absent."""
        library = self._library
        near = library.index.similarities(self.encoder.encode_queries([text[:LONGEST]]))
        return search(text, library.shelf, library.words, self._synonyms, near)

    def left_out(self, profile_id: str) -> int:
        """How many national calls `match` leaves out, because another country's authorities run them."""
        own = self.profile(profile_id).country
        return sum(number for country, number in self.store.count_national().items() if country != own)

    def explain(self, profile_id: str, call_key: str, on: date) -> Explanation:
        """Why that call suits that organisation, what speaks against it and what is not known."""
        profile, call = self.profile(profile_id), self.call(call_key)
        return explain(self.entries(profile.id, [call.id], on)[0])

    def partners(self, call_key: str, profile_id: str, members: Sequence[Member], on: date) -> PartnerPage:
        """What a draft lacks for that call and who could fill it, for the one that asks. Raises NotFound, NoCalls."""
        search = PartnerSearch(self.store, self.encoder, self.reference, self.profiles())
        return search.find(self.call(call_key), members, self.profile(profile_id), on)

    def directory(self) -> tuple[Entry, ...]:
        """Every organisation that could be asked to join a project: of past projects, of networks, and who opted in."""
        known = self.reference
        return directory(self.profiles(), self.store.projects(), known.networks, known.authority_names)

    def quote(self, match: Match) -> Match:
        """The match with the call's own sentences that speak to a need, looked up where they were not yet."""
        if match.evidence:
            return match
        profile = self.profile(match.profile)
        return self._matching.quoted(profile, [match], match.on)[0]

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

        Sentences of calls that are closed on that day are left until somebody asks. The calls are made ready to be
        ranked and listed. Returns their number. Raises NoCalls.
        """
        for profile in self.profiles():
            embed_profile(profile, self.encoder, self.store)
        texts = [said.text for call in self._standings.running(on) for said in (*sayings(call), *quotable(call))]
        embed_passages(texts, self.encoder, self.store, progress=self.progress)
        self._library.goals(on)
        return len(self._library.index.ids)

    # Read once

    @cached_property
    def _profiles(self) -> dict[str, Profile]:
        return load_profiles(self.settings.data / "profiles")

    def _whose(self, profile: str | Profile) -> Profile:
        """By its id as its members see it; else just as it is given."""
        return profile if isinstance(profile, Profile) else self.profile(profile)

    def _fits(self, profile: Profile, call: Call) -> Answer:
        part = size_part(profile, call, self.finance(call), self.weights.size, self.reference.rates)
        return part.answer or Answer.UNKNOWN

    def _source(self, name: str, card: SourceCard | None, runs: list[Run], on: date) -> SourceState:
        issues = self.store.issues(runs[0].id) if runs else ()
        return source_state(name, card, runs, self.store.calls(name), issues, on)

    def _finance(self, call: Call) -> Finance:
        return finance(CallTerms(call, call.final_day or call.as_of, self.reference))

    @cached_property
    def _library(self) -> Library:
        return Library(
            settings=self.settings,
            store=self.store,
            reference=self.reference,
            lens=self.lens,
            get_encoder=lambda: self.encoder,
            finance=self._finance,
            progress=self.progress,
        )

    @cached_property
    def _synonyms(self) -> Synonyms:
        return load_synonyms(self.settings.data / "reference")

    @cached_property
    def _standings(self) -> Standings:
        return Standings(self._library, self.weights)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self._library)

    @cached_property
    def _past(self) -> PastProjects:
        return PastProjects(self.store, self.reference)

    @cached_property
    def _matching(self) -> Matching:
        return Matching(self._library, self._standings)
