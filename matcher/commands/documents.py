"""What stands in the documents of a call: `funding documents`."""

from __future__ import annotations

import typer

documents_commands = typer.Typer()
