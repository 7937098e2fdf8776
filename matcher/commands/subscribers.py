"""Commands of the subscribers."""

from __future__ import annotations

import typer

subscribers_commands = typer.Typer()
