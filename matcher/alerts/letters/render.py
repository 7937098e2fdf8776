"""The content of a mail -> subject, text and HTML in the recipient's language. All that was crawled is neutralised."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment
from markupsafe import Markup

from matcher.alerts.digests.digest import SOON, Digest, Item, Part, Section
from matcher.alerts.digests.rhythm import next_mail
from matcher.alerts.letters.confirmation import VALID_HOURS, Confirmation
from matcher.alerts.letters.headings import heading, headline
from matcher.alerts.letters.voice import NAME, Voice, tame
from matcher.alerts.letters.words import stale_words, told
from matcher.alerts.readers.links import Links
from matcher.languages import environment, speaker
from matcher.languages.terms import RHYTHMS
from matcher.model import MailKind, OutboxMail, Subscription, SubscriptionState

TEMPLATES = Path(__file__).parent / "templates"
SUBJECT = 150
"""Characters of a subject; mail readers show some 70, and RFC 5322, 2.1.1, limits a line to 998."""
SUBJECT_NAME = 60
"""Of an organisation's name there, so that what is new has room."""
BLOCKS = 20_000
"""What is said of so many calls is kept in memory, some 2 KB each: it is the same for all who share organisation and
language, whose mails leave in any order."""
WIDTH = 76
"""Characters of a line of text: RFC 5322, 2.1.1, asks for 78 at most. Addresses are never cut."""


@dataclass(frozen=True)
class Rendered:
    subject: str
    """One line, of SUBJECT characters at most."""
    text: str
    html: str


@dataclass(frozen=True)
class ShownItem:
    block: str
    """What is said of the call, with its links: the same for all recipients of one organisation and language."""
    choice: str
    """Where the recipient saves or hides it."""


@dataclass(frozen=True)
class ShownSection:
    heading: str
    items: tuple[ShownItem, ...]


def render(mail: OutboxMail, subscription: Subscription, links: Links) -> Rendered:
    """The mail as it goes out. Raises ValueError for one whose content was deleted."""
    if not mail.content:
        raise ValueError(f"mail {mail.id}: its content was deleted after the retention period; nothing can be rendered")
    if mail.kind is MailKind.CONFIRMATION:
        return render_confirmation(Confirmation.model_validate_json(mail.content), subscription, links)
    digest = Digest.model_validate_json(mail.content)
    return render_digest(digest, subscription, links, links.digest(mail.id), mail.kind is MailKind.URGENT)


def render_digest(
    digest: Digest, subscription: Subscription, links: Links, page: str, urgent: bool = False
) -> Rendered:
    """A regular or an urgent mail; `page`: address of the page with all of its items."""
    plain = _voice(subscription, html=False)
    counts = headline(digest, plain)
    name = tame(digest.name, SUBJECT_NAME)
    subject = (
        plain.gettext("Urgent for %(name)s: %(news)s", name=name, news=counts)
        if urgent
        else plain.gettext("Calls for %(name)s: %(news)s", name=name, news=counts)
    )
    own = {
        "settings": links.settings(subscription.id),
        "unsubscribe": links.unsubscribe(subscription.id),
        "privacy": links.privacy(subscription.language),
    }

    def values(voice: Voice) -> Mapping[str, Any]:
        return {
            "name": voice.foreign(digest.name, NAME),
            "intro": _intro(digest, urgent, voice),
            "sections": shown_sections(digest, subscription, links, voice, urgent=urgent),
            "left": digest.left,
            "page": page,
            "stale": [stale_words(source, voice) for source in digest.stale],
            "why": _why(digest, subscription, urgent, voice),
            "next": _next(digest, subscription, voice),
            **own,
        }

    return _rendered("digest", subject, values, subscription)


def render_confirmation(content: Confirmation, subscription: Subscription, links: Links) -> Rendered:
    """The mail that asks whether an address wants the news, or says that it gets them already."""
    if subscription.state is SubscriptionState.CONFIRMED:
        return _render_running(content, subscription, links)
    subject = _voice(subscription, html=False).gettext(
        "Please confirm: news of calls for %(name)s", name=tame(content.name, NAME)
    )

    def values(voice: Voice) -> Mapping[str, Any]:
        day = voice.speaker.day(content.asked.date())
        return {
            "asked": voice.gettext(
                "On %(day)s somebody, we hope you, asked that news of calls for %(name)s be sent to this address.",
                day=day,
                name=voice.foreign(content.name, NAME),
            ),
            "what": voice.gettext(
                "You would get one mail, %(rhythm)s, when there is news: calls that close soon, new calls, changes.",
                rhythm=voice.speaker.term(RHYTHMS[content.rhythm]),
            ),
            "urgent": content.urgent
            and voice.gettext(
                "On other days a mail comes only for new calls with less than %(days)s days left and for deadlines "
                "that were moved earlier.",
                days=SOON,
            ),
            "confirm": links.confirm(subscription.id),
            "valid": voice.gettext("The link works for %(hours)s hours.", hours=VALID_HOURS),
            "not_you": voice.gettext(
                "If it was not you, do nothing: you will get no further mail, and your address will be deleted."
            ),
            "privacy": links.privacy(subscription.language),
        }

    return _rendered("confirmation", subject, values, subscription)


def _render_running(content: Confirmation, subscription: Subscription, links: Links) -> Rendered:
    """To an address that was signed up though it is confirmed: the page that was used does not say so."""
    subject = _voice(subscription, html=False).gettext(
        "You get the news of calls for %(name)s already", name=tame(content.name, NAME)
    )

    def values(voice: Voice) -> Mapping[str, Any]:
        return {
            "asked": voice.gettext(
                "On %(day)s somebody asked that news of calls for %(name)s be sent to this address. It gets them "
                "already, so nothing was changed.",
                day=voice.speaker.day(content.asked.date()),
                name=voice.foreign(content.name, NAME),
            ),
            "settings": links.settings(subscription.id),
            "unsubscribe": links.unsubscribe(subscription.id),
            "privacy": links.privacy(subscription.language),
        }

    return _rendered("running", subject, values, subscription)


def items_html(digest: Digest, subscription: Subscription, links: Links, urgent: bool = False) -> Markup:
    """All items of a mail as headings (from h2 on) and lists, without style: for the page of the mail."""
    sections = shown_sections(digest, subscription, links, _voice(subscription, html=True), urgent, whole=True)
    return Markup(_environment(subscription.language).get_template("items.html.j2").render(sections=sections))


def shown_sections(
    digest: Digest, subscription: Subscription, links: Links, voice: Voice, urgent: bool = False, whole: bool = False
) -> tuple[ShownSection, ...]:
    """What the mail shows, or with `whole` all it tells."""
    choice = links.choices(subscription.id) if voice.html else None

    def shown(section: Section, item: Item) -> ShownItem:
        call = item.card.call
        page = links.call_page(digest.profile, call)
        block = _block(item, section.part, digest.on, page, subscription.language, voice.html)
        return ShownItem(block, choice(call) if choice else "")

    return tuple(
        ShownSection(
            heading=heading(section.part, urgent, voice),
            items=tuple(shown(section, item) for item in (section.items if whole else section.items[: section.shown])),
        )
        for section in digest.sections
        if whole or section.shown
    )


@lru_cache(maxsize=BLOCKS)
def _block(item: Item, part: Part, on: date, page: str, language: str, html: bool) -> str:
    """What a mail says of one call; `page`: of the call, here."""
    words = told(item, part, on, Voice(speaker(language), html))
    made = _environment(language).get_template(f"item.{'html' if html else 'txt'}.j2").render(told=words, page=page)
    return Markup(made) if html else made


def _intro(digest: Digest, urgent: bool, voice: Voice) -> str:
    day = voice.speaker.day(digest.on)
    if urgent:
        return voice.gettext("As of %(day)s. This does not wait for the next regular mail.", day=day)
    return voice.gettext("As of %(day)s.", day=day)


def _why(digest: Digest, subscription: Subscription, urgent: bool, voice: Voice) -> str:
    name = voice.foreign(digest.name, NAME)
    if urgent:
        return voice.gettext(
            "You get this mail because you asked for urgent news of calls for %(name)s on any day.", name=name
        )
    rhythm = voice.speaker.term(RHYTHMS[subscription.rhythm])
    return voice.gettext(
        "You get this mail because you asked for news of calls for %(name)s, %(rhythm)s.", name=name, rhythm=rhythm
    )


def _next(digest: Digest, subscription: Subscription, voice: Voice) -> str:
    day = voice.speaker.day(next_mail(subscription.rhythm, digest.on))
    return voice.gettext("The next regular mail comes on Monday, %(day)s, if there is news.", day=day)


def _rendered(template: str, subject: str, values: Any, subscription: Subscription) -> Rendered:
    made = _environment(subscription.language)
    text = made.get_template(f"{template}.txt.j2").render(values(_voice(subscription, html=False)))
    line = tame(subject, SUBJECT)
    frame = {"subject": line, "style": Markup(_style())}
    html = made.get_template(f"{template}.html.j2").render(frame | values(_voice(subscription, html=True)))
    return Rendered(subject=line, text=text.rstrip() + "\n", html=_inliner().inline(html))


def _voice(subscription: Subscription, html: bool) -> Voice:
    return Voice(speaker(subscription.language), html)


@cache
def _environment(language: str) -> Environment:
    made = environment(language, TEMPLATES)
    made.filters.update(wrap=_wrap, rule=_rule)
    return made


@cache
def _style() -> str:
    return (TEMPLATES / "mail.css").read_text(encoding="utf-8")


@cache
def _inliner() -> CSSInliner:
    """Styles go into their elements, what depends on the reader's screen stays: many mail readers drop style sheets."""
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def _wrap(text: str, first: str = "", rest: str = "") -> str:
    if text and len(first) + len(text) <= WIDTH:
        return first + text
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _rule(text: str) -> str:
    """A heading of a plain text."""
    return f"{text}\n{'=' * min(len(text), WIDTH)}"
