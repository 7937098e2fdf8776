"""Commands of the alerts."""

from __future__ import annotations

import typer

alerts_commands = typer.Typer()
