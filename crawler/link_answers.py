"""What was seen of pages, and the file by which the process that asked hands it on. Free of Scrapy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from crawler.run_folder import write_whole
from matcher.model import Frozen, PageAnswer


class Answer(Frozen):
    """What was seen of a page, with a note in words where it is not simply there."""

    answer: PageAnswer
    note: str = ""


ANSWERS = TypeAdapter(dict[str, Answer])


def write_answers(file: Path, answers: Mapping[str, Answer]) -> None:
    write_whole(file, [ANSWERS.dump_json(dict(answers)).decode()])


def read_answers(file: Path) -> dict[str, Answer]:
    return ANSWERS.validate_json(file.read_bytes())
