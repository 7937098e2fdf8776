"""Reads the YAML files of facts into models, and says in plain sentences what is wrong in them.

Knows YAML and pydantic, but none of the facts.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)


class BadFactFile(ValueError):
    """A file of facts is wrong; the message names file, entry, field, what was found and what is allowed."""


LONGEST = 300
"""Signs that a message shows of what was found."""
MAX_DEPTH = 30
MAX_VALUES = 200_000
"""Levels and single values of a file; the deepest and largest of ours have seven and some thousand."""

# libyaml reads the same language ten times as fast; PyYAML comes without it on a few machines.
_SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[valid-type, misc]
    """Safe YAML in which NO is Norway and not "false", and a key written twice is an error and not a lost entry."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (overrides an attribute of the library's class)
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    problem="a list or mapping as a key, where a name is expected", problem_mark=key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key {key.value!r} stands there twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def read(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises BadFactFile when there is no such file, or it is not that."""
    try:
        text = path.read_text(encoding="utf-8")
        _check_shape(text)
        content = yaml.load(text, _Loader)
    except OSError as error:
        raise BadFactFile(f"{path}: cannot be read ({error.strerror}); check the folder and its rights.") from error
    except UnicodeDecodeError as error:
        raise BadFactFile(f"{path}: is not UTF-8 text at byte {error.start}; save it as UTF-8.") from error
    except yaml.YAMLError as error:
        raise BadFactFile(f"{path}{_line(error)}: is not valid YAML: {_problem(error)}; correct that line.") from error
    except ValueError as error:  # a day such as 2026-02-30 passes the grammar and fails in the calendar
        raise BadFactFile(f"{path}: holds a value that does not exist: {error}; correct it.") from error
    if not isinstance(content, dict):
        raise BadFactFile(f"{path}: found {type(content).__name__}; write fields as `name: value`.")
    return content


def _check_shape(text: str) -> None:
    """Raises YAMLError for what grows when it is built: a few lines can hold a million, and depth ends the process."""
    built = 0
    sizes: dict[str, int] = {}
    begun: list[tuple[str | None, int]] = []
    for event in yaml.parse(text, Loader=_SafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, before = begun.pop()
            sizes |= {anchor: built - before} if anchor else {}
        elif isinstance(event, yaml.NodeEvent):
            begun += [(event.anchor, built)] if isinstance(event, yaml.CollectionStartEvent) else []
            built += sizes.get(event.anchor or "", 1) if isinstance(event, yaml.AliasEvent) else 1
        if len(begun) > MAX_DEPTH or built > MAX_VALUES:
            problem = f"over {MAX_DEPTH} levels or {MAX_VALUES} values, repeated ones counted each time"
            raise yaml.constructor.ConstructorError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def build(model: type[Model], data: Any, where: str) -> Model:
    """Check one entry. `where` names the file and entry in the messages of the BadFactFile raised, one line a fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BadFactFile("\n".join(_sentence(model, fault, where) for fault in error.errors())) from error


def _sentence(model: type[BaseModel], fault: ErrorDetails, where: str) -> str:
    field = ".".join(str(part) for part in fault["loc"]) or "the entry"
    match fault["type"]:
        case "missing":
            return f"{where}: field {field} is missing; add it."
        case "extra_forbidden":
            allowed = ", ".join(_fields(model, fault["loc"]))
            return f"{where}: unknown field {field}; allowed: {allowed}. Correct its name or take it out."
        case "enum":
            return f"{where}: field {field}: found {_shown(fault['input'])}; allowed: {fault['ctx']['expected']}."
        case "string_type":
            return f"{where}: field {field}: found {_shown(fault['input'])}; write a text, numbers in quotes."
        case _:
            return f"{where}: field {field}: found {_shown(fault['input'])}; {fault['msg']}."


def _shown(value: Any) -> str:
    """What was found, as it is written in Python, cut where it is long."""
    shown = repr(value)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _fields(model: type[BaseModel], place: Sequence[int | str]) -> list[str]:
    """The fields allowed at a place inside nested models."""
    for part in place[:-1]:
        if isinstance(part, str):
            model = _nested(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _nested(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_nested, get_args(annotation))), None)


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error)
