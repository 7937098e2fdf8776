"""By which official codes and addresses a record can be told to be another source's call. Pure; knows no groups."""

from __future__ import annotations

import re
from urllib.parse import unquote

from matcher.model import Call, CallKind

CASCADE_PAGE = "competitive-calls-cs/"
_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#]+)([^?#]*)")
_PORTAL_PAGE = re.compile(r"/((?:topic-details|competitive-calls-cs)/.+)")
_LANGUAGE_SUFFIX = re.compile(r"_[a-z]{2}$")
_LANGUAGE_PREFIX = re.compile(r"^/[a-z]{2}(?=/.)")


def own_code(call: Call) -> str | None:
    """The official code of what one applies to, in small letters; None where the source gave none.

    A reference that stands in for a code is none: pages of two sites can have the same name. That of a cascade call is
    its number, because its identifier is the parent topic's.
    """
    if call.national:
        return call.national.code.casefold() or None
    if call.kind is CallKind.CASCADE:
        number = call.call_identifier or ""
        return number if number.isdecimal() else None
    stands_in = call.identifier == call.reference and call.identifier != call.identifier.upper()
    return None if stands_in or call.identifier.isdecimal() else call.identifier.casefold()


def whole_call(call: Call) -> str | None:
    """The code of the call that a topic belongs to. A cascade call has none: its call's code is its own number."""
    named = call.call_identifier if call.kind is not CallKind.CASCADE else None
    return named.casefold() if named else None


def codes(call: Call) -> frozenset[str]:
    """All official codes a record gives for what it is about: its own, and those its page names."""
    return frozenset(filter(None, (own_code(call), *(code.casefold() for code in call.mentions))))


def agree(one: Call, other: Call) -> bool:
    """Whether the codes of two records leave open that they are the same call: silence does, another code does not.

    The code of the whole call may stand beside its topic's, not for it. Cascade calls of two pages are two calls.
    """
    first, second = codes(one), codes(other)
    if one.kind is other.kind is CallKind.CASCADE:
        pages = {page for call in (one, other) if (page := address(call.url)).startswith(CASCADE_PAGE)}
        if len(pages) > 1 and not first & second:
            return False
    if not first or not second:
        return True
    return first <= second | {whole_call(other)} and second <= first | {whole_call(one)}


def address(url: str) -> str:
    """An address in the form in which two sources can be compared: without scheme, www, language, query and case.

    A page of the portal is the kind of page and its code. Empty where the address names no page of a site.
    """
    found = _ADDRESS.match(unquote(url).strip().casefold())
    if found is None:
        return ""
    host, path = found[1], found[2].rstrip("/")
    if host == "ec.europa.eu" and (page := _PORTAL_PAGE.search(path)):
        return page[1]
    path = _LANGUAGE_PREFIX.sub("", _LANGUAGE_SUFFIX.sub("", path))
    return f"{host}{path}" if path else ""


def further_addresses(call: Call) -> frozenset[str]:
    """Pages that a record rests on or links to as its documents."""
    return frozenset(filter(None, map(address, (*call.sources, *(page.url for page in call.documents)))))
