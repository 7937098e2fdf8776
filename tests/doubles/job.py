"""`python -m tests.doubles.job LOG NAME SLOT [fail | wait FILE | deaf FILE]`: a job that writes down that it was done.

`wait`: it ends when FILE is there. `deaf`: the same, and a request to end is not heard.
"""

import os
import signal
import sys
import time
from pathlib import Path


def say(log: str, *words: str) -> None:
    with Path(log).open("a", encoding="utf-8") as file:
        file.write(" ".join(words) + "\n")


def main(log: str, name: str, slot: str, how: str = "", file: str = "") -> int:
    if how == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if file:
        say(log, "began", name, slot, str(os.getpid()))
    while file and not Path(file).exists():
        time.sleep(0.02)
    say(log, "done", name, slot)
    sys.stdout.write(f"did {name}\n" if how != "fail" else "the disk of the job is full\n")
    return 1 if how == "fail" else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
