"""Is an answer the page it should be, and what does it say of itself? Pure; knows no site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from scrapy.http import HtmlResponse, Response, TextResponse

from crawler.normalise.text import OVERLOADED

LARGEST = 6 * 1024 * 1024
"""Bytes of a page; what is in it takes some seconds for each of them to tell. Documents and tables may be larger."""
TAIL = 4096
NO_CONTENT = re.compile(
    r"(?:http )?error\b|[45]\d\d(?: [-–:]| (?:not|bad|service|internal|forbidden|gateway)\b|$)|"
    r"(?:page )?not found\b|access denied\b|forbidden\b|something went wrong\b|"
    r"service (?:temporarily )?unavailable\b|(?:site )?under maintenance\b|"
    r"(?:sign|log) ?in\b|eu login\b|just a moment\b",
    re.IGNORECASE,
)
"""How titles of error, login and waiting pages begin; a call or a list of calls has no such title."""
GUARD = re.compile(r"just a moment\b|attention required\b|checking your browser\b|ddos-guard\b", re.IGNORECASE)
"""How titles begin of pages with which services such as Cloudflare hold back whoever runs no browser."""
LANGUAGE_SUFFIX = re.compile(r"_[a-z]{2}$")
LANGUAGE_PREFIX = re.compile(r"^[a-z]{2}$")
CLOSED_SUFFIX = re.compile(r"[-_](?:closed|ended|uzdarytas)$")


def fault(response: Response, landmark: str) -> str | None:
    """What is wrong with an answer that should be a page with an element `landmark` (CSS); None when it is one.

    A status of 200 proves nothing: login pages, error pages and half pages come with it.
    """
    if isinstance(response, HtmlResponse) and GUARD.match(title_of(response)):
        title = title_of(response)
        return f"answered {response.status} with a page of a guard against robots ({title!r}) instead of what was asked"
    if response.status != 200:
        return f"answered {response.status}"
    if response.body.startswith(b"%PDF"):
        return "is a PDF, though it was served as a page"
    if not isinstance(response, HtmlResponse):
        kind = (response.headers.get("Content-Type") or b"no type").decode("latin-1")
        return f"is no HTML page ({kind})"
    if len(response.body) > LARGEST:
        return f"is larger than {LARGEST} bytes, which no page of a call is"
    if OVERLOADED.search(response.text):
        return "has a tag with thousands of attributes, which takes minutes to read"
    if not response.css(landmark):
        return f"has no {landmark!r}; its title is {title_of(response)!r}"
    if NO_CONTENT.match(title_of(response)):
        return f"is an error or login page by its title {title_of(response)!r}"
    if b"</html" not in response.body[-TAIL:].lower():
        return "is cut off: no </html> at its end"
    return None


def title_of(response: TextResponse) -> str:
    return " ".join((response.css("title::text").get() or "").split())[:120]


def readable(response: Response) -> Response:
    """The answer decoded as what it is: bytes that are valid UTF-8 are UTF-8, whatever header or meta element say.

    What is declared as UTF-8 and is not is taken as Windows-1252, the most frequent other encoding of these sites.
    """
    if not isinstance(response, TextResponse):
        return response
    try:
        response.body.decode("utf-8")
    except UnicodeDecodeError:
        return response.replace(encoding="cp1252") if "\ufffd" in response.text else response
    return response if response.encoding == "utf-8" else response.replace(encoding="utf-8")


def reference_of(url: str) -> str:
    """What tells a call apart where it has no code: its address without language, query, file type or word for closed.

    `https://esf.lt/en/projects/some-call-closed?x=1` -> `projects/some-call`. Stable when a page is marked as closed.
    """
    path = urlsplit(url).path.lower().removesuffix("/")
    parts = [part for part in path.split("/") if part]
    if len(parts) > 1 and LANGUAGE_PREFIX.match(parts[0]):
        parts = parts[1:]
    if not parts:
        return urlsplit(url).hostname or url
    last = re.sub(r"\.(?:html?|aspx|php)$", "", parts[-1])
    parts[-1] = CLOSED_SUFFIX.sub("", LANGUAGE_SUFFIX.sub("", last))
    return "/".join(parts)


def canonical(url: str) -> str:
    """An address without query and fragment, to tell entries of a list apart."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))
