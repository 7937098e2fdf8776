"""A local double of the EU Funding & Tenders Portal over a real socket, with the traps of the real one, by name.

By hand: `python -m tests.doubles.portal --port 8099 --trap stubs`.
"""

from tests.doubles.portal.projects import Funded, many
from tests.doubles.portal.server import Portal, Visit
from tests.doubles.portal.traps import TOGETHER, Trap
from tests.doubles.portal.truth import DAY, News, Truth

__all__ = ["DAY", "TOGETHER", "Funded", "News", "Portal", "Trap", "Truth", "Visit", "many"]
