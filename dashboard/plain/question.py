"""What the address of a plain page asks for, read and looked up; the door from a request to the matcher's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from urllib.parse import urlencode

from dashboard import days
from dashboard.filters import BETWEEN, Filters, from_query, to_query
from dashboard.listing import Listing, listed, other_ways
from dashboard.plain import links, reading
from dashboard.routes.page import reader_language
from dashboard.routes.paths import KEY
from dashboard.routes.resource import Asked
from dashboard.told.calls import Known
from dashboard.told.filters import asked_for
from matcher.languages import Speaker, speaker
from matcher.model import Call, Event, Match, Profile, Pursuit, Stage
from matcher.service import Service
from matcher.workspaces.returning import records, returned


@dataclass(frozen=True)
class Question:
    """Of whom, how cut, seen on which day, said in which language."""

    service: Service
    say: Speaker
    today: date
    on: date
    filters: Filters = links.ALL
    refused: tuple[str, ...] = ()
    """Names of what the address asks for and was not understood."""
    profile: Profile | None = None
    key: str = ""
    page: int = 1

    @cached_property
    def known(self) -> Known:
        service = self.service
        return Known(service.source_titles(), service.lens.names, service.reference.rates)

    @property
    def whose(self) -> Profile:
        """Raises LookupError where the address names none: `asks_for_one` was to be asked before."""
        if self.profile is None:
            raise LookupError("no organisation was asked for")
        return self.profile

    def listing(self) -> Listing:
        """Every call that fulfils the filters. Raises NoCalls."""
        service, profile, pursuits = self.service, self.whose, self._pursuits()
        return listed(
            service.standing(profile.id, self.on),
            self.filters,
            service.search(self.filters.text) if self.filters.text else None,
            pursuits,
            service.reference.table,
            other_ways(service.reference, profile.country, self.on),
            self.on,
            self._returned(pursuits),
        )

    def matches(self, ids: Iterable[str]) -> dict[str, Match]:
        return {one.call.id: one for one in self.service.entries(self.whose.id, list(ids), self.on)}

    def match(self, call: Call) -> Match:
        """Also a national call of another country, which stands in no list of the organisation."""
        if call.national is None or call.national.country == self.whose.country:
            return self.matches([call.id])[call.id]
        return self.service.explain(self.whose.id, call.id, self.on).match

    def events(self, call: Call) -> list[Event]:
        """What the ledger holds of the call's records, in its order."""
        found = self.service.store.ledger.events_of(records(call.id, call))
        return sorted((event for told in found.values() for event in told), key=lambda event: event.seq)

    def matches_address(self, form: links.Form = links.Form.HTML, page: int = 1, **changes: object) -> str:
        """This page with other filters, or as a file."""
        filters = replace(self.filters, **changes)  # type: ignore[arg-type]
        who = self.profile.id if self.profile else ""
        return links.matches(who, self.say.language, filters, form, self.key, self._day, page)

    def call_address(self, id: str, form: links.Form = links.Form.HTML) -> str:
        who = self.profile.id if self.profile else ""
        return links.call(id, who, self.say.language, form, self.key, self._day)

    @property
    def dashboard_query(self) -> dict[str, str]:
        """Parameters under which the dashboard shows the same; no key, which it does not need."""
        day = {"on": self._day.isoformat()} if self._day else {}
        return {"lang": self.say.language} | ({"profile": self.profile.id} if self.profile else {}) | day

    @property
    def public_matches_address(self) -> str:
        """Complete, for a file that leaves this site: the dashboard's, without the key."""
        return f"{self._site}/?{urlencode(self.dashboard_query | to_query(self.filters))}"

    def public_call_address(self, id: str) -> str:
        return f"{self._site}/call?{urlencode(self.dashboard_query | {'call': id})}"

    @property
    def asked_for(self) -> list[str]:
        """The filters in words."""
        return asked_for(self.say, self.filters, self.known.goals)

    @property
    def _site(self) -> str:
        return self.service.settings.public_url.rstrip("/")

    @property
    def _day(self) -> date | None:
        return self.on if self.on != self.today else None

    def _returned(self, pursuits: Mapping[str, Pursuit]) -> frozenset[str]:
        """Dismissed calls that changed since."""
        gone = {id: one for id, one in pursuits.items() if one.stage is Stage.DISMISSED}
        names = {id: records(id, self.service.listed(id)) for id in gone}
        events = self.service.store.ledger.events_of(name for one in names.values() for name in one)
        return returned(
            gone, {id: [event for name in one for event in events.get(name, ())] for id, one in names.items()}
        )

    def _pursuits(self) -> Mapping[str, Pursuit]:
        """What the organisation does about calls, where whoever asks may know it."""
        if self.key or self.service.settings.is_single:
            return self.service.store.workspaces.pursuits(self.whose.id)
        return {}


def question(asked: Asked) -> Question:
    """Raises NotFound for an organisation that is none, or is not for whoever asks."""
    now, service = datetime.now(UTC), asked.answers.service
    today, query = date.today(), _query(asked)
    filters, refused = from_query(query)
    on, page = days.read(query.get("on", "")), _number(query.get(links.PAGE, ""))
    wrong = [name for name, value in (("on", on), (links.PAGE, page)) if query.get(name) and value is None]
    who, key = query.get("profile", ""), query.get(KEY, "")
    profile = reading.readable(service, who, key, now) if who else None
    return Question(
        service=service,
        say=speaker(reader_language(asked.request)),
        today=today,
        on=on or today,
        filters=filters,
        refused=(*refused, *wrong),
        profile=profile,
        key=key if profile and not reading.is_open(service, profile.id) else "",
        page=page or 1,
    )


def _query(asked: Asked) -> dict[str, str]:
    """Each parameter once: a form sends several ticked boxes as several of the same name."""
    given = asked.request.query_params
    return {name: BETWEEN.join(filter(None, given.getlist(name))) for name in given}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0 else None
