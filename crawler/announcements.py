"""Does a news item announce a call one can apply to, and which calls does it name? Pure; knows no site.

A wrong no loses a call without a trace, so there are three answers: what may be a call is read before it is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

import yaml

from matcher.reference import Programme

WORDS = Path(__file__).with_name("announcements.yml")
PORTAL = "ec.europa.eu"
CODE_PROGRAMMES = {
    "AGRIP": "AGRIP",
    "AMIF": "AMIF",
    "BMVI": "BMVI",
    "CCEI": "CCEI",
    "CEF": "CEF",
    "CERV": "CERV",
    "CREA": "CREATIVE-EUROPE",
    "CUST": "CUSTOMS",
    "DIGITAL": "DIGITAL",
    "EDF": "EDF",
    "EMFAF": "EMFAF",
    "EP": "EUROPEAN-PARLIAMENT",
    "ERASMUS": "ERASMUS+",
    "ERC": "HORIZON",
    "ERDFTA": "ERDF-TA",
    "ESC": "ESC",
    "ESF": "ESF+",
    "EU4H": "EU4HEALTH",
    "EUAF": "EUAF",
    "EUBA": "EUBA",
    "EURATOM": "EURATOM",
    "FISC": "FISCALIS",
    "HORIZON": "HORIZON",
    "I3": "I3",
    "IMCAP": "IMCAP",
    "IMREG": "IMREG",
    "INNOVFUND": "INNOVATION-FUND",
    "ISF": "ISF",
    "JUST": "JUSTICE",
    "LIFE": "LIFE",
    "PERI": "PERICLES-IV",
    "PPPA": "PPPA",
    "RENEWFM": "RENEWFM",
    "RFCS": "RFCS",
    "SMP": "SMP",
    "SOCPL": "SOCPL",
    "TSI": "TSI",
    "UCPM": "UCPM",
}
"""How the portal's codes begin -> key in data/reference/programmes.yml; seen in its index of 2025 and 2026."""
CODE = re.compile(
    rf"(?<![\w/-])(?:{'|'.join(CODE_PROGRAMMES)})(?:-[A-Z0-9]+)*-20[2-3]\d(?:-(?!20\d\d\b)[A-Za-z0-9]+)+(?![\w/])"
)
"""A programme, a year, and something after it: HORIZON-2020 and CERV-2021-2027 are programmes, not calls."""
TOPIC_ADDRESS = re.compile(r"/opportunities/(?:portal/screen/opportunities/)?topic-details/([^/?#;]+)", re.IGNORECASE)
CASCADE_ADDRESS = re.compile(r"/opportunities/competitive-calls-cs/(\d+)", re.IGNORECASE)
CODE_PARAMETERS = ("callCode", "callIdentifier", "topicCode", "identifier", "keywords")
WORD_BEGINS = r"(?<!\w)"
READ = 200_000
"""Characters of a text that are searched for words of calls; no real page comes near."""
HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013", "-"))
OTHER_NAMES = {
    "Asylum, Migration and Integration Fund": "AMIF",
    "European Social Fund Plus": "ESF+",
    "EaSI": "ESF+",
    "Erasmus+": "ERASMUS+",
    "Social Innovation+": "ESF+-SI",
    "Interreg": "INTERREG",
    "Employment and Social Innovation": "ESF+",
    "Citizens, Equality, Rights and Values": "CERV",
    "Internal Security Fund": "ISF",
    "BMVI": "BMVI",
    "Border Management and Visa": "BMVI",
    "Horizon Europe": "HORIZON",
    "Creative Europe": "CREATIVE-EUROPE",
    "European Solidarity Corps": "ESC",
    "Digital Europe": "DIGITAL",
    "European Urban Initiative": "EUI",
}
"""Names of programmes as pages use them beside those of the reference table."""
COMMON_WORDS = frozenset({"JUSTICE", "CUSTOMS", "HORIZON", "DIGITAL", "INTERREG"})
"""Keys of programmes that are words of ordinary headings too."""


class Verdict(StrEnum):
    ANNOUNCES = "announces"
    PERHAPS = "perhaps"
    """Speaks of money or of applying; its page has to be read."""
    OTHER = "other"


class Judgement(NamedTuple):
    verdict: Verdict
    reason: str
    """What it is instead, or what it was known by."""


def judge(title: str, teaser: str = "", label: str = "") -> Judgement:
    """What a list says of an item -> does it announce a call?

    Results, tenders, vacancies, consultations and statistics are known by the title. An event is one, unless the title
    names the call first: "Call for proposals: join the info day" announces, "Info day on the call" does not.
    """
    words = _words()
    call = words.announces.search(_plain(title))
    other = _other(_plain(title), _plain(label), call.start() if call else None)
    if other:
        return Judgement(Verdict.OTHER, other)
    if call or words.announces.search(_plain(f"{label} . {teaser}")):
        return Judgement(Verdict.ANNOUNCES, "speaks of a call")
    if mentions_in(f"{title} {teaser}"):
        return Judgement(Verdict.ANNOUNCES, "names a code of the portal")
    if words.perhaps.search(_plain(f"{title} . {teaser} . {label}")):
        return Judgement(Verdict.PERHAPS, "speaks of money or of applying")
    return Judgement(Verdict.OTHER, "no word of a call")


def _other(title: str, label: str, call_at: int | None) -> str | None:
    for kind, pattern in _words().other.items():
        found = pattern.search(title)
        if found and (kind != "event" or call_at is None or found.start() < call_at):
            return kind
        if pattern.search(label):
            return kind
    return None


def is_call_page(title: str, text: str, mentions: Sequence[str]) -> bool:
    """Whether the page of an item that may be a call is one.

    It names a call of the portal; or it says how or by when to apply, and speaks of a call, at least in its title.
    """
    words, plain = _words(), _plain(text)
    speaks_of_call = words.announces.search(plain) or words.call.search(_plain(title))
    return bool(mentions) or bool(speaks_of_call and words.applying.search(plain))


def mentions_in(text: str, addresses: Iterable[str] = ()) -> tuple[str, ...]:
    """Codes of topics and calls in a text, and of topics and cascade calls in addresses of the portal; each once."""
    in_text = [code.rstrip("-") for code in CODE.findall(text.translate(HYPHENS))]
    in_addresses = [code for address in addresses if (code := code_in_address(address))]
    return tuple({code.casefold(): code for code in reversed(in_text + in_addresses)}.values())[::-1]


def code_in_address(address: str) -> str:
    """The topic or call that an address of the portal leads to; empty for any other address.

    The portal's own links are in lower case as often as not; codes are quoted in upper case.
    """
    try:
        parts = urlsplit(unquote(address.strip()))
    except ValueError:
        return ""
    if parts.hostname != PORTAL or "/funding-tenders/" not in parts.path:
        return ""
    path = f"{parts.path}{parts.fragment}"
    topic, cascade = TOPIC_ADDRESS.search(path), CASCADE_ADDRESS.search(path)
    named = topic[1] if topic else next((v for k, v in parse_qsl(parts.query.replace(";", "&")) if _is_code(k, v)), "")
    code = named.upper() if named == named.lower() else named
    return cascade[1] if cascade else code


def _is_code(name: str, value: str) -> bool:
    return name in CODE_PARAMETERS and bool(CODE.fullmatch(value.upper()))


def programme_of_code(code: str) -> str:
    """Key of the programme of 2021-2027 that a code belongs to; empty for older codes and for numbers."""
    year = re.search(r"-(20\d\d)(?:-|$)", code)
    return CODE_PROGRAMMES.get(code.split("-")[0], "") if year and int(year[1]) > 2020 else ""


def programmes_named(text: str, known: Iterable[Programme]) -> frozenset[str]:
    """Keys of the programmes of 2021-2027 that a text names."""
    present = [programme for programme in known if programme.period == "2021-2027"]
    names = {programme.name: programme.key for programme in present} | OTHER_NAMES
    names |= {programme.key: programme.key for programme in present if programme.key not in COMMON_WORDS}
    found = {key for name, key in names.items() if _is_named(name, text)}
    return frozenset(key for key in found if not any(other.startswith(f"{key}-") for other in found))


def _is_named(name: str, text: str) -> bool:
    """Short upper-case names count only as written: LIFE is a programme, life is not."""
    flags = re.NOFLAG if name.isupper() else re.IGNORECASE
    return bool(re.search(rf"(?<![\w+]){re.escape(name)}(?![\w])", text, flags))


class _Words(NamedTuple):
    announces: re.Pattern[str]
    perhaps: re.Pattern[str]
    other: dict[str, re.Pattern[str]]
    applying: re.Pattern[str]
    call: re.Pattern[str]


@cache
def _words() -> _Words:
    table = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return _Words(
        announces=_pattern((pattern for patterns in table["announces"].values() for pattern in patterns), WORD_BEGINS),
        perhaps=_pattern(table["perhaps"]),
        other={kind: _pattern(patterns, WORD_BEGINS) for kind, patterns in table["other"].items()},
        applying=_pattern([table["applying"]]),
        call=_pattern([table["call"]]),
    )


def _pattern(alternatives: Iterable[str], before: str = "") -> re.Pattern[str]:
    return re.compile(before + "(?:" + "|".join(alternatives) + ")", re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(text[:READ].replace("’", "'").split())
