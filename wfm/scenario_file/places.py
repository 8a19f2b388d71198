"""Where things stand: file and line of every key, also after bases are merged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(r'\s*(?:([\w-]+)|"([^"]*)")\s*=')
Path_ = tuple[str, ...]
Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Spot:
    """file: as shown to the user. line: 1-based, 0 where unknown. table: whether it is a CSV, whose places are lines and columns."""

    file: str
    line: int = 0
    table: bool = False


def spots_of(text: str, doc: Mapping[str, Any], file: str) -> dict[Path_, Spot]:
    """The spot of every plain ``key =`` and header, by its path with names in place of indices."""
    spots: dict[Path_, Spot] = {}
    counts: dict[str, int] = {}
    head: Path_ = ()
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        if not quoted and (match := HEADER.fullmatch(line)):
            head = _head(match[2].split("."), match[1] == "[[", counts, doc)
            spots.setdefault(head[:1], Spot(file, number))
            spots.setdefault(head, Spot(file, number))
        elif not quoted and (match := KEY.match(line)):
            spots.setdefault((*head, match[1] or match[2]), Spot(file, number))
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return spots


def _head(parts: list[str], array: bool, counts: dict[str, int], doc: Mapping[str, Any]) -> Path_:
    first = parts[0]
    if array and len(parts) == 1:
        counts[first] = counts.get(first, -1) + 1
    if first not in counts:
        return tuple(parts)
    return (first, named(doc, first, counts[first]), *parts[1:])


def named(doc: Mapping[str, Any], section: str, index: int) -> str:
    """What identifies an item of an array of tables: its name, else its number."""
    items = doc.get(section)
    item = items[index] if isinstance(items, list) and index < len(items) else None
    name = item.get("name") if isinstance(item, dict) else None
    return name if isinstance(name, str) else f"#{index}"


def spot_at(spots: Mapping[Path_, Spot], doc: Mapping[str, Any], loc: Loc) -> Spot | None:
    """The nearest known spot of a place in the merged document."""
    path = [str(part) for part in loc]
    if len(loc) > 1 and isinstance(loc[1], int):
        path[1] = named(doc, str(loc[0]), loc[1])
    for end in range(len(path), 0, -1):
        if (spot := spots.get(tuple(path[:end]))) is not None:
            return spot
    return None


def dotted(loc: Loc) -> str:
    """A place as TOML path: ``queue[1].target.share``."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def place(loc: Loc, spot: Spot | None) -> str:
    """``queue[1].target (line 17)``, or ``line 5, column skills`` in a CSV."""
    if spot is None or not spot.line:
        return dotted(loc)
    if spot.table:
        return f"line {spot.line}, column {loc[2]}" if len(loc) > 2 else f"line {spot.line}"
    return f"{dotted(loc)} (line {spot.line})" if loc else f"line {spot.line}"
