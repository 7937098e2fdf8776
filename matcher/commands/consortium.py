"""What a draft of a consortium lacks: `funding consortium check`."""

from __future__ import annotations

import typer

consortium_commands = typer.Typer()
