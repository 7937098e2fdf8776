"""Words that limit the applicants before them: "with a mandate", "that hold a label". Knows no kind of applicant.

What follows such a word may as well open the list again ("or other bodies"). So a limit is taken for one only where
it can be read in no other way.
"""

from __future__ import annotations

import re

LIMIT = re.compile(r"(?:,\s*)?\b(?:that|which|who|whose|with|able to|aged)\b", re.IGNORECASE)
BRACKET = re.compile(r"\([^()]*\)")
OPENS = re.compile(
    r"\b(?:may|can|could|not|also|others?|any\w*|all|prefer\w*|priority|especially|includ\w+|such as|e\.g|except\w*|"
    r"unless|join\w*|without|together|open|partner\w*|consorti\w+|co-?operat\w+|collaborat\w+)\b",
    re.IGNORECASE,
)
"""Words by which a sentence may let in, wish or leave out more than it limits."""
BESIDE = re.compile(
    r"\bwith\b.*\b(?:civil society|stakeholders?|actors?|communit\w+|citizens|organi[sz]ations?|associations?|"
    r"bod(?:y|ies)|institutions?|entit(?:y|ies)|enterprises?|industry|authorit\w+|governments?|agenc\w+|"
    r"universit\w+|compan\w+|firms?|business\w*|academia|groups?|teams?|clubs?|networks?)\b",
    re.IGNORECASE,
)
"""Whoever stands behind "with" may apply as well."""
BODY = r"(?:organisation|organization|company|enterprise|undertaking|entity|body|institution|association|agency)\b"
SHARED = re.compile(
    rf"\b[\w-]+ed (?:and|or) [\w-]+ed\b|\ban? {BODY} (?:and|or) {BODY}|"
    rf"\ban? (?!{BODY})[\w-]+ (?:and|or) (?!{BODY})[\w-]+(?<!s)\b",
    re.IGNORECASE,
)
"""Two words that share the one before them: "founded or co-founded", "a company or organisation"."""
JOIN = re.compile(r"\b(?:and|or)\b|[;/&]", re.IGNORECASE)


def only_limits(words: str) -> bool:
    """Whether words that begin with a limit add nothing else: no further applicant, no exception, no wish."""
    if OPENS.search(words):
        return False
    plain = SHARED.sub("", BRACKET.sub("", words))
    if JOIN.search(plain) or BESIDE.search(plain):
        return False
    return all(LIMIT.match(part.strip()) for part in plain.lstrip(" ,").split(","))
