"""Numbers by time of day as they are written: {"08:00-09:00" = 100, "09:00-12:00" = 150}."""

from __future__ import annotations

import math
from typing import Annotated, Any

from wfm.scenario_file.kinds import kind
from wfm.scenario_file.week import window, write_window
from wfm.scenario_file.wrong import Part, Wrong, shown, wrong

Spans = tuple[tuple[int, int, float], ...]
"""(from, to) in wall-clock minutes, and the number then."""

EXAMPLE = '{"08:00-09:00" = 100}'


def by_time(value: Any) -> Spans:
    """Raises Wrong with every fault."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, dict):
        raise wrong(value, f"a table of spans of the day such as {EXAMPLE}")
    parts: list[Part] = []
    found = []
    for span, number in value.items():
        try:
            found.append((*window(span), float(number) if _is_number(number) else math.nan))
        except Wrong as error:
            parts += [Part(part.found, part.expected, part.hint, f".{span}") for part in error.parts]
        if not _is_number(number):
            parts.append(Part(shown(number), "a number, 0 or more", at=f".{span}"))
    for before, after in zip(sorted(found), sorted(found)[1:], strict=False):
        if after[0] < before[1]:
            parts.append(Part(write_window(after[:2]), "spans that do not overlap", at=f".{write_window(before[:2])}"))
    if parts:
        raise Wrong(*parts)
    return tuple(sorted(found))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1e6


def write_by_time(value: Spans) -> dict[str, float]:
    return {write_window((begin, end)): number for begin, end, number in value}


ByTime = Annotated[Spans, *kind(by_time, f"table of numbers by time of day, {EXAMPLE}", write_by_time)]
