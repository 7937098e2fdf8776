"""Who could fill what a consortium lacks: `funding partners`."""

from __future__ import annotations

import typer

partners_commands = typer.Typer()
