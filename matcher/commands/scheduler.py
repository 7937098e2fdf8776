"""Commands of the scheduler."""

from __future__ import annotations

import typer

scheduler_commands = typer.Typer()
