"""The reference of the format, made from the tables themselves."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from wfm.scenario_file.kinds import Words
from wfm.scenario_file.tables import SECTIONS, Table
from wfm.scenario_file.translate import tables_in
from wfm.scenario_file.wrong import shown

PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false"}
LIMITS = {"ge": "from", "gt": "above", "le": "up to", "lt": "below"}
TOP = """## At the top

| key | type | default | what it is |
|---|---|---|---|
| `base` | path | – | Another scenario file that this one varies, relative to this file; bases may have bases. |
| `remove` | table | – | Dropped from the bases: `{activity = ["training"]}` by name, `{run = ["seed"]}` by key, `{history = "all"}`. |

A variant is laid over its base: tables are merged key by key, `[[queue]]` and its like by name, `[[time_off]]` and others
without a name are added; other lists are replaced.
"""


def fields() -> str:
    """Markdown: every section and key with its type, default and description."""
    parts, told = [TOP], set[type[Table]]()
    for section in SECTIONS.values():
        parts.append(f"## {section.heading}{' (required)' if section.required else ''}\n\n{_table(section.model)}")
        parts += _inner(section.model, section.heading, told)
    return "\n".join(parts)


def _inner(model: type[Table], heading: str, told: set[type[Table]]) -> Iterator[str]:
    """The tables inside a table, each where it first comes up."""
    for key, field in model.model_fields.items():
        inner = next(tables_in(field.annotation), None)
        if inner is not None and inner not in told:
            told.add(inner)
            yield f"### {key} of {heading}\n\n{_table(inner)}"
            yield from _inner(inner, f"{key} of {heading}", told)


def _table(model: type[Table]) -> str:
    lines = [f"{(model.__doc__ or '').strip()}\n", "| key | type | default | what it is |", "|---|---|---|---|"]
    lines += [
        f"| `{field.alias or key}` | {_cell(_type(field))} | {_cell(_default(model, key, field))} | {_cell(field.description or '')} |"
        for key, field in model.model_fields.items()
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _type(field: FieldInfo) -> str:
    words = [mark.text for mark in field.metadata if isinstance(mark, Words)]
    return words[0] if words else f"{_words(field.annotation)}{_limits([*field.metadata, *_marks(field.annotation)])}"


def _marks(annotation: Any) -> list[Any]:
    """What stands beside the types in a union, as in `Annotated[int, Field(ge=1)] | None`."""
    found: list[Any] = []
    for part in (annotation, *get_args(annotation)):
        for mark in getattr(part, "__metadata__", ()):
            found += mark.metadata if isinstance(mark, FieldInfo) else [mark]
    return found


def _limits(marks: list[Any]) -> str:
    """Least and greatest value that is taken, in words; "" where there is no limit."""
    told = {key: getattr(mark, key) for mark in marks for key in ("ge", "gt", "le", "lt") if hasattr(mark, key)}
    words = [f"{LIMITS[key]} {told[key]:,.12g}" for key in LIMITS if key in told]
    return f", {' '.join(words)}" if words else ""


def _words(annotation: Any) -> str:
    """A type in words: its own where it has some, else made from its parts."""
    marks = [mark.text for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, Words)]
    if marks:
        return marks[0]
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return "table (see below)"
    args = [arg for arg in get_args(annotation) if arg is not NoneType]
    if get_origin(annotation) is Literal:
        return " or ".join(shown(arg) for arg in args)
    if get_origin(annotation) is list:
        return "list of tables" if next(tables_in(annotation), None) else f"list of: {_words(args[0])}"
    if get_origin(annotation) is dict:
        return "table of text"
    return _words(args[0]) if args else PLAIN[annotation]


def _default(model: type[Table], key: str, field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    if field.default is None or field.default is PydanticUndefined:
        return "–"
    if isinstance(field.default, Table):
        return "as below"
    written = model.model_construct(**{key: field.default}).model_dump(include={key})[key]
    if isinstance(written, dict | list | tuple) and not isinstance(written, str):
        return "none" if not written or written == {"basis": "additive"} else str(written)
    return f"`{shown(written)}`"
