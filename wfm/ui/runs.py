"""Finished runs: found in the data folder, read once, shared by all sessions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from wfm.errors import InputError
from wfm.report import Comparison, compare
from wfm.store import figures, list_runs, read_run, safe_name
from wfm.ui import places, session
from wfm.ui.view import View


def known() -> dict[str, str]:
    """Folder name → what to call it, every run in the data folder, newest first."""
    return {listed.path.name: _called(listed.manifest, listed.path) for listed in list_runs(places.runs_folder())}


def comparable() -> dict[str, str]:
    """Those of `known` that were simulated."""
    listed = list_runs(places.runs_folder())
    return {run.path.name: _called(run.manifest, run.path) for run in listed if run.manifest["replications"]}


def shown() -> View | None:
    """The run chosen in the side bar; None where there is none, or where it can no longer be read."""
    name = st.session_state.get(session.RUN_KEY)
    if not name:
        return None
    try:
        return _read(name, _state(name))
    except InputError:
        return None


def compared(names: tuple[str, ...]) -> Comparison:
    """The comparison of these runs, the first is the measure of the others. Raises InputError for one that cannot be read."""
    return compare([figures(_read(name, _state(name)).run) for name in names])


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


def _called(manifest: Mapping[str, Any], path: Path) -> str:
    zone = ZoneInfo(manifest["axis"]["timezone"])
    made = datetime.fromisoformat(manifest["created"]).astimezone(zone)
    return f"{manifest['scenario'] or path.name} · {made:%d %b %H:%M:%S}"
