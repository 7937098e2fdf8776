"""What a reader hears where no funded projects are stored yet; who runs the site alone also hears how they come in."""

from __future__ import annotations

from dashboard.frame import Frame


def no_projects(frame: Frame) -> str:
    """Markdown of ours, on the page of a call."""
    return _with_command(frame, frame.say.gettext("No funded projects are stored here yet."))


def few_organisations(frame: Frame) -> str:
    """Markdown of ours, where organisations are looked for."""
    told = frame.say.gettext("No funded projects of the past are stored here yet, so that few organisations are known.")
    return _with_command(frame, told)


def _with_command(frame: Frame, told: str) -> str:
    """Visitors of a site can run no command."""
    if not frame.user.is_single:
        return told
    return f"{told} {frame.say.gettext('This command brings them: `funding crawl funded_projects`.')}"
