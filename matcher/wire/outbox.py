"""The outbox as JSON: addresses masked, without what the mails say. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.addresses import masked
from matcher.model import MailState, OutboxMail


def outbox_json(
    counts: Mapping[MailState, int], mails: Sequence[OutboxMail], addresses: Mapping[str, str]
) -> dict[str, Any]:
    """`addresses`: by subscription."""
    return {
        "counts": dict(counts),
        "mails": [
            {"address": masked(addresses.get(mail.subscription, "")), **mail.model_dump(mode="json", exclude=HIDDEN)}
            for mail in mails
        ],
    }


HIDDEN = {"content", "worker", "lease", "message_id"}
"""What is nobody's business; who knows a Message-ID could forge a notice."""
