"""Starts the server of the dashboard and of the pages beside it, as a process."""

from __future__ import annotations

import os
import sys

from matcher.settings import REPOSITORY, Settings


def serve(settings: Settings, port: int | None, browser: bool = False) -> None:
    """Become the server, so that signals and its exit code are its own. The address is printed first.

    Streamlit looks for `.streamlit/config.toml` in the working directory: that is the project's folder.
    `browser`: open one where there is a screen. Raises BadMailSetting, BadSecret, BadSignIn.
    """
    from matcher.sign_in import write_secrets

    check_mail_settings(settings)
    write_secrets(settings)
    port = port or settings.port
    sys.stdout.write(f"dashboard on http://localhost:{port} (stop with Ctrl+C)\n")
    sys.stdout.flush()
    os.chdir(REPOSITORY)
    command = [sys.executable, "-m", "dashboard.asgi", *(["--open"] if browser and has_screen() else [])]
    os.execve(sys.executable, command, os.environ | _environment(settings, port))


def check_mail_settings(settings: Settings) -> None:
    """What is wrong is told now to whoever starts the server, not later to the first reader who signs up.

    Asks no server. Raises BadMailSetting, BadSecret.
    """
    from matcher.alerts.mailing.delivery import writer
    from matcher.alerts.mailing.sender import read_sender
    from matcher.alerts.mailing.transport import open_transport
    from matcher.alerts.readers.tokens import signing_keys, utc_now

    signing_keys(settings)
    read_sender(settings)
    open_transport(settings)
    writer(settings, utc_now)


def _environment(settings: Settings, port: int) -> dict[str, str]:
    """For the server; uvicorn by itself would believe X-Forwarded-For from every process of this machine."""
    return {"FUNDING_PORT": str(port), "FORWARDED_ALLOW_IPS": settings.trusted_proxy}


def has_screen() -> bool:
    """Whether a browser can be opened. A text browser in the terminal would hide the address, so it is none."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
