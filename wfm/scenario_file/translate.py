"""What pydantic says, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import ValidationError

from wfm.scenario_file.places import Loc
from wfm.scenario_file.tables import Table
from wfm.scenario_file.wrong import Part, Wrong, near, shown

PHRASES = {
    "string_type": "text in quotes",
    "string_too_short": "text that is not empty",
    "string_too_long": "at most {max_length} characters",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "list_type": "a list in [ ]",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "literal_error": "{expected}",
    "greater_than": "a number above {gt:g}",
    "greater_than_equal": "a number of at least {ge:g}",
    "less_than": "a number below {lt:g}",
    "less_than_equal": "a number of at most {le:g}",
    "too_short": "at least {min_length} in the list",
    "too_long": "at most {max_length} in the list",
}


def faults_of(error: ValidationError, model: type[Table]) -> Iterator[tuple[Loc, Part]]:
    """Every fault with its place below the table."""
    for detail in error.errors(include_url=False):
        loc: Loc = tuple(detail["loc"])
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, Wrong):
            yield from ((loc, part) for part in cause.parts)
        else:
            yield loc, _part(loc, detail, model)


def _part(loc: Loc, detail: Any, model: type[Table]) -> Part:
    table = _table_at(model, loc[:-1])
    known = {field.alias or key: field for key, field in table.model_fields.items()} if table else {}
    key = str(loc[-1])
    if detail["type"] == "missing":
        told = known[key].description if key in known else ""
        return Part("nothing", f"a value: {told}" if told else "a value")
    if detail["type"] == "extra_forbidden":
        hint = near(key, known)
        return Part(f"unknown key {shown(key)}", "a key of this table", hint if hint.startswith("did") else f"known: {', '.join(known)}")
    phrase = PHRASES.get(detail["type"])
    expected = phrase.format(**detail.get("ctx", {})) if phrase else detail["msg"]
    return Part(shown(detail["input"]), expected, _near_literal(detail))


def _near_literal(detail: Any) -> str:
    if detail["type"] != "literal_error" or not isinstance(detail["input"], str):
        return ""
    hint = near(detail["input"], detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", "))
    return hint if hint.startswith("did") else ""


def _table_at(model: type[Table] | None, loc: Loc) -> type[Table] | None:
    """The table model in which a place lies."""
    for key in loc:
        if isinstance(key, str) and model is not None:
            field = model.model_fields.get(key)
            model = next(tables_in(field.annotation), None) if field else None
    return model


def tables_in(annotation: Any) -> Iterator[type[Table]]:
    """Table models named by a type, such as BreakTable in list[BreakTable]."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        yield annotation
    for inner in get_args(annotation):
        yield from tables_in(inner)
