"""The one server: the dashboard, and beside it the pages, feeds and calendars of dashboard.routes.

Started by `funding serve` (matcher/serve.py) in the project's folder, where Streamlit finds `.streamlit/config.toml`.
"""

from __future__ import annotations

import signal
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from threading import Thread

import streamlit as st

from dashboard.ready import get_ready, send_at_once
from dashboard.routes import middleware, routes
from matcher.settings import Settings
from matcher.sign_in import secrets_file

OPEN = "--open"
"""Argument of this module: show the dashboard in a browser."""


@asynccontextmanager
async def _opened(_: st.App) -> AsyncIterator[None]:
    """Get ready before the server listens; then show the dashboard on the screen, where there is one."""
    get_ready(date.today())
    send_at_once()
    if not st.get_option("server.headless"):
        address = f"http://localhost:{st.get_option('server.port')}"
        Thread(target=webbrowser.open, args=[address], daemon=True).start()  # some browsers only return when closed
    yield


settings = Settings()
app = st.App("app.py", routes=routes(), middleware=middleware(settings), lifespan=_opened)


def main() -> None:
    """Serve until told to stop; a stop that was asked for is no failure, so it ends with 0."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: sys.exit(0))  # uvicorn ends its connections first, then raises the signal again
    app.run(
        config={
            "server.port": settings.port,
            "server.headless": OPEN not in sys.argv,
            "secrets.files": [str(secrets_file(settings))],  # and no other: who signs in is said by our settings alone
        }
    )


if __name__ == "__main__":
    main()
