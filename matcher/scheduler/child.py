"""`python -P -m matcher.scheduler.child MODULE …`: runs a module as `python -m` would, and ends with its parent.

The parent holds the other end of standard input and never writes. When it is killed the pipe ends, and so does this
process: a crawl or a round of mails is not carried on while the next worker takes its slot over.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading

ORPHANED = 75
"""Exit code, as EX_TEMPFAIL of sysexits.h."""


def main() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    os.read(0, 1)
    os._exit(ORPHANED)


if __name__ == "__main__":
    main()
