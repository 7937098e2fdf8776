"""Starts the dashboard's server as a process; Streamlit opens a browser where there is a screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def serve(page: Path, port: int) -> None:
    """Become the dashboard's server, so that signals and its exit code are its own. The address is printed first.

    Streamlit looks for `.streamlit/config.toml` in the working directory: that is the project's folder.
    """
    sys.stdout.write(f"dashboard on http://localhost:{port} (stop with Ctrl+C)\n")
    sys.stdout.flush()
    os.chdir(page.parent.parent)
    options = [f"--server.port={port}", f"--server.headless={str(not has_screen()).lower()}"]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(page), *options])


def has_screen() -> bool:
    """Whether a browser can be opened. A text browser in the terminal would hide the address, so it is none."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
