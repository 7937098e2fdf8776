"""Base of the spiders of Europa sites: lists of cards, pages of calls and news, pages with documents and portal links.

Knows the Europa component library through `ecl` and `ecl_detail`, and no single site.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.announcements import PORTAL, Verdict, is_call_page, judge, mentions_in, programme_of_code, programmes_named
from crawler.normalise.dates import parse_day
from crawler.pages import canonical, reference_of
from crawler.platforms import ecl, ecl_detail
from crawler.platforms.ecl_detail import Facts
from crawler.platforms.listing import Entry, ListingSpider
from crawler.source import RawCall, RawRecord, sources
from crawler.spider import NoAnswer, WrongPage
from matcher.model import CallKind, Tier

FRONT = ("", "/", "/index", "/en", "/en/index")
"""Paths of front pages, without the mark of the language: where sites send on what they do not have any more."""


class EclSpider(ListingSpider):
    """Reads `lists` of cards and `pages` that hold documents and links to calls of the portal.

    An item becomes a record if it announces a call (see `crawler.announcements`); a card with the badge of a call's
    state always does. Facts come from the item's own page, from its card where that page lies on another host.
    """

    lists: tuple[str, ...] = ()
    list_landmark = "main"
    pages: tuple[str, ...] = ()
    """Addresses of pages that are no lists. One that cannot be read is an alarm, unless nothing else could be read."""
    days_back: int | None = None
    """How far back a list of news is read, newest first; None: to its end."""
    cards_needed = True
    """False where nobody knows whether the address holds a list or prose."""

    async def page(self, url: str, landmark: str) -> HtmlResponse:
        """As in SourceSpider; what was sent on to the front page, or is nested too deeply, is a wrong page too."""
        page = await super().page(url, landmark)
        path = urlsplit(page.url).path.rstrip("/").removesuffix("_en")
        if page.url != url and path in FRONT:
            raise WrongPage(f"{url}: was sent on to the front page {page.url}")
        if ecl.is_too_deep(page):
            raise WrongPage(f"{url}: is nested more than {ecl.DEEPEST} levels deep, parts of it cannot be read")
        return page

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        """Raises WrongPage for a page of a list without any card, unless it says itself that there is none."""
        found = ecl.cards(page)
        for beginning in found.unreadable:
            self.issue(canonical(page.url), "card", "a card of the list has no title with a link", beginning)
        if not found.cards and self.cards_needed and not ecl.says_it_is_empty(page):
            raise WrongPage(f"{page.url}: holds no card with a title ({ecl.TITLE_LINK[:60]}…); has its markup changed?")
        return found.cards

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        return ecl.next_page(page, number)

    def announced_in(self, page: HtmlResponse) -> int | None:
        return ecl.announced(page)

    def is_far_enough(self, entries: Sequence[Entry]) -> bool:
        if self.days_back is None or not entries:
            return False
        days = [parse_day(entry.day) for entry in entries]
        oldest_wanted = self.fetched_at.date() - timedelta(days=self.days_back)
        return all(day is not None and day < oldest_wanted for day in days)

    def is_wanted(self, entry: Entry) -> bool:
        return self._verdict(entry) is not Verdict.OTHER

    def needs_page(self, entry: Entry) -> bool:
        return urlsplit(entry.url).hostname in self.source.hosts

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        """None where a page that may announce a call turns out not to."""
        verdict = self._verdict(entry)
        if page is None:
            mentions = mentions_in(f"{entry.title} {entry.teaser}", [entry.url])
            return self._call(entry, None, mentions) if mentions or verdict is Verdict.ANNOUNCES else None
        text = ecl_detail.main_text(page)
        mentions = mentions_in(f"{entry.title} {text}", ecl_detail.addresses(page))
        if verdict is Verdict.PERHAPS and not is_call_page(entry.title, text, mentions):
            return None
        return self._call(entry, page, mentions)

    async def read(self) -> AsyncIterator[RawRecord]:
        pointed: set[str] = set()
        async for record in super().read():
            if isinstance(record, RawCall):
                pointed.update(record.mentions)
            yield record
        for host in dict.fromkeys(urlsplit(url).netloc for url in self.pages):
            if host not in {urlsplit(url).netloc for url in self.lists}:
                await self.probe(f"https://{host}/")
        unread: list[str] = []
        for url in self.pages:
            try:
                async for further in self._read_page(url, pointed):
                    yield further
            except NoAnswer as error:
                unread.append(str(error))
        # Calls stand in the lists: a page beside them that has moved is told, and costs nothing but what it held.
        (self.alarms if self.fetched else self.failures).extend(unread)

    def page_records(self, url: str, page: HtmlResponse) -> Iterable[RawRecord]:
        """What a subclass reads from the page asked for at one of `pages`, beside documents and links to calls."""
        return ()

    async def _read_page(self, url: str, pointed: set[str]) -> AsyncIterator[RawRecord]:
        self.listed += 1
        page = await self.page(url, self.page_landmark)
        self.fetched += 1
        for code, (address, name) in ecl_detail.portal_links(page).items():
            if code not in pointed:
                pointed.add(code)
                yield self._pointer(code, address, name, page)
        for record in self.page_records(url, page):
            yield record
        async for document in self.documents(ecl_detail.files(page), canonical(url)):
            yield document

    def _verdict(self, entry: Entry) -> Verdict:
        """A card with the badge of a state is a call, for proposals or tenders; others are judged by their words."""
        judgement = judge(entry.title, entry.teaser, entry.label)
        status = entry.status if isinstance(entry, ecl.Card) else ""
        return Verdict.ANNOUNCES if status and judgement.reason != "tender" else judgement.verdict

    def _call(self, entry: Entry, page: HtmlResponse | None, mentions: tuple[str, ...]) -> RawCall:
        language = (ecl.language_of(page) if page is not None else ecl.language_in(entry.url)) or self.source.language
        facts = self._facts(entry, page, language)
        code = facts.first("reference")
        return RawCall(
            source=self.name,
            reference=code or reference_of(entry.url),
            kind=CallKind.CALL,
            url=canonical(entry.url) if page is not None else entry.url,
            fetched_at=self.fetched_at,
            language=language,
            identifier=code,
            title=(ecl_detail.title_of(page) if page is not None else "") or entry.title,
            programme=self.programme_of(entry, page, facts, mentions),
            status=facts.first("status"),
            opening=facts.first("opening"),
            deadlines=facts.values.get("deadline", ()),
            deadline_model=facts.first("model"),
            description=ecl_detail.main_html(page)
            if page is not None
            else f"<p>{ecl_detail.escaped(entry.teaser)}</p>",
            documents=ecl_detail.files(page) if page is not None else (),
            mentions=mentions,
            sources=() if page is None else pages_of_calls(ecl_detail.addresses(page)),
        )

    def _facts(self, entry: Entry, page: HtmlResponse | None, language: str) -> Facts:
        """What the item's page says, completed by its card; labels that are not known become issues."""
        card = Facts()
        if isinstance(entry, ecl.Card):
            # A card's facts are in the language of its list, the language of its badge is that of its facts.
            card = ecl_detail.facts_in(entry.values, entry.status, language)
        own = ecl_detail.page_facts(page, language) if page is not None else Facts()
        for label, found in dict.fromkeys(own.unknown + card.unknown):
            problem = f"a fact with the unknown label {label!r} ({language}); add it to ecl_labels.yml"
            self.issue(reference_of(entry.url), "facts", problem, found)
        return Facts(card.values | own.values)

    def programme_of(self, entry: Entry, page: HtmlResponse | None, facts: Facts, mentions: Sequence[str]) -> str:
        """The programme of the codes that an item names, else the one it states as a fact, else names in title or text.

        Where several are named, or none, it is the source's own, unless only others are named.
        """
        of_codes = {key for code in mentions if (key := programme_of_code(code))}
        if len(of_codes) == 1:
            return of_codes.pop()
        stated = facts.first("programme")
        if stated:
            named = programmes_named(stated, self.known)
            return next(iter(named)) if len(named) == 1 else stated
        for text in (f"{entry.title} . {entry.teaser}", ecl_detail.main_text(page) if page is not None else ""):
            named = programmes_named(text, self.known)
            if len(named) == 1:
                return next(iter(named))
            if len(named) > 1:
                break
        return self.source.programme if not named or self.source.programme in named else ""

    def _pointer(self, code: str, address: str, name: str, page: HtmlResponse) -> RawCall:
        """A link to a call of the portal in a page of prose. A cascade call has a number, which is no code to quote."""
        return RawCall(
            source=self.name,
            reference=code,
            kind=CallKind.CALL,
            url=address,
            fetched_at=self.fetched_at,
            language=ecl.language_of(page) or self.source.language,
            identifier="" if code.isdecimal() else code,
            title=name or code,
            programme=programme_of_code(code) or self.source.programme,
            mentions=(code,),
            sources=(canonical(page.url),),
        )


def pages_of_calls(addresses: Iterable[str]) -> tuple[str, ...]:
    """Pages on the sites of bodies that run calls of their own: one may be the page of the call that is announced.

    The portal's are left out: they are told by the codes in them.
    """
    own = {host for source in sources().values() if source.tier is Tier.OFFICIAL_RECORD for host in source.hosts}
    found = (canonical(address) for address in addresses if urlsplit(address).hostname in own - {PORTAL})
    return tuple(dict.fromkeys(url for url in found if urlsplit(url).path.strip("/")))
