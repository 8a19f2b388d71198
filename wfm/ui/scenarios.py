"""Scenarios as the app sees them: the bundled ones, uploaded ones, and what reading one gives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from wfm.errors import Fault, InputError
from wfm.scenario_file import Loaded, load


@dataclass(frozen=True)
class Read:
    """A scenario that was read, or the faults that kept it from being read."""

    loaded: Loaded | None
    faults: tuple[Fault, ...] = ()


def read(path: Path) -> Read:
    """Read a scenario, once for each state of its folder."""
    return _read(str(path), fingerprint(path.parent))


def fingerprint(folder: Path) -> str:
    """Changes when a file of the folder changes."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    told = [f"{file.relative_to(folder)} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@st.cache_resource(max_entries=16, show_spinner="Reading the scenario …")
def _read(path: str, fingerprint: str) -> Read:
    try:
        return Read(load(Path(path)))
    except InputError as error:
        return Read(None, error.faults)
