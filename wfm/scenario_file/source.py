"""One TOML file as it stands: its tables with the rows of its CSVs put in, and where everything was found."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wfm.errors import Fault
from wfm.scenario_file.csv_files import (
    AGENT_COLUMNS,
    EDIT_COLUMNS,
    LOCK_COLUMNS,
    TIME_OFF_COLUMNS,
    WISH_COLUMNS,
    WORKED_COLUMNS,
    read_csv,
)
from wfm.scenario_file.places import Spot, dotted, named, place, spots_of
from wfm.scenario_file.reading import missing, read_text
from wfm.scenario_file.tables import NAMED
from wfm.scenario_file.wrong import shown

TABLES = {
    ("centre", "agents"): ("agent", AGENT_COLUMNS),
    ("centre", "time_off"): ("time_off", TIME_OFF_COLUMNS),
    ("centre", "locks"): ("lock", LOCK_COLUMNS),
    ("centre", "worked"): ("worked", WORKED_COLUMNS),
    ("centre", "wishes"): ("wish", WISH_COLUMNS),
    ("forecast", "edits"): ("edit", EDIT_COLUMNS),
}
OUTSIDE = (("history", "file"), ("forecast", "imported"))
SYNTAX = re.compile(r"(.*?) ?\((?:at )?(?:line (\d+), column (\d+)|(end of document))\)")


@dataclass
class Source:
    """doc: tables as in the file, paths made absolute, CSV rows among them. spots: see `places`. replaced: sections it states as a whole.

    broken: whether the text could not be read at all. unread: sections whose CSV has faults, so that names in them are not all known.
    """

    doc: dict[str, Any] = field(default_factory=dict)
    spots: dict[tuple[str, ...], Spot] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    broken: bool = False
    unread: set[str] = field(default_factory=set)


def read_source(path: Path, file: str) -> Source:
    """Read a TOML file and its CSVs. file: its name as shown; relative paths in it start at its folder."""
    text, faults = read_text(path, file)
    if text is None:
        return Source(faults=faults, broken=True)
    try:
        doc = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Source(files=[path], faults=[_syntax(str(error), file)], broken=True)
    source = Source(doc, spots_of(text, doc, file), [path])
    source.faults += _doubles(source, file)
    for key in OUTSIDE:
        _absolute(source, key, path.parent, file)
    for key in TABLES:
        _put_in(source, key, path.parent, file)
    return source


def _syntax(message: str, file: str) -> Fault:
    match = SYNTAX.fullmatch(message)
    where = f"line {match[2]}, column {match[3]}" if match and match[2] else "end of the file" if match else ""
    return Fault(file, where, f"text that is not TOML: {match[1] if match else message}", "TOML")


def _doubles(source: Source, file: str) -> Iterable[Fault]:
    for section in NAMED:
        items = source.doc.get(section)
        names = (
            [item["name"] for item in items if isinstance(item, dict) and isinstance(item.get("name"), str)]
            if isinstance(items, list)
            else []
        )
        for name, times in Counter(names).items():
            if times > 1:
                loc = (section, name)
                yield Fault(file, place((section,), source.spots.get(loc)), f"name {shown(name)} {times} times", "each name once")


def _absolute(source: Source, where: tuple[str, str], folder: Path, file: str) -> None:
    """Make the path of a file that stays outside absolute, so that it means the same from everywhere."""
    table, key = source.doc.get(where[0]), where[1]
    if not isinstance(table, dict) or not isinstance(given := table.get(key), str) or not given:
        return
    path = absolute(folder, given)
    if fault := missing(path, file, place(where, source.spots.get(where))):
        source.faults.append(fault)
    else:
        source.files.append(path)
    table[key] = path.as_posix()


def _put_in(source: Source, where: tuple[str, str], folder: Path, file: str) -> None:
    """Replace `centre.agents` and its like by the rows of the CSV."""
    table, key = source.doc.get(where[0]), where[1]
    if not isinstance(table, dict) or not isinstance(given := table.get(key), str) or not given:
        return
    section, columns = TABLES[where]
    del table[key]
    path = absolute(folder, given)
    if fault := missing(path, file, place(where, source.spots.get(where))):
        source.faults.append(fault)
        source.unread.add(section)
        return
    shown_as = os.path.normpath(Path(file).parent / given)
    found = read_csv(path, shown_as, columns, empty=section != "agent")
    source.files.append(path)
    source.replaced.append(section)
    source.faults += found.faults
    source.unread |= {section} if found.faults else set()
    items = source.doc.setdefault(section, [])
    if isinstance(items, list):
        _append(source, section, items, found.rows, shown_as)


def _append(source: Source, section: str, items: list[Any], rows: list[tuple[int, dict[str, Any]]], file: str) -> None:
    seen = {
        item["name"]: f"{dotted((section, i))}"
        for i, item in enumerate(items)
        if isinstance(item, dict) and isinstance(item.get("name"), str)
    }
    for line, row in rows:
        name = row.get("name", "")
        if name and name in seen:
            source.faults.append(
                Fault(file, f"line {line}, column name", shown(name), "each name once", f"it stands in {seen[name]} already")
            )
            continue
        seen[name] = f"line {line}"
        items.append(row)
        source.spots[(section, named(source.doc, section, len(items) - 1))] = Spot(file, line, table=True)


def absolute(folder: Path, given: str) -> Path:
    return Path(os.path.abspath(folder / given))


def overlay(changes: Mapping[str, Any]) -> Source:
    """Changes made by a caller (a seed from the command line), as if they stood in a last variant."""
    return Source(doc={section: dict(keys) if isinstance(keys, Mapping) else keys for section, keys in changes.items()})
