"""Commands of the ledger."""

from __future__ import annotations

import typer

ledger_commands = typer.Typer()
