"""A board as plain JSON values."""

from __future__ import annotations

from matcher.model import Answer, Board
from matcher.wire.calls import Json


def board_json(board: Board) -> Json:
    """The draft, every condition with its reason and repair, and the keys of those that fail."""
    return {
        "call": board.call.id,
        "identifier": board.call.identifier,
        "title": board.call.title,
        "members": [one.model_dump(mode="json") | {"counts": one.counts} for one in board.members],
        "conditions": [one.model_dump(mode="json") for one in board.conditions],
        "lacking": [one.rule for one in board.conditions if one.answer is Answer.NOT_MET],
    }
