"""What stands in the documents of a call: `funding documents`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.commands.options import AsJson, CallKey, open_service, print_json, print_lines

if TYPE_CHECKING:
    from matcher.documents.call_documents import CallDocument
    from matcher.model import DocumentText

documents_commands = typer.Typer()


@documents_commands.command()
def documents(
    key: CallKey,
    text: Annotated[
        str | None, typer.Option(help="Print what stands in one: its number in the list, or its SHA-256.")
    ] = None,
    unread: Annotated[
        bool, typer.Option("--unread", help="Add sentences that look like conditions and were not understood.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the documents of a call: what was read in them, page by page, and what changed."""
    from matcher.wire.documents import documents_json, text_json
    from matcher.wording.documents import documents_page, text_page

    service = open_service()
    call = service.call(key)
    found = service.call_documents(call)
    to_read = {one.link.url: service.unread_conditions(one) for one in found} if unread else {}
    if text is None and as_json:
        print_json(documents_json(call, found, to_read))
    elif text is None:
        print_lines(documents_page(call, found, to_read))
    elif as_json:
        print_json(text_json(_wanted(found, text)))
    else:
        print_lines(text_page(_wanted(found, text)))


def _wanted(found: Sequence[CallDocument], name: str) -> DocumentText:
    """By number the newest state of a document, by (the beginning of) a SHA-256 that state. Raises NotFound."""
    from matcher.service import NotFound

    numbered = {str(number): one.states[-1:] for number, one in enumerate(found, start=1)}
    begun = [state for one in found for state in one.states if name and state.document.sha256.startswith(name)]
    states = numbered.get(name, tuple(begun[:1]))
    if not states:
        known = [state.document.sha256[:12] for one in found for state in one.states]
        allowed = ", ".join([*map(str, range(1, len(found) + 1)), *dict.fromkeys(known)])
        raise NotFound(f"no document {name!r} of this call was fetched; choose from: {allowed or 'none'}")
    if states[0].text is None:
        raise NotFound(f"{states[0].document.url}: fetched and not read yet; the next load reads it")
    return states[0].text
