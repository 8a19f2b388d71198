"""Variants: a file over its base over its base's base."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wfm.errors import Fault
from wfm.scenario_file.places import named, place
from wfm.scenario_file.source import Source, absolute, overlay, read_source
from wfm.scenario_file.tables import NAMED, SECTIONS
from wfm.scenario_file.wrong import near, shown

MOST_BASES = 20


def read_chain(path: Path, changes: Mapping[str, Any] | None = None) -> Source:
    """A scenario file with its bases merged under it and `changes` over it; its faults are gathered, none is raised."""
    sources = [*_chain(path), (overlay(changes or {}), str(path))]
    whole = Source()
    for source, file in reversed(sources[:-1]):
        _over(whole, source, file)
    _over(whole, *sources[-1])
    return whole


def _chain(path: Path) -> list[tuple[Source, str]]:
    """The file, its base, the base's base and so on."""
    chain: list[tuple[Source, str]] = []
    seen: list[Path] = []
    file = str(path)
    step: Path | None = Path(os.path.abspath(path))
    while step is not None:
        seen.append(step.resolve())
        source = read_source(step, file)
        chain.append((source, file))
        step, file = _base(source, step, file, seen)
    return chain


def _base(source: Source, path: Path, file: str, seen: list[Path]) -> tuple[Path | None, str]:
    if "base" not in source.doc:
        return None, file
    given = source.doc.pop("base")
    where = place(("base",), source.spots.get(("base",)))
    if not isinstance(given, str) or not given:
        source.broken = True
        source.faults.append(Fault(file, where, shown(given), 'the path of another scenario file, such as "scenario.toml"'))
        return None, file
    base = absolute(path.parent, given)
    if base.resolve() in seen or len(seen) > MOST_BASES:
        source.broken = True
        source.faults.append(Fault(file, where, f"{shown(given)}, which leads back to {file}", "bases that do not go round in a circle"))
        return None, file
    return base, os.path.normpath(Path(file).parent / given)


def _over(whole: Source, source: Source, file: str) -> None:
    """Put `source` over what is there: remove first, then merge."""
    whole.faults += source.faults
    whole.broken |= source.broken
    whole.unread |= source.unread
    whole.files += [path for path in source.files if path not in whole.files]
    _remove(whole, source, file)
    for section in source.replaced:
        whole.doc.pop(section, None)
        _forget(whole, (section,))
    before = whole.doc
    whole.doc = merged(whole.doc, source.doc)
    whole.spots |= {_moved(path, source.doc, before): spot for path, spot in source.spots.items()}


def _moved(path: tuple[str, ...], doc: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[str, ...]:
    """Items without a name are counted on behind those of the base."""
    if len(path) > 1 and path[1].startswith("#") and isinstance(items := before.get(path[0]), list):
        return (path[0], f"#{int(path[1][1:]) + len(items)}", *path[2:])
    return path


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables by key, arrays of named tables by name, [[time_off]] and other nameless ones one after the other; the rest is replaced."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        if isinstance(old, list) and isinstance(value, list) and SECTIONS.get(key) and SECTIONS[key].many:
            result[key] = _by_name(old, value) if key in NAMED else old + value
        else:
            result[key] = _deep(old, value)
    return result


def _deep(old: Any, new: Any) -> Any:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return {**old, **{key: _deep(old.get(key), value) for key, value in new.items()}}


def _by_name(old: list[Any], new: list[Any]) -> list[Any]:
    result = list(old)
    at = {item["name"]: i for i, item in enumerate(old) if isinstance(item, dict) and isinstance(item.get("name"), str)}
    for item in new:
        name = item.get("name") if isinstance(item, dict) else None
        if isinstance(name, str) and name in at:
            result[at[name]] = _deep(result[at[name]], item)
        else:
            result.append(item)
    return result


def _remove(whole: Source, source: Source, file: str) -> None:
    """Carry out `remove = {activity = ["x"], history = "all"}` on the bases."""
    if "remove" not in source.doc:
        return
    wanted = source.doc.pop("remove")
    spot = source.spots.get(("remove",))
    if not isinstance(wanted, dict):
        whole.faults.append(Fault(file, place(("remove",), spot), shown(wanted), 'a table such as {activity = ["training"]}'))
        return
    for section, names in wanted.items():
        where = place(("remove", section), source.spots.get(("remove", section), spot))
        if section not in whole.doc:
            whole.faults.append(
                Fault(file, where, f"nothing called {shown(section)} in the bases", "a section of the bases", near(section, whole.doc))
            )
        elif names == "all":
            del whole.doc[section]
            _forget(whole, (section,))
        elif not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            whole.faults.append(Fault(file, where, shown(names), '"all" or a list of names'))
        else:
            whole.faults += _drop(whole.doc, section, names, file, where)
            for name in names:
                _forget(whole, (section, name))


def _forget(whole: Source, path: tuple[str, ...]) -> None:
    """Drop the spots of what is no longer there."""
    whole.spots = {at: spot for at, spot in whole.spots.items() if at[: len(path)] != path}


def _drop(doc: dict[str, Any], section: str, names: list[str], file: str, where: str) -> list[Fault]:
    """Drop named items of an array, or keys of a table."""
    part = doc[section]
    known = [named(doc, section, i) for i in range(len(part))] if isinstance(part, list) else list(part) if isinstance(part, dict) else []
    if isinstance(part, list):
        doc[section] = [item for name, item in zip(known, part, strict=True) if name not in names]
    elif isinstance(part, dict):
        doc[section] = {key: value for key, value in part.items() if key not in names}
    return [
        Fault(file, where, f"no {section} called {shown(name)} in the bases", "a name that is there", near(name, known))
        for name in names
        if name not in known
    ]
