"""The data that a page carries in its scripts for its own program: JSON, or the literal given to a variable.

Pure. Runs no script, and knows no site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import chompjs
from scrapy.http import Response, TextResponse

from crawler.pages import readable

MAX_CHARS = 8 * 1024 * 1024
MAX_DEPTH = 100


@dataclass(frozen=True)
class Script:
    """A script element that holds JSON and nothing else."""

    css: str
    url_encoded: bool = False

    def __str__(self) -> str:
        return self.css


@dataclass(frozen=True)
class Variable:
    """A name to which a script gives an object or list: `window.__NUXT__ = {...}`, `var calls = [...]`."""

    name: str

    def __str__(self) -> str:
        return f"{self.name} = ..."


NEXT = Script("script#__NEXT_DATA__")
NUXT = Variable("window.__NUXT__")
PREACT = Script("script[type=__PREACT_CLI_DATA__]", url_encoded=True)


class BadState(Exception):
    """A page does not carry its data where or as it should; the message names page and place."""


def state_in(response: Response, where: Script | Variable) -> Any:
    """The data at a place of a page. Data that stand there several times must be the same each time.

    What stands in a comment is not there. Raises BadState.
    """
    page = readable(response)
    place = f"{response.url}, {where}"
    if not isinstance(page, TextResponse) or page.body.startswith(b"%PDF"):
        raise BadState(f"{place}: the answer is no page, it begins with {response.body[:20]!r}")
    texts = _of_script(page, where) if isinstance(where, Script) else _of_variable(page, where)
    found = [_value(text, where, place) for text in texts]
    if not found:
        raise BadState(f"{place}: not on the page")
    if any(value != found[0] for value in found):
        raise BadState(f"{place}: stands there {len(found)} times, not alike")
    return found[0]


def _of_script(page: TextResponse, where: Script) -> list[str]:
    return ["".join(script.css("::text").getall()) for script in page.css(where.css)]


def _of_variable(page: TextResponse, where: Variable) -> Iterator[str]:
    """The scripts from each literal on; where it ends only a reader of JavaScript can tell."""
    given = re.compile(rf"(?<![\w$.]){re.escape(where.name)}\s*=(?!=)\s*")
    for script in page.css("script::text").getall():
        yield from (script[hit.end() :] for hit in given.finditer(script) if not _is_commented(script[: hit.start()]))


def _is_commented(before: str) -> bool:
    line = before.rpartition("\n")[2].lstrip()
    return line.startswith("//") or before.rfind("/*") > before.rfind("*/")


def _value(text: str, where: Script | Variable, place: str) -> Any:
    if len(text) > MAX_CHARS:
        raise BadState(f"{place}: {len(text)} characters, at most {MAX_CHARS} are read")
    try:
        return _clean(_read(text, where), place)
    except (ValueError, RecursionError) as error:
        raise BadState(f"{place}: cannot be read ({str(error)[:200]}); it begins with {text[:40]!r}") from error


def _read(text: str, where: Script | Variable) -> Any:
    """Raises ValueError for what is no JSON or no literal, and for numbers of over 4,300 digits."""
    if isinstance(where, Script):
        text = unquote(text, errors="strict") if where.url_encoded else text
        return json.loads(text, parse_constant=_refuse)
    if not text.startswith(("{", "[")):
        raise ValueError("what the variable is given is no object or list; it would have to be run")
    return chompjs.parse_js_object(text, loader_kwargs={"parse_constant": _refuse})


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _clean(value: Any, place: str, depth: int = 0) -> Any:
    """The value with question marks for half surrogate pairs, which no file can hold. Raises BadState when too deep."""
    if depth > MAX_DEPTH:
        raise BadState(f"{place}: nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(item, place, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_clean(key, place): _clean(item, place, depth + 1) for key, item in value.items()}
    return value
