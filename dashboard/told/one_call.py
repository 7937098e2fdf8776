"""What the page of one call says, for the dashboard, the plain page and the PDF alike: templates/call shows it. Pure.

Every text from outside comes marked for HTML with its language, or is escaped by the template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dashboard import words
from dashboard.told import deadlines, parts
from dashboard.told.calls import written_in
from dashboard.told.cautions import cautions
from dashboard.told.changes import Change
from dashboard.told.facts import facts, texts
from dashboard.told.kin import Kin, known
from dashboard.told.reader import Page, Reader
from dashboard.told.sources import host, sourced
from dashboard.told.statements import Statement, Teller, body
from matcher.alerts.letters.voice import NAME, Voice
from matcher.languages import Speaker
from matcher.model import Call, CallStatus, Document, Link, Match, Update
from matcher.printable import one_line, printable, safe_url
from matcher.provenance import Testimony, testimonies
from matcher.wording.money import money_facts

if TYPE_CHECKING:
    from matcher.eligibility.offers import Offer
    from matcher.money.own_contribution import Finance


def head(call: Call, later: Sequence[Call], reader: Reader) -> dict[str, Any]:
    """What a reader must know first. `later`: editions that take the place of a closed call."""
    say, voice, ahead = reader.say, reader.voice, call.next_deadline(reader.on)
    named = (call.code, call.fund or call.programme, call.call_title)
    return {
        "call": call,
        "title": voice.foreign(call.title, reader.longest_title, call.language or ""),
        "plain_title": printable(call.title)[: reader.longest_title],
        "named": [voice.foreign(one, 3 * NAME) for one in named if one],
        "cautions": list(cautions(say, call, reader.profile, reader.on, reader.today, reader.known.sources)),
        "is_closed": call.status(reader.on) is CallStatus.CLOSED,
        "later": pages(later, reader),
        "written_in": written_in(call, voice),
        "deadline": words.stated_deadline(say, ahead) if ahead else words.next_deadline_words(say, call, reader.on),
        "left": words.time_left(say, ahead, reader.on) if ahead else "",
    }


def answers(
    call: Call, match: Match | None, finance: Finance, offers: Iterable[Offer], tell: Teller, reader: Reader
) -> dict[str, Any]:
    """Facts, deadlines, money; may the organisation apply, and how. For call/answers.html.j2."""
    say, voice, known = reader.say, reader.voice, reader.known
    offered = [tell.offer(one) for one in offers]
    return {
        "contents": parts.contents(say, has_match=match is not None, has_offers=bool(offered)),
        "facts": {label: say.say(text) for label, text in facts(say, call, reader.on, known.rates).items()},
        "whole_title": printable(call.title) if len(call.title) > reader.longest_title else "",
        "official": safe_url(call.url) or "",
        "host": host(call.url),
        "as_of": say.day(call.as_of),
        "source": voice.foreign(known.sources.get(call.source, call.source), NAME),
        "deadlines": list(deadlines.rows(say, call, reader.on)),
        "no_deadline": deadlines.none(say, call),
        "money": [tell.money(one) for one in money_facts(finance, known.rates)],
        "offers": offered,
        "groups": list(_groups(match, tell)) if match else [],
        "evidence": list(_evidence(match, tell)) if match else [],
        "way": _way(match, voice) if match else None,
    }


def news(call: Call, told: Iterable[Change], fetched: Mapping[str, Document], reader: Reader) -> dict[str, Any]:
    """What changed, and the documents; `fetched`: by address. For call/news.html.j2."""
    read = Counter(one.quote.document for one in call.criteria if one.quote)
    return {
        "changes": [_change(one, reader.say) for one in told],
        "first_day": reader.say.day(call.first_seen or call.as_of),
        "documents": [_document(one, fetched.get(one.url), read, reader) for one in call.documents if host(one.url)],
    }


def kin(groups: Iterable[Kin], reader: Reader) -> dict[str, Any]:
    """For call/related.html.j2."""
    return {"related": [(one.title, pages(one.calls, reader), len(one.rest)) for one in groups]}


def pages(calls: Iterable[Call], reader: Reader) -> list[Page]:
    """Other calls as links, with code, state and deadline."""
    return [_page(one, reader) for one in calls]


def origins(call: Call, reader: Reader) -> dict[str, Any]:
    """What the source says in its own words, and where all of this comes from. For call/origins.html.j2."""
    voice, further = reader.voice, [url for url in call.sources if url != call.url and host(url)]
    return {
        "texts": list(texts(reader.say, call).items()),
        "tongue": call.language or reader.say.language,
        "updates": [_update(one, reader) for one in call.updates],
        "origins": [_origin(one, voice) for one in testimonies(call, reader.known.sources)],
        "further": [Page(voice.foreign(url, NAME), safe_url(url) or "", "") for url in further],
    }


def _groups(match: Match, tell: Teller) -> Iterator[tuple[str, list[Statement]]]:
    """What stops first, then what to find out, then what is fine: heading and statements."""
    for answer, title in parts.of_answers(tell.voice.speaker).items():
        yield title, [tell.verdict(one) for one in match.verdicts if one.answer is answer]


def _evidence(match: Match, tell: Teller) -> Iterator[tuple[str, str, str]]:
    """The call's own sentence, where it stands, and the need it speaks to."""
    for one in match.evidence:
        yield tell.quote(one.quote.text), tell.place(one.quote), tell.voice.foreign(one.need, 3 * NAME)


def _way(match: Match, voice: Voice) -> dict[str, Any]:
    say, route = voice.speaker, match.route
    bodies = [body(say.gettext("Apply to"), route.body, voice)] if route.body else []
    return {
        "label": say.say(route.label),
        "reason": say.say(route.reason),
        "reference": sourced(say.say(route.reference)),
        "bodies": bodies + [body(say.gettext("Ask"), one, voice) for one in route.contacts],
        "gap": sourced(say.say(route.gap)),
        "is_plain": bool(route.is_open) and not (route.body or route.contacts or route.gap),
    }


def _change(one: Change, say: Speaker) -> tuple[str, str, str, str]:
    """Day, what and where in a document, before, now."""
    what = f"{one.label} ({one_line(one.where)})" if one.where else one.label
    return say.day(one.on), what, one_line(one.was), one_line(one.now)


def _document(link: Link, found: Document | None, read: Mapping[str | None, int], reader: Reader) -> Page:
    """`read`: number of conditions by the SHA-256 of the document."""
    say = reader.say
    known = [host(link.url), say.language_name(link.language) if link.language else ""]
    if found is None:
        known.append(say.gettext("not fetched"))
    else:
        known.append(say.gettext("fetched on %(day)s", day=say.day(found.last_fetched)))
        number = read.get(found.sha256, 0)
        known.append(say.ngettext("%(num)s condition read in it", "%(num)s conditions read in it", number))
    return Page(reader.voice.foreign(link.label or link.url, 3 * NAME), safe_url(link.url) or "", _dotted(known))


def _page(call: Call, reader: Reader) -> Page:
    title = reader.voice.foreign(call.title, 2 * NAME, call.language or "")
    return Page(title, reader.address(call.id), _dotted(known(reader.say, call, reader.on)))


def _origin(found: Testimony, voice: Voice) -> Page:
    say = voice.speaker
    gave = say.listing([say.say(one) for one in found.gave])
    known = (say.say(found.tier), say.gettext("as of %(day)s", day=say.day(found.as_of)), say.say(found.match))
    whence = say.gettext("It gave: %(facts)s", facts=gave) if gave else ""
    return Page(voice.foreign(say.say(found.title), NAME), safe_url(found.url) or "", _dotted((*known, whence)))


def _update(one: Update, reader: Reader) -> tuple[str, str, str]:
    """Title, day and text of what the publisher told later."""
    say = reader.say
    day = say.day(one.published.date()) if one.published else say.gettext("day not stated")
    return reader.voice.foreign(one.title, 3 * NAME), day, printable(one.text)


def _dotted(told: Iterable[str]) -> str:
    return " · ".join(filter(None, told))
