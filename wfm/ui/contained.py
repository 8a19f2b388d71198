"""Uploaded scenarios may name only files that were uploaded with them, never others on the server."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wfm.errors import Fault

PATH_KEYS = frozenset({"base", "file", "agents", "time_off", "locks", "worked", "wishes", "edits", "imported"})
"""Keys of a scenario file whose text is a path."""


def escapes(folder: Path) -> tuple[Fault, ...]:
    """A fault for each path in the scenario files of a folder that leads out of it. What is not TOML is for the scenario reader to tell."""
    return tuple(fault for file in sorted(folder.rglob("*.toml")) for fault in _of_file(file, folder.resolve()))


def _of_file(file: Path, folder: Path) -> Iterator[Fault]:
    try:
        document = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return
    for key, given in _paths(document):
        if not _inside(file.parent, given, folder):
            hint = "upload the file as well and name it without its folder"
            yield Fault(file.name, key, repr(given), "a file among those uploaded", hint)


def _inside(start: Path, given: str, folder: Path) -> bool:
    try:
        return (start / given).resolve().is_relative_to(folder)
    except (ValueError, OSError):  # a null byte, or a name no system takes
        return False


def _paths(node: Any, under: str = "") -> Iterator[tuple[str, str]]:
    """(dotted key, text) of every path in the document."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        place = f"{under}.{key}" if under else str(key)
        if isinstance(value, str) and key in PATH_KEYS:
            yield place, value
        else:
            yield from _paths(value, place)
