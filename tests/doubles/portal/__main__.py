"""Start the double by hand and leave it running until Ctrl-C."""

import signal
from typing import Annotated

import typer

from tests.doubles.portal import TOGETHER, Portal, Trap


def main(
    port: Annotated[int, typer.Option(help="0: any free port.")] = 8099,
    trap: Annotated[list[Trap] | None, typer.Option(help="A trap to switch on; repeatable.")] = None,
    all_traps: Annotated[bool, typer.Option("--all-traps", help="All that can be met together.")] = False,
) -> None:
    """Serve the portal's double on 127.0.0.1 and print what to put into FUNDING_HOST_MAP."""
    traps = TOGETHER if all_traps else frozenset(trap or ())
    with Portal(traps=traps, port=port) as portal:
        typer.echo(f"{portal.address}\nFUNDING_HOST_MAP={portal.host_map}")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    typer.run(main)
