"""What mails and pages say, in the recipient's language. Texts of calls stay in theirs.

A message is a plain English sentence in code or template; its translations stand in `<language>.po` beside this file.
"""

from matcher.languages.catalogues import LANGUAGES, UnknownLanguage
from matcher.languages.jinja import environment
from matcher.languages.speaker import Speaker, speaker
from matcher.languages.terms import Term

__all__ = ["LANGUAGES", "Speaker", "Term", "UnknownLanguage", "environment", "speaker"]
