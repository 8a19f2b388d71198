"""Reads the TU Wien shift design instances (`name = value;`)."""

from __future__ import annotations

import json
import re
from pathlib import Path

from scheduling.design.problem import DesignProblem, ShiftType
from wfm.errors import Fault, InputError

SETTING = re.compile(r"(\w+)\s*=\s*([^;]*);")
LISTS = ("demand", "minStart", "maxStart", "minLength", "maxLength")
NUMBERS = ("interval", "days", "weightUnderCover", "weightOverCover", "weightShiftInstances")


def read_design(path: Path | str) -> DesignProblem:
    """Read one instance; the weight on duties a week, which the published bounds leave at nothing, is not read. Raises InputError."""
    path = Path(path)
    try:
        found = dict(SETTING.findall(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Fault(str(path), "", str(error), "a text file that can be read")) from error
    values, faults = {}, []
    for name in (*LISTS, *NUMBERS):
        values[name] = _value(found.get(name, ""), name in LISTS)
        if values[name] is None:
            expected = "whole numbers in brackets" if name in LISTS else "a whole number"
            faults.append(Fault(str(path), name, repr(found.get(name, "nothing")), expected))
    if not faults and len(values["demand"]) * values["interval"] != values["days"] * 1440:
        faults.append(Fault(str(path), "demand", f"{len(values['demand'])} intervals", f"{values['days']} days of them"))
    if not faults and len({len(values[name]) for name in LISTS[1:]}) > 1:
        faults.append(Fault(str(path), "minStart", "lists of different lengths", "one entry for each shift type"))
    if faults:
        raise InputError(faults)
    types = tuple(ShiftType(*row) for row in zip(*(values[name] for name in LISTS[1:]), strict=True))
    return DesignProblem(values["interval"], tuple(values["demand"]), types, *(values[name] for name in NUMBERS[2:]))


def _value(text: str, is_list: bool) -> int | list[int] | None:
    """What stands there, None where it is not what is meant."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return None
    entries = value if is_list and isinstance(value, list) else [value]
    return value if isinstance(value, list) == is_list and all(type(entry) is int and entry >= 0 for entry in entries) else None
