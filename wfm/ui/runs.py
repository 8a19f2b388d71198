"""Finished runs: found in the data folder, read once, shared by all sessions."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from wfm.errors import InputError
from wfm.report import Comparison, compare
from wfm.store import figures, list_runs, read_run, safe_name
from wfm.store.read import Listed
from wfm.ui import places, session
from wfm.ui.view import View, label


def known() -> dict[str, str]:
    """Folder name → what to call it, every run in the data folder, newest first."""
    return _called(list_runs(places.runs_folder()))


def comparable() -> dict[str, str]:
    """Those of `known` that were simulated."""
    return _called([run for run in list_runs(places.runs_folder()) if run.manifest["replications"]])


def shown() -> View | None:
    """The run chosen in the side bar; None where there is none, or where it can no longer be read."""
    name = st.session_state.get(session.RUN_KEY)
    return view(name) if name else None


def view(name: str) -> View | None:
    """The run of this folder name; None where it can no longer be read."""
    try:
        return _read(name, _state(name))
    except InputError:
        return None


def compared(names: tuple[str, ...]) -> Comparison:
    """The comparison of these runs, the first is the measure of the others. Raises InputError for one that cannot be read."""
    views = [_read(name, _state(name)) for name in names]
    return compare([replace(figures(one.run), name=one.label) for one in views])


def related(shown: str | None) -> list[str]:
    """Two plans that are worth comparing, the older first: of the same dates or of the same scenario, the one shown among them if it can
    be; none where no two belong together.
    """
    listed = [run for run in list_runs(places.runs_folder()) if run.manifest["replications"]]
    listed.sort(key=lambda run: run.path.name != shown)  # the newest first otherwise
    for i, first in enumerate(listed):
        for same in (_dates, _scenario):
            other = next((run for run in listed[i + 1 :] if same(run.manifest) == same(first.manifest)), None)
            if other is not None:
                pair = sorted((first, other), key=lambda run: str(run.manifest["created"]))
                return [run.path.name for run in pair]
    return []


def _dates(manifest: Mapping[str, Any]) -> object:
    return manifest["axis"]


def _scenario(manifest: Mapping[str, Any]) -> object:
    return manifest["scenario"]


def new_folder(name: str) -> Path:
    """A run folder that does not exist yet, for a plan of the scenario of this name."""
    return places.runs_folder() / f"{safe_name(name)} {datetime.now(UTC):%Y%m%d-%H%M%S} {secrets.token_hex(2)}"


def _state(name: str) -> str:
    """Changes when the run folder is replaced: the key under which it is kept in memory."""
    try:
        told = (places.runs_folder() / name / "manifest.json").stat()
    except OSError:
        return ""
    return f"{told.st_mtime_ns} {told.st_ino}"


@st.cache_resource(max_entries=8, show_spinner="Reading the plan …")
def _read(name: str, state: str) -> View:
    return View(read_run(places.runs_folder() / name))


def _called(listed: Sequence[Listed]) -> dict[str, str]:
    """Name of the plan and when it was made, to the second where the minute does not tell two apart."""
    stems = {run.path.name: (label(run.manifest) or run.path.name, _made(run.manifest)) for run in listed}
    coarse = Counter((name, f"{made:%d %b %H:%M}") for name, made in stems.values())
    return {key: f"{name} · {made:{_fineness(coarse, name, made)}}" for key, (name, made) in stems.items()}


def _fineness(coarse: Counter[tuple[str, str]], name: str, made: datetime) -> str:
    return "%d %b %H:%M:%S" if coarse[name, f"{made:%d %b %H:%M}"] > 1 else "%d %b %H:%M"


def _made(manifest: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(manifest["created"]).astimezone(ZoneInfo(manifest["axis"]["timezone"]))
