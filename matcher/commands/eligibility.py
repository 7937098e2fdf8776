"""Whether and how an organisation may apply: `funding eligibility`."""

from __future__ import annotations

import typer

eligibility_commands = typer.Typer()
