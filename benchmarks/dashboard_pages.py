"""The pages of the dashboard with 50,000 calls and 200 organisations, in real Chromium and by ten users at once.

First useful paint of the matches under 2.0 s after the server has started, a filter change under 500 ms and the page of
a call under 700 ms (95th percentile), both from its card and as a new page from a link in a mail; ten users who all ask
at once under 1 s; the process under 1.5 GB with the model loaded. What the pages read is worked out before, by the jobs
of the night, and told apart.

Ten users are ten of Streamlit's own web sockets, because ten browsers would measure the browsers. Beside them stands a
bare page with as many elements, which reads nothing: what the server itself costs on this machine. `--processes 2`
puts HAProxy (Debian's haproxy) before two servers, with the configuration that the README shows: it keeps each user
with the server that answered first. `--folder` keeps the world for a next time; without it a temporary one is made,
which takes minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.pages import world
from benchmarks.pages.proxy import before
from matcher.settings import Settings
from tests.doubles.browser import browser_page, dashboard, server, settle

FIRST_PAINT, FILTER, CALL, TEN_USERS, GIGABYTES = 2.0, 0.5, 0.7, 1.0, 1.5
USERS, ROUNDS, TURNS = 10, 5, 3
WHOSE = ("riga", "utrecht", "melissa-network")
FUNDS = ("AMIF", "CERV", "ESF+", "ERDF", "Erasmus+")
PRESSED = "() => addEventListener('pointerdown', () => { window.pressed = performance.now() }, true)"
DRAWN = """before => location.href !== before
    && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stSpinner"]')
    && performance.now() - window.pressed"""
SEEN = "seen => document.querySelector(seen)?.checkVisibility() && performance.now()"
FOLLOWED = "seen => document.querySelector(seen)?.checkVisibility() && performance.now() - window.pressed"
"""Milliseconds, asked of each frame of the browser: from the press of a button until all of the page is drawn for its
new address; from the beginning of a visit until an element is seen; from the press of a link until one is. What a test
needs to find the button is not counted, nor its own waiting: Playwright looks for an element twice a second at last."""
CARD = '[class*="st-key-card"]'
DETAILS, TITLE = f"{CARD} a[data-testid='stPageLink-NavLink']", ".stHtml h1"
BARE = """
import streamlit as st
st.title("Bare")
for number in range(30):
    with st.container(border=True):
        st.subheader(f"Element {number}")
        st.markdown("words " * 60)
        st.markdown("words " * 20)
        st.link_button(f"Link {number}", "https://example.org")
"""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--processes", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        settings = world.made(given.folder or Path(temporary))
        for job, seconds in world.night(settings).items():
            _tell(f"the night: {job}", seconds)
        return int(not _measured(settings, Path(temporary), given.processes))


def _measured(settings: Settings, folder: Path, processes: int) -> bool:
    with ExitStack() as running:
        servers = [
            running.enter_context(server(world.environment(settings), folder / f"{number}.log"))
            for number in range(processes)
        ]
        good = [_in_chromium(servers[0][0])]
        address = (
            servers[0][0] if processes == 1 else running.enter_context(before([one for one, _ in servers], folder))
        )
        crowd = _percentile(asyncio.run(_crowd(address)))
        good.append(_tell(f"{USERS} users at once, {processes} processes, p95", crowd, TEN_USERS))
        good.append(_tell("memory of the process", _memory(servers[0][1].pid), GIGABYTES, "GB"))
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    with dashboard({}, folder / "bare.log", folder / "bare.py") as address:
        with browser_page(1280, 900) as page:
            _tell("a bare page in a browser that was just started", _seconds_to(page, address, "h3"))
            _tell("the bare page again, p95", _percentile([_seconds_to(page, address, "h3") for _ in range(USERS)]))
        bare = _percentile(asyncio.run(_crowd(address)))
        _tell(f"a bare page for {USERS} users at once, p95", bare)
    _tell("ratio to the bare page", crowd / bare, unit="times")
    return all(good)


def _in_chromium(address: str) -> bool:
    with browser_page(1280, 900) as page:
        first = _seconds_to(page, f"{address}/?profile=riga", CARD)
        good = [_tell("first useful paint of the matches", first, FIRST_PAINT)]
        again = _seconds_to(page, f"{address}/?profile=utrecht", CARD)
        _tell("the matches of another organisation", again)
        good.append(_tell("a filter change, p95", _percentile(_filter_changes(page)), FILTER))
        followed = [seconds for who in WHOSE for seconds in _followed(page, f"{address}/?profile={who}")]
        good.append(_tell(f"the page of a call from its card, p95 of {len(followed)}", _percentile(followed), CALL))
        opened = [_seconds_to(page, link, "h1") for link in _links(page, address)]
        good.append(_tell(f"the page of a call as a new page, p95 of {len(opened)}", _percentile(opened), CALL))
        searched = _seconds_to(page, f"{address}/?profile=riga&text=Wohnraum", CARD)
        _tell("a search, with loading the model", searched)
        return all(good)


def _seconds_to(page: Page, address: str, seen: str) -> float:
    """As a link in a mail leads there: a new page, until that element stands."""
    page.goto(address, wait_until="commit")
    taken = page.wait_for_function(SEEN, arg=seen, timeout=120_000).json_value() / 1000
    settle(page)
    return float(taken)


def _followed(page: Page, address: str) -> list[float]:
    """From the press of a card's "Details" until the title of that call stands, for each card of the first page."""
    _seconds_to(page, address, CARD)
    page.evaluate(PRESSED)
    taken = []
    for place in range(page.locator(DETAILS).count()):
        detail = page.locator(DETAILS).nth(place)
        detail.scroll_into_view_if_needed()
        detail.click()
        taken.append(page.wait_for_function(FOLLOWED, arg=TITLE, timeout=60_000).json_value() / 1000)
        settle(page)
        page.go_back()
        page.locator(CARD).first.wait_for()
        settle(page)
    return taken


def _links(page: Page, address: str) -> list[str]:
    """To the calls that the first page of each of these organisations shows."""
    found = []
    for organisation in WHOSE:
        _seconds_to(page, f"{address}/?profile={organisation}", CARD)
        found += page.locator(f"{CARD} a[href*='call=']").evaluate_all("all => all.map(one => one.href)")
    return found


def _filter_changes(page: Page) -> list[float]:
    """Each fund on and off again, as a reader clicks it, until all of the page is drawn anew."""
    taken = []
    page.evaluate(PRESSED)
    for fund in FUNDS * TURNS:
        for _ in ("on", "off"):
            before = page.url
            page.get_by_role("button", name=fund, exact=True).first.click()
            waited = page.wait_for_function(DRAWN, arg=before, timeout=60_000)
            taken.append(waited.json_value() / 1000)
            settle(page)
    return taken


async def _crowd(address: str) -> list[float]:
    """Seconds of each page run of USERS who all come at the same moment, ROUNDS times, each time for other calls."""
    taken: list[float] = []
    for turn in range(ROUNDS):
        asked = f"profile=riga&fund={FUNDS[turn % len(FUNDS)].replace('+', '%2B')}"
        async with AsyncExitStack() as visits:
            opened = [await visits.enter_async_context(_session(address)) for _ in range(USERS)]
            taken += await asyncio.gather(*(_run(one, asked) for one in opened))
    return taken


def _session(address: str) -> connect:
    """A visitor who has just come: the page first, then with its cookies what it is drawn through."""
    with urlopen(address, timeout=30) as page:
        cookies = "; ".join(one.partition(";")[0] for one in page.headers.get_all("set-cookie", []))
    return connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookies} if cookies else None,
        max_size=None,
    )


async def _run(connection: ClientConnection, query: str) -> float:
    started = time.perf_counter()
    asked = BackMsg()
    asked.rerun_script.query_string = query
    await connection.send(asked.SerializeToString())
    async for message in connection:
        told = ForwardMsg()
        told.ParseFromString(message if isinstance(message, bytes) else message.encode())
        if told.WhichOneof("type") == "script_finished":
            return time.perf_counter() - started
    raise RuntimeError("the server closed the connection; look at its log")


def _memory(pid: int) -> float:
    """GB that the process has of its own now, files it has mapped not counted."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    told = {line.split(":")[0]: line.split()[1] for line in lines if line.endswith("kB")}
    _tell("memory with files that are mapped", int(told["VmRSS"]) / 1e6, unit="GB")
    return int(told["RssAnon"]) / 1e6


def _percentile(taken: Sequence[float], part: float = 0.95) -> float:
    return sorted(taken)[min(int(len(taken) * part), len(taken) - 1)]


def _tell(what: str, found: float, limit: float | None = None, unit: str = "s") -> bool:
    told = "" if limit is None else f", limit {limit} {unit}"
    sys.stdout.write(f"{what}: {found:.2f} {unit}{told}\n")
    sys.stdout.flush()
    return limit is None or found <= limit


if __name__ == "__main__":
    sys.exit(main())
