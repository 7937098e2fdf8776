"""What a call that was read by a mapping says of its national programme, for spiders that know more than that. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.source import RawCall, RawNational


def told_by(call: RawCall) -> RawNational:
    """The national part, which every call has that was read by a mapping."""
    assert call.national is not None
    return call.national


def retold(call: RawCall, national: Mapping[str, object], changes: Mapping[str, object] | None = None) -> RawCall:
    """The call with other fields of its national part, and other `changes`. New applicants count for both parts."""
    part = told_by(call).model_copy(update=national)
    both = {"applicants": "; ".join(part.applicants)} if "applicants" in national else {}
    return call.model_copy(update={"national": part, **both, **(changes or {})})
