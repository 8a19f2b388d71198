"""What a session owns: its key, its private folder, its jobs, and the scenario it has chosen."""

from __future__ import annotations

import atexit
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from wfm.ui import places
from wfm.ui.jobs import JobService

_CHOSEN = "chosen scenario"
_NEXT_RUN = "next run"
RUN_KEY = "run"


@dataclass(frozen=True)
class Session:
    """One browser tab. folder: its uploads, removed when the tab has gone."""

    key: str
    folder: Path
    jobs: JobService


@dataclass(frozen=True)
class Chosen:
    """The scenario a session looks at. path: its main file."""

    name: str
    path: Path


@st.cache_resource(show_spinner=False)
def _service() -> JobService:
    places.sweep_uploads()
    service = JobService()
    atexit.register(service.close)
    return service


def _leave(session: Session) -> None:
    session.jobs.leave(session.key)
    shutil.rmtree(session.folder, ignore_errors=True)


@st.cache_resource(scope="session", on_release=_leave, show_spinner=False)
def current() -> Session:
    """The session of the tab that asks."""
    key = uuid.uuid4().hex
    return Session(key, places.private_folder(key), _service())


def choose(chosen: Chosen | None) -> None:
    """Remember the scenario this session looks at."""
    st.session_state[_CHOSEN] = chosen


def chosen() -> Chosen | None:
    """The scenario this session looks at, None before one was chosen."""
    return st.session_state.get(_CHOSEN)


def show_run(name: str) -> None:
    """Show this run from the next rerun on: the chooser's own value cannot be set once it is drawn."""
    st.session_state[_NEXT_RUN] = name


def take_next_run() -> None:
    """Before the chooser is drawn: give it the run that was asked for."""
    name = st.session_state.pop(_NEXT_RUN, None)
    if name is not None:
        st.session_state[RUN_KEY] = name
