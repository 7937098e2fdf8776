"""HAProxy before several servers of the dashboard, as docs/haproxy.cfg recommends it: each user stays with one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from matcher.settings import REPOSITORY
from tests.doubles.browser import free_port, wait_until_up

SHOWN = REPOSITORY / "docs" / "haproxy.cfg"
"""The configuration that is recommended: its addresses are replaced, the rest is tried as it is."""


@contextmanager
def before(addresses: Sequence[str], folder: Path) -> Iterator[str]:
    """The address of the proxy. Raises RuntimeError where HAProxy is not installed or does not start."""
    program, port = shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/usr/bin:/bin"), free_port()
    if program is None:
        raise RuntimeError("haproxy is not on this machine (Debian: apt-get install --no-install-recommends haproxy)")
    file = folder / "haproxy.cfg"
    file.write_text(configured(SHOWN.read_text(encoding="utf-8"), addresses, port), encoding="utf-8")
    log = folder / "haproxy.log"
    command = [program, "-db", "-f", file]
    with log.open("wb") as written, subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT) as process:
        try:
            wait_until_up(f"http://localhost:{port}", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def configured(shown: str, addresses: Sequence[str], port: int) -> str:
    """The recommended configuration for these servers."""
    lines = [line for line in shown.splitlines() if not line.strip().startswith(("bind ", "server "))]
    at = next(number for number, line in enumerate(lines) if line.startswith("frontend ")) + 1
    lines.insert(at, f"    bind 127.0.0.1:{port}")
    places = [urlsplit(one).netloc.replace("localhost", "127.0.0.1") for one in addresses]
    lines += [f"    server web{number} {place} check cookie web{number}" for number, place in enumerate(places, 1)]
    return "\n".join([*lines, ""])
