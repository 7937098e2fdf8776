"""A topic's own file, topicDetails/<identifier>.json: the second source of its text and conditions. Pure."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from crawler.source import RawCall

DETAILS = "https://ec.europa.eu/info/funding-tenders/opportunities/data/topicDetails"


class BadDetails(Exception):
    """The file is not there or not in the form of a topic."""


def details_request(identifier: str) -> Request:
    """The address holds the identifier in lower case; in upper case it is 404."""
    return Request(f"{DETAILS}/{quote(identifier.lower(), safe='')}.json", headers={"Accept": "application/json"})


def lacks_text(call: RawCall) -> bool:
    return not (call.description and call.conditions)


def filled_from(response: Response, call: RawCall) -> RawCall:
    """The call with description and conditions where it had none. Raises BadDetails."""
    details = _read_details(response)
    found = {name: str(details.get(name) or "") for name in ("description", "conditions")}
    missing = {name: text for name, text in found.items() if text and not getattr(call, name)}
    return call.model_copy(update=missing | {"sources": (*call.sources, response.url)}) if missing else call


def _read_details(response: Response) -> dict[str, Any]:
    if response.status != 200:
        raise BadDetails(f"{response.url}: answered {response.status}")
    try:
        details = json.loads(response.body)["TopicDetails"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise BadDetails(f"{response.url}: no TopicDetails in it ({error})") from error
    if not isinstance(details, dict):
        raise BadDetails(f"{response.url}: TopicDetails is {type(details).__name__}, not an object")
    return details
